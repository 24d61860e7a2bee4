"""Every check finds what it is for in a small broken table, and nothing in whole ones."""

import polars as pl
import pytest

from flows import pool
from schemas.errors import CheckError
from schemas.published import TABLES
from transforms.checks import IDS, check

BY_NAME = {schema.table: schema for schema in TABLES}


@pytest.fixture(scope="module")
def whole(small_run):
    return {name: small_run.dataset.versions.read(schema, 1) for name, schema in BY_NAME.items()}


def found(tables, severity="error"):
    return {(finding.table, finding.rule) for finding in check(tables) if finding.severity == severity}


def with_first(frame, **values):
    """The frame with other values in its first row."""
    first = pl.int_range(pl.len()) == 0
    return frame.with_columns(
        pl.when(first).then(pl.lit(value, dtype=frame.schema[name])).otherwise(name).alias(name)
        for name, value in values.items()
    )


def test_whole_tables_have_no_findings(whole):
    assert found(whole) == set()


@pytest.mark.parametrize("table", sorted(set(BY_NAME) - {"versions"}))
def test_other_columns_are_found(whole, table):
    assert (table, "columns") in found({**whole, table: whole[table].with_columns(extra=pl.lit(1))})


@pytest.mark.parametrize(("table", "column"), [(table, column) for _, table, column in IDS])
def test_an_id_that_the_ledger_lacks_or_that_was_merged_away_is_found(whole, table, column):
    id_ = whole[table][column][0]
    lost = whole["identity"].with_columns(is_current=pl.col("id") != id_)
    assert found({**whole, "identity": lost}) == {(table, f"{column} is not in identity")}
    row = {"old_id": id_, "new_id": None, "kind": "merged", "version": 1}
    merged = pl.DataFrame([row], schema=whole["identity_changes"].schema)
    assert found({**whole, "identity_changes": merged}) == {(table, f"{column} was merged away")}


@pytest.mark.parametrize("table", ["sources", "documents", "lines", "mentions", "entities", "event_mentions", "events"])
def test_a_row_that_is_there_twice_is_found(whole, table):
    twice = pl.concat([whole[table], whole[table].head(1)])
    assert any(name == table and "primary_key" in rule for name, rule in found({**whole, table: twice}))


@pytest.mark.parametrize(
    ("table", "column", "target"),
    [
        (s.table, c, t)
        for s in TABLES
        for c, t in s.foreign_keys.items()
        if (s.table, c) != ("documents", "duplicate_of")
    ],
)
def test_a_key_that_points_nowhere_is_found(whole, table, column, target):
    rows = whole[table]
    if rows.is_empty():
        pytest.skip(f"the tiny corpus has no {table}")
    lost = with_first(rows, **{column: "f" * 16})
    assert (table, f"{column} is not in {target}") in found({**whole, table: lost})


@pytest.mark.parametrize(
    ("table", "values", "rule"),
    [
        ("documents", {"document_id": "short"}, "document_id|regex"),
        ("documents", {"text": None}, "text|nullability"),
        ("events", {"status": "maybe"}, "status|regex"),
        ("lines", {"confidence": 1.5}, "confidence|max"),
        ("mentions", {"start": -1}, "start|min"),
        ("segments", {"end": 0}, "not_empty"),
    ],
)
def test_a_value_that_its_schema_forbids_is_found(whole, table, values, rule):
    rules = {rule_ for name, rule_ in found({**whole, table: with_first(whole[table], **values)}) if name == table}
    assert any(rule in rule_ for rule_ in rules), rules


def test_what_is_not_a_number_is_found(whole):
    broken = with_first(whole["events"], intensity=float("nan"))
    assert ("events", "not a number") in found({**whole, "events": broken})


@pytest.mark.parametrize(
    ("table", "column"), [("mentions", "text"), ("event_mentions", "sentence"), ("event_arguments", "text")]
)
def test_words_that_the_offsets_do_not_cut_are_found(whole, table, column):
    broken = with_first(whole[table], **{column: "other words"})
    assert (table, "offsets do not cut the quoted text") in found({**whole, table: broken})


def test_segments_with_a_gap_an_end_too_soon_or_a_step_back_are_found(whole):
    segments = whole["segments"]
    last = segments.with_columns(n=pl.int_range(pl.len())).filter(pl.len().over("document_id") > 1)["n"][-1]
    without = segments.with_row_index().filter(pl.col("index") != last - 1).drop("index")
    assert ("segments", "gap or overlap") in found({**whole, "segments": without})
    without = segments.head(segments.height - 1)
    assert ("documents", "segments do not cover the text") in found({**whole, "segments": without})
    back = segments.with_columns(raw_start=pl.lit(0, pl.Int32), raw_end=pl.lit(9, pl.Int32))
    assert ("segments", "raw offsets go back") in found({**whole, "segments": back})


def test_an_event_without_evidence_and_an_entity_without_mention_are_found(whole):
    broken = {name: whole[name].clear() for name in ("event_mentions", "event_arguments", "mentions")}
    assert {("events", "no evidence"), ("entities", "no mention")} <= found({**whole, **broken})


def test_a_document_without_date_or_text_is_a_warning(whole):
    documents = with_first(whole["documents"], published_on=None, text="", text_chars=0)
    rules = {rule for table, rule in found({**whole, "documents": documents}, "warning") if table == "documents"}
    assert {"no publication date: relative dates stay open", "no body text was found"} <= rules


def test_a_finding_names_some_of_the_rows(whole):
    documents = whole["documents"].with_columns(published_on=None)
    (finding,) = [f for f in check({**whole, "documents": documents}) if "no publication date" in f.rule]
    assert finding.rows == 4 and len(finding.examples) == 4
    assert all(any(id_ in example for example in finding.examples) for id_ in documents["document_id"])


def test_an_error_blocks_publishing_and_names_the_rows(small_copy, monkeypatch):

    def torn(name, tables, params, real=pool.run_stage):
        made = real(name, tables, params)
        return {**made, "event_mentions": made["event_mentions"].clear()} if name == "publish" else made

    (small_copy.inputs / "empty.txt").touch()
    monkeypatch.setattr(pool, "run_stage", torn)
    with pytest.raises(CheckError, match=r"events: no evidence: .* rows, such as E-") as caught:
        small_copy.again(small_copy.inputs)
    assert caught.value.exit_code == 3
    assert small_copy.dataset.versions.numbers() == [1]
    monkeypatch.undo()
    assert small_copy.again().published == 2
