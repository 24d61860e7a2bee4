"""annals.duckdb: the published tables in one self-contained file, with a comment on every table and column."""

from pathlib import Path

import duckdb

from flows.store.files import new_file
from schemas.published import TABLES
from schemas.table import Table

NAME = "annals.duckdb"


def build(folder: Path) -> None:
    """Copy the Parquet tables of a version folder into `annals.duckdb` beside them."""
    with new_file(folder / NAME) as aside, duckdb.connect(str(aside)) as connection:
        for schema in TABLES:
            source = _quoted(str(folder / f"{schema.table}.parquet"))
            connection.execute(f'CREATE TABLE "{schema.table}" AS SELECT * FROM read_parquet({source})')
            for statement in _comments(schema):
                connection.execute(statement)


def _comments(schema: type[Table]) -> list[str]:
    table = f'"{schema.table}"'
    doc = " ".join((schema.__doc__ or "").split())
    columns = [
        f'COMMENT ON COLUMN {table}."{name}" IS {_quoted(column.description or "")}'
        for name, column in schema.columns().items()
    ]
    return [f"COMMENT ON TABLE {table} IS {_quoted(doc)}", *columns]


def _quoted(text: str) -> str:
    return "'" + text.replace("'", "''") + "'"
