"""A dataset is an output folder: archive, work, versions, runs, and one lock."""

import json
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import polars as pl
from filelock import FileLock, Timeout

from flows.store.archive import Archive
from flows.store.files import new_file, remove_folder, remove_leftovers
from flows.store.versions import Versions
from schemas.errors import DatasetError
from schemas.published import Sources
from schemas.table import Table
from schemas.work import Rejects

PENDING = "pending"
SETTLED = "settled.json"


class Dataset:
    """The folder and what lies where in it."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.archive = Archive(root / "archive")
        self.versions = Versions(root)
        self.work = root / "work"
        self.runs = root / "runs"

    @contextmanager
    def writing(self, wait_seconds: float = 0) -> Iterator[None]:
        """Hold the dataset for writing; clear away what killed runs left.

        Raises:
            DatasetError: another run holds it.
        """
        self.root.mkdir(parents=True, exist_ok=True)
        lock = FileLock(self.root / ".lock")
        try:
            lock.acquire(timeout=wait_seconds)
        except Timeout as error:
            remedy = "Wait for that run to end, or give --wait SECONDS"
            raise DatasetError("another run is writing to this dataset", where=str(self.root), remedy=remedy) from error
        try:
            remove_leftovers(self.root)
            yield
        finally:
            lock.release()

    def sources(self) -> tuple[pl.DataFrame, pl.DataFrame]:
        """Return `sources` and rejects: of the latest version, or as a run left them that read but did not publish."""
        latest = self.versions.latest()
        pending = self.work / PENDING / str(latest or 0)

        def read(schema: type[Table]) -> pl.DataFrame:
            path = pending / f"{schema.table}.parquet"
            rows = pl.read_parquet(path) if path.exists() else self.versions.read(schema, latest)
            # A dataset may be older than a column.
            return pl.concat([schema.create_empty(), rows], how="diagonal")

        return read(Sources), read(Rejects)

    def keep_pending(self, sources: pl.DataFrame, rejects: pl.DataFrame) -> None:
        """Keep what was read, until a version is published that holds it."""
        folder = self.work / PENDING / str(self.versions.latest() or 0)
        for table, frame in ((Rejects.table, rejects), (Sources.table, sources)):
            with new_file(folder / f"{table}.parquet") as aside:
                frame.write_parquet(aside)

    def roll_back(self, number: int) -> None:
        """Let people read a version again, with the sources that it was made from."""
        remove_folder(self.work / PENDING / str(number))
        self.versions.switch(number)

    def settle(self, key: str) -> None:
        """Note that tables made from the inputs with this key are those of the latest version."""
        with new_file(self.work / SETTLED) as aside:
            aside.write_text(json.dumps({"version": self.versions.latest(), "key": key}), encoding="utf-8")

    def is_settled(self, key: str) -> bool:
        """Tell whether the latest version holds the tables that the inputs with this key make."""
        latest = self.versions.latest()
        if latest is None:
            return False
        path = self.work / SETTLED
        noted = json.loads(path.read_text(encoding="utf-8")) if path.exists() else {}
        return noted == {"version": latest, "key": key} or self.versions.manifest(latest).publish_key == key

    def record_run(self, name: str, record: dict[str, Any]) -> None:
        """Write the record of a run."""
        with new_file(self.runs / f"{name}.json") as aside:
            aside.write_text(json.dumps(record, indent=1, default=str) + "\n", encoding="utf-8")
