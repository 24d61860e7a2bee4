"""Checks over the published tables. Errors block publishing; warnings are published and listed."""

from collections.abc import Iterator

import polars as pl

from schemas.manifest import Finding
from schemas.published import TABLES
from schemas.table import Table
from transforms.contract import Tables

EXAMPLES = 5
APART = frozenset({"versions"})
IDS = (("document", "documents", "story_id"), ("entity", "entities", "entity_id"), ("event", "events", "event_id"))


def check(tables: Tables) -> list[Finding]:
    """Return what is wrong: schemas broken, keys pointing nowhere, offsets that do not cut, ids that are not kept.

    Args:
        tables: all published tables by name, `versions` aside.
    """
    found = [finding for schema in TABLES if schema.table not in APART for finding in _of_schema(tables, schema)]
    found += _offsets(tables)
    found += _segments(tables)
    found += _evidence(tables)
    found += _ids(tables)
    return [*found, *_warnings(tables)]


def _of_schema(tables: Tables, schema: type[Table]) -> Iterator[Finding]:
    frame = tables[schema.table]
    if frame.schema != schema.polars_schema():
        yield Finding(
            severity="error", table=schema.table, rule="columns", rows=frame.height, examples=[str(frame.schema)]
        )
        return
    _, failure = schema.filter(frame)
    counts = failure.counts()
    if counts:
        yield from _finding("error", schema, ", ".join(sorted(counts)), failure.invalid())
    yield from _finding("error", schema, "not a number", frame.filter(pl.any_horizontal(_not_numbers(frame))))
    for column, target in schema.foreign_keys.items():
        other, other_column = target.split(".")
        keys = tables[other].select(pl.col(other_column).alias(column))
        lost = frame.filter(pl.col(column).is_not_null()).join(keys, on=column, how="anti")
        yield from _finding("error", schema, f"{column} is not in {target}", lost)


def _not_numbers(frame: pl.DataFrame) -> list[pl.Expr]:
    floats = [name for name, dtype in frame.schema.items() if dtype == pl.Float64]
    return [pl.col(name).is_nan().fill_null(value=False) for name in floats] or [pl.lit(value=False)]


def _finding(severity: str, schema: type[Table], rule: str, rows: pl.DataFrame) -> Iterator[Finding]:
    if rows.height:
        key = [name for name in (schema.primary_key() or list(schema.sort_by)) if name in rows.columns]
        examples = [" ".join(map(str, row)) for row in rows.select(key).head(EXAMPLES).rows()]
        yield Finding(severity=severity, table=schema.table, rule=rule, rows=rows.height, examples=examples)


def _offsets(tables: Tables) -> list[Finding]:
    """Check that the offsets of mentions, sentences, arguments and kept lines cut the words that the row quotes."""
    by_name = {schema.table: schema for schema in TABLES}
    texts = tables["documents"].select("document_id", pl.col("text").alias("whole"))
    arguments = tables["event_arguments"].join(
        tables["event_mentions"].select("event_mention_id", "document_id"), on="event_mention_id"
    )
    quotes = (
        ("mentions", tables["mentions"], ("start", "end", "text")),
        ("event_mentions", tables["event_mentions"], ("sentence_start", "sentence_end", "sentence")),
        ("event_arguments", arguments, ("start", "end", "text")),
    )
    found: list[Finding] = []
    for name, rows, (start, end, text) in quotes:
        cut = pl.col("whole").str.slice(pl.col(start), pl.col(end) - pl.col(start))
        wrong = rows.join(texts, on="document_id").filter(cut != pl.col(text))
        found += _finding("error", by_name[name], "offsets do not cut the quoted text", wrong)
    return found


def _segments(tables: Tables) -> list[Finding]:
    """Check that segments cover the clean text without a gap, in the order of the raw text where lines keep theirs."""
    segments = tables["segments"]
    by_name = {schema.table: schema for schema in TABLES}
    before = pl.col("end").shift(1).over("document_id").fill_null(0)
    found = list(_finding("error", by_name["segments"], "gap or overlap", segments.filter(pl.col("start") != before)))
    raw_before = pl.col("raw_end").shift(1).over("document_id").fill_null(0)
    found += _finding(
        "error", by_name["segments"], "raw offsets go back", segments.filter(pl.col("raw_start") < raw_before)
    )
    ends = segments.group_by("document_id").agg(pl.col("end").max())
    short = tables["documents"].join(ends, on="document_id", how="left").filter(
        pl.col("end").fill_null(0) != pl.col("text_chars")
    )  # fmt: skip
    return [*found, *_finding("error", by_name["documents"], "segments do not cover the text", short)]


def _evidence(tables: Tables) -> list[Finding]:
    """Check that every event has a mention and every entity too."""
    by_name = {schema.table: schema for schema in TABLES}
    lonely = tables["events"].join(tables["event_mentions"], on="event_id", how="anti")
    unnamed = tables["entities"].join(tables["mentions"], on="entity_id", how="anti")
    return [
        *_finding("error", by_name["events"], "no evidence", lonely),
        *_finding("error", by_name["entities"], "no mention", unnamed),
    ]


def _ids(tables: Tables) -> list[Finding]:
    """Check that the ledger holds every id that is shown, and that none is shown that was merged away."""
    by_name = {schema.table: schema for schema in TABLES}
    known = tables["identity"].filter("is_current")
    merged = tables["identity_changes"].filter(kind="merged")
    found: list[Finding] = []
    for level, name, column in IDS:
        lost = tables[name].join(known.filter(level=level), left_on=column, right_on="id", how="anti")
        back = tables[name].join(merged, left_on=column, right_on="old_id", how="semi")
        found += _finding("error", by_name[name], f"{column} is not in identity", lost)
        found += _finding("error", by_name[name], f"{column} was merged away", back)
    return found


def _warnings(tables: Tables) -> list[Finding]:
    by_name = {schema.table: schema for schema in TABLES}
    documents = tables["documents"]
    undated = documents.filter(pl.col("published_on").is_null())
    bare = documents.filter(pl.col("text_chars") == 0)
    return [
        *_finding("warning", by_name["documents"], "no publication date: relative dates stay open", undated),
        *_finding("warning", by_name["documents"], "no body text was found", bare),
    ]
