"""Whole files and folders or none."""

import os

import pytest

from flows.store.files import ASIDE, new_file, new_folder, remove_leftovers


class BrokenError(Exception):
    pass


def test_a_file_appears_when_it_is_whole(tmp_path):
    target = tmp_path / "deep" / "file.txt"
    with new_file(target) as aside:
        aside.write_text("new")
        assert not target.exists()
    assert target.read_text() == "new"
    assert list(target.parent.iterdir()) == [target]


def test_a_file_that_fails_leaves_the_old_one(tmp_path):
    target = tmp_path / "file.txt"
    target.write_text("old")
    with pytest.raises(BrokenError), new_file(target) as aside:
        aside.write_text("half")
        raise BrokenError
    assert target.read_text() == "old"
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_replaces_the_old_one_as_a_whole(tmp_path):
    target = tmp_path / "folder"
    for name in ("old", "new"):
        with new_folder(target) as aside:
            (aside / name).write_text(name)
            assert not (target / name).exists()
    assert [path.name for path in target.iterdir()] == ["new"]
    assert list(tmp_path.iterdir()) == [target]


def test_a_folder_that_fails_leaves_the_old_one(tmp_path):
    target = tmp_path / "folder"
    target.mkdir()
    (target / "old").touch()
    with pytest.raises(BrokenError), new_folder(target) as aside:
        (aside / "half").touch()
        raise BrokenError
    assert [path.name for path in target.iterdir()] == ["old"]
    assert list(tmp_path.iterdir()) == [target]


def test_leftovers_of_killed_runs_are_removed_and_nothing_else(tmp_path):
    kept = tmp_path / "work" / "raw"
    folder, file = kept / f"{ASIDE}77-batch", tmp_path / f"{ASIDE}77-latest"
    folder.mkdir(parents=True)
    (folder / "raw.parquet").touch()
    file.symlink_to("nowhere")
    (kept / "index.parquet").touch()
    assert remove_leftovers(tmp_path) == 2
    assert not folder.exists() and not os.path.lexists(file)
    assert [path.name for path in kept.iterdir()] == ["index.parquet"]
