"""What INPUT on the command line names: a file, a folder, a glob, or standard input."""

import glob
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cached_property
from pathlib import Path
from typing import BinaryIO

from schemas.errors import UsageError

MAGIC = frozenset("*?[")
STANDARD_INPUT = "-"
_RECORD = re.compile(r"#[0-9a-f]+$")


@dataclass(frozen=True)
class Input:
    """One INPUT of the command line: the folder that uris are relative to, and a pattern of the files in it."""

    root: Path
    pattern: str

    def files(self) -> Iterator[Path]:
        """Yield the files in the order of their names; hidden ones are passed over."""
        names = glob.glob(self.pattern, root_dir=self.root, recursive=True)  # noqa: PTH207  it passes hidden files over
        yield from (self.root / name for name in sorted(names) if (self.root / name).is_file())

    def open(self, path: Path) -> BinaryIO:
        """Return the bytes of one of the files."""
        return path.open("rb")

    def uri_of(self, path: Path) -> str:
        """Return the uri of one of the files."""
        return path.relative_to(self.root).as_posix()

    def record_uri(self, uri: str, number: int, document_id: str) -> str:
        """Return the uri of record `number` of a container; number 0 is a file that is one document."""
        return f"{uri}#{number}" if number else uri

    def covers(self, uri: str) -> bool:
        """Tell whether a file at this uri would be among `files`."""
        return _matches(file_of(uri).split("/"), self.pattern.split("/"))

    @cached_property
    def collection(self) -> str:
        """Name of the root folder."""
        return self.root.resolve().name


class StandardInput(Input):
    """What a pipe brings. It has no place that later bytes could take over, so uris name the documents."""

    def files(self) -> Iterator[Path]:
        """Yield the one stream that there is."""
        yield self.root

    def open(self, path: Path) -> BinaryIO:
        """Return the bytes that come in."""
        return sys.stdin.buffer

    def uri_of(self, path: Path) -> str:
        """Return what a pipe is called in `rejects`."""
        return path.name

    def record_uri(self, uri: str, number: int, document_id: str) -> str:
        """Return a uri that no other document has."""
        return f"{uri}#{document_id}"

    def covers(self, uri: str) -> bool:
        """Say that nothing is missing because a pipe did not bring it again."""
        return False

    @cached_property
    def collection(self) -> str:
        """Name of the stream."""
        return self.root.name


def file_of(uri: str) -> str:
    """Return the uri of the file that a document's uri stands in; names of files may hold a # of their own."""
    return _RECORD.sub("", uri)


def parse_input(text: str) -> Input:
    """Return what a file, folder or glob names; `-` is standard input.

    Raises:
        UsageError: nothing is there.
    """
    if text == STANDARD_INPUT:
        return StandardInput(Path("stdin"), STANDARD_INPUT)
    path = Path(text)
    if path.is_dir():
        return Input(path, "**")
    if path.is_file():
        return Input(path.parent, glob.escape(path.name))
    parts = path.parts
    plain = next((i for i, part in enumerate(parts) if MAGIC & set(part)), len(parts))
    found = Input(Path(*parts[:plain]) if plain else Path(), "/".join(parts[plain:]) or "**")
    if plain == len(parts) or next(found.files(), None) is None:
        raise UsageError("no such file or folder", where=text, remedy="Name a file, a folder, or a glob in quotes")
    return found


def _matches(parts: list[str], pattern: list[str]) -> bool:
    """Tell whether a glob would find the path: `*` stays in its folder, `**` stands for any number of folders."""
    if not pattern:
        return not parts
    if pattern == ["**"]:
        return True
    if pattern[0] == "**":
        return any(_matches(parts[i:], pattern[1:]) for i in range(len(parts)))
    return bool(parts) and fnmatchcase(parts[0], pattern[0]) and _matches(parts[1:], pattern[1:])
