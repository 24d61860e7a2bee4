"""Versions: immutable folders of tables; `latest` names the one that people read and moves in one step."""

import os
import shutil
from collections.abc import Mapping
from pathlib import Path

import polars as pl

from flows.store.files import ASIDE, new_file
from schemas.errors import UsageError
from schemas.manifest import Manifest
from schemas.table import Table

MANIFEST = "manifest.json"
DIGITS = 6


class Versions:
    """The published part of a dataset folder."""

    def __init__(self, root: Path) -> None:
        self.root = root
        self.folders = root / "versions"
        self.link = root / "latest"

    def numbers(self) -> list[int]:
        """Return the numbers of all complete versions, rising."""
        return sorted(int(path.parent.name) for path in self.folders.glob(f"[0-9]*/{MANIFEST}"))

    def latest(self) -> int | None:
        """Return the number of the version that people read, or None before the first."""
        if self.link.is_symlink() or self.link.is_dir():
            return int(self.link.resolve().name)
        return int(Path(self.link.read_text().strip()).name) if self.link.is_file() else None

    def folder(self, number: int) -> Path:
        """Return the folder of a version, there or not."""
        return self.folders / f"{number:0{DIGITS}d}"

    def require(self, number: int | None) -> int:
        """Return the number, or that of the latest version for None.

        Raises:
            UsageError: there is no such version.
        """
        wanted = self.latest() if number is None else number
        if wanted not in self.numbers() or wanted is None:
            known = ", ".join(map(str, self.numbers())) or "none yet: start with `annals run INPUT`"
            raise UsageError(f"no version {wanted}", where=str(self.root), remedy=f"Versions: {known}")
        return wanted

    def manifest(self, number: int) -> Manifest:
        """Return the manifest of a version."""
        return Manifest.model_validate_json((self.folder(number) / MANIFEST).read_text(encoding="utf-8"))

    def read(self, schema: type[Table], number: int | None) -> pl.DataFrame:
        """Return a table of a version; for None, or where the version lacks the table, the table without rows."""
        path = self.folder(number) / f"{schema.table}.parquet" if number is not None else None
        return pl.read_parquet(path) if path and path.exists() else schema.create_empty()

    def next_number(self) -> int:
        """Return the number that no version has had."""
        taken = [int(path.name) for path in self.folders.glob("[0-9]*")]
        return max(taken, default=0) + 1

    def switch(self, number: int) -> None:
        """Let `latest` name the version, in one step: a link, or a pointer file where links do not work."""
        target = Path("versions") / self.folder(number).name
        with new_file(self.link) as aside:
            try:
                aside.symlink_to(target, target_is_directory=True)
            except OSError:
                aside.write_text(f"{target.as_posix()}\n", encoding="utf-8")

    def prune(self, keep: int) -> list[int]:
        """Remove all but the `keep` newest versions; the latest always stays. Return the numbers removed."""
        numbers, latest = self.numbers(), self.latest()
        gone = [number for number in numbers[: max(0, len(numbers) - keep)] if number != latest]
        for number in gone:
            folder = self.folder(number)
            aside = folder.with_name(f"{ASIDE}{os.getpid()}-{folder.name}")
            folder.rename(aside)
            shutil.rmtree(aside)
        return gone


def same_rows(tables: Mapping[str, str], manifest: Manifest | None, apart: frozenset[str]) -> bool:
    """Tell whether the data versions are those of the manifest, tables in `apart` aside."""
    if manifest is None:
        return False
    old = {name: record.data_version for name, record in manifest.tables.items() if name not in apart}
    return old == {name: version for name, version in tables.items() if name not in apart}
