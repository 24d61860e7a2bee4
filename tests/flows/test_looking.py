"""Rows of published tables, picked and printed; a document with its marks."""

import io
import json
from html.parser import HTMLParser

import pytest
from rich.console import Console

from flows import inspection
from flows.looking import as_text, rows
from schemas.errors import UsageError


def test_rows_are_picked_by_condition_and_limit(small_run):
    everything = rows(small_run.dataset, "events")
    assert rows(small_run.dataset, "events", limit=2).equals(everything.head(2))
    (kind, *_) = everything["event_type"]
    picked = rows(small_run.dataset, "events", 1, f"event_type = '{kind}' AND confidence >= 0")
    assert set(picked["event_type"]) == {kind}
    assert rows(small_run.dataset, "documents", condition="published_on > '2023-03-15'").height == 2


@pytest.mark.parametrize(
    ("arguments", "message"),
    [
        (("evnts",), "no table is called 'evnts'.*Did you mean events"),
        (("events", 7), "no version 7.*Versions: 1"),
        (("events", None, "colour = 'red'"), "colour.*Columns: event_id"),
        (("events", None, "AND AND"), "--where AND AND"),
    ],
)
def test_what_does_not_exist_is_answered_with_what_does(small_run, arguments, message):
    with pytest.raises(UsageError, match=f"(?s){message}") as caught:
        rows(small_run.dataset, *arguments)
    assert caught.value.exit_code == 2


def test_rows_are_printed_as_table_csv_or_json(small_run):
    frame = rows(small_run.dataset, "documents")
    header, *lines = as_text(frame.select("document_id", "published_on"), "csv").splitlines()
    assert header == "document_id,published_on" and len(lines) == 4
    records = [json.loads(line) for line in as_text(frame, "json").splitlines()]
    assert [record["text"] for record in records] == frame["text"].to_list()
    assert str(records[0]["published_on"]) == str(frame["published_on"][0])
    assert "document_id" in as_text(frame.select("document_id"), "table")


def test_a_document_is_found_by_id_beginning_or_uri(small_run):
    documents = rows(small_run.dataset, "documents")
    id_, uri = documents.select("document_id", "source_uri").row(0)
    for name in (id_, id_[:8], uri):
        assert inspection.load(small_run.dataset, name, None).document["document_id"] == id_
    for name in ("", "nothing.txt"):
        with pytest.raises(UsageError, match=f"documents match.*{uri}"):
            inspection.load(small_run.dataset, name, None)


def test_the_terminal_shows_every_line_with_its_reason_and_the_events(small_run):
    found = inspection.load(small_run.dataset, "harbour_gazette.txt", None)
    console = Console(width=400, record=True, file=io.StringIO())
    inspection.print_to(console, found)
    text = console.export_text()
    for row in found.lines.filter(found.lines["label"] != "blank").iter_rows(named=True):
        assert row["reason"] in text and row["text"][:60] in text
    assert all(kind in text for kind in found.events["event_type"])


def test_the_page_marks_the_text_and_escapes_what_pages_say(small_run):
    found = inspection.load(small_run.dataset, "northern_courier.txt", None)
    lines = found.lines.with_columns(text=found.lines["text"].str.replace("Advertisement", "<script>alert(1)</script>"))
    page = inspection.page(inspection.Inspection(found.document, lines, found.mentions, found.events))
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert page.count("<mark") > 3

    class Words(HTMLParser):
        said = ""

        def handle_data(self, data):
            self.said += data

    words = Words()
    words.feed(page)
    assert "Iceland" in words.said and all(kind in words.said for kind in found.events["event_type"])
