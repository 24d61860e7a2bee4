"""Which lines of a page go on with the line before: text wrapped at a fixed width, sentences broken at a link."""

from collections.abc import Sequence
from itertools import accumulate, pairwise

from transforms.clean import lookup
from transforms.clean.split import RawLine
from transforms.contract import Params

CONTINUING = (",", ";", ":", ".", ")", "”", "’", "'s ")
"""What a line begins with that goes on without a blank."""

_ENDED = ".!?…:"


class WrappingParams(Params):
    """Numbers of wrapped text.

    Attributes:
        narrowest: characters of the narrowest text that counts as wrapped.
        widest: characters of the widest.
        least_pairs: pairs of lines, the second in lower case, in which the first is full, for a width to show.
        full_share: share of all such pairs in which it is full.
        line_share: share of the lines of such lengths that these pairs make up.
        piece_words: words of a line that can be the first piece of a sentence broken at a link.
        running_words: words that only running text has in a line.
    """

    narrowest: int = 35
    widest: int = 120
    least_pairs: int = 3
    full_share: float = 0.7
    line_share: float = 0.15
    piece_words: int = 3
    running_words: int = 7


DEFAULT = WrappingParams()


def continuations(lines: Sequence[RawLine], params: WrappingParams = DEFAULT) -> list[bool]:
    """Return for each line whether it goes on with the line before it; both belong to one paragraph then.

    Two things make a line go on. The page is wrapped at a width (`wrap_width`), and the first word of the line had no
    room at the end of the line before. Or the sentence is visibly not over: the line begins in lower case or with a
    comma, the line before ends with one or with a word like "the", or a link stands between two such pieces. Blank
    lines, list items and headings go on with nothing; what begins in lower case as a whole (menus, code, verse) stays
    in lines.
    """
    texts = [line.text.strip() for line in lines]
    width = wrap_width(lines, texts, params)
    result = [False] * len(lines)
    opens_low = True
    for place, (before, text, after) in enumerate(zip(["", *texts], texts, [*texts[1:], ""], strict=False)):
        if before and text:
            left, line = lines[place - 1], lines[place]
            if width and _is_full(left.text, text, width):
                result[place] = not (_is_apart(left, line) or _is_indented(left, line))
            elif not opens_low and _is_broken(before, text, after, params, joined=result[place - 1]):
                result[place] = not (_is_apart(left, line) or left.ends_sentence)
        if not result[place]:
            opens_low = text[:1].islower()
    return result


def wrap_width(lines: Sequence[RawLine], texts: Sequence[str], params: WrappingParams = DEFAULT) -> int:
    """Return the width in characters at which the page is wrapped, 0 for a page that is not.

    A line that goes on in lower case tells of widths: from the length of the line before it up to what that would be
    with one word more. The width that most of these pairs share is the page's, if nearly all share it.
    """
    starts, pairs, count = [0] * (params.widest + 2), 0, 0
    for place, (left, right) in enumerate(pairwise(texts)):
        if not left or len(lines[place].text) < params.narrowest:
            continue
        size = len(lines[place].text.rstrip())
        if not params.narrowest <= size <= params.widest:
            continue
        count += 1
        if right[:1].islower() and left[-1] not in _ENDED and _has_words(right, params.piece_words):
            pairs += 1
            starts[size] += 1
            starts[min(_reach(size, right), params.widest + 1)] -= 1
    shared = list(accumulate(starts))
    most = max(shared)
    enough = most >= max(params.least_pairs, params.full_share * pairs, params.line_share * count)
    return shared.index(most) if enough else 0


def _reach(size: int, text: str) -> int:
    """The length that a line of this size would have with the first word of the text."""
    return size + 1 + len(text.split(None, 1)[0])


def _is_full(before: str, text: str, width: int) -> bool:
    kept = before.rstrip()
    return len(kept) <= width < _reach(len(kept), text) or (kept[-1] == "-" and text[0].islower())


def _is_broken(before: str, text: str, after: str, params: WrappingParams, *, joined: bool) -> bool:
    """Whether the sentence of the line before visibly goes on in `text`, or after it, where `text` is a link."""
    if before[-1] in _ENDED or text.startswith(CONTINUING):
        return before[-1] not in _ENDED
    opens = text[0].islower() or _is_unfinished(before)
    # What is asked for most lines comes first, and words are counted last.
    leads = before[-1] == "," or (_goes_on(after) and text[-1] not in _ENDED and not _runs(text, params))
    if not (opens or leads):
        return False
    if not (joined or _has_words(before, params.piece_words) or _runs(text, params)):
        return False
    return opens or _runs(before, params)


def _goes_on(text: str) -> bool:
    return text[:1].islower() or text.startswith(CONTINUING)


def _runs(text: str, params: WrappingParams) -> bool:
    return _has_words(text, params.running_words)


def _has_words(text: str, least: int) -> bool:
    return len(text.split(None, least - 1)) == least


def _is_unfinished(text: str) -> bool:
    return text[text.rfind(" ") + 1 :].lower() in lookup.column("unfinished_endings")


def _is_apart(before: RawLine, line: RawLine) -> bool:
    return line.is_bullet or line.is_heading or before.is_heading


def _is_indented(before: RawLine, line: RawLine) -> bool:
    """Whether the line opens a paragraph by its indent; what stands under a list item is indented without that."""
    return line.indent > before.indent and not before.is_bullet
