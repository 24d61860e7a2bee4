"""Hashes of rows: the same rows give the same hash, on every machine and in every run."""

import hashlib
from collections.abc import Iterable

import polars as pl

NULL = "\x00"
FIELD = "\x1f"
ROW = "\x1e"


def digest(parts: Iterable[str]) -> str:
    """Return the SHA-256 in hex of the parts, in order."""
    return hashlib.sha256(ROW.join(parts).encode()).hexdigest()


def rows_hash(frame: pl.DataFrame) -> str:
    """Return the hash of the rows in their order, columns named."""
    return digest([FIELD.join(frame.columns), *frame.select(_row(frame)).to_series().to_list()])


def hash_by_document(frame: pl.DataFrame) -> pl.DataFrame:
    """Return one row a document: document_id, the number of its `rows`, and their `hash`, the id itself left out."""
    content = frame.drop("document_id")
    rows = frame.select("document_id", _row(content).alias("row"))
    grouped = rows.group_by("document_id", maintain_order=True).agg(pl.col("row").str.join(ROW), rows=pl.len())
    return grouped.select("document_id", "rows", hash=pl.col("row").map_elements(_sha256, return_dtype=pl.String))


def _row(frame: pl.DataFrame) -> pl.Expr:
    if not frame.columns:
        return pl.lit("")
    return pl.concat_str([_cell(name, dtype) for name, dtype in frame.schema.items()], separator=FIELD).alias("row")


def _cell(name: str, dtype: pl.DataType) -> pl.Expr:
    column = pl.col(name)
    text = column.map_elements(_sha256_bytes, return_dtype=pl.String) if dtype == pl.Binary else column.cast(pl.String)
    return text.fill_null(NULL)


def _sha256(text: str) -> str:
    return hashlib.sha256(text.encode()).hexdigest()


def _sha256_bytes(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()
