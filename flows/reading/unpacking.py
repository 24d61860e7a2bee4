"""Taking gzip and zstd off a stream, layer by layer, within limits: a few bytes can unpack to terabytes."""

import io
from collections.abc import Iterator
from contextlib import contextmanager
from tempfile import TemporaryFile
from typing import IO, Any

import pyarrow as pa

from flows.reading.protocol import MEGABYTE, Limits
from transforms.read.raw import UnreadableError

CODECS = ((b"\x1f\x8b", "gzip"), (b"\x28\xb5\x2f\xfd", "zstd"))
BUFFER = 1 << 16


class Counted(io.RawIOBase):
    """A stream that knows how many bytes have gone through it, and fills what it is asked for."""

    def __init__(self, inner: Any) -> None:
        self.inner, self.passed = inner, 0

    def readable(self) -> bool:
        """Say that it is for reading."""
        return True

    def readinto(self, target: Any) -> int:
        """Fill the target from the inner stream; return how many bytes there were."""
        view, filled = memoryview(target), 0
        while filled < len(view) and (piece := self.inner.read(len(view) - filled)):
            view[filled : filled + len(piece)] = piece
            filled += len(piece)
        self.passed += filled
        return filled

    def tell(self) -> int:
        """Return how many bytes have gone through."""
        return self.passed


class Unpacked(Counted):
    """What a packed stream unpacks to, until it is too much."""

    def __init__(self, packed: io.BufferedReader, codec: str, file: Counted, limits: Limits) -> None:
        super().__init__(pa.CompressedInputStream(pa.PythonFile(packed, mode="r"), codec))
        self.file, self.limits = file, limits

    def readinto(self, target: Any) -> int:
        """Fill the target; raise UnreadableError where a limit is passed."""
        filled = super().readinto(target)
        require_within(self.limits, self.passed, self.file.passed)
        return filled


def require_within(limits: Limits, unpacked: int, packed: int) -> None:
    """Raise UnreadableError where so many packed bytes may not unpack to so many."""
    if unpacked > limits.unpacked:
        most = limits.unpacked // MEGABYTE
        raise UnreadableError("unpacks_too_large", f"over max_unpacked_mb = {most}: raise it or split the file")
    if unpacked > max(MEGABYTE, packed * limits.ratio):
        most = limits.ratio
        raise UnreadableError(
            "unpacks_too_large", f"over {most} bytes for one: a bomb, or raise max_unpack_ratio = {most}"
        )


def unpacked(stream: IO[bytes], limits: Limits) -> io.BufferedReader:
    """Return the stream without what it is packed in: the bytes say so, not the name.

    Raises:
        UnreadableError: it is packed more often than the limit allows.
    """
    file = Counted(stream)
    layer: io.BufferedReader = io.BufferedReader(file, BUFFER)
    for _ in range(limits.layers + 1):
        head = layer.peek(BUFFER)
        codec = next((name for magic, name in CODECS if head.startswith(magic)), None)
        if codec is None:
            return layer
        layer = io.BufferedReader(Unpacked(layer, codec, file, limits), BUFFER)
    often = f"packed more than {limits.layers} times: unpack it first or raise max_pack_layers"
    raise UnreadableError("packed_too_often", often)


@contextmanager
def seekable(stream: io.BufferedReader) -> Iterator[IO[bytes]]:
    """Give the rest of a stream as a temporary file, for formats that are read from their end."""
    with TemporaryFile() as file:
        while piece := stream.read(MEGABYTE):
            file.write(piece)
        file.seek(0)
        yield file
