"""What a page says about itself in its lines: dateline, metadata header, bylines, dates, names."""

import re
from dataclasses import dataclass
from datetime import date

from transforms.clean import lookup
from transforms.clean.split import RawLine

_URL = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_PARTS = re.compile(r"\s+[-–—|•]\s+")
_NAMED_DAY = re.compile(
    r"^\W*(?:updated|published|posted)?\W*(?:\d{1,2}:\d{2}\s*[ap]\.?m\.?\s*(?:on\s+)?)?([^\W\d_]{3,9})\W", re.IGNORECASE
)
_MONTH_FIRST = re.compile(r"\b([^\W\d_]{3,9})\.?\s+(\d{1,2})(?:st|nd|rd|th)?,?\s+(\d{4})\b")
_DAY_FIRST = re.compile(r"\b(\d{1,2})(?:st|nd|rd|th)?\.?[\s/-]+(?:of\s+)?([^\W\d_]{3,9})\.?,?[\s/-]+(\d{4})\b")
_ISO = re.compile(r"(?<!\d)(\d{4})([-/.]?)(\d{2})\2(\d{2})(?!\d)")
_NUMERIC = re.compile(r"(?<![\d./])(\d{1,2})([./])(\d{1,2})\2(\d{4})(?!\d)")
_URL_DAY = re.compile(r"[/_-](\d{4})[/_-]?(\d{2}|[a-z]{3,9})[/_-]?(\d{1,2})(?=[/_.-]|$)", re.IGNORECASE)
_LABELLED = re.compile(r"^\s*(date|published|title|headline|url|source|author|by)\b\s*[:=]?\s+", re.IGNORECASE)
_BY = re.compile(r"^\W*(?:written |story |posted |reported |article )?(?:by|author|from)\b\s*:?\s*(.+)$", re.IGNORECASE)
_CONTACT = re.compile(r"^\W*(.{3,80}?)\s+can be (?:reached|contacted|emailed|followed)\b", re.IGNORECASE)
_CONTRIBUTED = re.compile(r"^\W*(.{3,200}?)\s+(?:also )?contributed\b", re.IGNORECASE)
_REPORTING = re.compile(r"^\W*(?:additional|extra) reporting (?:by|from)\s+(.{3,200})$", re.IGNORECASE)
_RIGHTS = re.compile(
    r"©\s*(?:copyright\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,]*(?P<owner>[^\d,.|©]{3,60})", re.IGNORECASE
)
_AND = re.compile(r"\s*(?:,\s*and\b|\band\b|[&,;|•·/–—]|\s-\s)\s*")
_GLUED = re.compile(
    r"(?<=[a-z])(?=(?:Published|Updated|Posted|Last|Created|Modified|Reviewed|Jan|Feb|Mar|Apr|Jun|Jul|Aug|Sep|Oct|Nov|Dec))"
)
_ENDS_NAMES = re.compile(r"\s+(?:in|for|at|on|updated|published|posted|last)\b|\d|@|\s{2,}", re.IGNORECASE)


@dataclass(frozen=True)
class Dateline:
    """The line that names outlet and day."""

    outlet: str
    published_on: date
    authors: tuple[str, ...] = ()


@dataclass(frozen=True)
class Header:
    """What a line of a metadata header states."""

    published_on: date | None = None
    url: str | None = None
    title: str | None = None


def day_of(text: str) -> date | None:
    """Return the first full date of the text (month named, ISO, YYYYMMDD or numeric), or None."""
    for pattern, order in ((_MONTH_FIRST, "mdy"), (_DAY_FIRST, "dmy")):
        for found in pattern.finditer(text):
            parts = dict(zip(order, found.groups(), strict=True))
            month = lookup.months().get(parts["m"].lower())
            if month and (day := _day(parts["y"], month, parts["d"])):
                return day
    for found in _ISO.finditer(text):
        if day := _day(found[1], found[3], found[4]):
            return day
    return _numeric_day(text)


def _numeric_day(text: str) -> date | None:
    """Dots put the day first (European), strokes the month (American) unless that is impossible."""
    found = _NUMERIC.search(text)
    if not found:
        return None
    first, second = found[1], found[3]
    month_first = _day(found[4], first, second) if found[2] == "/" else None
    return month_first or _day(found[4], second, first)


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


def dateline_of(line: RawLine) -> Dateline | None:
    """Return what "- Outlet - Weekday, Month D, YYYY" states, also behind "By Author - ", or None."""
    parts = _PARTS.split(line.text.strip(" \t-–—|•\u00a0")) if line.words <= 24 else []
    if len(parts) not in {2, 3} or not 1 <= len(parts[-2].split()) <= 8 or not parts[-2][0].isupper():
        return None
    day = day_of(parts[-1]) if _NAMED_DAY.match(parts[-1]) and len(parts[-1].split()) <= 10 else None
    authors = tuple(_by_names(parts[0])) if len(parts) == 3 else ()
    return Dateline(parts[-2].strip(), day, authors) if day and (len(parts) == 2 or authors) else None


def _by_names(text: str) -> list[str]:
    found = _BY.match(text)
    return signed_of(found[1] if found else text)


def url_of(text: str) -> str | None:
    """Return the first http(s) address of the text, or None."""
    found = _URL.search(text)
    return found[0].rstrip(").,;") if found else None


def header_of(line: RawLine) -> Header | None:
    """Return what a header line states if it is a url, a date, or a labelled field alone, or None.

    A date before a headline in one line ("date 2021-11-15 Headline") states both.
    """
    text = line.bare
    if not text or line.words > 60:
        return None
    url = url_of(text)
    if url:
        return Header(url=url) if not re.sub(r"\W|url|link|source", "", text.replace(url, ""), flags=re.I) else None
    label = _LABELLED.match(line.text)
    rest = _LABELLED.sub("", line.text).strip()
    stamp = _ISO.match(rest)
    if stamp and (day := _day(stamp[1], stamp[3], stamp[4])):
        title = re.sub(r"^[T ]?\d{2}:\d{2}(:\d{2})?\S*", "", rest[stamp.end() :]).strip(" |-–—\t")
        return Header(published_on=day, title=title or None) if label or not title else None
    if label and label[1].lower() in {"title", "headline"}:
        return Header(title=rest)
    return None


def is_name(text: str) -> bool:
    """Whether the text can be a person's name: two to five capitalised words, particles aside, no digit."""
    words = text.split()
    if not 2 <= len(words) <= 5 or any(character.isdigit() for character in text):
        return False
    shape = re.compile(r"^[^\W\d_][\w’'.-]*$")
    if any(word.lower().strip(".") in lookup.column("not_names") for word in words):
        return False
    capital = [word for word in words if word[0].isupper() or word not in lookup.column("name_particles")]
    return len(capital) >= 2 and all(shape.match(word) and word[0].isupper() for word in capital)


def names_of(text: str) -> list[str]:
    """Return the persons of a list such as "Ann Lee, Bo Li and C. D. Ray, Reporter", in order."""
    pieces = [_without_month(piece.strip(" .:*_")) for piece in _AND.split(text)]
    return [piece.title() if piece.isupper() else piece for piece in pieces if is_name(piece)]


def _without_month(name: str) -> str:
    """The name without the month of the date that followed it."""
    words = name.split()
    return " ".join(words[:-1]) if words and words[-1].lower().strip(".") in lookup.months() else name


def byline_of(line: RawLine) -> list[str]:
    """Return the authors that a "By ..." line names, or nothing."""
    found = _BY.match(line.bare) if line.words <= 25 else None
    return signed_of(found[1]) if found else []


def signed_of(text: str) -> list[str]:
    """Return the names that a line begins with, up to a date, place or role, or nothing."""
    return names_of(_ENDS_NAMES.split(_GLUED.sub("  ", text))[0])


def contact_of(line: RawLine) -> list[str]:
    """Return the authors that "X can be reached at" names, or nothing."""
    found = _CONTACT.match(line.bare)
    return names_of(found[1]) if found else []


def contributors_of(line: RawLine) -> list[str]:
    """Return the persons that "X contributed to this report" or "Additional reporting by X" names, or nothing."""
    found = _CONTRIBUTED.match(line.bare) or _REPORTING.match(line.bare)
    return names_of(re.split(r"\bin [A-Z]|\bfrom [A-Z]", found[1])[0]) if found else []


def owner_of(line: RawLine) -> str | None:
    """Return who holds the copyright that the line states, without legal form, or None."""
    found = _RIGHTS.search(line.bare)
    if not found:
        return None
    owner = re.split(r"\s+(?:all rights|llc|inc|ltd|limited|click|by)\b", found["owner"], flags=re.I)[0].strip(" -–—")
    return owner if owner[:1].isupper() else None
