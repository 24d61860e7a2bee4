"""Published files hold only what every reader takes, and say what each column means."""

from datetime import UTC, datetime

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest

from flows.store import parquet
from schemas.published import TABLES, Documents, Sources, Versions

ALLOWED = {
    pa.string(), pa.bool_(), pa.int32(), pa.int64(), pa.float64(), pa.date32(), pa.timestamp("us", tz="UTC"),
}  # fmt: skip


def sources(count=2):
    return pl.DataFrame(
        {
            "source_uri": [f"{i:06}.txt" for i in range(count)],
            "document_id": [f"{i:016x}" for i in range(count)],
            "sha256": [f"{i:064x}" for i in range(count)],
            "format": "text",
            "stated_url": None,
            "stated_encoding": None,
            "collection": "news",
            "is_current": True,
        },
        schema=Sources.polars_schema(),
    )


@pytest.mark.parametrize("schema", TABLES, ids=lambda schema: schema.table)
def test_an_empty_table_has_allowed_types_and_described_columns(tmp_path, schema):
    path = tmp_path / "table.parquet"
    parquet.write(schema.create_empty(), schema, path)
    for field in pq.read_schema(path):
        assert field.type in ALLOWED, field
        assert field.name == field.name.lower() and field.name.isidentifier()
        assert len(field.metadata[b"description"]) > 10 and field.metadata[b"example"]
        # Readers of pandas turn a column of whole numbers with nulls into floats: only int32 has them.
        assert field.type != pa.int64() or not field.nullable
    assert pl.read_parquet(path).schema == schema.polars_schema()
    assert len(pq.read_schema(path).metadata[b"description"]) > 10


def test_files_are_compressed_and_have_bloom_filters_on_ids(tmp_path):
    path = tmp_path / "sources.parquet"
    parquet.write(sources(1000), Sources, path)
    group = pq.ParquetFile(path).metadata.row_group(0)
    columns = {group.column(i).path_in_schema: group.column(i) for i in range(group.num_columns)}
    assert {column.compression for column in columns.values()} == {"ZSTD"}
    with_filter = tmp_path / "with", tmp_path / "without"
    pq.write_table(sources(1000).to_arrow(), with_filter[1], compression="zstd", compression_level=3)
    assert path.stat().st_size > with_filter[1].stat().st_size + 1000


def test_row_groups_have_at_most_122880_rows(tmp_path):
    path = tmp_path / "sources.parquet"
    parquet.write(sources(122_881), Sources, path)
    metadata = pq.ParquetFile(path).metadata
    assert [metadata.row_group(i).num_rows for i in range(metadata.num_row_groups)] == [122_880, 1]


def test_the_same_rows_give_the_same_bytes(tmp_path):
    for name in ("one", "two"):
        parquet.write(sources(50), Sources, tmp_path / name)
    assert (tmp_path / "one").read_bytes() == (tmp_path / "two").read_bytes()


def test_values_and_nulls_come_back(tmp_path):
    path = tmp_path / "versions.parquet"
    row = (1, None, datetime(2022, 1, 26, 12, 30, tzinfo=UTC), 5, 7, "1.0.0", 0)
    parquet.write(pl.DataFrame([row], schema=Versions.polars_schema(), orient="row"), Versions, path)
    assert pl.read_parquet(path).rows() == [row]


def test_the_file_says_which_columns_have_nulls():
    schema = parquet.arrow_schema(Documents)
    assert schema.field("outlet").nullable and not schema.field("text").nullable
