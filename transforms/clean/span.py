"""Where the article stands on the page: the contiguous run of lines with the most running text.

The method is the maximal-sum interval of "Extracting article text from the web with maximum subsequence segmentation"
(Pasternack and Roth 2009, WWW), over lines instead of tokens and with stated weights instead of trained ones.
"""

from collections.abc import Sequence

from transforms.clean.split import RawLine
from transforms.clean.wrapping import continuations
from transforms.contract import Params


class SpanParams(Params):
    """Weights of the span search, in words of running text.

    Attributes:
        sentence_words: a line of this many words that ends as a sentence is running text.
        long_words: a line of this many words is running text however it ends.
        word_cap: words of one line that count at most.
        unended_share: worth of a word in a long line that does not end as a sentence.
        bullet_share: worth of a word in a list item that ends as a sentence.
        short_cost: cost of a line that is no running text.
        bullet_cost: cost of a list item that is no running text.
        inside_cost: cost of a removed line of a kind that often stands between two paragraphs of a body.
        phrase_cost: cost of a line that a phrase or its site calls chrome.
        gap_cost: what is crossed only for more running text than this: a heading that may open a further section.
        head_after: share of the running text before a section head from which on it ends the body.
        resume_within: units after a section head among which the body may go on.
        resume_paragraphs: paragraphs in a row with which it goes on.
        resume_words: words of such a paragraph.
    """

    sentence_words: int = 7
    long_words: int = 25
    word_cap: int = 120
    unended_share: float = 0.6
    bullet_share: float = 0.5
    short_cost: float = 4.0
    bullet_cost: float = 6.0
    inside_cost: float = 3.0
    phrase_cost: float = 15.0
    gap_cost: float = 60.0
    head_after: float = 0.3
    resume_within: int = 12
    resume_paragraphs: int = 4
    resume_words: int = 12


def units(lines: Sequence[RawLine], alone: frozenset[int] = frozenset()) -> list[list[RawLine]]:
    """Return the non-blank lines in units: a line that goes on with the one before (see wrapping) is weighed with it.

    Lines in `alone` join nothing.
    """
    groups: list[list[RawLine]] = []
    for line, goes_on in zip(lines, continuations(lines), strict=True):
        if not line.bare:
            continue
        if goes_on and groups and line.number not in alone and groups[-1][-1].number not in alone:
            groups[-1].append(line)
        else:
            groups.append([line])
    return groups


def worth(unit: Sequence[RawLine], params: SpanParams) -> float:
    """Return the running text of a unit in words, negative for what is none."""
    words = sum(line.words for line in unit)
    bullet = unit[0].is_bullet
    counted = min(words, params.word_cap)
    if unit[-1].ends_sentence and words >= params.sentence_words:
        return counted * (params.bullet_share if bullet else 1.0)
    if words >= params.long_words:
        return counted * params.unended_share
    return -(params.bullet_cost if bullet else params.short_cost)


def best_span(values: Sequence[float], breaks: frozenset[int] = frozenset()) -> tuple[int, int]:
    """Return [first, last) of the run of values with the greatest sum that no break begins inside; (0, 0) if none.

    Of equal runs the first counts.
    """
    best, best_span_, total, first = 0.0, (0, 0), 0.0, 0
    for position, value in enumerate(values):
        if total <= 0 or position in breaks:
            total, first = 0.0, position
        total += value
        if total > best:
            best, best_span_ = total, (first, position + 1)
    return best_span_
