"""Rows of published tables, picked and printed."""

import difflib

import polars as pl

from flows.store.dataset import Dataset
from schemas.errors import UsageError
from schemas.published import TABLES


def rows(
    dataset: Dataset, table: str, version: int | None = None, condition: str | None = None, limit: int | None = None
) -> pl.DataFrame:
    """Return rows of a table of a version (None: the latest) that meet an SQL condition.

    Raises:
        UsageError: there is no such table or version, or the condition is not SQL over the table's columns.
    """
    by_name = {schema.table: schema for schema in TABLES}
    if table not in by_name:
        near = difflib.get_close_matches(table, by_name, n=3, cutoff=0.4) or list(by_name)
        raise UsageError(f"no table is called {table!r}", where="show", remedy=f"Did you mean {', '.join(near)}?")
    frame = dataset.versions.read(by_name[table], dataset.versions.require(version))
    if condition:
        try:
            frame = frame.sql(f"SELECT * FROM self WHERE {condition}")
        except pl.exceptions.PolarsError as error:
            columns = ", ".join(frame.columns)
            raise UsageError(str(error), where=f"--where {condition}", remedy=f"Columns: {columns}") from error
    return frame if limit is None else frame.head(limit)


def as_text(frame: pl.DataFrame, form: str) -> str:
    """Return the rows as a `table` for reading, as `csv`, or as `json` lines."""
    if form == "csv":
        return frame.write_csv()
    if form == "json":
        return frame.write_ndjson().rstrip("\n")
    with pl.Config(tbl_rows=-1, tbl_cols=-1, fmt_str_lengths=60, tbl_width_chars=200, tbl_hide_dataframe_shape=True):
        return str(frame)
