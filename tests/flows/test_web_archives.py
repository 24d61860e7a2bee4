"""WARC and WET: which records are documents, what they state, and what is only counted."""

import gzip
import io

import pytest
from web_archives import answer, record, text

from flows.reading.formats import documents
from flows.reading.protocol import Limits, Record
from flows.settings import Settings

PAGE = "<html><body>Café</body></html>".encode("latin-1")
URL = "https://news.example/2020/03/03/cafe"


def read(*parts):
    return list(documents(io.BytesIO(b"".join(parts)), "warc", Limits.of(Settings(max_document_mb=1))))


def test_a_page_comes_with_its_address_and_encoding():
    body = answer(PAGE, content_type="text/html; charset=ISO-8859-1")
    assert read(record(f"<{URL}>", body)) == [Record(PAGE, "html", 1, URL, "iso-8859-1")]


def test_a_text_of_a_wet_file_comes_with_its_address():
    assert read(text(URL, b"Words.")) == [Record(b"Words.", "text", 1, URL)]


CHUNKS = b"9\r\n<p>Some w\r\n5\r\nords.\r\n0\r\n\r\n"


@pytest.mark.parametrize(
    "body",
    [
        answer(CHUNKS, "Transfer-Encoding: chunked"),
        answer(gzip.compress(b"<p>Some words."), "Content-Encoding: gzip"),
        answer(b"<p>Some words.", "Content-Encoding: identity"),
    ],
)
def test_what_the_server_packed_is_unpacked(body):
    assert read(record(URL, body))[0].payload == b"<p>Some words."


def test_what_is_no_text_is_counted_in_one_row():
    images = [record(URL, answer(b"GIF89a", content_type="image/gif")) for _ in range(3)]
    moved = record(URL, answer(b"", "Location: /", status="301 Moved"))
    request = record(URL, b"GET / HTTP/1.1\r\n\r\n", "request", "application/http; msgtype=request")
    items = read(*images, request, moved, record(URL, answer(b" ")), record(URL, answer(PAGE)))
    assert [item.number for item in items if isinstance(item, Record)] == [6]
    assert items[-1].reason == "records_skipped"
    assert items[-1].detail.startswith("3 image/gif, 1 with status 301, 1 empty: ")


def test_a_broken_page_is_refused_and_the_next_is_read():
    broken = record(URL, answer(b"not packed", "Content-Encoding: gzip"))
    items = read(broken, record(URL, answer(PAGE)))
    assert (items[0].reason, items[0].number, items[1].payload) == ("unreadable", 1, PAGE)


def test_a_page_that_unpacks_to_a_bomb_is_refused():
    bomb = record(URL, answer(gzip.compress(bytes(2_000_000)), "Content-Encoding: gzip"))
    large = record(URL, answer(b"x" * 2_000_000))
    items = read(bomb, large, record(URL, answer(PAGE)))
    assert [getattr(item, "reason", "read") for item in items] == ["too_large", "too_large", "read"]


@pytest.mark.parametrize("share", [0.2, 0.4, 0.7, 0.8, 0.95])
def test_an_archive_that_breaks_off_keeps_what_came_before(share):
    whole = record(URL, answer(PAGE))
    items = read(whole, whole[: int(share * len(whole))])
    assert items[0].payload == PAGE
    assert all(item.reason in {"unreadable", "records_skipped"} for item in items[1:])
    assert any(item.leaves_rest for item in items[1:])


@pytest.mark.parametrize("junk", [b"junk\r\n" * 50, bytes(5_000), b"WARC/1.0\r\n" + b"x" * 100_000])
def test_junk_between_records_ends_the_reading_with_a_reason(junk):
    items = read(record(URL, answer(PAGE)), junk, record(URL, answer(PAGE)))
    assert items[0].payload == PAGE
    assert items[1].reason == "unreadable"
