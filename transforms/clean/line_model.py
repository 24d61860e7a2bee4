"""The trained model that tells the article's paragraphs from the rest of the page.

A small convolutional network over the paragraphs in order: what each looks like and says, what stands around it. Its
weights lie in the folder weights/, an ONNX graph and the kinds of phrase that it knows, made by
`flows.training.line_model`.
"""

import json
import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources
from importlib.resources.abc import Traversable

import numpy as np

from transforms.clean import characters
from transforms.clean.characters import Floats, Hashes
from transforms.clean.features import Features, Knowledge, features
from transforms.clean.lookup import Phrase
from transforms.clean.span import SpanParams, best_span, units
from transforms.clean.split import RawLine
from transforms.contract import Params
from transforms.inference import session

BUCKETS = 4096
"""Different words that the network can tell apart."""

Group = Sequence[RawLine]
_BETWEEN_WORDS = re.compile(r"[-_\s]+")


class ModelParams(Params):
    """How the network's answers are read.

    Attributes:
        threshold: probability from which on a paragraph speaks for an article where it stands.
        gap_share: share of what speaks against a paragraph that counts, so that a box does not end the article.
        least: probability from which on a paragraph inside the article belongs to it.
        sure: probability from which on a paragraph belongs to it wherever it stands.
        least_share: share of the page's highest probability that lowers both where no paragraph is sure.
        word_cap: words of one paragraph that count at most.
        running_words, likeliest: the highest probability is the mean of so many paragraphs of at least so many words;
            where there is none nothing is lowered.
    """

    threshold: float = 0.5
    gap_share: float = 0.5
    least: float = 0.45
    sure: float = 0.8
    least_share: float = 0.6
    word_cap: int = 80
    running_words: int = 8
    likeliest: int = 3


@dataclass(frozen=True)
class Weights:
    """What training gives and the folder weights/ holds.

    Attributes:
        network: an ONNX model from features to the log-odds that a paragraph is article.
        kinds: the kinds of phrase, in the order of the features.
    """

    network: bytes
    kinds: tuple[str, ...]

    @classmethod
    def read(cls, folder: Traversable) -> "Weights":
        """Return the weights in a folder."""
        facts = json.loads(folder.joinpath("lines.json").read_text("utf-8"))
        return cls(folder.joinpath("lines.onnx").read_bytes(), tuple(facts["kinds"]))


@cache
def shipped() -> Weights:
    """Return the weights that come with Annals."""
    return Weights.read(resources.files("transforms.clean").joinpath("weights"))


_session = lru_cache(maxsize=1)(session)


def kind_of(phrase: Phrase) -> str:
    """Return the kind of a phrase, as the network knows it."""
    return f"{phrase.label}:{phrase.reason.removeprefix('phrase:')}:{phrase.scope}"


def paragraphs(lines: Sequence[RawLine], phrases: Mapping[int, Phrase]) -> list[list[RawLine]]:
    """Return the non-blank lines in paragraphs; a line that holds a phrase is one by itself."""
    return units(lines, frozenset(phrases))


def page_features(
    groups: Sequence[Group],
    phrases: Mapping[int, Phrase],
    kinds: Sequence[str],
    *,
    url: str | None = None,
) -> Features:
    """Return the features of at least one paragraph; `phrases` by line number."""
    weights = SpanParams()
    marked = np.zeros((len(groups), len(kinds)), np.float32)
    for row, group in enumerate(groups):
        phrase = phrases.get(group[0].number)
        if phrase and (kind := kind_of(phrase)) in kinds:
            marked[row, kinds.index(kind)] = 1
    scopes = [kind.rpartition(":")[2] for kind in kinds]
    cost = {"inside": weights.inside_cost, "head": weights.head_cost}
    costs = np.array([cost.get(scope, weights.any_cost) for scope in scopes], np.float32)
    heads = np.array([scope in {"head", "close"} for scope in scopes], np.float32)
    return features(groups, Knowledge(marked, costs, heads, address_words(url)), weights)


def address_words(url: str | None) -> Hashes:
    """Return the hashes of the words in the last part of an address that has several, else none."""
    last = (url or "").partition("?")[0].rstrip("/").rpartition("/")[2]
    words = [word for word in _BETWEEN_WORDS.split(last) if len(word) > 2]
    return characters.read(words).hashes if len(words) > 2 else np.zeros(0, np.uint32)


def inputs(found: Features) -> dict[str, np.ndarray]:
    """Return what the network reads: shape (n, k), buckets of all words, where each paragraph's words begin and end."""
    ends = np.cumsum(found.counts)
    words = found.words % BUCKETS
    return {"shape": found.shape, "words": words, "begins": ends - found.counts, "ends": ends}


def probabilities(found: Features) -> Floats:
    """Return the probability that a paragraph belongs to the article, shape (n,)."""
    (odds,) = _session(shipped().network).run(None, inputs(found))
    return np.asarray(1 / (1 + np.exp(-odds.astype(np.float64))), np.float32)


@dataclass(frozen=True)
class Reading:
    """Where the article stands on a page.

    Attributes:
        probabilities: probability that a line belongs to it, three digits, by number of each non-blank line.
        first, last: its first and last line; 0 and -1 where there is none.
        body: numbers of its lines.
    """

    probabilities: Mapping[int, float]
    first: int
    last: int
    body: frozenset[int]


def read_page(
    lines: Sequence[RawLine],
    phrases: Mapping[int, Phrase],
    *,
    url: str | None = None,
    params: ModelParams | None = None,
) -> Reading:
    """Return where the article stands: the run of paragraphs that speaks most for one, and in it those likely enough.

    Args:
        lines: all lines of the page.
        phrases: the phrase that a line matches, by line number.
        url: address of the page.
        params: numbers of the reading.
    """
    params = params or ModelParams()
    groups = paragraphs(lines, phrases)
    if not groups:
        return Reading({}, 0, -1, frozenset())
    found = page_features(groups, phrases, shipped().kinds, url=url)
    likely = probabilities(found)
    scale = _scale(likely, found.counts, params)
    worth = (likely - scale * params.threshold) * np.minimum(found.counts + 2, params.word_cap)
    first, last = best_span(np.where(worth < 0, worth * params.gap_share, worth).tolist())
    shown = np.round(likely.astype(np.float64), 3).tolist()
    row = np.arange(len(groups))
    inside = (first <= row) & (row < last) & (likely >= scale * params.least)
    body = (found.counts > 0) & (inside | (likely >= params.sure))
    return Reading(
        {line.number: p for group, p in zip(groups, shown, strict=True) for line in group},
        groups[first][0].number if last else 0,
        groups[last - 1][-1].number if last else -1,
        frozenset(line.number for group, held in zip(groups, body, strict=True) if held for line in group),
    )


def _scale(likely: Floats, counts: np.ndarray, params: ModelParams) -> float:
    """What lowers the thresholds on a page with text where even the likeliest paragraphs are unsure: 1 or less."""
    running = np.sort(likely[counts >= params.running_words])[-params.likeliest :]
    return min(1.0, float(running.mean()) * params.least_share / params.threshold) if len(running) else 1.0
