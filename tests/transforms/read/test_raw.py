import hashlib
import json
from datetime import date

import polars as pl
import pytest

from schemas.work import Intake, Raw
from transforms.read import raw
from transforms.read.decoding import decode

TEXT = "“No,” said the mayor of Zürich – and left.\nIt was late."


def intake(*documents):
    rows = []
    for number, (kind, payload) in enumerate(documents):
        digest = hashlib.sha256(payload).hexdigest()
        row = {
            "document_id": digest[:16],
            "sha256": digest,
            "source_uri": f"{number}",
            "format": kind,
            "payload": payload,
        }
        rows.append({**dict.fromkeys(Intake.polars_schema()), **row})
    return pl.DataFrame(rows, schema=Intake.polars_schema())


def read(*documents, **params):
    return raw.STAGE.function({"intake": intake(*documents)}, raw.RawParams(**params))


@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1252"])
def test_text_is_read_in_any_encoding(encoding):
    assert decode(TEXT.encode(encoding)).text == TEXT


@pytest.mark.parametrize("encoding", ["utf-16-le", "utf-16-be", "cp1251", "koi8-r"])
def test_russian_is_read_in_any_encoding(encoding):
    russian = "Мэр города заявил во вторник, что мост закроют на ремонт до мая."
    assert decode(russian.encode(encoding)).text == russian


@pytest.mark.parametrize("text", ["one\0two\0three\0\0four", "a\0b", "row\0row\0" * 9 + "The quick brown fox."])
def test_zeros_in_a_text_make_no_utf_16_of_it(text):
    assert decode(text.encode()).encoding == "utf-8"


def test_a_damaged_utf8_file_stays_utf8():
    assert decode((TEXT * 3).encode()[:-1] + b"\xe2").encoding == "utf-8"


def test_nul_and_lone_surrogates_leave_no_trace_that_cannot_be_stored():
    found = read(("jsonl", b'{"text": "a\\ud800b\\u0000c"}'), max_binary_share=1.0)["raw"]
    assert found["raw_text"].to_list() == ["a\ufffdb\ufffdc"]


@pytest.mark.parametrize(
    ("kind", "payload", "reason"),
    [
        ("text", b"", "empty"),
        ("text", b" \n", "empty"),
        ("text", bytes(range(256)) * 4, "binary"),
        ("text", b"x" * 300, "line_too_long"),
        ("text", b"x\n" * 90, "too_many_lines"),
        ("text", b"x\n" * 900, "too_large"),
        ("text", b"***\n", "no_text"),
        ("jsonl", b'{"text": "a', "broken_json"),
        ("jsonl", b"[1]", "broken_json"),
        ("jsonl", b'{"headline": "a"}', "no_text"),
        ("html", b"<html><script>a()</script></html>", "no_text"),
    ],
)
def test_what_is_no_text_is_rejected_with_a_reason(kind, payload, reason):
    made = read((kind, payload), max_line_chars=200, max_lines=80, max_bytes=1200)
    assert made["rejects"]["reason"].to_list() == [reason]
    assert made["raw"].height == 0


def test_a_record_states_its_fields():
    record = {"body": "Text.", "link": "https://a.example/x", "date": "2020-03-03T01:00", "author": ["A B", "C D"]}
    row = read(("jsonl", json.dumps(record).encode()))["raw"].row(0, named=True)
    assert (row["raw_text"], row["url"], row["authors"]) == ("Text.", "https://a.example/x", "A B; C D")
    assert row["published_on"] == date(2020, 3, 3)


def test_a_page_is_rendered_whole_and_states_its_metadata():
    body = "".join(f"<p>The council voted on day {day} to keep the old bridge open for good.</p>" for day in range(9))
    head = "<title>Bridge stays</title><meta property='article:published_time' content='2020-03-03'>"
    html = f"<html lang=en><head>{head}</head><body><nav>Home News</nav><article>{body}</article></body></html>"
    made = read(("html", html.encode()))["raw"]
    Raw.validate(made)
    row = made.row(0, named=True)
    assert "Home News" in row["raw_text"]
    assert (row["title"], row["published_on"]) == ("Bridge stays", date(2020, 3, 3))
    assert "Home News" not in row["article_text"]


def test_no_documents_make_empty_tables():
    made = read()
    assert made["raw"].height == made["rejects"].height == 0


def test_what_the_archive_states_counts_before_what_the_page_says():
    page = "<html><head><meta charset=utf-16><link rel=canonical href='https://b.example/'></head><body>Żółw</body>"
    rows = intake(("html", page.encode("cp1250")))
    stated = rows.with_columns(stated_url=pl.lit("https://a.example/x"), stated_encoding=pl.lit("windows-1250"))
    row = raw.STAGE.function({"intake": stated}, raw.RawParams())["raw"].row(0, named=True)
    assert (row["raw_text"], row["url"], row["encoding"]) == ("Żółw", "https://a.example/x", "cp1250")


def test_what_the_page_says_counts_where_the_server_is_wrong():
    page = "<html><head><meta charset=windows-1254></head><body>Köprü kışın kapalı</body>".encode("cp1254")
    rows = intake(("html", page)).with_columns(stated_encoding=pl.lit("utf-8"))
    row = raw.STAGE.function({"intake": rows}, raw.RawParams())["raw"].row(0, named=True)
    assert (row["raw_text"], row["encoding"]) == ("Köprü kışın kapalı", "cp1254")


def test_a_page_in_bytes_is_no_utf_16_whatever_it_says():
    for text in ("Café", "Café!"):
        page = f"<html><head><meta charset=utf-16></head><body>{text}</body>".encode("cp1252")
        assert read(("html", page))["raw"]["raw_text"].to_list() == [text]


@pytest.mark.parametrize("name", ["publish_date", "Publish Date", "publishDate", "PUBLISH-DATE"])
def test_names_of_fields_are_read_without_capitals_and_marks(name):
    row = read(("jsonl", json.dumps({"Text": "Words.", name: "20200303"}).encode()))["raw"].row(0, named=True)
    assert (row["raw_text"], row["published_on"]) == ("Words.", date(2020, 3, 3))


def test_a_record_that_is_nested_too_deep_is_rejected():
    for depth in (200, 100_000):
        made = read(("jsonl", b'{"text": ' + b"[" * depth + b'"a"' + b"]" * depth + b"}"))
        assert made["rejects"]["reason"].to_list() == ["broken_json"]


def test_a_record_without_text_says_which_fields_it_has():
    made = read(("jsonl", b'{"id": 1, "words": "Some."}'))
    assert "id, words" in made["rejects"]["detail"][0]
    assert read(("jsonl", b'{"id": 1, "words": "Some."}'), text_fields=("words",))["raw"].height == 1


def test_a_page_stored_as_text_is_rendered():
    page = "\n<p class=x>The council voted.</p>\n<p>It was <b>late</b>.</p>"
    for document in (("text", page.encode()), ("jsonl", json.dumps({"content": page}).encode())):
        assert read(document)["raw"]["raw_text"].to_list() == ["The council voted.\n\nIt was late."]
    assert read(("text", b"<3 was the title </b> of it </p>"))["raw"]["raw_text"][0].startswith("<3 was")
