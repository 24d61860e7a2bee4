"""Each format and what it may be packed in, from tiny files to records."""

import gzip
import io
import json
from datetime import UTC, datetime

import polars as pl
import pyarrow as pa
import pyarrow.parquet as pq
import pytest
from web_archives import answer, record, text

from flows.reading.formats import documents, format_of, guessed
from flows.reading.protocol import Limits, Note, Record, Refusal
from flows.settings import Settings

ROWS = [{"body": "One.", "Link": "https://a.example/1"}, {"body": 'Two, "2"\nlines.', "Link": "https://a.example/2"}]


def limits(**given):
    return Limits.of(Settings(**{"max_document_mb": 1, **given}))


def read(payload, kind=None, **given):
    return list(documents(io.BytesIO(payload), kind, limits(**given)))


def records(items):
    return [item for item in items if isinstance(item, Record)]


def reasons(items):
    return [(item.number, item.reason) for item in items if isinstance(item, Refusal)]


def parquet(rows):
    stream = io.BytesIO()
    pl.DataFrame(rows).write_parquet(stream)
    return stream.getvalue()


def zstd(payload):
    return pa.compress(payload, codec="zstd", asbytes=True)


FILES = {
    "text": b"Some words.",
    "html": b"<!doctype html><html><body>Some words.</body></html>",
    "json": json.dumps(ROWS).encode(),
    "jsonl": "\n".join(map(json.dumps, ROWS)).encode(),
    "csv": pl.DataFrame(ROWS).write_csv().encode(),
    "tsv": pl.DataFrame(ROWS).write_csv(separator="\t").encode(),
    "parquet": parquet(ROWS),
    "warc": record("http://a.example/", answer(b"<p>Some words.")) + text("http://a.example/2", b"Some words."),
}
PACKINGS = (
    gzip.compress,
    zstd,
    lambda b: gzip.compress(b[:9]) + gzip.compress(b[9:]),
    lambda b: zstd(gzip.compress(b)),
)


@pytest.mark.parametrize("kind", FILES)
@pytest.mark.parametrize("packing", PACKINGS)
def test_what_a_file_is_packed_in_changes_no_document(kind, packing):
    plain = read(FILES[kind], kind)
    assert records(plain)
    assert read(packing(FILES[kind]), kind) == plain


@pytest.mark.parametrize("kind", FILES)
def test_standard_input_is_read_as_what_it_looks_like(kind):
    assert guessed(FILES[kind]) == {"tsv": "text", "csv": "text", "jsonl": "json"}.get(kind, kind)


@pytest.mark.parametrize(
    ("head", "kind"),
    [
        (b"\xef\xbb\xbf<!DOCTYPE HTML>", "html"),
        (b"<!-- old -->\n<?xml version='1.0'?>\n<html lang=en>", "html"),
        (b"<b>Bold</b> words", "text"),
        (b"[1] Notes", "text"),
        (b'\n[ {"text": 1', "json"),
        (b"{braces} in a text", "text"),
    ],
)
def test_the_first_bytes_tell_formats_apart(head, kind):
    assert guessed(head) == kind


@pytest.mark.parametrize(
    ("name", "kind"),
    [
        ("a.TXT", "text"), ("a.b.html.gz", "html"), ("a.md", "text"), ("CC-MAIN.warc.wet.gz", "warc"),
        ("a.csv.zst", "csv"), ("a.json.gz.gz", "json"), ("a.gz", None), ("a", None), ("a.png", None),
    ],
)  # fmt: skip
def test_the_name_tells_the_format(name, kind):
    assert format_of(name) == kind


def test_rows_are_one_document_in_every_container():
    expected = [json.dumps(row, sort_keys=True).encode() for row in ROWS]
    for kind in ("json", "csv", "tsv", "parquet"):
        found = records(read(FILES[kind], kind))
        assert [item.payload for item in found] == expected, kind
        assert [(item.number, item.format) for item in found] == [(1, "jsonl"), (2, "jsonl")]


@pytest.mark.parametrize("kind", ["csv", "parquet"])
def test_the_columns_that_serve_are_said(kind):
    note = next(item for item in read(FILES[kind], kind) if isinstance(item, Note))
    assert note.text == "text = body, url = Link; not used: none"


@pytest.mark.parametrize("payload", [b"id;words\n1;Some\n", parquet([{"id": 1, "words": "Some"}])])
def test_a_table_without_text_says_its_columns_and_takes_a_name(payload):
    kind = "csv" if payload.startswith(b"id") else "parquet"
    refusal = read(payload, kind)[0]
    assert refusal.reason == "no_text_column"
    assert "id, words" in refusal.detail and "text_fields" in refusal.detail
    assert len(records(read(payload, kind, stages={"raw": {"text_fields": ["Words"]}}))) == 1


def test_csv_is_read_in_other_encodings_and_with_semicolons():
    payload = 'text;link\n"Zürich; später";x\n'.encode("utf-16")
    assert json.loads(records(read(payload, "csv"))[0].payload) == {"text": "Zürich; später", "link": "x"}


def test_blank_rows_are_no_documents_and_rows_with_too_many_cells_are_refused():
    items = read(b"text,link\nOne.,x\n\n,\nTwo, and three.,x\nFour.,x,\n", "csv")
    assert [(item.number, json.loads(item.payload)["text"]) for item in records(items)] == [(1, "One."), (5, "Four.")]
    assert reasons(items) == [(4, "broken_row")]


def test_a_quote_that_never_ends_is_a_refusal_with_the_rows_before_it():
    items = read(b'text\nfirst\n"' + b"x\n" * 600_000, "csv")
    assert len(records(items)) == 1
    assert reasons(items) == [(0, "broken_csv")]


def test_parquet_values_that_json_does_not_know_become_text():
    day = datetime(2020, 3, 3, tzinfo=UTC)
    row = records(read(parquet([{"text": b"Z\xfcrich is a town", "date": day}]), "parquet"))[0]
    assert json.loads(row.payload) == {"text": "Zürich is a town", "date": "2020-03-03T00:00:00+00:00"}


def test_a_row_that_python_has_no_value_for_is_refused_alone():
    stream = io.BytesIO()
    days = pa.array([18_000, 2**30, 18_001], pa.date32())
    pq.write_table(pa.table({"text": ["One.", "Two.", "Three."], "day": days}), stream)
    items = read(stream.getvalue(), "parquet")
    assert ([item.number for item in records(items)], reasons(items)) == ([1, 3], [(2, "broken_row")])


def test_a_time_zone_that_is_none_is_a_refusal():
    stream = io.BytesIO()
    pq.write_table(pa.table({"text": ["One."], "at": pa.array([1], pa.timestamp("s", tz="No/Where"))}), stream)
    assert reasons(read(stream.getvalue(), "parquet")) == [(1, "broken_row")]


def test_one_json_object_is_a_document_as_it_stands():
    payload = b'{\n "text": "One."\n}\n'
    assert read(payload, "json") == [Record(payload, "jsonl")]


def test_json_lines_under_the_name_of_json_are_lines():
    assert [item.number for item in records(read(FILES["jsonl"], "json"))] == [1, 2]


def test_an_array_longer_than_any_buffer_is_read_object_by_object():
    rows = [{"text": "ü" * 7_000, "n": number} for number in range(40)]
    payload = json.dumps(rows, ensure_ascii=False).encode()
    assert [json.loads(item.payload) for item in records(read(payload, "json"))] == rows
    torn = read(payload[: len(payload) // 2], "json")
    assert 10 < len(records(torn)) < 30
    assert reasons(torn) == [(0, "broken_json")]


@pytest.mark.parametrize(
    ("payload", "reason"),
    [
        (b"[1, 2]", "records_skipped"),
        (b'[{"a": 1} {"a": 2', "broken_json"),
        (b'[{"a": one}' + b"," * 5_000_000 + b"]", "broken_json"),
        (b"[", "broken_json"),
        (b'[{"text": "' + b"x" * 5_000_000 + b'"}]', "too_large"),
        (b"[" * 100_000, "too_deep"),
    ],
)
def test_a_broken_array_is_refused(payload, reason):
    assert reasons(read(payload, "json"))[-1] == (0, reason)


def test_elements_that_are_no_objects_are_counted_and_the_others_read():
    items = read(b'[{"text": "One."}, null, {"text": "Two."}, 5]', "json")
    assert [item.number for item in records(items)] == [1, 3]
    assert items[-1].detail.startswith("2 elements")


@pytest.mark.parametrize(
    ("payload", "kind"), [(b"[]", "json"), (b"text\n", "csv"), (b"\n\n", "jsonl"), (b"WARC/1.0\r\n", "warc")]
)
def test_a_container_of_nothing_is_a_refusal(payload, kind):
    assert reasons(read(payload, kind)) == [(0, "empty")]


def test_lines_that_are_no_objects_are_counted():
    items = read(b'{"text": "One."}\n\nwords\nwords\n', "jsonl")
    assert len(records(items)) == 1
    assert items[-1].detail.startswith("2 lines")


def test_a_bomb_is_refused_before_it_is_unpacked():
    bomb = gzip.compress(bytes(3_000_000))
    assert reasons(read(bomb, "text")) == [(0, "unpacks_too_large")]
    assert reasons(read(gzip.compress(bomb), "jsonl")) == [(0, "unpacks_too_large")]
    assert reasons(read(bomb, "text", max_unpack_ratio=2_000)) == [(0, "too_large")]
    assert reasons(read(bomb, "jsonl", max_unpack_ratio=2_000, max_unpacked_mb=1)) == [(0, "unpacks_too_large")]


def test_a_table_of_one_text_many_times_is_a_bomb():
    bomb = parquet([{"text": "words " * 10_000}] * 100)
    assert len(bomb) < 2_000
    items = read(bomb, "parquet")
    assert (len(records(items)), reasons(items)) == (16, [(0, "unpacks_too_large")])
    large = read(parquet([{"text": "words " * 200_000}] * 1_000), "parquet")
    assert [reason for _, reason in reasons(large)] == ["too_large", "unpacks_too_large"]
    assert len(records(read(bomb, "parquet", max_unpack_ratio=10_000))) == 100
    assert reasons(read(bomb, "parquet", max_unpack_ratio=10_000, max_unpacked_mb=1)) == [(0, "unpacks_too_large")]


def test_layers_and_records_have_limits():
    packed = gzip.compress(gzip.compress(b"words"))
    assert records(read(packed, "text")) == [Record(b"words", "text")]
    assert reasons(read(gzip.compress(packed), "text")) == [(0, "packed_too_often")]
    items = read(FILES["jsonl"], "jsonl", max_records=1)
    assert (len(records(items)), reasons(items)) == (1, [(0, "too_many_records")])
