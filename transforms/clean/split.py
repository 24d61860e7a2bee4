"""Raw text to numbered lines with offsets, and what a line looks like."""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cached_property

_BREAK = re.compile(r"\r\n|\n|\r")
_BULLET = re.compile(r"\s*[•·‣▪●◦■►▸*+-](?:\s+|$)")
_NUMBERED = re.compile(r"\s*\d{1,2}[.)](?:\s+|$)")
_MARKUP = re.compile(r"^#{1,6}\s+")
_TERMINAL = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_WORD = re.compile(r"\w+(?:[’'‘-]\w+)*")


@dataclass(frozen=True)
class RawLine:
    """A line of the raw text: its number from 1, its offsets (code points, end exclusive, without line break)."""

    number: int
    start: int
    end: int
    text: str

    @cached_property
    def bare(self) -> str:
        """The text without bullet, markdown heading mark and outer blanks."""
        bullet = _BULLET.match(self.text)
        rest = self.text[bullet.end() :] if bullet else self.text
        return _MARKUP.sub("", rest.strip()).strip().strip(_INVISIBLE).strip()

    @cached_property
    def is_bullet(self) -> bool:
        """Whether the line starts as an item of a list."""
        return (_BULLET.match(self.text) or _NUMBERED.match(self.text)) is not None

    @cached_property
    def is_heading(self) -> bool:
        """Whether the line is marked as a heading in markdown."""
        return _MARKUP.match(self.text.strip()) is not None

    @cached_property
    def indent(self) -> int:
        """Blanks before the first character."""
        return len(self.text) - len(self.text.lstrip())

    @cached_property
    def words(self) -> int:
        """Number of words."""
        return len(_WORD.findall(self.text))

    @cached_property
    def ends_sentence(self) -> bool:
        """Whether the line ends as a sentence does."""
        return _TERMINAL.search(self.text.strip()) is not None


def split_lines(text: str) -> list[RawLine]:
    """Return the lines of the text in order; a final line break starts no further line."""
    return list(each_line(text))


def each_line(text: str) -> Iterator[RawLine]:
    """Yield the lines of the text, for those who need but the first."""
    start = number = 0
    for number, found in enumerate(_BREAK.finditer(text), 1):
        yield RawLine(number, start, found.start(), text[start : found.start()])
        start = found.end()
    if start < len(text):
        yield RawLine(number + 1, start, len(text), text[start:])
