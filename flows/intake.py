"""From files to the archive: which documents there are, and which sources tell of them.

A file is one document, or a container of records that are documents each. What cannot be read becomes a row of
`rejects`; the others go on.
"""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any, NamedTuple

import polars as pl

from flows.reading.formats import ENDINGS, documents, format_of
from flows.reading.inputs import Input, StandardInput, file_of
from flows.reading.protocol import Item, Limits, Note, Record, Refusal
from flows.settings import Settings
from flows.store.archive import Archive
from schemas.published import Sources
from schemas.work import Intake, Rejects

# A uri is relative to the root of its input, so only with the name of the root it stands for one place.
PLACE = ["collection", "source_uri"]
Place = tuple[str, str]


class Source(NamedTuple):
    """What stands at a place: the hash of the bytes, how to read them, and what their archive states."""

    sha256: str
    format: str
    stated_url: str | None
    stated_encoding: str | None

    @property
    def document_id(self) -> str:
        """Id of the document."""
        return self.sha256[:16]


@dataclass
class Reading:
    """What one run has read.

    Attributes:
        sources: the source at each place.
        rejects: rows of `rejects`.
        seen: every place where something stands, a document or not.
        broken: files of which not all could be read: what stood in them before may still be there.
    """

    sources: dict[Place, Source] = field(default_factory=dict)
    rejects: list[dict[str, Any]] = field(default_factory=list)
    seen: set[Place] = field(default_factory=set)
    broken: set[Place] = field(default_factory=set)

    def reject(self, uri: str, reason: str, detail: str) -> None:
        """Add a row of `rejects`."""
        row = {"stage": "intake", "source_uri": uri, "document_id": None, "reason": reason, "detail": detail}
        self.rejects.append(row)

    def rows(self) -> pl.DataFrame:
        """Return the rows of `sources`."""
        rows = ((*place, source.document_id, *source, True) for place, source in self.sources.items())
        names = (*PLACE, "document_id", *Source._fields, "is_current")
        columns = {name: Sources.polars_schema()[name] for name in names}
        return pl.DataFrame(rows, schema=columns, orient="row").select(Sources.column_names())


def read(inputs: Iterable[Input], archive: Archive, settings: Settings, reading: Reading) -> Iterator[str]:
    """Archive every document of the inputs and enter it in the reading; yield what was guessed, each thing once."""
    told = set()
    for source in inputs:
        for path in source.files():
            for note in _read_file(path, source, archive, settings, reading):
                if note not in told:
                    yield f"{source.uri_of(path)}: {note}"
                told.add(note)


def _read_file(path: Path, source: Input, archive: Archive, settings: Settings, reading: Reading) -> Iterator[str]:
    uri = source.uri_of(path)
    reading.seen.add((source.collection, uri))
    for item in _items(path, source, settings):
        if isinstance(item, Note):
            yield item.text
        elif isinstance(item, Refusal):
            place = f"{uri}#{item.number}" if item.number else uri
            reading.seen.add((source.collection, place))
            if item.leaves_rest:
                reading.broken.add((source.collection, uri))
            reading.reject(place, item.reason, item.detail)
        else:
            _store(item, uri, source, archive, reading)


def _items(path: Path, source: Input, settings: Settings) -> Iterator[Item]:
    piped = isinstance(source, StandardInput)
    kind = settings.stdin_format if piped else format_of(path.name)
    if kind is None and not piped:
        known = ", ".join(ENDINGS)
        yield Refusal("unsupported_format", f"no reader for {path.name!r}: use one of {known}, each also .gz and .zst")
        return
    try:
        stream = source.open(path)
    except OSError as error:
        yield Refusal("unreadable", f"{error}: check the file and its permissions")
        return
    with stream:
        yield from documents(stream, kind, Limits.of(settings))


def _store(record: Record, uri: str, source: Input, archive: Archive, reading: Reading) -> None:
    if not record.payload.strip():
        if not record.number:
            reading.reject(uri, "empty", "no bytes but blank ones: remove the file or scrape it again")
        return
    found = Source(archive.put(record.payload), record.format, record.url, record.encoding)
    place = (source.collection, source.record_uri(uri, record.number, found.document_id))
    if reading.sources.setdefault(place, found).sha256 != found.sha256:
        remedy = "name the folder above both as INPUT, so that their uris differ"
        detail = f"another file of this run has the same folder and name: {remedy}"
        reading.reject(place[1], "same_uri", detail)


def merge_sources(
    old: pl.DataFrame, reading: Reading, inputs: Iterable[Input], *, retract_missing: bool
) -> pl.DataFrame:
    """Return `sources` after a reading: a uri stands for the document last read there; what is gone is retracted."""
    new = reading.rows()
    gone = list(_missing(old, reading, list(inputs))) if retract_missing else []
    places = pl.concat([new.select(PLACE), pl.DataFrame(gone, schema=dict.fromkeys(PLACE, pl.String), orient="row")])
    moved = old.join(places, on=PLACE, how="semi").with_columns(is_current=pl.lit(value=False))
    rows = pl.concat([old.join(places, on=PLACE, how="anti"), moved, new])
    return rows.unique([*PLACE, "document_id"], keep="last", maintain_order=True).sort(*Sources.sort_by)


def _missing(old: pl.DataFrame, reading: Reading, inputs: list[Input]) -> Iterator[tuple[str, str]]:
    for collection, uri in old.filter("is_current").select(PLACE).iter_rows():
        here = any(i.collection == collection and i.covers(uri) for i in inputs)
        place = (collection, uri)
        known = place in reading.seen or place in reading.sources or (collection, file_of(uri)) in reading.broken
        if here and not known:
            yield place


def merge_rejects(old: pl.DataFrame, reading: Reading) -> pl.DataFrame:
    """Return the rejects of reading: those of this run, and older ones whose file was not read again."""
    new = pl.DataFrame(reading.rejects, schema=Rejects.polars_schema())
    files = {file_of(uri) for _, uri in reading.seen}
    again = [file_of(uri or "") in files for uri in old["source_uri"]]
    kept = old.filter((pl.col("stage") == "intake") & ~pl.Series(again, dtype=pl.Boolean))
    return pl.concat([kept, new]).unique(maintain_order=True).sort(*Rejects.sort_by)


def intake(sources: pl.DataFrame) -> pl.DataFrame:
    """Return one row a current document: document_id, sha256, its first uri in the order of names, format."""
    current = sources.filter("is_current").sort("source_uri").unique("document_id", keep="first", maintain_order=True)
    return current.select([name for name in Intake.column_names() if name != "payload"]).sort("document_id")
