"""Published files: Parquet as BI readers like it, every column with its description."""

from pathlib import Path

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq

from schemas.table import Table

ROW_GROUP = 122_880
TYPES: dict[object, pa.DataType] = {
    pl.String: pa.string(),
    pl.Boolean: pa.bool_(),
    pl.Int32: pa.int32(),
    pl.Int64: pa.int64(),
    pl.Float64: pa.float64(),
    pl.Date: pa.date32(),
    pl.Datetime("us", "UTC"): pa.timestamp("us", tz="UTC"),
}


def arrow_schema(schema: type[Table]) -> pa.Schema:
    """Return the Arrow schema: allowed types only; description, unit and example in each field's metadata."""
    fields = []
    for name, column in schema.columns().items():
        metadata = {"description": column.description or "", **(column.metadata or {})}
        fields.append(pa.field(name, TYPES[column.dtype], nullable=column.nullable, metadata=metadata))
    return pa.schema(fields, metadata={"description": _first_line(schema), "table": schema.table})


def write(frame: pl.DataFrame, schema: type[Table], path: Path) -> None:
    """Write the table: zstd 3, row groups of 122,880, bloom filters on ids."""
    wanted = arrow_schema(schema)
    arrays = [column.cast(field.type) for column, field in zip(frame.to_arrow().itercolumns(), wanted, strict=True)]
    pq.write_table(
        pa.table(arrays, schema=wanted),
        path,
        compression="zstd",
        compression_level=3,
        row_group_size=ROW_GROUP,
        bloom_filter_options={name: True for name in frame.columns if name.endswith("_id")} or None,
    )


def _first_line(schema: type[Table]) -> str:
    return (schema.__doc__ or "").strip().split("\n")[0]
