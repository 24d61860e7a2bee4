"""Which version people read, and which numbers are given out."""

import pytest

from flows.store.versions import MANIFEST, Versions, same_rows
from schemas.errors import UsageError
from schemas.manifest import Manifest, TableRecord
from schemas.published import Events


def version(root, number):
    folder = Versions(root).folder(number)
    folder.mkdir(parents=True)
    (folder / MANIFEST).write_text("{}")


def manifest(**hashes):
    tables = {name: TableRecord(rows=1, data_version=hash_, unchanged=False) for name, hash_ in hashes.items()}
    facts = dict.fromkeys(("published_at", "annals", "schema_version", "publish_key"), "")
    return Manifest(version=1, parent=None, inputs=[], model={}, stages={}, tables=tables, findings=[], **facts)


def test_nothing_is_published_at_first(tmp_path):
    versions = Versions(tmp_path)
    assert versions.latest() is None and versions.numbers() == [] and versions.next_number() == 1
    assert versions.read(Events, None).schema == Events.polars_schema()
    with pytest.raises(UsageError, match="annals run INPUT"):
        versions.require(None)


def test_latest_moves_and_a_number_is_given_out_once(tmp_path):
    versions = Versions(tmp_path)
    for number in (1, 2, 10):
        version(tmp_path, number)
        versions.switch(number)
    versions.switch(2)
    assert versions.latest() == 2
    assert versions.link.is_symlink() and (versions.link / MANIFEST).exists()
    assert versions.numbers() == [1, 2, 10]
    assert versions.next_number() == 11


def test_a_folder_without_a_manifest_is_no_version_but_keeps_its_number(tmp_path):
    version(tmp_path, 1)
    Versions(tmp_path).folder(2).mkdir()
    assert Versions(tmp_path).numbers() == [1]
    assert Versions(tmp_path).next_number() == 3


def test_a_pointer_file_stands_in_where_links_do_not_work(tmp_path, monkeypatch):
    def refuse(*_, **__):
        raise OSError("no links here")

    versions = Versions(tmp_path)
    version(tmp_path, 3)
    monkeypatch.setattr("pathlib.Path.symlink_to", refuse)
    versions.switch(3)
    assert versions.link.read_text() == "versions/000003\n"
    assert versions.latest() == 3


def test_a_version_that_is_not_there_is_named_with_those_that_are(tmp_path):
    version(tmp_path, 4)
    with pytest.raises(UsageError, match=r"no version 5.*Versions: 4"):
        Versions(tmp_path).require(5)


@pytest.mark.parametrize(("keep", "latest", "gone"), [(1, 3, [1, 2]), (2, 3, [1]), (1, 1, [2]), (9, 2, [])])
def test_pruning_keeps_the_newest_and_the_latest(tmp_path, keep, latest, gone):
    versions = Versions(tmp_path)
    for number in (1, 2, 3):
        version(tmp_path, number)
    versions.switch(latest)
    assert versions.prune(keep) == gone
    assert versions.numbers() == sorted({1, 2, 3} - set(gone))
    assert versions.latest() == latest
    assert versions.next_number() == 4


def test_same_rows_look_at_all_tables_but_those_apart():
    before = manifest(events="1", versions="2")
    apart = frozenset({"versions"})
    assert same_rows({"events": "1", "versions": "other"}, before, apart)
    assert same_rows({"events": "1"}, before, apart)
    assert not same_rows({"events": "2"}, before, apart)
    assert not same_rows({"events": "1", "entities": "3"}, before, apart)
    assert not same_rows({"events": "1"}, None, apart)
