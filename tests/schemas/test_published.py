"""Tables fit together: names, types, keys that point somewhere, one meaning a column name."""

import polars as pl
import pytest

from schemas import columns
from schemas.errors import AnnalsError, CheckError, UsageError
from schemas.published import TABLES, Documents, Sources
from schemas.table import Table, key, optional

BY_NAME = {schema.table: schema for schema in TABLES}
ALLOWED = {pl.String, pl.Boolean, pl.Int32, pl.Int64, pl.Float64, pl.Date, pl.Datetime("us", "UTC")}


@pytest.mark.parametrize("schema", TABLES, ids=lambda schema: schema.table)
def test_a_table_is_documented_sorted_by_its_columns_and_has_allowed_types(schema):
    assert schema.__doc__ and schema.__doc__ != Table.__doc__
    assert set(schema.sort_by) <= set(schema.column_names())
    assert set(schema.polars_schema().values()) <= ALLOWED
    assert all(name == name.lower() for name in schema.column_names())


@pytest.mark.parametrize("schema", TABLES, ids=lambda schema: schema.table)
def test_foreign_keys_point_to_the_key_of_a_table(schema):
    for column, target in schema.foreign_keys.items():
        table, other = target.split(".")
        assert column in schema.column_names()
        assert BY_NAME[table].primary_key() == [other]


@pytest.mark.parametrize("schema", TABLES, ids=lambda schema: schema.table)
def test_a_column_has_the_meaning_that_the_vocabulary_gives_it(schema):
    meanings = {column.description for column in vars(columns).values() if hasattr(column, "description")}
    for name, column in schema.columns().items():
        assert column.description in meanings, name


def test_a_column_that_is_used_as_key_or_optional_does_not_change_the_vocabulary():
    before = columns.title.nullable, columns.document_id.primary_key
    assert optional(columns.title).nullable and key(columns.document_id).primary_key
    assert (columns.title.nullable, columns.document_id.primary_key) == before


def test_arranging_gives_the_columns_types_and_order_of_the_table():
    rows = {name: [None, None] for name in Sources.column_names()} | {
        "source_uri": ["b", "a"], "document_id": ["0" * 16] * 2, "extra": [1, 2],
    }  # fmt: skip
    arranged = Sources.arrange(pl.DataFrame(rows))
    assert arranged.schema == Sources.polars_schema()
    assert arranged["source_uri"].to_list() == ["a", "b"]


def test_ids_and_codes_have_a_form():
    row = dict.fromkeys(Documents.column_names()) | {"document_id": "not hex", "published_on_basis": "guess"}
    _, failure = Documents.filter(pl.DataFrame([row], schema=Documents.polars_schema()))
    assert {"document_id|regex", "published_on_basis|regex", "text|nullability"} <= set(failure.counts())


def test_errors_say_what_where_and_what_to_do_and_have_exit_codes():
    error = UsageError("no such thing", where="show", remedy="Name another.")
    assert str(error) == "show: no such thing. Name another."
    assert (error.what, error.where, error.remedy) == ("no such thing", "show", "Name another.")
    assert (AnnalsError.exit_code, UsageError.exit_code, CheckError.exit_code) == (1, 2, 3)
