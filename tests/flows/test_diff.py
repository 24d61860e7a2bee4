"""What differs between two versions, counted by key."""

import polars as pl

from flows.store.diff import compare, diff
from schemas.published import TABLES, IdentityChanges, Participants

SCHEMA = Participants.polars_schema()


def rows(*tuples):
    return pl.DataFrame(tuples, schema=SCHEMA, orient="row")


def test_rows_are_added_changed_and_removed_by_key():
    before = rows(("E-1", "N-1", "actor", 1), ("E-1", "N-2", "recipient", 1), ("E-2", "N-1", "actor", 1))
    after = rows(("E-1", "N-1", "actor", 5), ("E-1", "N-2", "recipient", 1), ("E-3", "N-1", "actor", 1))
    assert compare(before, after, Participants) == {"added": 1, "changed": 1, "removed": 1}
    assert compare(before, before, Participants) == {"added": 0, "changed": 0, "removed": 0}


def test_a_table_without_a_key_is_compared_by_whole_rows_and_nulls_are_equal():
    schema = IdentityChanges.polars_schema()
    before = pl.DataFrame([("N-1", None, "retired", 2)], schema=schema, orient="row")
    after = pl.DataFrame([("N-1", None, "retired", 2), ("N-2", "N-3", "merged", 3)], schema=schema, orient="row")
    assert compare(before, after, IdentityChanges) == {"added": 1, "changed": 0, "removed": 0}


def test_a_null_that_gets_a_value_is_a_change():
    before = rows(("E-1", "N-1", "actor", None))
    assert compare(before, rows(("E-1", "N-1", "actor", 1)), Participants)["changed"] == 1


def test_columns_that_come_and_go_are_told_and_common_ones_compared():
    after = rows(("E-1", "N-1", "actor", 1))
    before = after.with_columns(share=pl.lit(0.5)).with_columns(pl.col("mention_count").cast(pl.Int64))

    def of(frame):
        return lambda schema: frame if schema is Participants else schema.create_empty()

    result = diff(1, 2, of(before), of(after))
    assert result["schema"] == {
        "participants": {"added": ["mention_count: Int32"], "removed": ["mention_count: Int64", "share: Float64"]}
    }
    assert result["old"] == 1 and result["new"] == 2
    assert set(result["tables"]) == {schema.table for schema in TABLES} - {"versions"}
