"""The base of every table and the three ways in which a table uses a column of the vocabulary."""

import copy
from typing import ClassVar

import dataframely as dy
import polars as pl


class Table(dy.Schema):
    """A table of Annals: a name, the columns that it sorts by, and the tables that its keys point into.

    Attributes:
        table: the name of the table, which is also the stem of its file.
        sort_by: the columns that rows are ordered by; together they are the key unless `primary_key` says otherwise.
        foreign_keys: column of this table -> "table.column" that must hold its value; nulls point nowhere.
    """

    table: ClassVar[str] = ""
    sort_by: ClassVar[tuple[str, ...]] = ()
    foreign_keys: ClassVar[dict[str, str]] = {}

    @classmethod
    def polars_schema(cls) -> dict[str, pl.DataType]:
        """Return the Polars type of each column, in order."""
        return {name: column.dtype for name, column in cls.columns().items()}

    @classmethod
    def arrange(cls, frame: pl.DataFrame) -> pl.DataFrame:
        """Return the frame with exactly this table's columns, types and order of rows; other columns are dropped."""
        schema = cls.polars_schema()
        return frame.select(pl.col(name).cast(dtype) for name, dtype in schema.items()).sort(cls.sort_by)


def key(column: dy.Column) -> dy.Column:
    """Return a copy of the column that is part of the primary key."""
    return _changed(column, primary_key=True)


def optional(column: dy.Column) -> dy.Column:
    """Return a copy of the column that may be null."""
    return _changed(column, nullable=True)


def _changed(column: dy.Column, **attributes: bool) -> dy.Column:
    changed = copy.copy(column)
    for name, value in attributes.items():
        setattr(changed, name, value)
    return changed
