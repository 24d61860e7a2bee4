"""What of a page its headline, authors and day of publication are looked for in and compared with."""

import re
from bisect import bisect_left
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cached_property

from transforms.clean.dates import day_first
from transforms.clean.split import RawLine, folded

Zones = Mapping[int, Mapping[str, float]]
"""Places of lines, each with what it is near to."""

WORD = re.compile(r"[^\W_]+(?:['’][^\W_]+)?")


@dataclass(frozen=True)
class Around:
    """A page whose body is known.

    Attributes:
        page: all lines, in order.
        first: number of the body's first line.
        last: number of its last line.
        url: address of the page, whose last part often spells the headline.
    """

    page: Sequence[RawLine]
    first: int
    last: int
    url: str | None

    @cached_property
    def lines(self) -> list[RawLine]:
        """The lines that are not blank."""
        return [line for line in self.page if line.bare]

    @cached_property
    def top(self) -> int:
        """Place of the body's first line among the lines."""
        return self.place(self.first)

    def place(self, number: int) -> int:
        """Return the place of the first line with at least this number."""
        return bisect_left(self.lines, number, key=lambda line: line.number)

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
        return max((folded(label) for label in host.split(".")), key=len, default="")

    @cached_property
    def times(self) -> Counter[str]:
        """How often each line stands on the page."""
        return Counter(line.bare for line in self.lines)

    @cached_property
    def day_first(self) -> bool | None:
        """Whether 3/4/2020 is the third of April here; None if neither other days nor the address tell."""
        return day_first("\n".join(line.bare for line in self.lines), self.url)

    @cached_property
    def opening(self) -> frozenset[str]:
        """Words of the first lines of the body."""
        text = " ".join(line.bare for line in self.lines[self.top : self.top + 10])[:1500]
        return frozenset(WORD.findall(text.lower()))

    @cached_property
    def topic(self) -> frozenset[str]:
        """Words of the address and longer ones of the body's opening."""
        return self.slug | {word for word in self.opening if len(word) > 3}

    @cached_property
    def tokens(self) -> frozenset[str]:
        """What stands between blanks in the body's first thousand words, in its own case."""
        text = " ".join(line.text for line in self.lines[self.top :] or self.lines)
        return frozenset(text[:6000].split())

    def zones(self, headline: int | None) -> dict[int, dict[str, float]]:
        """Return place -> what it is near to: lines near the headline, the top and the end of the body."""
        ends = {"body": self.top, "end": self.place(self.last), "title": self.place(headline or 0)}
        near: dict[int, dict[str, float]] = {}
        for name, edge, before, after in _ZONES:
            if edge != "title" or headline is not None:
                for at in range(max(0, ends[edge] + before), min(len(self.lines), ends[edge] + after)):
                    near.setdefault(at, {})[name] = 1.0
        return near


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
