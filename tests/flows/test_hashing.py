"""The same rows give the same hash; any difference gives another."""

from datetime import date

import polars as pl
import pytest

from flows.store.hashing import digest, hash_by_document, rows_hash

ROWS = {"document_id": ["a", "a", "b"], "n": [1, None, 3], "text": ["x", "", None], "payload": [b"1", b"2", None]}


def changed(column, row, value):
    values = list(ROWS[column])
    values[row] = value
    return pl.DataFrame({**ROWS, column: values}, schema=pl.DataFrame(ROWS).schema)


def test_a_hash_stays_what_it_was():
    """Written down once: another library version or machine must not make all work stale unnoticed."""
    frame = pl.DataFrame(
        {"day": [date(2022, 1, 26), None], "sure": [True, False], "share": [0.1, 1e-9], "n": [1, None]}
    )
    assert rows_hash(frame) == "e321f32e2d23dec251c42ef165d0e67b4802522c551a26cb13b932fe6c99f24a"
    assert digest(["a", "b"]) == "d30a11ae896cfd9828c66c826156c80a42e6c401f767ced8dcde831b7a729bdc"


@pytest.mark.parametrize(
    ("column", "row", "value"),
    [("n", 0, 2), ("n", 1, 0), ("text", 1, None), ("text", 2, ""), ("payload", 0, b"2"), ("payload", 2, b"")],
)
def test_every_cell_counts_and_nothing_is_not_empty(column, row, value):
    assert rows_hash(changed(column, row, value)) != rows_hash(pl.DataFrame(ROWS))


def test_order_and_names_count():
    frame = pl.DataFrame(ROWS)
    assert rows_hash(frame.reverse()) != rows_hash(frame)
    assert rows_hash(frame.rename({"n": "m"})) != rows_hash(frame)


def test_cells_do_not_run_into_each_other():
    assert rows_hash(pl.DataFrame({"a": ["12"], "b": ["3"]})) != rows_hash(pl.DataFrame({"a": ["1"], "b": ["23"]}))
    assert digest(["ab", "c"]) != digest(["a", "bc"])


def test_a_document_has_the_hash_of_its_own_rows():
    whole = hash_by_document(pl.DataFrame(ROWS))
    alone = hash_by_document(pl.DataFrame(ROWS).filter(pl.col("document_id") == "a"))
    assert whole.filter(pl.col("document_id") == "a").equals(alone)
    assert dict(whole.select("document_id", "rows").iter_rows()) == {"a": 2, "b": 1}


def test_the_id_itself_does_not_count():
    first = hash_by_document(pl.DataFrame(ROWS).head(2))["hash"]
    renamed = pl.DataFrame(ROWS).head(2).with_columns(document_id=pl.lit("z"))
    assert hash_by_document(renamed)["hash"].equals(first)


def test_no_rows_have_a_hash_too():
    empty = pl.DataFrame(ROWS).clear()
    assert len(rows_hash(empty)) == 64
    assert hash_by_document(empty).is_empty()
