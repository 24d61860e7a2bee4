"""The archive: raw bytes of every document ever read, named by their SHA-256, so that reruns never need the source."""

import hashlib
from pathlib import Path

import pyarrow as pa

from flows.store.files import new_file
from schemas.errors import DatasetError


class Archive:
    """A folder of zstd-compressed files, one a document."""

    def __init__(self, root: Path) -> None:
        self.root = root

    def put(self, payload: bytes) -> str:
        """Store the bytes unless they are there; return their SHA-256 in hex."""
        digest = hashlib.sha256(payload).hexdigest()
        target = self._path(digest)
        if not target.exists():
            with new_file(target) as aside, pa.output_stream(aside, compression="zstd") as stream:
                stream.write(payload)
        return digest

    def get(self, digest: str) -> bytes:
        """Return the bytes.

        Raises:
            DatasetError: they are not there, or are no longer the bytes that were stored.
        """
        path = self._path(digest)
        try:
            with pa.input_stream(path, compression="zstd") as stream:
                payload: bytes = stream.read()
        except (OSError, pa.ArrowException) as error:
            raise DatasetError(
                str(error), where=str(path), remedy="Restore the file, or read the source again"
            ) from error
        if hashlib.sha256(payload).hexdigest() != digest:
            raise DatasetError(
                "the bytes do not match their name",
                where=str(path),
                remedy="Restore the file, or read the source again",
            )
        return payload

    def _path(self, digest: str) -> Path:
        return self.root / digest[:2] / digest
