"""Text that remembers which raw characters each of its characters came from."""

from bisect import bisect_right
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

Edit = tuple[int, int, str]
"""Start and end in the text, and what stands there instead."""

Run = tuple[int, int, int, int]
"""start, end in the clean text; raw_start, raw_end in the raw text."""


@dataclass(frozen=True, slots=True)
class Mapped:
    """A text and its runs: without gap in the text, in the order of the raw text, and without overlap there.

    The characters of a run that is as long as its raw range stand for one raw character each; those of another run
    stand for its raw range as a whole.
    """

    text: str
    runs: tuple[Run, ...]

    @classmethod
    def of(cls, text: str, raw_start: int = 0) -> "Mapped":
        """Return a text that stands unchanged at raw_start."""
        return cls(text, ((0, len(text), raw_start, raw_start + len(text)),) if text else ())

    def edited(self, edits: Sequence[Edit]) -> "Mapped":
        """Return the text with the edits made; they are in order, do not overlap and do not start where they end.

        What an edit writes is a run of its own and stands for all raw characters that it replaces; a deletion leaves
        a gap in the raw text. An edit inside a run that maps as a whole becomes one run with the rest of it.
        """
        if not edits:
            return self
        pieces: list[str] = []
        place = 0
        for start, end, new in edits:
            pieces += (self.text[place:start], new)
            place = end
        return Mapped("".join([*pieces, self.text[place:]]), _edited(self.runs, edits))

    def positions(self, raws: Iterable[int]) -> list[int]:
        """Return for each raw offset where its character stands in the text, or what follows it if it is gone."""
        ends = [run[3] for run in self.runs]
        return [self._position(bisect_right(ends, raw), raw) for raw in raws]

    def raw_range(self, start: int, end: int) -> tuple[int, int]:
        """Return the raw range that characters of the text stand for, at least one of them."""
        starts = [run[0] for run in self.runs]
        first, last = (self.runs[bisect_right(starts, place) - 1] for place in (start, end - 1))
        return _cut(first, start)[1], _cut(last, end)[0][3]

    def _position(self, place: int, raw: int) -> int:
        if place == len(self.runs):
            return len(self.text)
        start, end, raw_start, raw_end = self.runs[place]
        return start + max(0, raw - raw_start) if end - start == raw_end - raw_start else start


def _edited(runs: Sequence[Run], edits: Sequence[Edit]) -> tuple[Run, ...]:
    """The runs that are left, in pieces, and those that the edits write."""
    result: list[Run] = []
    shift = 0
    waiting = iter(runs)
    run = next(waiting)
    for start, end, new in edits:
        while run[1] <= start:
            _append(result, run, shift)
            run = next(waiting)
        left, raw_start = _cut(run, start)
        _append(result, left, shift)
        while run[1] < end:
            run = next(waiting)
        raw_end = _cut(run, end)[0][3]
        if new:
            _append(result, (start, start + len(new), raw_start, raw_end), shift)
        shift += len(new) - (end - start)
        run = (end, run[1], _cut(run, end)[1], run[3])
    for rest in (run, *waiting):
        _append(result, rest, shift)
    return tuple(result)


def _cut(run: Run, place: int) -> tuple[Run, int]:
    """The part of the run before a place, and the raw offset where the part after it begins."""
    start, end, raw_start, raw_end = run
    if end - start != raw_end - raw_start:
        return (start, place, raw_start, raw_end), raw_start
    raw_place = raw_start + place - start
    return (start, place, raw_start, raw_place), raw_place


def _append(result: list[Run], run: Run, shift: int) -> None:
    """Add a run; parts of one that maps as a whole have its raw range in common and are one again."""
    start, end, raw_start, raw_end = run
    if start == end:
        return
    if result and raw_start < result[-1][3]:
        first, _, raw_first, raw_last = result[-1]
        result[-1] = (first, end + shift, raw_first, max(raw_last, raw_end))
    else:
        result.append((start + shift, end + shift, raw_start, raw_end))
