"""Fields of a document from what its container and its removed lines state."""

import re
from collections.abc import Callable, Mapping, Sequence
from datetime import date
from typing import Any

from transforms.clean import lookup, page
from transforms.clean.site import normal_url, registrable_domain
from transforms.clean.split import RawLine

_PUBLISHED = re.compile(r"publish|posted|created", re.IGNORECASE)
_UPDATED = re.compile(r"update|modified|reviewed", re.IGNORECASE)

Labelled = Sequence[tuple[RawLine, str, str]]
"""Lines with label and reason."""


def fields_of(raw: Mapping[str, Any], lines: Labelled) -> dict[str, Any]:
    """Return the row of `fields` without document_id.

    Args:
        raw: the row of `raw`.
        lines: every line with its label and reason.

    A day is believed in this order: dateline, container, metadata header, url, lines above the body that hold a day.
    A copyright year is no day.
    """
    headers = [header for line, label, _ in lines if label == "metadata_header" and (header := page.header_of(line))]
    datelines = [d for line, label, _ in lines if label == "dateline" and (d := page.dateline_of(line))]
    url = raw["url"] or next((header.url for header in headers if header.url), None)
    day, basis = _day(raw, lines, headers, datelines, url)
    return {
        "outlet": _outlet(raw, lines, datelines, url),
        "title": _title(raw, lines, headers),
        "authors": _joined(_authors(raw, lines)),
        "contributors": _joined(_named(lines, "byline", page.contributors_of)),
        "tags": raw["tags"] or _tags(lines),
        "url": normal_url(url) if url else None,
        "published_on": day,
        "published_on_basis": basis,
    }


def _joined(values: Sequence[str]) -> str | None:
    return "; ".join(dict.fromkeys(values)) or None


def _day(
    raw: Mapping[str, Any],
    lines: Labelled,
    headers: Sequence[page.Header],
    datelines: Sequence[page.Dateline],
    url: str | None,
) -> tuple[date | None, str]:
    stated = (
        ("dateline", datelines[0].published_on if datelines else None),
        ("metadata", raw["published_on"]),
        ("header", next((header.published_on for header in headers if header.published_on), None)),
        ("url", page.day_of_url(url) if url else None),
        ("text", _day_above(lines)),
    )
    return next(((day, basis) for basis, day in stated if day), (None, "none"))


def _day_above(lines: Labelled, most_words: int = 20) -> date | None:
    """The day in the short line nearest above the body, or in a removed line below its start.

    A line that says "published" comes before others, one that says "updated" last.
    """
    first = next((place for place, (_, label, _) in enumerate(lines) if label == "body"), len(lines))
    above = [line for line, label, _ in reversed(lines[:first]) if line.words <= most_words and label != "copyright"]
    below = [line for line, label, reason in lines[first:] if label == "byline" or reason == "phrase:timestamp"]
    dated = [(line, day) for line in [*above, *below] if (day := page.day_of(line.bare))]
    return min(dated, key=lambda item: _says(item[0]))[1] if dated else None


def _says(line: RawLine) -> int:
    if _PUBLISHED.search(line.bare):
        return 0
    return 2 if _UPDATED.search(line.bare) else 1


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
    """The capitalised words whose letters are those of the domain, with a leading article if it stands there."""
    letters = [re.escape(letter) for letter in label if letter.isalnum()]
    if len(letters) < 4:
        return None
    pattern = re.compile(r"(?<!\w)(?:The )?" + r"[ .&’'-]{0,2}".join(letters) + r"(?!\w)", re.IGNORECASE)
    found = [hit[0] for hit in pattern.finditer(text[:100_000]) if all(word[0].isupper() for word in hit[0].split())]
    return max(found, key=lambda name: (" " in name, name.startswith("The "), found.count(name)), default=None)


def _title(raw: Mapping[str, Any], lines: Labelled, headers: Sequence[page.Header]) -> str | None:
    labelled = (line.bare for line, label, _ in lines if label == "title")
    stated = (header.title for header in headers if header.title)
    return raw["title"] or next(labelled, None) or next(stated, None)


def _authors(raw: Mapping[str, Any], lines: Labelled) -> list[str]:
    """Who the container names; else dateline, bylines and contact lines; else what the container says as it is."""
    stated = re.sub(r"^\s*by\s+", "", raw["authors"] or "", flags=re.IGNORECASE).strip()
    above = _named(lines, "dateline", _dateline_authors)
    found = [*above, *_named(lines, "byline", _byline), *_named(lines, "contact", page.contact_of)]
    return page.names_of(stated) or found or [stated][: bool(stated)]


def _dateline_authors(line: RawLine) -> list[str]:
    dateline = page.dateline_of(line)
    return list(dateline.authors) if dateline else []


def _byline(line: RawLine) -> list[str]:
    return [] if page.contributors_of(line) else page.byline_of(line) or page.signed_of(line.bare)


def _named(lines: Labelled, wanted: str, reader: Callable[[RawLine], list[str]]) -> list[str]:
    return [name for line, label, _ in lines if label == wanted for name in reader(line)]


def _tags(lines: Labelled) -> str | None:
    """What "Tags: a, b" lists."""
    stated = [line.bare.partition(":")[2] for line, label, _ in lines if label == "tags"]
    return _joined([tag.strip() for text in stated for tag in re.split(r"[,;|]", text) if tag.strip()])
