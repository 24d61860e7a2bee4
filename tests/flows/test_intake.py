"""From files to the archive: each document once, each source known, each failure with its reason."""

import gzip
import json

import polars as pl
import pytest
from web_archives import answer, record

from flows import intake
from flows.intake import Reading, merge_rejects, merge_sources
from flows.reading.inputs import Input, parse_input
from flows.store.archive import Archive
from flows.store.dataset import Dataset
from schemas.errors import UsageError
from schemas.published import Sources
from schemas.work import Rejects

NOTHING = pl.DataFrame(schema=Sources.polars_schema())
NO_REJECTS = pl.DataFrame(schema=Rejects.polars_schema())


def uris(reading):
    return [uri for _, uri in reading.sources]


def reasons(reading):
    return {row["source_uri"]: row["reason"] for row in reading.rejects}


def packed(path, payload):
    path.write_bytes(gzip.compress(payload))


def test_a_folder_gives_all_files_below_it_in_order(news, reads):
    for name in ("b.txt", "a.html", "deep/er/c.TXT"):
        (news / name).parent.mkdir(parents=True, exist_ok=True)
        (news / name).write_text(name)
    (news / ".hidden.txt").write_text("x")
    reading = reads(news)
    assert uris(reading) == ["a.html", "b.txt", "deep/er/c.TXT"]
    assert [source.format for source in reading.sources.values()] == ["html", "text", "text"]
    assert {collection for collection, _ in reading.sources} == {"news"}
    assert reading.rejects == []


def test_a_file_and_a_glob_are_relative_to_their_folder(news, reads):
    for name in ("a[1].txt", "a1.txt", "b.txt", "sub/c.txt"):
        (news / name).parent.mkdir(exist_ok=True)
        (news / name).write_text(name)
    assert uris(reads(news / "a[1].txt")) == ["a[1].txt"]
    assert uris(reads(f"{news}/*.txt")) == ["a1.txt", "a[1].txt", "b.txt"]
    assert uris(reads(f"{news}/**/*.txt")) == ["a1.txt", "a[1].txt", "b.txt", "sub/c.txt"]
    assert uris(reads(news / "b.txt", news / "a1.txt")) == ["b.txt", "a1.txt"]


@pytest.mark.parametrize("name", ["none.txt", "none", "*.nothing"])
def test_an_input_that_names_nothing_is_wrong_use(news, name):
    with pytest.raises(UsageError, match="no such file or folder") as caught:
        parse_input(str(news / name))
    assert caught.value.exit_code == 2


def test_records_of_a_container_are_documents(news, reads):
    lines = [json.dumps({"text": text}) for text in ("one", "two")]
    (news / "plain.jsonl").write_text(f"{lines[0]}\r\n\n{lines[1]}")
    packed(news / "packed.ndjson.gz", f"{lines[0]}\n".encode())
    reading = reads(news)
    assert uris(reading) == ["packed.ndjson.gz#1", "plain.jsonl#1", "plain.jsonl#3"]
    assert len({source.document_id for source in reading.sources.values()}) == 2
    assert reading.rejects == []


def test_a_packed_text_is_the_text(news, reads):
    (news / "a.txt").write_bytes(b"the same words")
    packed(news / "b.txt.gz", b"the same words")
    reading = reads(news)
    assert len(reading.sources) == 2
    assert len({source.document_id for source in reading.sources.values()}) == 1


def test_what_cannot_be_read_is_rejected_and_the_others_go_on(news, reads):
    (news / "good.txt").write_text("words")
    (news / "empty.txt").write_bytes(b"")
    (news / "blank.html").write_bytes(b" \n\t\r\n")
    (news / "image.png").write_bytes(b"\x89PNG")
    (news / "noname").write_text("words")
    (news / "large.txt").write_bytes(b"x" * 1_000_001)
    whole = gzip.compress(b"words " * 1000)
    (news / "torn.txt.gz").write_bytes(whole[: len(whole) // 2])
    (news / "bad.txt.gz").write_bytes(whole[:20] + bytes(20) + whole[40:])
    reading = reads(news)
    assert uris(reading) == ["good.txt"]
    assert reasons(reading) == {
        "empty.txt": "empty", "blank.html": "empty", "image.png": "unsupported_format", "noname": "unsupported_format",
        "large.txt": "too_large", "torn.txt.gz": "unreadable", "bad.txt.gz": "unreadable",
    }  # fmt: skip
    assert all(row["detail"] and row["stage"] == "intake" for row in reading.rejects)


def test_a_file_that_may_not_be_read_is_rejected(news, reads, monkeypatch):
    (news / "a.txt").write_text("words")
    (news / "b.txt").write_text("words")
    real = type(news).open

    def guarded(path, *arguments, **options):
        if path.name == "a.txt":
            raise PermissionError(13, "Permission denied")
        return real(path, *arguments, **options)

    monkeypatch.setattr(type(news), "open", guarded)
    reading = reads(news)
    assert uris(reading) == ["b.txt"]
    assert reasons(reading) == {"a.txt": "unreadable"}
    assert "Permission denied" in reading.rejects[0]["detail"]


def test_an_archive_states_the_address_of_a_document(news, reads):
    (news / "a.warc").write_bytes(record("https://a.example/x", answer(b"<p>Words.")))
    row = intake.intake(reads(news).rows()).row(0, named=True)
    assert (row["source_uri"], row["stated_url"], row["format"]) == ("a.warc#1", "https://a.example/x", "html")


def test_columns_that_were_guessed_are_told_once(news, tmp_path, settings_at):
    for name in ("a.csv", "b.csv"):
        (news / name).write_text("body,link\nwords,x\n")
    archive, settings = Archive(tmp_path / "archive"), settings_at(tmp_path / "output")
    told = list(intake.read([parse_input(str(news))], archive, settings, Reading()))
    assert told == ["a.csv: text = body, url = link; not used: none"]


def test_a_huge_record_is_rejected_and_the_next_ones_are_read(news, reads):
    (news / "a.jsonl").write_bytes(b'{"text": "' + b"x" * 2_500_000 + b'"}\n{"text": "small"}\n')
    reading = reads(news)
    assert uris(reading) == ["a.jsonl#2"]
    assert reasons(reading) == {"a.jsonl#1": "too_large"}


def test_records_before_a_break_are_kept(news, reads):
    lines = b"".join(b'{"text": "%064x"}\n' % (number * 7**70) for number in range(2_000))
    whole = gzip.compress(lines)
    (news / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    reading = reads(news)
    assert 0 < len(reading.sources) < 2_000
    assert reasons(reading) == {"a.jsonl.gz": "unreadable"}


def merged(old, reads, *texts, retract_missing=False):
    reading = reads(*texts)
    return merge_sources(old, reading, [parse_input(str(t)) for t in texts], retract_missing=retract_missing)


def current(sources):
    return sources.filter("is_current")["source_uri"].to_list()


def test_the_same_bytes_at_two_places_are_one_document_with_two_sources(news, reads):
    (news / "a.txt").write_text("words")
    (news / "b.txt").write_text("words")
    sources = merged(NOTHING, reads, news)
    assert current(sources) == ["a.txt", "b.txt"]
    rows = intake.intake(sources)
    assert rows["source_uri"].to_list() == ["a.txt"]
    (news / "a.txt").unlink()
    left = merged(sources, reads, news, retract_missing=True)
    assert intake.intake(left)["source_uri"].to_list() == ["b.txt"]
    assert intake.intake(left)["document_id"].equals(rows["document_id"])


def test_an_edited_file_is_a_new_document_in_the_place_of_the_old_one(news, reads):
    (news / "a.txt").write_text("old words")
    first = merged(NOTHING, reads, news)
    (news / "a.txt").write_text("new words")
    second = merged(first, reads, news)
    assert second.height == 2 and second.filter("is_current").height == 1
    assert second.filter("is_current")["document_id"].to_list() != first["document_id"].to_list()
    (news / "a.txt").write_text("old words")
    third = merged(second, reads, news)
    assert third.filter("is_current").equals(first) and third.height == 2


def test_what_was_read_stays_unless_it_is_to_be_retracted(news, reads):
    for name in ("a.txt", "b.txt"):
        (news / name).write_text(name)
    both = merged(NOTHING, reads, news)
    (news / "a.txt").unlink()
    assert current(merged(both, reads, news)) == ["a.txt", "b.txt"]
    assert current(merged(both, reads, news, retract_missing=True)) == ["b.txt"]


@pytest.mark.parametrize(
    ("pattern", "left"),
    [
        ("*.txt", ["c.html", "sub/d.txt"]),
        ("**/*.txt", ["c.html"]),
        ("sub/*", ["a.txt", "b.txt", "c.html"]),
        ("**", []),
        ("[ab].txt", ["c.html", "sub/d.txt"]),
    ],
)
def test_only_what_the_input_would_have_found_is_retracted(news, tmp_path, reads, pattern, left):
    for name in ("a.txt", "b.txt", "c.html", "sub/d.txt"):
        (news / name).parent.mkdir(exist_ok=True)
        (news / name).write_text(name)
    before = merged(NOTHING, reads, news)
    gone = Input(news, pattern)
    assert sorted({*current(before)} - {uri for uri in current(before) if gone.covers(uri)}) == left


def test_a_name_with_a_hash_is_no_record(news, reads):
    for name in ("C#1.txt", "C.txt"):
        (news / name).write_text(name)
    both = merged(NOTHING, reads, news)
    (news / "C#1.txt").unlink()
    assert current(merged(both, reads, f"{news}/*.txt", retract_missing=True)) == ["C.txt"]
    (news / "C#2.txt").write_text("")
    (news / "C#3.txt").write_text("")
    rejects = merge_rejects(NO_REJECTS, reads(news))
    assert merge_rejects(rejects, reads(news / "C#2.txt")).equals(rejects)


def test_another_folder_is_not_touched_by_retracting(news, tmp_path, reads):
    other = tmp_path / "other"
    other.mkdir()
    (news / "a.txt").write_text("a")
    (other / "b.txt").write_text("b")
    both = merged(NOTHING, reads, news, other)
    (news / "c.txt").write_text("c")
    (news / "a.txt").unlink()
    assert current(merged(both, reads, news, retract_missing=True)) == ["c.txt", "b.txt"]


def test_a_record_that_left_its_container_is_retracted(news, reads):
    (news / "a.jsonl").write_text('{"text": "one"}\n{"text": "two"}\n')
    both = merged(NOTHING, reads, news)
    (news / "a.jsonl").write_text('{"text": "one"}\n')
    assert current(merged(both, reads, news)) == ["a.jsonl#1", "a.jsonl#2"]
    assert current(merged(both, reads, news, retract_missing=True)) == ["a.jsonl#1"]


def test_records_of_a_container_that_breaks_off_are_not_taken_for_gone(news, reads):
    lines = b"".join(b'{"text": "%064x"}\n' % (number * 7**70) for number in range(2_000))
    packed(news / "a.jsonl.gz", lines)
    all_ = merged(NOTHING, reads, news)
    whole = (news / "a.jsonl.gz").read_bytes()
    (news / "a.jsonl.gz").write_bytes(whole[: len(whole) // 2])
    assert len(current(merged(all_, reads, news, retract_missing=True))) == 2_000
    packed(news / "a.jsonl.gz", lines[: len(lines) // 2] + b"no object\n")
    assert len(current(merged(all_, reads, news, retract_missing=True))) == 1_000


def test_a_reject_goes_when_its_file_can_be_read_and_stays_while_it_is_not_tried(news, reads):
    (news / "a.txt").write_text("")
    (news / "b.txt").write_text("")
    first = merge_rejects(NO_REJECTS, reads(news))
    (news / "a.txt").write_text("words")
    second = merge_rejects(first, reads(news / "a.txt"))
    assert first["source_uri"].to_list() == ["a.txt", "b.txt"]
    assert second["source_uri"].to_list() == ["b.txt"]
    assert merge_rejects(second, reads(news / "b.txt")).equals(second)


def test_the_same_name_in_two_folders_is_two_sources(tmp_path, reads):
    for folder, text in (("monday", "one"), ("tuesday", "two")):
        (tmp_path / folder).mkdir()
        (tmp_path / folder / "a.txt").write_text(text)
    inputs = [parse_input(str(tmp_path / folder)) for folder in ("monday", "tuesday")]
    sources = merge_sources(NOTHING, reads(tmp_path / "monday"), inputs[:1], retract_missing=True)
    sources = merge_sources(sources, reads(tmp_path / "tuesday"), inputs[1:], retract_missing=True)
    assert sources.filter("is_current")["collection"].to_list() == ["monday", "tuesday"]


def test_two_files_that_would_share_a_uri_are_told_apart_by_a_reject(tmp_path, reads):
    for folder, text in (("x/news", "one"), ("y/news", "two")):
        (tmp_path / folder).mkdir(parents=True)
        (tmp_path / folder / "a.txt").write_text(text)
    reading = reads(tmp_path / "x/news", tmp_path / "y/news")
    assert uris(reading) == ["a.txt"]
    assert reasons(reading) == {"a.txt": "same_uri"}


def test_rejects_of_records_that_are_gone_go_too(news, reads):
    (news / "a.jsonl").write_text('{"text": "one"}\n' + "x" * 1_100_000 + "\n")
    rejects = merge_rejects(NO_REJECTS, reads(news))
    assert rejects["source_uri"].to_list() == ["a.jsonl#2"]
    (news / "a.jsonl").write_text('{"text": "one"}\n')
    assert merge_rejects(rejects, reads(news)).is_empty()


def test_a_dataset_older_than_a_column_is_read(tmp_path, news, reads):
    (news / "a.txt").write_text("words")
    dataset = Dataset(tmp_path / "old")
    rows = merged(NOTHING, reads, news)
    dataset.keep_pending(rows.drop("stated_url", "stated_encoding"), NO_REJECTS)
    assert dataset.sources()[0].equals(rows)
