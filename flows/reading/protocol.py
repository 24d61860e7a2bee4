"""What every reader of a format takes and gives: a stream and limits in, records, refusals and notes out, in order."""

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from io import BufferedReader

from flows.settings import Settings
from transforms.read.raw import RawParams

MEGABYTE = 1_000_000
# The reason that counts what is no document in a file that was read to its end.
SKIPPED = "records_skipped"


@dataclass(frozen=True)
class Record:
    """One document: its bytes, and how the stage `raw` is to read them (text, html, jsonl).

    Attributes:
        payload: the bytes that go to the archive and make the document's id.
        format: text, html, or jsonl for a JSON object with fields.
        number: place in its container, from 1; 0 for a file that is one document.
        url: address that the container states.
        encoding: character encoding that the container states.
    """

    payload: bytes
    format: str
    number: int = 0
    url: str | None = None
    encoding: str | None = None


@dataclass(frozen=True)
class Refusal:
    """What is left out: a record, or with number 0 the file or the rest of it."""

    reason: str
    detail: str
    number: int = 0

    @property
    def leaves_rest(self) -> bool:
        """Tell whether records of the file may be there that were not seen."""
        return not self.number and self.reason != SKIPPED


@dataclass(frozen=True)
class Note:
    """What a person should know of how a file was read."""

    text: str


@dataclass(frozen=True)
class Limits:
    """What readers keep to, in bytes, and the fields that the stage `raw` looks for.

    Attributes:
        document: largest document.
        unpacked: most that one file may unpack to.
        ratio: most bytes that one byte of a file may unpack to, once that is more than a megabyte.
        layers: how often a file may be packed.
        records: most records of a file.
        fields: names of the fields of records.
    """

    document: int
    unpacked: int
    ratio: int
    layers: int
    records: int
    fields: RawParams

    @classmethod
    def of(cls, settings: Settings) -> "Limits":
        """Return the limits that a person set."""
        return cls(
            document=settings.max_document_mb * MEGABYTE,
            unpacked=settings.max_unpacked_mb * MEGABYTE,
            ratio=settings.max_unpack_ratio,
            layers=settings.max_pack_layers,
            records=settings.max_records,
            fields=settings.params("raw", RawParams),
        )


Item = Record | Refusal | Note
Reader = Callable[[BufferedReader, Limits], Iterator[Item]]


def too_large(number: int, limits: Limits, what: str = "") -> Refusal:
    """Return the refusal of a document over the limit."""
    setting = f"over max_document_mb = {limits.document // MEGABYTE}: raise the setting or split the file"
    return Refusal("too_large", f"{what} is {setting}" if what else setting, number)
