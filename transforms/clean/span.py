"""Where running text stands: the contiguous run of paragraphs with the greatest sum of what speaks for an article.

The method is the maximal-sum interval of "Extracting article text from the web with maximum subsequence segmentation"
(Pasternack and Roth 2009, WWW), over paragraphs instead of tokens.
"""

from collections.abc import Sequence

from transforms.clean.split import RawLine
from transforms.clean.wrapping import continuations
from transforms.contract import Params


class SpanParams(Params):
    """Weights of a search by running text alone, in words; what it finds is a feature of the line model.

    Attributes:
        sentence_words: a paragraph of this many words that ends as a sentence is running text.
        long_words: a paragraph of this many words is running text however it ends.
        word_cap: words of one paragraph that count at most.
        unended_share: worth of a word in a long paragraph that does not end as a sentence.
        bullet_share: worth of a word in a list item that ends as a sentence.
        short_cost: cost of a paragraph that is no running text.
        bullet_cost: cost of a list item that is no running text.
        any_cost, inside_cost, head_cost: cost of a phrase that is chrome anywhere, of one that often stands between two
            paragraphs of a body, and of one that opens a section.
        head_after: share of the running text before a section head from which on it ends the article.
    """

    sentence_words: int = 7
    long_words: int = 25
    word_cap: int = 120
    unended_share: float = 0.6
    bullet_share: float = 0.5
    short_cost: float = 4.0
    bullet_cost: float = 6.0
    any_cost: float = 15.0
    inside_cost: float = 3.0
    head_cost: float = 60.0
    head_after: float = 0.3


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
