"""What of a page its headline, authors and day of publication are looked for in and compared with."""

import re
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

from transforms.clean.split import RawLine

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True)
class Around:
    """A page whose body is known.

    Attributes:
        lines: the lines that are not blank, in order.
        first: number of the body's first line.
        last: number of its last line.
        url: address of the page, whose last part often spells the headline.
        text: the whole page.
    """

    lines: Sequence[RawLine]
    first: int
    last: int
    url: str | None
    text: str

    @cached_property
    def top(self) -> int:
        """Place of the body's first line among the lines."""
        return self.place(self.first)

    def place(self, number: int) -> int:
        """Return the place of the first line with at least this number."""
        return next((at for at, line in enumerate(self.lines) if line.number >= number), len(self.lines))

    @cached_property
    def slug(self) -> frozenset[str]:
        """Words of the part of the address that has most of them."""
        path = (self.url or "").partition("://")[2].partition("?")[0].lower()
        parts = [frozenset(WORD.findall(part)) for part in path.split("/")[1:]]
        longest = max(parts, key=len, default=frozenset())
        return longest if len(longest) > 2 else frozenset()

    @cached_property
    def host(self) -> str:
        """Letters and digits of the host's longest label."""
        host = (self.url or "").partition("://")[2].partition("/")[0].lower()
        return max((letters(label) for label in host.split(".")), key=len, default="")

    @cached_property
    def times(self) -> Counter[str]:
        """How often each line stands on the page."""
        return Counter(line.bare for line in self.lines)

    @cached_property
    def opening(self) -> frozenset[str]:
        """Words of the first lines of the body."""
        text = " ".join(line.bare for line in self.lines[self.top : self.top + 12])[:2000]
        return frozenset(WORD.findall(text.lower()))

    def zones(self, headline: int | None) -> Iterator[tuple[int, dict[str, float]]]:
        """Return places of lines near the headline, the top and the end of the body, each with what it is near to."""
        ends = {"body": self.top, "end": self.place(self.last), "title": self.place(headline or 0)}
        near: dict[int, dict[str, float]] = {}
        for name, edge, before, after in _ZONES:
            if edge != "title" or headline is not None:
                for at in range(max(0, ends[edge] + before), min(len(self.lines), ends[edge] + after)):
                    near.setdefault(at, {})[name] = 1.0
        return iter(sorted(near.items()))


_ZONES = (
    ("over_title", "title", -8, 0),
    ("under_title", "title", 1, 4),
    ("near_title", "title", 4, 14),
    ("far_over_body", "body", -40, -15),
    ("over_body", "body", -15, 0),
    ("top_of_body", "body", 0, 6),
    ("end_of_body", "end", -6, 1),
    ("under_body", "end", 1, 8),
    ("far_under_body", "end", 8, 20),
)


def letters(text: str) -> str:
    """Return letters and digits of the text in lower case."""
    return "".join(character for character in text.lower() if character.isalnum())
