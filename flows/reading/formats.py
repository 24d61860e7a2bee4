"""The formats: by the end of a name, or by the first bytes, to the reader."""

import re
import zlib
from collections.abc import Iterator
from functools import partial
from pathlib import PurePath
from typing import IO

import pyarrow as pa

from flows.reading import archives, jsons, tables
from flows.reading.protocol import Item, Limits, Note, Reader, Record, Refusal
from flows.reading.unpacking import BUFFER, unpacked
from transforms.read.raw import UnreadableError

READERS: dict[str, Reader] = {
    "text": partial(jsons.whole, format="text"),
    "html": partial(jsons.whole, format="html"),
    "json": jsons.json_file,
    "jsonl": jsons.lines,
    "csv": tables.separated,
    "tsv": tables.tabbed,
    "parquet": tables.parquet,
    "warc": archives.warc,
}
ENDINGS = {
    ".txt": "text", ".text": "text", ".md": "text", ".html": "html", ".htm": "html", ".json": "json",
    ".jsonl": "jsonl", ".ndjson": "jsonl", ".csv": "csv", ".tsv": "tsv", ".parquet": "parquet",
    ".warc": "warc", ".wet": "warc",
}  # fmt: skip
PACKED = frozenset({".gz", ".zst"})
BEGINNINGS = (
    ("warc", re.compile(rb"WARC/\d")),
    ("parquet", re.compile(rb"PAR1")),
    ("html", re.compile(rb"(\xef\xbb\xbf)?\s*(<[!?].{0,300}?>\s*){0,3}<(html|head|body)\b", re.I | re.S)),
    ("html", re.compile(rb"(\xef\xbb\xbf)?\s*<!doctype\s+html", re.I)),
    ("json", re.compile(rb'(\xef\xbb\xbf)?\s*(\[\s*)?\{\s*["}]')),
)


def format_of(name: str) -> str | None:
    """Return the format that a file's name states, or None; `.gz` and `.zst` are passed over."""
    endings = [ending.lower() for ending in PurePath(name).suffixes]
    while endings and endings[-1] in PACKED:
        endings.pop()
    return ENDINGS.get(endings[-1]) if endings else None


def guessed(head: bytes) -> str:
    """Return the format that the first bytes of a stream look like; what looks like nothing else is text."""
    return next((name for name, beginning in BEGINNINGS if beginning.match(head)), "text")


def documents(stream: IO[bytes], format: str | None, limits: Limits) -> Iterator[Item]:
    """Yield what a stream holds; with format None what it looks like, and a note. Whatever is wrong is a refusal."""
    try:
        plain = unpacked(stream, limits)
        kind = format or guessed(plain.peek(BUFFER))
        if format is None:
            yield Note(f"read as {kind}, which it looks like: the setting stdin_format can say otherwise")
        yield from _counted(READERS[kind](plain, limits), limits)
    except UnreadableError as error:
        yield Refusal(error.reason, error.detail)
    except (OSError, EOFError, zlib.error, pa.ArrowException, UnicodeError) as error:
        what = str(error).strip() or type(error).__name__
        yield Refusal("unreadable", f"{what}: check the file and its permissions, or scrape it again")


def _counted(items: Iterator[Item], limits: Limits) -> Iterator[Item]:
    records = refusals = 0
    for item in items:
        records += isinstance(item, Record)
        refusals += isinstance(item, Refusal)
        if records > limits.records:
            raise UnreadableError("too_many_records", f"over max_records = {limits.records}: raise it or split it")
        yield item
    if not records and not refusals:
        yield Refusal("empty", "no record is in it: remove the file or scrape it again")
