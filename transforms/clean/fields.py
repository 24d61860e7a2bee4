"""Fields of a document from what its container and its removed lines state."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from functools import lru_cache
from typing import Any

from transforms.clean import authors, headline, lookup, page, published
from transforms.clean.around import Around
from transforms.clean.dates import day_of_url
from transforms.clean.head import around_of, stated
from transforms.clean.names import names_of
from transforms.clean.site import normal_url, registrable_domain
from transforms.clean.split import RawLine, folded

_SHORT = 100
_GAPS = " .&’'-"

Labelled = Sequence[tuple[RawLine, str, str]]
"""Lines with label and reason."""


def fields_of(raw: Mapping[str, Any], lines: Labelled) -> dict[str, Any]:
    """Return the row of `fields` without document_id.

    Args:
        raw: the row of `raw`.
        lines: every line with its label and reason.

    A day is believed in this order: dateline, container, metadata header, url, the line that states it.
    A copyright year is no day.
    """
    headers = [header for line, label, _ in lines if label == "metadata_header" and (header := page.header_of(line))]
    datelines = [d for line, label, _ in lines if label == "dateline" and (d := page.dateline_of(line))]
    url = raw["url"] or next((header.url for header in headers if header.url), None)
    around = around_of([line for line, _, _ in lines], [label for _, label, _ in lines], url)
    saying = stated(lines)
    day, basis = _day(raw, saying.get("published_on", ()), headers, datelines, around)
    return {
        "outlet": _outlet(raw, lines, datelines, url),
        "title": _title(raw, lines, saying.get("title", ()), headers, around),
        "authors": _joined(_authors(raw, lines, saying.get("authors", ()), around)),
        "contributors": _joined(_named(lines, "byline", page.contributors_of)),
        "tags": raw["tags"] or _tags(lines),
        "captions": _joined([line.bare for line, label, _ in lines if label == "caption"]),
        "url": normal_url(url) if url else None,
        "published_on": day,
        "published_on_basis": basis,
    }


def _joined(values: Sequence[str]) -> str | None:
    return "; ".join(dict.fromkeys(values)) or None


def _day(
    raw: Mapping[str, Any],
    saying: Sequence[RawLine],
    headers: Sequence[page.Header],
    datelines: Sequence[page.Dateline],
    around: Around,
) -> tuple[date | None, str]:
    by_url = day_of_url(around.url) if around.url else None
    in_text = published.day_of_line(saying[0], around) if saying else None
    known = (
        ("dateline", datelines[0].published_on if datelines else None),
        ("metadata", raw["published_on"]),
        ("header", next((header.published_on for header in headers if header.published_on), None)),
        ("url", by_url if in_text in {None, by_url} else None),
        ("text", in_text),
    )
    return next(((day, basis) for basis, day in known if day), (None, "none"))


def _outlet(raw: Mapping[str, Any], lines: Labelled, datelines: Sequence[page.Dateline], url: str | None) -> str | None:
    """Dateline, container, the name in the text that spells the url's domain, a known domain, the copyright's owner."""
    if datelines:
        return datelines[0].outlet
    if raw["outlet"]:
        return str(raw["outlet"])
    domain = registrable_domain(url) if url else None
    if domain:
        return _spelled(raw["raw_text"], domain.split(".")[0]) or _known_outlet(domain)
    owners = [owner for line, label, _ in lines if label == "copyright" and (owner := page.owner_of(line))]
    return owners[0] if owners else None


def _known_outlet(domain: str) -> str | None:
    return next((row["outlet"] for row in lookup.rows("outlets") if row["domain"] == domain), None)


def _spelled(text: str, label: str) -> str | None:
    """The capitalised words whose letters are those of the domain, with a leading article if it stands there.

    Only short lines that hold these letters without gaps are searched.
    """
    label = folded(label)
    short = [line for line in text[:50_000].split("\n") if len(line) <= _SHORT]
    closed = "\n".join(short).lower()
    for gap in _GAPS:
        closed = closed.replace(gap, "")
    if len(label) < 4 or label not in closed:
        return None
    lines = (line for line, bare in zip(short, closed.split("\n"), strict=True) if label in bare)
    found = [hit[0] for line in lines for hit in _spelling(label).finditer(line)]
    named = [name for name in found if all(word[0].isupper() for word in name.split())]
    return max(named, key=lambda name: (" " in name, name.startswith("The "), named.count(name)), default=None)


@lru_cache(maxsize=1 << 10)
def _spelling(label: str) -> re.Pattern[str]:
    """Documents of one site ask for the same pattern."""
    spelled = rf"[{_GAPS}]{{0,2}}".join(label)
    return re.compile(rf"(?:\bThe )?\b{spelled}\b", re.IGNORECASE)


def _title(
    raw: Mapping[str, Any],
    lines: Labelled,
    saying: Sequence[RawLine],
    headers: Sequence[page.Header],
    around: Around,
) -> str | None:
    if raw["title"]:
        return str(raw["title"])
    chosen = (headline.text_of(line, around) for line in saying)
    labelled = (line.bare for line, label, _ in lines if label == "title")
    return next(chosen, None) or next(labelled, None) or next((head.title for head in headers if head.title), None)


def _authors(raw: Mapping[str, Any], lines: Labelled, saying: Sequence[RawLine], around: Around) -> list[str]:
    """Who the container, else dateline, chosen line and contact lines name; else what the container says as it is."""
    named = re.sub(r"^\s*by\s+", "", raw["authors"] or "", flags=re.IGNORECASE).strip()
    above = _named(lines, "dateline", _dateline_authors)
    chosen = [name for line in saying for name in authors.names_of_line(line, around)]
    found = [*above, *chosen, *_named(lines, "contact", authors.contact_of)]
    return names_of(named) or found or [named][: bool(named)]


def _dateline_authors(line: RawLine) -> list[str]:
    dateline = page.dateline_of(line)
    return list(dateline.authors) if dateline else []


def _named(lines: Labelled, wanted: str, reader: Callable[[RawLine], list[str]]) -> list[str]:
    return [name for line, label, _ in lines if label == wanted for name in reader(line)]


def _tags(lines: Labelled) -> str | None:
    """What "Tags: a, b" lists."""
    stated = [line.bare.partition(":")[2] for line, label, _ in lines if label == "tags"]
    return _joined([tag.strip() for text in stated for tag in re.split(r"[,;|]", text) if tag.strip()])
