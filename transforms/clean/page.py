"""What single lines of a page say about it: dateline, metadata header, contributors, owner of the copyright."""

import re
from dataclasses import dataclass
from datetime import date

from transforms.clean.dates import day_of, days_in
from transforms.clean.names import names_of, signed_of
from transforms.clean.split import RawLine

_URL = re.compile(r"https?://[^\s<>\"']+", re.IGNORECASE)
_LONGEST = 500
_PARTS = re.compile(r"(?<!\s)\s++[-–—|•]\s+")
_NAMED_DAY = re.compile(
    r"^\W*+(?:updated|published|posted)?\W*+(?:\d{1,2}:\d{2}\s*[ap]\.?m\.?\s*(?:on\s+)?)?([^\W\d_]{3,9})\W",
    re.IGNORECASE,
)
_LABELLED = re.compile(r"^\s*(date|published|title|headline|url|source|author|by)\b\s*[:=]?\s+", re.IGNORECASE)
_BY = re.compile(r"^\W*(?:written |story |posted |reported |article )?(?:by|author|from)\b\s*:?\s*(.+)$", re.IGNORECASE)
_CONTRIBUTED = re.compile(r"^\W*+(.{3,200}?)\s++(?:also )?contributed\b", re.IGNORECASE)
_REPORTING = re.compile(r"^\W*(?:additional|extra) reporting (?:by|from)\s+(.{3,200})$", re.IGNORECASE)
_STAMP = re.compile(r"\d{4}([-/.]?)\d{2}\1\d{2}(?!\d)")
_RIGHTS = re.compile(
    r"©\s*(?:copyright\s*)?(?:\d{4}(?:\s*[-–]\s*\d{4})?)?[\s,]*(?P<owner>[^\d,.|©]{3,60})", re.IGNORECASE
)


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


def dateline_of(line: RawLine) -> Dateline | None:
    """Return what "- Outlet - Weekday, Month D, YYYY" states, also behind "By Author - ", or None."""
    text = line.text.strip(" \t-–—|•\u00a0")
    parts = _PARTS.split(text) if len(text) <= _LONGEST and line.words <= 24 else []
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
    if (stamp := _STAMP.match(rest)) and (days := days_in(stamp[0])):
        day = days[0][0]
        title = re.sub(r"^[T ]?\d{2}:\d{2}(:\d{2})?\S*", "", rest[stamp.end() :]).strip(" |-–—\t")
        return Header(published_on=day, title=title or None) if label or not title else None
    if label and label[1].lower() in {"title", "headline"}:
        return Header(title=rest)
    return None


def contributors_of(line: RawLine) -> list[str]:
    """Return the persons that "X contributed to this report" or "Additional reporting by X" names, or nothing."""
    text = line.bare[:_LONGEST]
    found = _CONTRIBUTED.match(text) or _REPORTING.match(text)
    return names_of(re.split(r"\bin [A-Z]|\bfrom [A-Z]", found[1])[0]) if found else []


def owner_of(line: RawLine) -> str | None:
    """Return who holds the copyright that the line states, without legal form, or None."""
    found = _RIGHTS.search(line.bare)
    if not found:
        return None
    owner = re.split(r"\s+(?:all rights|llc|inc|ltd|limited|click|by)\b", found["owner"], flags=re.I)[0].strip(" -–—")
    return owner if owner[:1].isupper() else None
