"""Stage `bodies`: kept lines become the clean text, removed lines fields; every character stays traceable."""

from collections.abc import Iterator, Sequence
from itertools import repeat
from typing import Any

import polars as pl

from schemas.table import Table
from schemas.work import Fields, KeptLines, Lines, Raw, Segments, Texts
from transforms.clean import lost
from transforms.clean.fields import fields_of
from transforms.clean.joining import joined, place_of
from transforms.clean.mapped import Mapped
from transforms.clean.repairs import repaired
from transforms.clean.speech import ENGLISH, SPOKEN, SpeechParams, language_of
from transforms.clean.split import RawLine
from transforms.clean.wrapping import WrappingParams
from transforms.contract import Params, Stage, Tables, rejects


class BodiesParams(Params):
    """Numbers of the clean text.

    Attributes:
        wrapping: numbers of wrapped text.
        speech: numbers of telling languages.
        lost_words: words from which on an English text without any apostrophe has lost them.
        separator: what stands between paragraphs.
    """

    wrapping: WrappingParams = WrappingParams()
    speech: SpeechParams = SpeechParams()
    lost_words: int = 400
    separator: str = "\n\n"


_OUTPUTS = {"texts": Texts, "fields": Fields, "kept_lines": KeptLines, "segments": Segments}
_FIELDS = tuple(Fields.polars_schema())[1:]
_LINE = ("line_number", "raw_start", "raw_end", "text", "label", "reason")
_EMPTY: list[list[Any]] = [[] for _ in _LINE]
_REFUSED = {
    "no_body": "no line reads as the body of an article: look at its lines, or scrape the page again",
    "not_english": "the text reads as {}: it is kept and labelled, but no event is coded from it",
}

Columns = dict[str, list[list[Any]]]
"""The columns of each table."""


def bodies(tables: Tables, params: BodiesParams) -> dict[str, pl.DataFrame]:
    """Return `texts`, `fields`, `kept_lines`, `segments`, and `rejects`.

    A page of which nothing is kept is rejected (no_body). A text that is not English stays, and a row of `rejects`
    (not_english) says why no event is coded from it.
    """
    pages = dict(_pages(tables["lines"]))
    columns: Columns = {name: [[] for _ in schema.polars_schema()] for name, schema in _OUTPUTS.items()}
    refused = []
    for raw in tables["raw"].sort("document_id").iter_rows(named=True):
        language = _add(columns, raw, pages.get(raw["document_id"], _EMPTY), params)
        if language not in SPOKEN:
            refused.append(_refused(raw, language))
    made = {name: _frame(schema, columns[name]) for name, schema in _OUTPUTS.items()}
    return {**made, "rejects": rejects("bodies", refused)}


def _pages(lines: pl.DataFrame) -> Iterator[tuple[str, list[list[Any]]]]:
    """The columns of the lines of each document."""
    ordered = lines.sort("document_id", "line_number")
    columns = [ordered[column].to_list() for column in _LINE]
    start = 0
    for document, count in ordered.group_by("document_id", maintain_order=True).len().iter_rows():
        yield document, [column[start : start + count] for column in columns]
        start += count


def _frame(schema: type[Table], columns: Sequence[list[Any]]) -> pl.DataFrame:
    names = schema.polars_schema()
    return schema.arrange(pl.DataFrame(dict(zip(names, columns, strict=True)), schema=names))


def _refused(raw: dict[str, Any], language: str | None) -> dict[str, Any]:
    reason = "not_english" if language else "no_body"
    place = {"document_id": raw["document_id"], "source_uri": raw["source_uri"]}
    return {**place, "reason": reason, "detail": _REFUSED[reason].format(language)}


def _add(columns: Columns, raw: dict[str, Any], page: Sequence[list[Any]], params: BodiesParams) -> str | None:
    """Add the rows of a document and return its language, None if nothing of it is kept."""
    lines = list(map(RawLine, *page[:4]))
    kept = [line for line, label in zip(lines, page[4], strict=True) if label == "body" and line.bare]
    body, language = clean_text(raw["raw_text"], kept, params)
    if not body.text:
        return None
    document = raw["document_id"]
    fields = fields_of(raw, list(zip(lines, page[4], page[5], strict=True)))
    _extend(columns["texts"], document, [(body.text, language)])
    _extend(columns["fields"], document, [tuple(fields[column] for column in _FIELDS)])
    _extend(columns["kept_lines"], document, places(body, kept))
    _extend(columns["segments"], document, body.runs)
    return language


def _extend(columns: Sequence[list[Any]], document: str, rows: Sequence[tuple[Any, ...]]) -> None:
    for column, values in zip(columns, (repeat(document, len(rows)), *zip(*rows, strict=True)), strict=False):
        column.extend(values)


def clean_text(raw_text: str, kept: Sequence[RawLine], params: BodiesParams) -> tuple[Mapped, str]:
    """Return the repaired text of the kept lines and its language."""
    body = repaired(joined(raw_text, kept, params.separator, params.wrapping), params.separator)
    language = language_of(body.text, params.speech)
    if language == ENGLISH and lost.are_lost(body.text, params.lost_words):
        body = body.edited(lost.lost_apostrophes(body.text))
    return body, language


def places(body: Mapped, kept: Sequence[RawLine]) -> list[tuple[int, int, int]]:
    """Return (line number, start, end) in the clean text of each kept line that left any of it."""
    raws = [raw for line in kept for raw in place_of(line)]
    found = body.positions(raws)
    ranges = zip(kept, found[::2], found[1::2], strict=True)
    return [(line.number, start, end) for line, start, end in ranges if start < end]


STAGE = Stage(
    name="bodies",
    kind="map",
    function=bodies,
    inputs=(Raw, Lines),
    outputs=(Texts, Fields, KeptLines, Segments),
    params=BodiesParams,
    resources=(
        "lookups/contractions.csv",
        "lookups/word_weights.csv",
        "lookups/its_followers.csv",
        "lookups/time_nouns.csv",
        "lookups/function_words.csv",
        "lookups/unfinished_endings.csv",
        "lookups/people_endings.csv",
        "lookups/agents.csv",
        "lookups/speech_verbs.csv",
        "lookups/irregular_verbs.csv",
        "lookups/country_names.csv",
        "lookups/day_first.csv",
        "lookups/field_weights.csv",
        "lookups/field_words.csv",
        "lookups/given_names.csv",
        "lookups/months.csv",
        "lookups/outlets.csv",
        "lookups/not_names.csv",
        "lookups/name_particles.csv",
        "lookups/public_suffixes.csv",
    ),
    libraries=("ftfy", "rapidfuzz", "resiliparse"),
)
