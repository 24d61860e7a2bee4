"""Features of the paragraphs of a page, from which the line model tells the article from what surrounds it.

A paragraph here is what `span.units` makes: a line, or lines that go on with one another. The features say how it
looks, what stands around it, which phrases it holds, and where a search by running text alone would put the article.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

from transforms.clean import characters
from transforms.clean.characters import CLASSES, Floats, Hashes, Marks, Texts, Whole, of_class
from transforms.clean.span import SpanParams, best_span
from transforms.clean.split import RawLine

Column = NDArray[Any]

_FEW, _FAR = 3.0, 60.0


@dataclass(frozen=True)
class Features:
    """Features of the n paragraphs of a page.

    Attributes:
        shape: one row a paragraph, one column a feature; shape (n, k).
        words: hashes of all words in order.
        counts: words of each paragraph, shape (n,).
    """

    shape: Floats
    words: Whole
    counts: Whole


@dataclass(frozen=True)
class Knowledge:
    """What other rules know of the n paragraphs.

    Attributes:
        phrases: 1 where a paragraph is of a kind of phrase, shape (n, kinds).
        costs: cost of a paragraph of each kind of phrase in the search for running text, shape (kinds,).
        heads: kinds of phrase after which an article is over, shape (kinds,), 0 or 1.
        address: hashes of the words in the page's address.
    """

    phrases: Floats
    costs: Floats
    heads: Floats
    address: Hashes


def features(groups: Sequence[Sequence[RawLine]], known: Knowledge, params: SpanParams) -> Features:
    """Return the features of at least one paragraph, each of non-blank lines in order.

    They depend on the page alone.
    """
    stripped = [" ".join([line.text.strip() for line in group]) for group in groups]
    texts = characters.read([text if text.strip() else "_" for text in stripped])
    function = characters.are_function_words(texts.hashes)
    bullet = _listed(texts)
    running = _running(texts, _per_text(texts, function))
    value = _worth(texts, bullet, known, params)
    searched = [_within(value, breaks) for breaks in (frozenset[int](), _ends(value, known, params))]
    columns = [
        *_look(texts, function, bullet),
        *_echo(texts, ~function, searched[-1][0] & (value > 0), known.address),
        *_place(groups, texts),
        *_neighbourhood(texts, running),
        np.sign(value) * np.log1p(np.abs(value)) / 5,
        *(column for columns in searched for column in columns),
    ]
    table = np.empty((len(groups), len(columns)), np.float32)
    for place, column in enumerate(columns):
        table[:, place] = column
    edges = np.zeros((len(groups), 2 * len(CLASSES)), np.float32)
    rows = np.arange(len(groups))
    edges[rows, texts.first] = 1
    edges[rows, len(CLASSES) + texts.last] = 1
    before = np.cumsum(known.phrases, axis=0) - known.phrases
    shape = np.concatenate([table, edges, known.phrases, np.minimum(before, _FEW) / _FEW], axis=1)
    return Features(shape.astype(np.float32), texts.hashes.astype(np.int64), texts.words)


def _per_text(texts: Texts, marked: Column) -> Floats:
    """How many of each text's words are marked."""
    return np.bincount(texts.owner, weights=marked, minlength=len(texts.words)).astype(np.float32)


def _listed(texts: Texts) -> Marks:
    bullet, dash = of_class("bullet"), of_class("dash")
    return np.asarray((texts.first == bullet) | ((texts.first == dash) & (texts.words > 0)), np.bool_)


def _running(texts: Texts, function: Floats) -> Marks:
    """Which texts read as running text: long, ended as sentences are, with function words."""
    share = function / np.maximum(texts.words, 1)
    ended = texts.last == of_class("terminal")
    return np.asarray((texts.words >= 12) & ended & (share > 0.15), np.bool_)


def _look(texts: Texts, function: Marks, bullet: Marks) -> list[Column]:
    words, counts = texts.words, texts.counts
    size = counts.sum(axis=1)
    letters = counts[:, of_class("lower")] + counts[:, of_class("upper")]
    solid = np.maximum(size - counts[:, of_class("blank")], 1)
    marks = [np.minimum(counts[:, place], 5) / 5 for place in range(of_class("terminal"), len(CLASSES))]
    return [
        np.log1p(size) / 5,
        np.log1p(words) / 4,
        np.minimum(words, 40) / 40,
        *(words >= least for least in (3, 7, 12, 25)),
        counts[:, of_class("upper")] / np.maximum(letters, 1),
        counts[:, of_class("digit")] / solid,
        letters / solid,
        counts[:, of_class("blank")] / np.maximum(size, 1),
        texts.capitals / np.maximum(words, 1),
        _per_text(texts, function) / np.maximum(words, 1),
        letters / np.maximum(words, 1) / 10,
        bullet,
        *marks,
    ]


def _echo(texts: Texts, content: Marks, article: Marks, address: Hashes) -> list[Column]:
    """Whether the same words stand elsewhere: on the page, in what reads as its article, in its address.

    The first column is about the paragraph as a whole, the others about its words other than function words.
    """
    count = len(texts.words)
    order = np.arange(len(texts.hashes)) - (np.cumsum(texts.words) - texts.words)[texts.owner]
    low = (texts.hashes & np.uint32(0xFFFF)).astype(np.float64)
    whole = np.bincount(texts.owner, weights=low * (order + 1), minlength=count) + texts.words * 1e7
    _, place, times = np.unique(whole, return_inverse=True, return_counts=True)
    found, word = np.unique(texts.hashes[content], return_inverse=True)
    kinds = len(found) + 1
    pairs = np.unique(texts.owner[content] * np.int64(kinds) + word)
    owner, word = pairs // kinds, pairs % kinds
    everywhere = np.bincount(word, minlength=kinds)
    there = np.bincount(word, weights=article[owner], minlength=kinds)
    spread = (
        np.minimum(everywhere[word] - 1, 4) / 4,
        np.minimum(there[word] - article[owner], 2) / 2,
        np.isin(found, address)[word],
    )
    own = np.maximum(np.bincount(owner, minlength=count), 1)
    shares = [np.bincount(owner, weights=values, minlength=count) / own for values in spread]
    return [np.minimum(times[place] - 1, _FEW) / _FEW, *shares]


def _place(groups: Sequence[Sequence[RawLine]], texts: Texts) -> list[Column]:
    count = len(groups)
    first = np.array([group[0].number for group in groups])
    last = np.array([group[-1].number for group in groups])
    indent = np.array([group[0].indent for group in groups])
    above, below = np.diff(first, prepend=-2) - 1, np.diff(first, append=last[-1] + 2) - (last - first) - 1
    row = np.arange(count)
    said = np.cumsum(texts.words)
    return [
        np.minimum(indent, 12) / 12,
        indent > 0,
        np.minimum(above, _FEW) / _FEW,
        np.minimum(below, _FEW) / _FEW,
        row / count,
        np.log1p(row) / 6,
        np.log1p(count - 1 - row) / 6,
        (said - texts.words) / max(said[-1], 1),
        *_everywhere(
            count, np.log1p(count) / 8, np.log1p(said[-1]) / 10, (texts.words >= 15).mean(), (above > 0).mean()
        ),
    ]


def _everywhere(count: int, *values: float) -> list[Column]:
    """Columns that say the same of each paragraph: what the page as a whole is like."""
    return [np.full(count, value) for value in values]


def _neighbourhood(texts: Texts, running: Marks) -> list[Column]:
    count = len(running)
    row = np.arange(count)
    words = np.where(running, texts.words, 0)
    before = np.cumsum(words)
    last = np.maximum.accumulate(np.where(running, row, -_FAR))
    following = np.minimum.accumulate(np.where(running, row, count + _FAR)[::-1])[::-1]
    return [
        running,
        (before - words) / max(before[-1], 1),
        np.log1p(np.minimum(row - last, _FAR)) / 4,
        np.log1p(np.minimum(following - row, _FAR)) / 4,
        *_everywhere(count, running.mean(), np.log1p(before[-1]) / 10),
    ]


def _worth(texts: Texts, bullet: Marks, known: Knowledge, params: SpanParams) -> Column:
    """Running text of a paragraph in words; negative for what is none."""
    counted = np.minimum(texts.words, params.word_cap)
    ended = (texts.last == of_class("terminal")) & (texts.words >= params.sentence_words)
    cost = np.where(bullet, -params.bullet_cost, -params.short_cost)
    unended = np.where(texts.words >= params.long_words, counted * params.unended_share, cost)
    value = np.where(ended, counted * np.where(bullet, params.bullet_share, 1.0), unended)
    return np.where(known.phrases.any(axis=1), -(known.phrases @ known.costs), value)


def _ends(value: Column, known: Knowledge, params: SpanParams) -> frozenset[int]:
    """The heads after a share of all running text, with which an article is over."""
    running = np.maximum(value, 0)
    before = np.cumsum(running) - running
    ends = (known.phrases @ known.heads > 0) & (before >= params.head_after * running.sum())
    return frozenset(np.flatnonzero(ends).tolist())


def _within(value: Column, breaks: frozenset[int]) -> list[Column]:
    """Whether a paragraph is in the greatest run of running text, and how far from its first and last one."""
    first, last = best_span(value.tolist(), breaks)
    row = np.arange(len(value))
    return [(row >= first) & (row < last), np.clip((row - first) / 10, -1, 1), np.clip((row - last) / 10, -1, 1)]
