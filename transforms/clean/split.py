"""Raw text to numbered lines with offsets, and what a line looks like."""

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any, Generic, TypeVar

_BREAK = re.compile(r"\r\n|\n|\r")
_BULLET = re.compile(r"\s*[•·‣▪●◦■►▸*+-](?:\s+|$)")
_NUMBERED = re.compile(r"\s*\d{1,2}[.)](?:\s+|$)")
_MARKUP = re.compile(r"^#{1,6}\s+")
_TERMINAL = re.compile(r"[.!?…][\"'”’»)\]*_]*$")
_MAY_OPEN = frozenset("•·‣▪●◦■►▸*+-#")
_INVISIBLE = "\u00ad\u200b\u200c\u200d\u200e\u200f\u2060\ufeff"
_WORD = re.compile(r"\w+(?:[’'‘-]\w+)*")


Value = TypeVar("Value")


class _Lazy(Generic[Value]):
    """An attribute found when it is asked for first: `functools.cached_property` without its lock, which costs more."""

    def __init__(self, find: Callable[[Any], Value]) -> None:
        self._find, self._name, self.__doc__ = find, find.__name__, find.__doc__

    def __get__(self, line: Any, owner: type | None = None) -> Value:
        found = line.__dict__[self._name] = self._find(line)
        return found


@dataclass(unsafe_hash=True)
class RawLine:
    """A line of the raw text: its number from 1, its offsets (code points, end exclusive, without line break).

    Nobody changes one; it is not frozen because a frozen one takes three times as long to make.
    """

    number: int
    start: int
    end: int
    text: str

    @_Lazy
    def bare(self) -> str:
        """The text without bullet, markdown heading mark and outer blanks."""
        text = self.text.strip()
        if text[:1] in _MAY_OPEN:
            bullet = _BULLET.match(text)
            text = _MARKUP.sub("", text[bullet.end() :].strip() if bullet else text).strip()
        return text if text.isascii() else text.strip(_INVISIBLE).strip()

    @_Lazy
    def is_bullet(self) -> bool:
        """Whether the line starts as an item of a list."""
        text = self.text.lstrip()
        if text[:1] in _MAY_OPEN:
            return _BULLET.match(text) is not None
        return text[:1].isdecimal() and _NUMBERED.match(text) is not None

    @_Lazy
    def is_heading(self) -> bool:
        """Whether the line is marked as a heading in markdown."""
        text = self.text.strip()
        return text[:1] == "#" and _MARKUP.match(text) is not None

    @_Lazy
    def indent(self) -> int:
        """Blanks before the first character."""
        return len(self.text) - len(self.text.lstrip())

    @_Lazy
    def words(self) -> int:
        """Number of words."""
        return len(_WORD.findall(self.text))

    @_Lazy
    def ends_sentence(self) -> bool:
        """Whether the line ends as a sentence does."""
        return _TERMINAL.search(self.text.strip()) is not None


def folded(text: str) -> str:
    """Return letters and digits of the text without their case: titles that differ in quotes and blanks are equal."""
    return "".join(filter(str.isalnum, text.casefold()))


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
