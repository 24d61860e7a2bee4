"""Days that a line or an address spells out."""

import re
from datetime import date
from functools import cache

from transforms.clean import lookup

_URL_DAY = re.compile(r"[/_-](\d{4})[/_-]?(\d{2}|[a-z]{3,9})[/_-]?(\d{1,2})(?=[/_.-]|$)", re.IGNORECASE)


@cache
def _pattern() -> re.Pattern[str]:
    """One pattern for all forms; months may stick to the word before them, as renderers leave them."""
    months = "|".join(sorted(lookup.months(), key=len, reverse=True))
    return re.compile(
        rf"(?P<m1>{months})\.?\s*(?P<d1>\d{{1,2}})(?:st|nd|rd|th)?[,.]?\s*(?P<y1>\d{{4}})(?!\d)"
        rf"|(?<!\d)(?P<d2>\d{{1,2}})(?:st|nd|rd|th)?\.?[\s/-]*(?:of\s+)?(?P<m2>{months})\.?,?[\s/-]*(?P<y2>\d{{4}})(?!\d)"
        r"|(?<!\d)(?P<y3>\d{4})(?P<gap>[-/.]?)(?P<m3>\d{2})(?P=gap)(?P<d3>\d{2})(?!\d)"
        r"|(?<![\d./])(?P<n1>\d{1,2})(?P<cut>[./])(?P<n2>\d{1,2})(?P=cut)(?P<y4>\d{4}|\d{2})(?![\d/])",
        re.IGNORECASE,
    )


def days_in(text: str, *, day_first: bool | None = None) -> list[tuple[date, int]]:
    """Return the full days of the text (month named, ISO, YYYYMMDD or numeric) with the offset at which each begins.

    Args:
        text: a line.
        day_first: how 3/4/2020 is read. None: dots put the day first (European), strokes the month (American). A
            number above 12 decides by itself.
    """
    found = ((_day_of(hit, day_first), hit.start()) for hit in _pattern().finditer(text))
    return [(day, start) for day, start in found if day]


def day_of(text: str) -> date | None:
    """Return the first full day of the text, or None."""
    return next((day for day, _ in days_in(text)), None)


def _day_of(hit: re.Match[str], day_first: bool | None) -> date | None:
    if hit["m1"]:
        return _day(hit["y1"], lookup.months()[hit["m1"].lower()], hit["d1"])
    if hit["m2"]:
        return _day(hit["y2"], lookup.months()[hit["m2"].lower()], hit["d2"])
    if hit["y3"]:
        return _day(hit["y3"], hit["m3"], hit["d3"])
    year = hit["y4"] if len(hit["y4"]) == 4 else f"20{hit['y4']}"
    european = _day(year, hit["n2"], hit["n1"])
    american = _day(year, hit["n1"], hit["n2"])
    first = day_first if day_first is not None else hit["cut"] == "."
    return (european or american) if first else (american or european)


def is_numeric(text: str) -> bool:
    """Whether a day of the text is written in numbers alone, so that its order is in question."""
    return _NUMERIC.search(text) is not None


def day_first(text: str, url: str | None) -> bool | None:
    """Return whether numeric days of a page put the day first: its other days tell, else the country of its address."""
    told = numeric_order(text)
    if told is not None:
        return told
    host = (url or "").partition("://")[2].partition("/")[0].partition(":")[0]
    return True if host.lower().rpartition(".")[2] in lookup.column("day_first", "domain") else None


def numeric_order(text: str) -> bool | None:
    """Return whether numeric days put the day first, as most with a number above 12 show, or None if none tells."""
    days = [(int(hit[1]), int(hit[2])) for hit in _NUMERIC.finditer(text)]
    firsts, seconds = sum(a > 12 >= b for a, b in days), sum(b > 12 >= a for a, b in days)
    return None if firsts == seconds else firsts > seconds


_NUMERIC = re.compile(r"(?<![\d./])(\d{1,2})[./](\d{1,2})[./](?:\d{4}|\d{2})(?![\d/])")


def _day(year: str | int, month: str | int, day: str | int) -> date | None:
    try:
        found = date(int(year), int(month), int(day))
    except ValueError:
        return None
    return found if 1900 <= found.year <= 2099 else None


def day_of_url(url: str) -> date | None:
    """Return the day in the path of a url (/2022/jan/6/, /2022/01/06/, /20220106/), or None."""
    for found in _URL_DAY.finditer(url.partition("://")[2].partition("?")[0]):
        month = lookup.months().get(found[2].lower(), found[2])
        if str(month).isdecimal() and (day := _day(found[1], month, found[3])):
            return day
    return None
