"""Pages that are no article: fronts of a section, where every paragraph is the teaser of another page."""

import re
from collections.abc import Sequence
from itertools import pairwise

from transforms.clean.labels import Label, Labels
from transforms.clean.split import RawLine
from transforms.clean.wrapping import continuations
from transforms.contract import Params

_NEXT_SENTENCE = re.compile(r"[.!?…][\"'”’»)\]]*\s+(?=[\"'“‘(]?[^\W\d_a-z])")
_END = re.compile(r"[.!…][\"'”’»)\]*_]*$")
_MAY_HEAD = frozenset({"body", "title", "teaser", "navigation", "other"})
"""Labels of the lines that may be the headline of a teaser, or the teaser."""


class FrontParams(Params):
    """What tells a front from an article.

    Attributes:
        least_teasers: teasers of a front.
        least_headline, most_headline: words of the headline of one.
        least_words: words of a line that is a paragraph, if it ends as a sentence does.
        most_words: words of a teaser.
        two_sentences: share of the teasers that may have two sentences.
    """

    least_teasers: int = 5
    least_headline: int = 3
    most_headline: int = 20
    least_words: int = 7
    most_words: int = 50
    two_sentences: float = 0.1


def without_teasers(page: Sequence[RawLine], found: Labels, params: FrontParams) -> Labels:
    """Return the labels found, body lines as teasers where the page is a front.

    It is one where no paragraph of the body follows another: a headline of its own stands before each, and each is one
    sentence. A list of things with two sentences about each is an article, and so is what times, captions, speakers or
    notices part. What the user's rules keep is not touched.
    """
    body = [line.number for line in page if found[line.number].label == "body"]
    inside = [line for line in page if body and body[0] <= line.number <= body[-1] and line.bare]
    kept = set(body)
    if not _are_apart([(line.number in kept, line.bare) for line in inside], params):
        return found
    pieces = [(number in kept, text) for number, text in _joined(inside) if found[number].label in _MAY_HEAD]
    teasers = [text for held, text in pieces if held and _reads(text, params)]
    if len(teasers) < params.least_teasers or not _are_apart(pieces, params):
        return found
    longer = sum(_NEXT_SENTENCE.search(text) is not None for text in teasers)
    if longer > params.two_sentences * len(teasers) or max(map(_words, teasers)) > params.most_words:
        return found
    own = [number for number in body if not found[number].reason.startswith("rule:")]
    return {**found, **dict.fromkeys(own, Label("teaser", "page:front", 0.7))}


def _are_apart(pieces: Sequence[tuple[bool, str]], params: FrontParams) -> bool:
    """Whether another headline stands between each two paragraphs; what is neither parts nothing."""
    said, heads = [], []
    for held, text in pieces:
        paragraph = held and _reads(text, params)
        if not paragraph and _is_headline(text, params):
            heads.append(text)
        elif not paragraph:
            continue
        said.append(paragraph)
    return not any(left and right for left, right in pairwise(said)) and len(set(heads)) > len(heads) / 2


def _is_headline(text: str, params: FrontParams) -> bool:
    fits = params.least_headline <= _words(text) <= params.most_headline
    return fits and not text.endswith(":") and not text[0].isdigit()


def _reads(text: str, params: FrontParams) -> bool:
    """Whether the text is a paragraph: a sentence of some words; a question may be a headline."""
    return _END.search(text) is not None and _words(text) >= params.least_words


def _words(text: str) -> int:
    return len(text.split())


def _joined(lines: Sequence[RawLine]) -> list[tuple[int, str]]:
    """The paragraphs, each with the number of its first line."""
    result: list[tuple[int, str]] = []
    for line, goes_on in zip(lines, continuations(lines), strict=True):
        if goes_on and result:
            result[-1] = (result[-1][0], f"{result[-1][1]} {line.bare}")
        elif line.bare:
            result.append((line.number, line.bare))
    return result
