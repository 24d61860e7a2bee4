"""The published tables of the seeds are read the same by Polars, DuckDB, pandas and PyArrow."""

import duckdb
import pandas as pd
import polars as pl
import pyarrow.parquet as pq
import pytest

from schemas.published import TABLES


def test_all_seeds_are_published_and_none_is_rejected(seeds_run):
    rows = {schema.table: seeds_run.dataset.versions.read(schema, 1) for schema in TABLES}
    assert rows["documents"].height == rows["sources"].height == 5
    assert rows["rejects"].height == 0
    assert rows["documents"]["published_on"].null_count() == 0
    assert rows["events"].height > 20


@pytest.mark.parametrize("schema", TABLES, ids=lambda schema: schema.table)
def test_four_readers_see_the_same_rows(seeds_run, schema):
    path = seeds_run.latest / f"{schema.table}.parquet"
    expected = pl.read_parquet(path)
    types = expected.schema
    assert pl.from_arrow(pq.read_table(path)).equals(expected)
    by_duckdb = duckdb.connect().sql(f"SELECT * FROM read_parquet('{path}')").to_arrow_table()
    assert pl.from_arrow(by_duckdb).cast(types).equals(expected)
    by_pandas = pl.from_pandas(pd.read_parquet(path), nan_to_null=True).cast(types)
    assert by_pandas.equals(expected)
