"""When a page was published: days near the headline, the top or the end of its body, and what speaks for each."""

import re
from collections.abc import Mapping, Sequence
from datetime import date

from transforms.clean.around import Around, Zones
from transforms.clean.choice import Candidate, top
from transforms.clean.dates import day_of_url, days_in, is_numeric
from transforms.clean.field_words import pattern
from transforms.clean.split import RawLine

ADDRESS = 0
"""Number in place of a line for what the address says."""

_MAY_BE_DAY = re.compile(r"\d{4}|\d[./]\d{1,2}[./]\d")
_TIME = re.compile(r"\b\d{1,2}[:.]\d{2}\b|\b\d{1,2}\s*[ap]\.?m\b", re.IGNORECASE)
_BY = re.compile(r"\bby\b|author", re.IGNORECASE)


def candidates(around: Around, zones: Zones) -> list[Candidate[date]]:
    """Return the days that lines near headline and body, or the address, name: one candidate a day.

    Args:
        around: the page.
        zones: places of lines in which to look, with what they are near to.
    """
    lines = [(at, zone) for at, zone in sorted(zones.items()) if _dated(around.lines[at])]
    found: dict[date, tuple[int, dict[str, float]]] = {}
    for at, zone in lines:
        for day, features in readings(around.lines[at], around):
            _add(found, day, around.lines[at].number, {**features, **zone, **_nearby(around.lines, at)})
    if around.url and (stated := day_of_url(around.url)):
        _add(found, stated, ADDRESS, {"address": 1.0})
    return ranked([(number, day, features) for day, (number, features) in found.items()])


def readings(line: RawLine, around: Around) -> list[tuple[date, dict[str, float]]]:
    """Return the days of a line with what it says of each."""
    order = around.day_first if is_numeric(line.bare) else None
    return [(day, _said(line, start)) for day, start in days_in(line.bare, day_first=order)]


def day_of_line(line: RawLine, around: Around) -> date | None:
    """Return the day of publication that the line states: of two days the one that it calls published."""
    found = ranked([(line.number, day, features) for day, features in readings(line, around)])
    return top("published_on", found).value if found else None


def ranked(found: Sequence[tuple[int, date, Mapping[str, float]]]) -> list[Candidate[date]]:
    """Return a candidate for each day, which knows where it stands among them."""
    days = sorted(day for _, day, _ in found)
    return [Candidate(number, day, {**features, **_rank(day, days)}) for number, day, features in found]


def _dated(line: RawLine) -> bool:
    return line.words <= 30 and _MAY_BE_DAY.search(line.bare) is not None


def _add(
    found: dict[date, tuple[int, dict[str, float]]], day: date, number: int, features: Mapping[str, float]
) -> None:
    """Keep the greatest value of each feature of a day, and count its lines."""
    _, known = found.setdefault(day, (number, {}))
    for name, value in features.items():
        if value > known.get(name, 0.0):
            known[name] = value
    known["lines"] = min(known.get("lines", 0.0) + 0.25, 1.0)


def _said(line: RawLine, start: int) -> dict[str, float]:
    """What the line says of the day that begins at an offset: the word before it decides."""
    before = line.bare[max(0, start - 40) : start]
    updated, published = (
        max((hit.end() for hit in words.finditer(before)), default=0)
        for words in (pattern("updated"), pattern("published"))
    )
    return {
        "updated": float(updated > published),
        "published": float(published > updated),
        "other": float(pattern("other").search(line.bare) is not None),
        "timed": float(_TIME.search(line.bare) is not None),
        "signed": float(_BY.search(line.bare) is not None),
        "alone": float(line.words <= 4),
        "long": float(line.words > 14),
        "sentence": float(line.ends_sentence and line.words > 6),
        "starts": float(start < 3),
        "bullet": float(line.is_bullet),
    }


def _nearby(page: Sequence[RawLine], at: int) -> dict[str, float]:
    above = page[at - 1].bare if at else ""
    short = len(above) < 30
    return {
        "updated_above": float(short and pattern("updated").search(above) is not None),
        "published_above": float(short and pattern("published").search(above) is not None),
        "other_above": float(short and pattern("other").search(above) is not None),
        "by_near": float(any(other.words <= 12 and _BY.search(other.bare) for other in page[max(0, at - 2) : at + 3])),
    }


def _rank(day: date, days: Sequence[date]) -> dict[str, float]:
    return {
        "bias": 1.0,
        "only": float(len(days) == 1),
        "earliest": float(len(days) > 1 and day == days[0]),
        "latest": float(len(days) > 1 and day == days[-1]),
        "many": float(len(days) > 3),
        "old": float(day.year < 1995),
    }
