"""Web archives: WARC with the pages as servers sent them, WET with their text. Read by FastWARC (Bevendorff et al.)."""

import io
from collections import Counter
from collections.abc import Iterator

from fastwarc.warc import ArchiveIterator, WarcRecord, WarcRecordType

from flows.reading.protocol import SKIPPED, Item, Limits, Record, Refusal, too_large

TYPES = {"text/html": "html", "application/xhtml+xml": "html", "text/plain": "text"}
READ = WarcRecordType.response | WarcRecordType.resource | WarcRecordType.conversion
OK = 200
LISTED = 8


def warc(stream: io.BufferedReader, limits: Limits) -> Iterator[Item]:
    """Yield each page or text with the address that the archive states; what is neither is counted, not listed."""
    skipped: Counter[str] = Counter()
    records = ArchiveIterator(stream, record_types=READ, parse_http=False)
    for number, record in enumerate(records, 1):
        found = _document(record, number, limits)
        if isinstance(found, str):
            skipped[found] += 1
        else:
            yield found
    if skipped:
        counts = ", ".join(f"{count} {what}" for what, count in skipped.most_common(LISTED))
        yield Refusal(SKIPPED, f"{counts}: only HTML and plain text with status 200 are read")


def _document(record: WarcRecord, number: int, limits: Limits) -> Item | str:
    """Return the document of a record, its refusal, or in a few words why it is none."""
    url = (record.headers.get("WARC-Target-URI") or "").strip("<> ") or None
    block = record.reader.read(limits.document + 1)
    if len(block) > limits.document:
        return too_large(number, limits, url or "the record")
    # Every record states its length (ISO 28500): a head without it is one that was cut.
    if len(block) < record.content_length or "Content-Length" not in record.headers:
        return Refusal("unreadable", f"the archive breaks off in {url or 'a record'}: fetch it again")
    if not record.is_http:
        return _made(block, record.headers.get("Content-Type"), None, url, number)
    try:
        return _answer(block, url, number, limits)
    except OSError as error:
        return Refusal("unreadable", f"{url}: {error}: the page is broken, scrape it again", number)


def _answer(block: bytes, url: str | None, number: int, limits: Limits) -> Item | str:
    # A record of its own: broken content would leave the iterator without its place.
    answer = WarcRecord()
    answer.set_bytes_content(block)
    answer.is_http = True
    answer.parse_http(auto_decode="all")
    status = answer.http_headers.status_code
    if status != OK:
        return f"with status {status}" if isinstance(status, int) else "without a status"
    payload = answer.reader.read(limits.document + 1)
    if len(payload) > limits.document:
        return too_large(number, limits, url or "the record")
    return _made(payload, answer.http_content_type, answer.http_charset, url, number)


def _made(payload: bytes, stated: str | None, charset: str | None, url: str | None, number: int) -> Item | str:
    kind = (stated or "of no type").split(";")[0].strip().lower()[:60]
    if kind not in TYPES:
        return kind
    if not payload.strip():
        return "empty"
    return Record(payload, TYPES[kind], number, url, (charset or "").strip("\"' ") or None)
