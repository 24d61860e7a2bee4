"""Raw bytes go in once and come out as they were, or not at all."""

import hashlib

import pytest

from flows.store.archive import Archive
from schemas.errors import DatasetError


@pytest.mark.parametrize("payload", [b"", b"one page", bytes(range(256)) * 500], ids=["none", "text", "binary"])
def test_bytes_come_back_under_their_sha256(tmp_path, payload):
    archive = Archive(tmp_path)
    digest = archive.put(payload)
    assert digest == hashlib.sha256(payload).hexdigest()
    assert archive.get(digest) == payload


def test_the_same_bytes_are_stored_once_and_compressed(tmp_path):
    archive = Archive(tmp_path)
    digest = archive.put(b"the same line again\n" * 1000)
    (file,) = [path for path in tmp_path.rglob("*") if path.is_file()]
    before = file.stat()
    assert archive.put(b"the same line again\n" * 1000) == digest
    assert [path for path in tmp_path.rglob("*") if path.is_file()] == [file]
    assert file.stat().st_mtime_ns == before.st_mtime_ns
    assert before.st_size < 2000


def test_bytes_that_are_gone_damaged_or_others_are_named(tmp_path):
    archive = Archive(tmp_path)
    first, second = archive.put(b"first"), archive.put(b"second")
    files = {path.name: path for path in tmp_path.rglob("*") if path.is_file()}
    files[first].write_bytes(files[second].read_bytes())
    with pytest.raises(DatasetError, match="do not match their name"):
        archive.get(first)
    files[first].write_bytes(b"no zstd frame")
    with pytest.raises(DatasetError, match=first):
        archive.get(first)
    files[first].unlink()
    with pytest.raises(DatasetError, match="Restore the file"):
        archive.get(first)
