"""From files on disk to the archive: which documents there are, and which sources tell of them.

A file is one document, or a container of records that are documents each. What cannot be read becomes a row of
`rejects`; the others go on.
"""

import glob
import gzip
import zlib
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from fnmatch import fnmatchcase
from pathlib import Path
from typing import Any, BinaryIO

import polars as pl

from flows.settings import Settings
from flows.store.archive import Archive
from schemas.errors import UsageError
from schemas.published import Sources
from schemas.work import Intake, Rejects

FORMATS = {".txt": "text", ".text": "text", ".html": "html", ".htm": "html", ".jsonl": "jsonl", ".ndjson": "jsonl"}
CONTAINERS = frozenset({"jsonl"})
MAGIC = frozenset("*?[")
MEGABYTE = 1_000_000
# A uri is relative to the root of its input, so only with the name of the root it stands for one place.
PLACE = ["collection", "source_uri"]


@dataclass(frozen=True)
class Input:
    """One INPUT of the command line: the folder that uris are relative to, and a pattern of the files in it."""

    root: Path
    pattern: str

    def files(self) -> Iterator[Path]:
        """Yield the files in the order of their names; hidden ones are passed over."""
        names = glob.glob(self.pattern, root_dir=self.root, recursive=True)  # noqa: PTH207  it passes hidden files over
        yield from (self.root / name for name in sorted(names) if (self.root / name).is_file())

    def covers(self, uri: str) -> bool:
        """Tell whether a file at this uri would be among `files`."""
        return _matches(uri.split("#", maxsplit=1)[0].split("/"), self.pattern.split("/"))

    @property
    def collection(self) -> str:
        """Name of the root folder."""
        return self.root.resolve().name


def _matches(parts: list[str], pattern: list[str]) -> bool:
    """Tell whether a glob would find the path: `*` stays in its folder, `**` stands for any number of folders."""
    if not pattern:
        return not parts
    if pattern == ["**"]:
        return True
    if pattern[0] == "**":
        return any(_matches(parts[i:], pattern[1:]) for i in range(len(parts)))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])


def parse_input(text: str) -> Input:
    """Return what a file, folder or glob names.

    Raises:
        UsageError: nothing is there.
    """
    path = Path(text)
    if path.is_dir():
        return Input(path, "**")
    if path.is_file():
        return Input(path.parent, glob.escape(path.name))
    parts = path.parts
    plain = next((i for i, part in enumerate(parts) if MAGIC & set(part)), len(parts))
    found = Input(Path(*parts[:plain]) if plain else Path(), "/".join(parts[plain:]) or "**")
    if plain == len(parts) or next(found.files(), None) is None:
        raise UsageError("no such file or folder", where=text, remedy="Name a file, a folder, or a glob in quotes")
    return found


@dataclass
class Reading:
    """What one run has read: rows of `sources` and `rejects`, and every (collection, uri) that it saw."""

    sources: list[dict[str, Any]] = field(default_factory=list)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    seen: set[tuple[str, str]] = field(default_factory=set)
    digests: dict[tuple[str, str], str] = field(default_factory=dict)


def read(inputs: Iterable[Input], archive: Archive, settings: Settings) -> Reading:
    """Archive every document of the inputs; return the sources and the rejects."""
    reading = Reading()
    for source in inputs:
        for path in source.files():
            _read_file(path, source, archive, settings, reading)
    return reading


def _read_file(path: Path, source: Input, archive: Archive, settings: Settings, reading: Reading) -> None:
    uri = path.relative_to(source.root).as_posix()
    reading.seen.add((source.collection, uri))
    packed = path.suffix.lower() == ".gz"
    suffix = Path(path.stem).suffix.lower() if packed else path.suffix.lower()
    kind = FORMATS.get(suffix)
    if kind is None:
        known = ", ".join(FORMATS)
        return _reject(
            reading, uri, "unsupported_format", f"no reader for {path.name!r}: use one of {known}, each also .gz"
        )
    try:
        with gzip.open(path) if packed else path.open("rb") as stream:
            for number, payload in _documents(stream, kind, settings):
                _store(f"{uri}#{number}" if number else uri, payload, kind, source, archive, settings, reading)
    except (OSError, EOFError, zlib.error) as error:
        _reject(
            reading,
            uri,
            "unreadable",
            f"{error or type(error).__name__}: check the file and its permissions, or scrape it again",
        )
    return None


def _documents(stream: BinaryIO | gzip.GzipFile, kind: str, settings: Settings) -> Iterator[tuple[int, bytes]]:
    """Yield number (0 for a whole file) and bytes of each document; what is too large is cut over the limit."""
    if kind not in CONTAINERS:
        yield 0, stream.read(settings.max_document_mb * MEGABYTE + 1)
        return
    limit = settings.max_document_mb * MEGABYTE
    number = 0
    while line := stream.readline(limit + 1):
        number += 1
        yield number, line.rstrip(b"\r\n")
        while len(line) > limit and not line.endswith(b"\n"):
            line = stream.readline(limit + 1)


def _store(
    uri: str, payload: bytes, kind: str, source: Input, archive: Archive, settings: Settings, reading: Reading
) -> None:
    place = (source.collection, uri)
    reading.seen.add(place)
    if not payload.strip():
        if "#" not in uri:
            _reject(reading, uri, "empty", "no bytes but blank ones: remove the file or scrape it again")
        return
    if len(payload) > settings.max_document_mb * MEGABYTE:
        limit = f"over max_document_mb = {settings.max_document_mb}: raise the setting or split the file"
        return _reject(reading, uri, "too_large", limit)
    digest = archive.put(payload)
    if reading.digests.setdefault(place, digest) != digest:
        remedy = "name the folder above both as INPUT, so that their uris differ"
        return _reject(reading, uri, "same_uri", f"another file of this run has the same folder and name: {remedy}")
    reading.sources.append(
        {
            "source_uri": uri,
            "document_id": digest[:16],
            "sha256": digest,
            "format": kind,
            "collection": source.collection,
            "is_current": True,
        }
    )


def _reject(reading: Reading, uri: str, reason: str, detail: str) -> None:
    row = {"stage": "intake", "source_uri": uri, "document_id": None, "reason": reason, "detail": detail}
    reading.rejects.append(row)


def merge_sources(
    old: pl.DataFrame, reading: Reading, inputs: Iterable[Input], *, retract_missing: bool
) -> pl.DataFrame:
    """Return `sources` after a reading: a uri stands for the document last read there; what is gone is retracted."""
    new = pl.DataFrame(reading.sources, schema=Sources.polars_schema())
    gone = list(_missing(old, reading, list(inputs))) if retract_missing else []
    places = pl.concat([new.select(PLACE), pl.DataFrame(gone, schema=dict.fromkeys(PLACE, pl.String), orient="row")])
    moved = old.join(places, on=PLACE, how="semi").with_columns(is_current=pl.lit(value=False))
    rows = pl.concat([old.join(places, on=PLACE, how="anti"), moved, new])
    return rows.unique([*PLACE, "document_id"], keep="last", maintain_order=True).sort(*Sources.sort_by)


def _missing(old: pl.DataFrame, reading: Reading, inputs: list[Input]) -> Iterator[tuple[str, str]]:
    for collection, uri in old.filter("is_current").select(PLACE).iter_rows():
        here = any(i.collection == collection and i.covers(uri) for i in inputs)
        if here and (collection, uri) not in reading.seen:
            yield collection, uri


def merge_rejects(old: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    """Return the rejects of reading: those of this run, and older ones whose file was not read again."""
    new = pl.DataFrame(reading.rejects, schema=Rejects.polars_schema())
    files = {uri.split("#")[0] for _, uri in reading.seen}
    again = pl.col("source_uri").str.split("#").list.first().is_in(list(files))
    kept = old.filter((pl.col("stage") == "intake") & ~again)
    return pl.concat([kept, new]).unique(maintain_order=True).sort(*Rejects.sort_by)


def intake(sources: pl.DataFrame) -> pl.DataFrame:
    """Return one row a current document: document_id, sha256, its first uri in the order of names, format."""
    current = sources.filter("is_current").sort("source_uri").unique("document_id", keep="first", maintain_order=True)
    return current.select([name for name in Intake.column_names() if name != "payload"]).sort("document_id")
