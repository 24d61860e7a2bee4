"""Rows of published tables, picked and printed; a document with its marks."""

import dataclasses
import io
import json
import re
from html.parser import HTMLParser

import polars as pl
import pytest
from rich.console import Console

from flows import inspection, inspection_page
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


@pytest.mark.parametrize("width", [80, 120])
def test_each_kept_line_stands_beside_its_text_and_each_removed_one_beside_the_reason(small_run, width):
    found = inspection.load(small_run.dataset, "harbour_gazette.txt", None)
    console = Console(width=width, record=True, file=io.StringIO(), force_terminal=True)
    inspection.print_to(console, found)
    plain, styled = console.export_text(clear=False).splitlines(), console.export_text(styles=True)
    assert max(map(len, plain)) <= width
    (share,) = (line for line in plain if "Share on Facebook" in line)
    assert re.search(r"Share on Facebook +share, phrase:share, 0\.90", share)
    (bergen,) = (line for line in plain if line.count("BERGEN, Norway") == 2)
    assert re.match(r" ?\d+ ", bergen)
    assert "\x1b[2;9mShare on Facebook" in styled
    assert "share 1" in " ".join(plain).partition("lines removed: ")[2]


def test_brackets_of_a_sentence_are_no_markup(small_run):
    found = inspection.load(small_run.dataset, "harbour_gazette.txt", None)
    events = found.events.with_columns(sentence=pl.lit("We [the council] said so. [/b]"))
    console = Console(width=400, record=True, file=io.StringIO())
    inspection.print_to(console, dataclasses.replace(found, events=events))
    assert "We [the council] said so. [/b]" in console.export_text()


def test_what_was_rejected_is_said_to_be_so(small_copy):
    (small_copy.inputs / "menu.txt").write_text("Home\nNews\n")
    small_copy.again(small_copy.inputs)
    with pytest.raises(UsageError, match=r"menu\.txt: was rejected by bodies: no_body.*annals explain-cleaning"):
        inspection.load(small_copy.dataset, "menu.txt", None)


def test_the_page_strikes_what_is_removed_and_says_why(small_run):
    page = inspection_page.page(inspection.load(small_run.dataset, "harbour_gazette.txt", None))
    assert '<del>Share on Facebook</del><div class="why">share, phrase:share, 0.90</div>' in page
    rows = re.findall(r'<tr class="(kept|gone)">(.*?)</tr>', page, re.DOTALL)
    assert all(("<del>" in row, "entities" in row) == (kind == "gone", kind == "kept") for kind, row in rows)


def test_the_page_marks_the_text_and_escapes_what_pages_say(small_run):
    found = inspection.load(small_run.dataset, "northern_courier.txt", None)
    lines = found.lines.with_columns(text=found.lines["text"].str.replace("Advertisement", "<script>alert(1)</script>"))
    page = inspection_page.page(inspection.Inspection(found.document, lines, found.mentions, found.events))
    assert "<script>" not in page and "&lt;script&gt;" in page
    assert page.count("<mark") > 3

    class Words(HTMLParser):
        said = ""

        def handle_data(self, data):
            self.said += data

    words = Words()
    words.feed(page)
    assert "Iceland" in words.said and all(kind in words.said for kind in found.events["event_type"])
