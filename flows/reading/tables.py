"""Tables: CSV and Parquet. A row is a record, as JSON with sorted keys; which column serves as what is said."""

import csv
import io
from collections.abc import Iterator, Sequence
from functools import partial

import pyarrow as pa
from pyarrow import parquet as pq

from flows.reading.jsons import encoding_of, row
from flows.reading.protocol import MEGABYTE, Item, Limits, Note, Record, Refusal
from flows.reading.unpacking import require_within, seekable
from transforms.read.raw import UnreadableError
from transforms.read.records import serving

DELIMITERS = ",;\t|"
# Rows that are held at a time; a row may be as large as a document.
BATCH = 32


def separated(stream: io.BufferedReader, limits: Limits, *, delimiters: str = DELIMITERS) -> Iterator[Item]:
    """Yield the rows under the header of a CSV file; the delimiter is the one that the header has most of.

    Raises:
        UnreadableError: no column serves as text, or quotes or line ends are so wrong that a cell has no end.
    """
    text = io.TextIOWrapper(stream, encoding=encoding_of(stream), errors="replace", newline="")
    header = text.readline(limits.document)
    delimiter = max(delimiters, key=header.count)
    csv.field_size_limit(limits.document)
    columns = [name.strip() for name in next(csv.reader([header], delimiter=delimiter), [])]
    yield said(columns, limits)
    try:
        for number, cells in enumerate(csv.reader(_lines(text, limits), delimiter=delimiter), 1):
            if any(cells):
                yield _cells(columns, cells, number, limits)
    except csv.Error as error:
        raise UnreadableError("broken_csv", f"{error}: mend the quotes, or raise max_document_mb") from error


def _cells(columns: Sequence[str], cells: Sequence[str], number: int, limits: Limits) -> Item:
    if any(cell.strip() for cell in cells[len(columns) :]):
        beyond = f"{len(cells)} cells under {len(columns)} columns: a text that holds the delimiter needs quotes"
        return Refusal("broken_row", beyond, number)
    return row(dict(zip(columns, cells, strict=False)), number, limits)


tabbed = partial(separated, delimiters="\t")


def _lines(text: io.TextIOWrapper, limits: Limits) -> Iterator[str]:
    while line := text.readline(limits.document + 1):
        if len(line) > limits.document:
            raise UnreadableError("line_too_long", f"a line over max_document_mb = {limits.document // MEGABYTE}")
        yield line


def parquet(stream: io.BufferedReader, limits: Limits) -> Iterator[Item]:
    """Yield the rows of a Parquet file, a few at a time.

    Raises:
        UnreadableError: no column serves as text, or the rows unpack to more than the limits: a dictionary of one
            long text and a count of rows are a few hundred bytes.
    """
    with seekable(stream) as file, pq.ParquetFile(file, pre_buffer=False, buffer_size=MEGABYTE) as table:
        packed = file.seek(0, io.SEEK_END)
        yield said(table.schema_arrow.names, limits)
        number = size = 0
        for batch in table.iter_batches(batch_size=BATCH):
            for place in range(batch.num_rows):
                number += 1
                item = _values(batch.slice(place, 1), number, limits)
                size += len(item.payload) if isinstance(item, Record) else limits.document * _is_large(item)
                require_within(limits, size, packed)
                yield item


def _values(one: pa.RecordBatch, number: int, limits: Limits) -> Item:
    """Return the one row. Python knows fewer days and time zones than Parquet: a row beyond them is refused alone."""
    try:
        (values,) = one.to_pylist()
    except (ArithmeticError, LookupError, ValueError) as error:
        return Refusal("broken_row", f"{type(error).__name__}, {error}: mend the value or leave out its column", number)
    return row(values, number, limits)


def _is_large(item: Item) -> bool:
    return isinstance(item, Refusal) and item.reason == "too_large"


def said(columns: Sequence[str], limits: Limits) -> Note:
    """Return the note that says which column serves as what.

    Raises:
        UnreadableError: none serves as text or HTML.
    """
    found = serving(columns, limits.fields.named_fields())
    listed = ", ".join(columns)[:300]
    if not {"text", "html"} & set(found):
        remedy = "name the one with the text in [stages.raw] text_fields"
        raise UnreadableError("no_text_column", f"the columns are {listed}: {remedy}")
    unused = [name for name in columns if name not in found.values()]
    roles = ", ".join(f"{role} = {column}" for role, column in found.items())
    return Note(f"{roles}; not used: {', '.join(unused) or 'none'}"[:400])
