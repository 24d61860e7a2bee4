"""Standard input: what it holds is guessed, and no later pipe takes its place."""

import gzip
import io
from types import SimpleNamespace

import polars as pl
import pytest
from click.testing import CliRunner

from flows import intake
from flows.cli import annals
from flows.intake import Reading, merge_sources
from flows.reading.inputs import parse_input
from flows.store.archive import Archive
from schemas.errors import UsageError
from schemas.published import Sources

NOTHING = pl.DataFrame(schema=Sources.polars_schema())


@pytest.fixture
def reads(tmp_path, settings_at):
    """Function that reads an input into an archive and returns the reading."""
    archive = Archive(tmp_path / "archive")

    def read(text, **given):
        reading = Reading()
        told = list(intake.read([parse_input(text)], archive, settings_at(tmp_path / "output", **given), reading))
        assert any("stdin_format" in note for note in told) == ("stdin_format" not in given)
        return reading

    return read


def merged(old, reading):
    return merge_sources(old, reading, [parse_input("-")], retract_missing=True)


@pytest.fixture
def pipe(monkeypatch):
    """Function that puts bytes on standard input."""

    def put(payload):
        monkeypatch.setattr("sys.stdin", SimpleNamespace(buffer=io.BytesIO(payload)))

    return put


def test_standard_input_is_read_by_its_content(reads, pipe):
    pipe(gzip.compress(b'{"text": "one"}\n{"text": "two"}\n'))
    reading = reads("-")
    assert [source.format for source in reading.sources.values()] == ["jsonl", "jsonl"]
    assert all(uri == f"stdin#{source.document_id}" for (_, uri), source in reading.sources.items())


def test_what_a_pipe_brings_later_takes_nothing_away(reads, pipe):
    pipe(b"Words of Monday.")
    monday = merged(NOTHING, reads("-"))
    pipe(b"Words of Tuesday.")
    both = merged(monday, reads("-"))
    assert both["is_current"].to_list() == [True, True]
    pipe(b"")
    assert [(row["source_uri"], row["reason"]) for row in reads("-").rejects] == [("stdin", "empty")]


def test_a_schedule_has_no_standard_input():
    done = CliRunner().invoke(annals, ["serve", "-", "--cron", "0 6 * * *"])
    assert isinstance(done.exception, UsageError)


def test_a_setting_says_what_standard_input_holds(reads, pipe):
    pipe(b"text,url\nwords,x\n")
    assert [source.format for source in reads("-", stdin_format="csv").sources.values()] == ["jsonl"]
