"""annals.duckdb holds the published tables and says what every column means."""

import duckdb
import polars as pl

from schemas.published import TABLES


def test_tables_have_the_rows_of_the_files_and_comments(small_run):
    with duckdb.connect(str(small_run.latest / "annals.duckdb"), read_only=True) as connection:
        for schema in TABLES:
            found = pl.from_arrow(connection.sql(f'SELECT * FROM "{schema.table}"').to_arrow_table())
            found = found.cast(schema.polars_schema())
            assert found.equals(pl.read_parquet(small_run.latest / f"{schema.table}.parquet")), schema.table
        tables = dict(connection.execute("SELECT table_name, comment FROM duckdb_tables()").fetchall())
        columns = connection.execute("SELECT table_name, column_name, comment FROM duckdb_columns() WHERE NOT internal")
        described = {(table, column): comment for table, column, comment in columns.fetchall()}
    assert set(tables) == {schema.table for schema in TABLES} and all(tables.values())
    assert described == {
        (schema.table, name): column.description for schema in TABLES for name, column in schema.columns().items()
    }


def test_the_file_moves_without_the_folder(small_run, tmp_path):
    target = tmp_path / "moved.duckdb"
    target.write_bytes((small_run.latest / "annals.duckdb").read_bytes())
    with duckdb.connect(str(target), read_only=True) as connection:
        (count,) = connection.execute("SELECT count(*) FROM documents").fetchone()
    assert count == 4


def test_a_setting_turns_it_off(small_copy):
    settings = small_copy.settings.model_copy(update={"catalogue": False})
    (small_copy.inputs / "new.txt").write_text("Fiji thanked Samoa on Monday for sending doctors to the capital.\n")
    result = small_copy.again(small_copy.inputs, settings=settings)
    assert result.published == 2
    assert not (small_copy.latest / "annals.duckdb").exists()
