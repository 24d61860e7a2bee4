"""Text that remembers which raw characters each of its characters came from."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""Start and end in the text, and what stands there instead."""

Run = tuple[int, int, int, int]
"""start, end in the clean text; raw_start, raw_end in the raw text."""


@dataclass(frozen=True)
class Mapped:
    """A text with the raw range of each character, and the number of the repair that wrote it (0: none)."""

    text: str
    starts: tuple[int, ...]
    ends: tuple[int, ...]
    repairs: tuple[int, ...]

    @classmethod
    def of(cls, text: str, raw_start: int) -> "Mapped":
        """Return a text that stands unchanged at raw_start."""
        starts = tuple(range(raw_start, raw_start + len(text)))
        return cls(text, starts, tuple(start + 1 for start in starts), (0,) * len(text))

    @classmethod
    def between(cls, text: str, raw_start: int, raw_end: int) -> "Mapped":
        """Return a text that stands for the raw range as a whole."""
        size = len(text)
        return cls(text, (raw_start,) * size, (raw_end,) * size, (1,) * size)

    def edited(self, edits: Sequence[Edit]) -> "Mapped":
        """Return the text with the edits made; they are in order, do not overlap and do not start where they end.

        What an edit writes stands for all raw characters that it replaces; a deletion leaves a gap.
        """
        if not edits:
            return self
        pieces: list[str] = []
        starts: list[int] = []
        ends: list[int] = []
        repairs: list[int] = []
        number, place = max(self.repairs, default=0), 0
        for start, end, new in [*edits, (len(self.text), len(self.text), "")]:
            pieces += [self.text[place:start], new]
            starts += self.starts[place:start]
            ends += self.ends[place:start]
            repairs += self.repairs[place:start]
            if new:
                number += 1
                starts += [self.starts[start]] * len(new)
                ends += [self.ends[end - 1]] * len(new)
                repairs += [number] * len(new)
            place = end
        return Mapped("".join(pieces), tuple(starts), tuple(ends), tuple(repairs))


def joined(parts: Iterable[Mapped]) -> Mapped:
    """Return the parts one after the other."""
    texts: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    repairs: list[int] = []
    for part in parts:
        texts.append(part.text)
        starts += part.starts
        ends += part.ends
        repairs += part.repairs
    return Mapped("".join(texts), tuple(starts), tuple(ends), tuple(repairs))


def runs(mapped: Mapped) -> list[Run]:
    """Return the runs of the text: unchanged characters side by side are one run, every repair is its own.

    Repairs that wrote over part of an earlier repair share its raw characters and are one run with it, so that no two
    runs overlap in the raw text.
    """
    result: list[Run] = []
    last = -1
    for place, (start, end, repair) in enumerate(zip(mapped.starts, mapped.ends, mapped.repairs, strict=True)):
        if result and _continues(result[-1][3], last, start, end, repair):
            first, _, raw_first, raw_last = result[-1]
            result[-1] = (first, place + 1, raw_first, max(end, raw_last))
        else:
            result.append((place, place + 1, start, end))
        last = repair
    return result


def _continues(raw_end: int, last: int, start: int, end: int, repair: int) -> bool:
    overlaps = start < raw_end
    return overlaps or (repair == last and (start == raw_end if repair == 0 else end == raw_end))
