"""Work that can be found again: the rows that stages made, by code key and by the hash of what they were made from.

A map stage keeps batches of documents in `work/<stage>/<code key>/<batch>/`: a file a table, and an index with one row
a document: the hash of its input, the hash of its rows in each table. A reduce stage keeps one such batch for each
state of its inputs, the last few of them, and beside them its memory: what it worked out of parts of its input. Rows
carry the hash of their input, so that two states of one document can lie side by side.
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
MEMORY = "memory"
STATES = 3
NOWHERE = ""
"""Stands for the document of rows that speak of none, such as rejects of a reduce stage."""
_FILE = "file"
_BATCH = pl.col(_FILE).str.extract(r"([0-9a-f]+)[/\\][^/\\]*$").alias("batch")


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
        if entries.is_empty():
            return schema.create_empty()
        files = [self.folder / batch / f"{schema.table}.parquet" for batch in entries["batch"].unique().sort()]
        rows = pl.scan_parquet(files, include_file_paths=_FILE).with_columns(_BATCH)
        keys = entries.lazy().select("document_id", "input_hash", "batch")
        if self.content_keyed:
            rows = rows.join(keys, on=("batch", "input_hash"))
        elif "document_id" in schema.column_names():
            rows = rows.join(keys, on=("batch", "document_id", "input_hash"), how="semi")
            rows = rows.with_columns(pl.col("document_id").replace(NOWHERE, None))
        return rows.select(schema.column_names()).sort(*schema.sort_by).collect()


class Work:
    """The work folder of one stage under one code key; `whole` where a batch is a state of the whole corpus."""

    def __init__(
        self,
        root: Path,
        stage: str,
        key: str,
        outputs: tuple[type[Table], ...],
        *,
        content_keyed: bool = False,
        whole: bool = False,
    ) -> None:
        self.folder = root / stage / key
        self.outputs: tuple[type[Table], ...] = (*outputs, Rejects)
        self.content_keyed, self.whole = content_keyed, whole

    def describe(self, components: Mapping[str, object]) -> None:
        """Write down what the code key was made from."""
        self.folder.mkdir(parents=True, exist_ok=True)
        (self.folder / KEY).write_text(json.dumps(components, indent=1, sort_keys=True))

    def _index(self, files: list[Path]) -> pl.DataFrame:
        """Return a row a document and input that was worked on: document_id, input_hash, batch, and a hash a table."""
        if not files:
            return pl.DataFrame(schema={**self._index_schema(), "batch": pl.String})
        return pl.read_parquet(files, include_file_paths=_FILE).with_columns(_BATCH).drop(_FILE)

    def found(self, wanted: pl.DataFrame) -> StageData:
        """Return what is there for `wanted` (document_id, input_hash)."""
        batch = _batch_of(wanted) if self.whole else "[0-9a-f]*"
        index = self._index(sorted(self.folder.glob(f"{batch}/{INDEX}")))
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
        batch = _batch_of(wanted)
        index = wanted.select("document_id", "input_hash")
        with new_folder(self.folder / batch) as aside:
            for schema in self.outputs:
                rows = _placed(tables.get(schema.table, schema.create_empty()))
                index = index.join(_hashes(rows, schema.table), on="document_id", how="left")
                if not rows.is_empty():
                    self._write(rows, wanted, aside / f"{schema.table}.parquet")
            hashes = [pl.col(s.table).fill_null(NOTHING) for s in self.outputs]
            counts = [pl.col(_count(s.table)).fill_null(0) for s in self.outputs]
            index.with_columns(*hashes, *counts).select(*self._index_schema()).write_parquet(aside / INDEX)
        if self.whole:
            self._forget_old_states()
        return batch

    def remember(self, tables: Mapping[str, pl.DataFrame]) -> None:
        """Keep the memory of a reduce stage, instead of what it remembered before."""
        if tables:
            with new_folder(self.folder / MEMORY) as aside:
                for name, rows in tables.items():
                    rows.write_parquet(aside / f"{name}.parquet", compression="zstd", compression_level=3)

    def remembered(self, schemas: Iterable[type[Table]]) -> dict[str, pl.DataFrame]:
        """Return the memory of a reduce stage by table; tables without rows where there is none."""
        paths = {schema: self._memory() / f"{schema.table}.parquet" for schema in schemas}
        return {
            schema.table: pl.read_parquet(path) if path.exists() else schema.create_empty()
            for schema, path in paths.items()
        }

    def _memory(self) -> Path:
        """The memory of this code key, else the newest of one that differs in the user's decisions alone."""
        own = self.folder / MEMORY
        if own.exists():
            return own
        parts = _undecided(self.folder / KEY)
        alike = [
            folder
            for folder in self.folder.parent.glob(f"*/{MEMORY}")
            if parts and _undecided(folder.parent / KEY) == parts
        ]
        return max(alike, key=lambda folder: folder.stat().st_mtime_ns, default=own)

    def _forget_old_states(self) -> None:
        """Remove all but the newest states of the corpus: each is as large as the corpus, memory makes it again."""
        states = sorted(self.folder.glob(f"[0-9a-f]*/{INDEX}"), key=lambda path: path.stat().st_mtime_ns)
        for path in states[:-STATES]:
            remove_folder(path.parent)

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


def _batch_of(wanted: pl.DataFrame) -> str:
    return digest([*wanted["document_id"], *wanted["input_hash"]])[:16]


def _count(table: str) -> str:
    return f"{table}_rows"


def _undecided(key: Path) -> dict[str, object]:
    """What a code key was made from but for the user's decisions, which no memory depends on; {} if nobody wrote it."""
    parts: dict[str, dict[str, object]] = json.loads(key.read_text()) if key.exists() else {}
    return {kind: {name: parts[kind][name] for name in parts[kind] if name != "decisions"} for kind in parts}


def _placed(rows: pl.DataFrame) -> pl.DataFrame:
    by_document = "document_id" in rows.columns
    return rows.with_columns(pl.col("document_id").fill_null(NOWHERE)) if by_document else rows


def _hashes(rows: pl.DataFrame, table: str) -> pl.DataFrame:
    names = {"hash": table, "rows": _count(table)}
    if "document_id" in rows.columns:
        found = hash_by_document(rows)
    else:
        found = pl.DataFrame({"document_id": [""], "hash": [rows_hash(rows)], "rows": [rows.height]}).head(rows.height)
    return found.rename(names).with_columns(pl.col(_count(table)).cast(pl.Int64))
