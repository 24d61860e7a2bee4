"""Kept lines to one text that knows where each of its characters stood on the page."""

from collections.abc import Iterator, Sequence
from functools import cache
from itertools import pairwise

from transforms.clean import hyphens
from transforms.clean.mapped import Edit, Mapped, Run
from transforms.clean.split import RawLine
from transforms.clean.wrapping import CONTINUING, WrappingParams, continuations

_BLANK = RawLine(0, 0, 0, "")


def place_of(line: RawLine) -> tuple[int, int]:
    """Return where in the raw text the line stands without bullet, heading mark and outer blanks."""
    start = line.start + line.text.rfind(line.bare)
    return start, start + len(line.bare)


def joined(raw_text: str, kept: Sequence[RawLine], separator: str, params: WrappingParams) -> Mapped:
    """Return the text of the kept lines, without bullets, heading marks and outer blanks, mapped to the raw text.

    Lines of one paragraph are joined by a space, by nothing before a comma, and to one word where a line break cut it;
    all others by the separator. What stands between two lines maps to all that stood there.
    """
    texts: list[str] = []
    runs: list[Run] = []
    length = 0
    for raw_start, raw_end, text in _parts(raw_text, kept, separator, params):
        if text:
            texts.append(text)
            runs.append((length, length + len(text), raw_start, raw_end))
            length += len(text)
    return Mapped("".join(texts), tuple(runs))


def _parts(raw_text: str, kept: Sequence[RawLine], separator: str, params: WrappingParams) -> Iterator[Edit]:
    """Where the lines and what stands between them are in the raw text, and what they are in the clean one."""
    attested = cache(lambda: hyphens.words_of(raw_text))
    start = end = 0
    for place, (line, goes_on) in enumerate(zip(kept, _flags(kept, params), strict=True)):
        first, last = place_of(line)
        between = separator
        if goes_on:
            before = kept[place - 1].text.rstrip()
            sign = hyphens.joint(before, line.bare, attested)
            between = "" if sign is not None or line.bare.startswith(CONTINUING) else " "
            if sign == "":
                end = min(end, kept[place - 1].start + len(before) - 1)
        if place:
            yield start, end, raw_text[start:end]
            yield end, first, between
        start, end = first, last
    yield start, end, raw_text[start:end]


def _flags(kept: Sequence[RawLine], params: WrappingParams) -> list[bool]:
    """Which kept lines go on with the one before; what was removed between two of them parts them."""
    lines = [*kept[:1]]
    for before, line in pairwise(kept):
        lines += [line] if line.number == before.number + 1 else [_BLANK, line]
    return [flag for line, flag in zip(lines, continuations(lines, params), strict=True) if line is not _BLANK]
