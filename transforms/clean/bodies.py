"""Stage `bodies`: kept lines become the clean text, removed lines fields; every character stays traceable."""

from collections.abc import Sequence
from typing import Any

import polars as pl

from schemas.work import Fields, KeptLines, Lines, Raw, Segments, Texts
from transforms.clean import lost, repairs
from transforms.clean.fields import fields_of
from transforms.clean.mapped import Mapped, joined, runs
from transforms.clean.speech import language_of
from transforms.clean.split import RawLine
from transforms.clean.wrapping import continuations
from transforms.contract import Params, Stage, Tables, rejects


class BodiesParams(Params):
    """Numbers of the clean text.

    Attributes:
        english_share: share of English function words from which on a text is English.
        lost_words: words from which on an English text without any apostrophe has lost them.
        separator: what stands between kept lines.
    """

    english_share: float = 0.2
    lost_words: int = 400
    separator: str = "\n\n"


Rows = dict[str, list[dict[str, Any]]]
_OUTPUTS = {"texts": Texts, "fields": Fields, "kept_lines": KeptLines, "segments": Segments}


def bodies(tables: Tables, params: BodiesParams) -> dict[str, pl.DataFrame]:
    """Return `texts`, `fields`, `kept_lines`, `segments`, and `rejects` (no_body) for pages without a kept line."""
    raws = {row["document_id"]: row for row in tables["raw"].iter_rows(named=True)}
    pages: dict[str, list[dict[str, Any]]] = {}
    for row in tables["lines"].sort("document_id", "line_number").iter_rows(named=True):
        pages.setdefault(row["document_id"], []).append(row)
    rows: Rows = {name: [] for name in _OUTPUTS}
    refused = []
    for document in sorted(raws):
        if not any(row["kept"] for row in pages.get(document, [])):
            refused.append(_no_body(raws[document]))
            continue
        _add(rows, document, raws[document], pages[document], params)
    frames = {
        name: schema.arrange(pl.DataFrame(rows[name], schema=schema.polars_schema()))
        for name, schema in _OUTPUTS.items()
    }
    return {**frames, "rejects": rejects("bodies", refused)}


def _no_body(raw: dict[str, Any]) -> dict[str, Any]:
    detail = "no line reads as the body of an article: look at its lines, or scrape the page again"
    return {"document_id": raw["document_id"], "source_uri": raw["source_uri"], "reason": "no_body", "detail": detail}


def _add(rows: Rows, document: str, raw: dict[str, Any], page: list[dict[str, Any]], params: BodiesParams) -> None:
    lines = [
        (RawLine(r["line_number"], r["raw_start"], r["raw_end"], r["text"]), r["label"], r["reason"]) for r in page
    ]
    kept = [line for line, label, _ in lines if label == "body"]
    flags = continuations([line for line, *_ in lines])
    going_on = frozenset(line.number for (line, *_), goes_on in zip(lines, flags, strict=True) if goes_on)
    body, places = clean_text(kept, params, going_on)
    fields = fields_of(raw, lines)
    language = language_of(body.text, params.english_share)
    rows["texts"].append({"document_id": document, "text": body.text, "language": language})
    rows["fields"].append({"document_id": document, **fields})
    rows["kept_lines"] += [
        {"document_id": document, "line_number": number, "start": start, "end": end} for number, start, end in places
    ]
    rows["segments"] += [
        {"document_id": document, "start": start, "end": end, "raw_start": raw_start, "raw_end": raw_end}
        for start, end, raw_start, raw_end in runs(body)
    ]


def clean_text(
    kept: Sequence[RawLine], params: BodiesParams, going_on: frozenset[int] = frozenset()
) -> tuple[Mapped, list[tuple[int, int, int]]]:
    """Return the repaired text of the kept lines, and (line number, start, end) of each line that left any.

    A line in `going_on` is joined to the one before by a space, all else by the separator, which maps to the raw line
    break.
    """
    parts = [(line, part) for line in kept if (part := _part(line)).text]
    if lost.are_lost("\n".join(part.text for _, part in parts), params.lost_words):
        parts = [(line, part.edited(lost.lost_apostrophes(part.text))) for line, part in parts]
    result: list[Mapped] = []
    places: list[tuple[int, int, int]] = []
    length = 0
    for place, (line, part) in enumerate(parts):
        if place:
            before, left = parts[place - 1]
            joins = line.number in going_on and before.number == line.number - 1
            gap = _gap(left, part, " " if joins else params.separator)
            result.append(gap)
            length += len(gap.text)
        places.append((line.number, length, length + len(part.text)))
        result.append(part)
        length += len(part.text)
    return joined(result), places


def _part(line: RawLine) -> Mapped:
    """The line repaired, without outer blanks, bullet and heading mark."""
    start = line.text.rfind(line.bare)
    repaired = repairs.repaired(Mapped.of(line.bare, line.start + start))
    text = repaired.text
    edits = [(0, len(text) - len(text.lstrip()), ""), (len(text.rstrip()), len(text), "")]
    return repaired.edited([edit for edit in edits if edit[0] < edit[1]]) if text.strip() else Mapped.of("", line.start)


def _gap(left: Mapped, right: Mapped, text: str) -> Mapped:
    return Mapped.between(text, left.ends[-1], max(left.ends[-1], right.starts[0]))


STAGE = Stage(
    name="bodies",
    kind="map",
    function=bodies,
    inputs=(Raw, Lines),
    outputs=(Texts, Fields, KeptLines, Segments),
    params=BodiesParams,
    resources=(
        "lookups/contractions.csv",
        "lookups/its_followers.csv",
        "lookups/time_nouns.csv",
        "lookups/function_words.csv",
        "lookups/unfinished_endings.csv",
        "lookups/people_endings.csv",
        "lookups/country_names.csv",
        "lookups/months.csv",
        "lookups/outlets.csv",
        "lookups/not_names.csv",
        "lookups/name_particles.csv",
        "lookups/public_suffixes.csv",
    ),
    libraries=("ftfy", "resiliparse"),
)
