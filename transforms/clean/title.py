"""The headline and the byline of a page whose container states none."""

from collections.abc import Mapping, Sequence

from transforms.clean import page as stated
from transforms.clean.labels import Label, Labels
from transforms.clean.split import RawLine


def title_label(page: Sequence[RawLine], known: Mapping[int, Label], first: int, window: int) -> Labels:
    """Return the label of the line before the body that reads most like a headline, or nothing."""
    near = [line for line in page if first - window <= line.number < first and line.bare]
    free = [line for line in near if line.number not in known and _can_be_title(line)]
    if not free:
        return {}
    best = max(free, key=lambda line: (_weight(line, first), line.number))
    return {best.number: Label("title", "span:headline", 0.6)}


def _can_be_title(line: RawLine) -> bool:
    return 3 <= line.words <= 30 and not line.is_bullet and not line.bare.endswith((".", ":", ",", ";"))


def _weight(line: RawLine, first: int) -> float:
    """A marked heading, then length; what stands far above the body weighs less."""
    return 20.0 * line.is_heading + min(line.words, 12) - 0.3 * (first - line.number)


def byline_labels(page: Sequence[RawLine], known: Mapping[int, Label], first: int, window: int = 25) -> Labels:
    """Return labels of lines above the body that are nothing but names and stand beside a time or a "By"."""
    near = [line for line in page if first - window <= line.number < first and line.bare]
    result: Labels = {}
    for place, line in enumerate(near):
        beside = near[max(0, place - 1) : place + 3]
        timed = any(_is_time(other, known) for other in beside if other is not line)
        if line.number not in known and not line.is_bullet and timed and stated.names_of(line.bare):
            result[line.number] = Label("byline", "page:name_line", 0.7)
    return result


def _is_time(line: RawLine, known: Mapping[int, Label]) -> bool:
    label = known.get(line.number)
    return label is not None and label.reason in {"phrase:reading_time", "phrase:timestamp"}
