"""Work that can be found again: the rows that stages made, by code key and by the hash of what they were made from.

A map stage keeps batches of documents in `work/<stage>/<code key>/<batch>/`: a file a table, and an index with one row
a document: the hash of its input, the hash of its rows in each table. A reduce stage keeps one such batch for each
state of its inputs. Rows carry the hash of their input, so that two states of one document can lie side by side.
"""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

import polars as pl

from flows.store.files import new_folder, remove_folder
from flows.store.hashing import digest, hash_by_document, rows_hash
from schemas.table import Table
from schemas.work import Rejects

INDEX = "index.parquet"
KEY = "key.json"
NOTHING = "-"


@dataclass(frozen=True)
class StageData:
    """What a stage has made for the current documents: a small reference, the rows stay on disk.

    Attributes:
        folder: work folder of the stage and its code key.
        entries: for map stages a row a document: document_id, input_hash, batch, and a hash a table; for reduce stages
            the same by document, and one row whose document_id is "" for tables that are not by document.
        content_keyed: rows are found by input_hash alone.
    """

    folder: Path
    entries: pl.DataFrame
    content_keyed: bool = False

    def version(self, table: str) -> str:
        """Return the data version of a table: the hash of the hashes of its rows by document."""
        rows = self.entries.filter(pl.col(table) != NOTHING).sort("document_id")
        return digest([*rows["document_id"], *rows[table]])

    def rows(self, table: str) -> int:
        """Return the number of rows of a table."""
        return int(self.entries[_count(table)].sum())

    def load(self, schema: type[Table], documents: Iterable[str] | None = None) -> pl.DataFrame:
        """Return the rows of a table, sorted; of the documents named, or of all."""
        entries = self.entries.filter(pl.col(schema.table) != NOTHING)
        if documents is not None:
            entries = entries.filter(pl.col("document_id").is_in(list(documents)))
        parts = [self._part(schema, batch, rows) for (batch,), rows in entries.group_by("batch", maintain_order=True)]
        if not parts:
            return schema.create_empty()
        return pl.concat(parts).select(schema.column_names()).sort(*schema.sort_by)

    def _part(self, schema: type[Table], batch: object, entries: pl.DataFrame) -> pl.DataFrame:
        rows = pl.read_parquet(self.folder / str(batch) / f"{schema.table}.parquet")
        if self.content_keyed:
            return rows.join(entries.select("document_id", "input_hash"), on="input_hash")
        if "document_id" not in rows.columns:
            return rows
        return rows.join(entries.select("document_id", "input_hash"), on=("document_id", "input_hash"), how="semi")


class Work:
    """The work folder of one stage under one code key."""

    def __init__(
        self, root: Path, stage: str, key: str, outputs: tuple[type[Table], ...], *, content_keyed: bool
    ) -> None:
        self.folder = root / stage / key
        self.outputs: tuple[type[Table], ...] = (*outputs, Rejects)
        self.content_keyed = content_keyed

    def describe(self, components: Mapping[str, object]) -> None:
        """Write down what the code key was made from."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / KEY).write_text(json.dumps(components, indent=1, sort_keys=True))

    def index(self) -> pl.DataFrame:
        """Return a row a document and input that was worked on: document_id, input_hash, batch, and a hash a table."""
        files = sorted(self.folder.glob(f"[0-9a-f]*/{INDEX}"))
        parts = [pl.read_parquet(file).with_columns(batch=pl.lit(file.parent.name)) for file in files]
        return pl.concat(parts) if parts else pl.DataFrame(schema={**self._index_schema(), "batch": pl.String})

    def found(self, wanted: pl.DataFrame) -> StageData:
        """Return what is there for `wanted` (document_id, input_hash)."""
        index = self.index()
        if self.content_keyed:
            index = index.drop("document_id").unique("input_hash", keep="last", maintain_order=True)
            entries = wanted.join(index, on="input_hash")
        else:
            index = index.unique(["document_id", "input_hash"], keep="last", maintain_order=True)
            entries = wanted.join(index, on=["document_id", "input_hash"])
        return StageData(self.folder, entries.sort("document_id"), self.content_keyed)

    def forget(self) -> None:
        """Remove all that was kept under this code key."""
        remove_folder(self.folder)

    def keep(self, wanted: pl.DataFrame, tables: Mapping[str, pl.DataFrame]) -> str:
        """Write the tables made from `wanted` (document_id, input_hash) as one batch; return the batch's name."""
        batch = digest([*wanted["document_id"], *wanted["input_hash"]])[:16]
        index = wanted.select("document_id", "input_hash")
        with new_folder(self.folder / batch) as aside:
            for schema in self.outputs:
                rows = tables.get(schema.table, schema.create_empty())
                index = index.join(_hashes(rows, schema.table), on="document_id", how="left")
                if not rows.is_empty():
                    self._write(rows, wanted, aside / f"{schema.table}.parquet")
            hashes = [pl.col(s.table).fill_null(NOTHING) for s in self.outputs]
            counts = [pl.col(_count(s.table)).fill_null(0) for s in self.outputs]
            index.with_columns(*hashes, *counts).select(*self._index_schema()).write_parquet(aside / INDEX)
        return batch

    def _write(self, rows: pl.DataFrame, wanted: pl.DataFrame, path: Path) -> None:
        if "document_id" in rows.columns:
            rows = rows.join(
                wanted.select("document_id", "input_hash"), on="document_id", how="left", maintain_order="left"
            )
        if self.content_keyed:
            rows = rows.drop("document_id")
        rows.write_parquet(path, compression="zstd", compression_level=3)

    def _index_schema(self) -> dict[str, type[pl.DataType]]:
        hashes = {name: pl.String for name in ("document_id", "input_hash", *(s.table for s in self.outputs))}
        return {**hashes, **{_count(s.table): pl.Int64 for s in self.outputs}}


def _count(table: str) -> str:
    return f"{table}_rows"


def _hashes(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    names = {"hash": table, "rows": _count(table)}
    if "document_id" in rows.columns:
        found = hash_by_document(rows)
    else:
        found = pl.DataFrame({"document_id": [""], "hash": [rows_hash(rows)], "rows": [rows.height]}).head(rows.height)
    return found.rename(names).with_columns(pl.col(_count(table)).cast(pl.Int64))
