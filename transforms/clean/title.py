"""The headline and the byline of a page whose container states none."""

import re
from collections import Counter
from collections.abc import Mapping, Sequence

from transforms.clean import page as stated
from transforms.clean.labels import Label, Labels
from transforms.clean.split import RawLine

_WORD = re.compile(r"[^\W_]+")


def title_label(
    page: Sequence[RawLine], known: Mapping[int, Label], first: int, url: str | None, window: int
) -> Labels:
    """Return the label of the line before the body that reads most like a headline, or nothing."""
    near = [line for line in page if first - window <= line.number < first and line.bare]
    free = [line for line in near if line.number not in known and _can_be_title(line)]
    if not free:
        return {}
    slug = frozenset(_WORD.findall((url or "").rstrip("/").rpartition("/")[2].lower()))
    seen = Counter(line.bare for line in page)
    best = max(free, key=lambda line: (_weight(line, first, slug, seen[line.bare]), line.number))
    return {best.number: Label("title", "span:headline", 0.6)}


def _can_be_title(line: RawLine) -> bool:
    return 3 <= line.words <= 30 and not line.is_bullet and not line.bare.endswith((".", ":", ",", ";"))


def _weight(line: RawLine, first: int, slug: frozenset[str], times: int) -> float:
    """A marked heading; words of the address; length; being there twice. What stands far above the body weighs less."""
    words = frozenset(_WORD.findall(line.bare.lower()))
    spelled = len(words & slug) / max(len(words | slug), 1) if len(slug) > 2 else 0.0
    length = min(line.words, 12) - max(0, line.words - 18)
    return 20.0 * line.is_heading + 20.0 * spelled + length + 3.0 * (times > 1) - 0.3 * (first - line.number)


def byline_labels(page: Sequence[RawLine], known: Mapping[int, Label], first: int, window: int = 25) -> Labels:
    """Return labels of lines around the top of the body that are nothing but names, beside a time or below a "By"."""
    near = [line for line in page if first - window <= line.number < first + 8 and line.bare]
    result: Labels = {}
    for place, line in enumerate(near):
        free = line.number not in known and not line.is_bullet and not line.ends_sentence and line.words <= 12
        if free and stated.signed_of(line.bare) and (_is_time(line, known) or _beside(near, place, known)):
            result[line.number] = Label("byline", "page:name_line", 0.7)
    return result


def _beside(near: Sequence[RawLine], place: int, known: Mapping[int, Label]) -> bool:
    below_by = place > 0 and _reason(known, near[place - 1]) == "phrase:author_head"
    others = [*near[max(0, place - 1) : place], *near[place + 1 : place + 3]]
    return below_by or any(_is_time(other, known) for other in others)


def _reason(known: Mapping[int, Label], line: RawLine) -> str:
    label = known.get(line.number)
    return label.reason if label else ""


def _is_time(line: RawLine, known: Mapping[int, Label]) -> bool:
    timed = _reason(known, line) in {"phrase:reading_time", "phrase:timestamp"}
    return timed or (line.words <= 20 and not line.ends_sentence and stated.day_of(line.bare) is not None)
