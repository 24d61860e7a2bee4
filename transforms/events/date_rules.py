"""The kinds of expressions that name a date in English news: lookups/date_patterns.csv, one row a kind.

In a pattern a blank is any white space, {kind} a group of that name that holds any word of the kind in
lookups/date_words.csv, or a part named below, and {=kind} the same words without a group.
"""

import re
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from functools import cache
from typing import Any

from transforms.events import date_distances, date_readings, tables
from transforms.events.date_readings import Groups, Reading, Setting
from transforms.events.date_words import alternatives, value
from transforms.events.intervals import Interval, part_of

KINDS = (
    "direction", "unit", "deictic", "daypart", "season", "holiday", "named", "relation", "offset", "which", "beyond",
    "edge", "ordinal", "number", "month", "weekday", "teens", "tens", "digits",
)  # fmt: skip
HINTS = (
    "month", "month_short", "weekday", "weekday_short", "unit", "daypart", "deictic", "season", "holiday", "named",
    "teens",
)  # fmt: skip
DAY = r"(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?"
HALF = r"(?P<half>[ -]and[ -]a[ -]half| 1/2|\.5)?"
ABOUT = r"(?:(?:some|about|around|nearly|almost|roughly|over|more than|less than|just|at least) )?"
READINGS: dict[str, Reading] = {
    name.removeprefix("read_"): function
    for name, function in [*vars(date_readings).items(), *vars(date_distances).items()]
    if name.startswith("read_")
}


@dataclass(frozen=True)
class Rule:
    """One kind of expression.

    Attributes:
        name: of the function in `date_readings` or `date_distances` that reads it, without "read_".
        pattern: the whole expression, with a part of the interval ("early", "the end of") in front where there is one.
        flags: "bare": in running text it counts only behind a word such as "in" or "since"; "given": in running text
            it never counts, only where the whole expression is known to be a date; "absolute": it names its year, so
            that nothing is left open.
    """

    name: str
    pattern: re.Pattern[str]
    flags: frozenset[str]

    @property
    def absolute(self) -> bool:
        """Whether it names its year."""
        return "absolute" in self.flags


@dataclass(frozen=True)
class Match:
    """An expression found in a text, by offsets, with the rule that reads it."""

    start: int
    end: int
    rule: Rule
    groups: tuple[tuple[str, str], ...]

    def read(self, setting: Setting) -> Interval | None:
        """Return the interval that the expression stands for; None where the calendar has no such day."""
        return _possible(self._read, setting)

    def beside(self, at: date) -> Interval | None:
        """Return what an expression such as "two days after" says of an event beside one of that day."""
        return _possible(date_distances.beside, dict(self.groups), at)

    def _read(self, setting: Setting) -> Interval | None:
        groups: Groups = dict(self.groups)
        interval = READINGS[self.rule.name](groups, setting)
        edge = groups.get("edge")
        return _edged(interval, value("edge", edge), setting.now) if edge and interval else interval


def _possible(reading: Callable[..., Interval | None], *given: Any) -> Interval | None:
    """Return what a reading gives; None for days that no calendar has, and for words in letters that only look English.

    Python's regular expressions take the letters ı and ſ for i and s where case does not matter; no lookup does.
    """
    try:
        return reading(*given)
    except (ValueError, LookupError, OverflowError, StopIteration):
        return None


def _edged(interval: Interval, part: str, now: date) -> Interval:
    inside = interval.first <= now <= interval.last
    if part == "before":
        return Interval(interval.first, now) if inside else part_of(interval, "first")
    if part == "after":
        return Interval(now, interval.last) if inside else part_of(interval, "second")
    return part_of(interval, part)


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, compiled."""
    rows = tables.rows("date_patterns")
    return tuple(Rule(row["reading"], _compiled(row["pattern"]), frozenset(row["flags"].split())) for row in rows)


@cache
def _parts() -> dict[str, str]:
    """Return what each {part} of a pattern stands for."""
    words = {kind: alternatives(kind) for kind in KINDS}
    parts = {kind: f"(?P<{kind}>{words[kind]})" for kind in KINDS}
    parts |= {f"={kind}": f"(?:{words[kind]})" for kind in KINDS}
    to_ordinal = rf"(?: (?:to|and) (?:the )?(?P<to_ordinal>\d+(?:st|nd|rd|th)|{words['ordinal']}))?"
    return parts | {
        "month": rf"(?P<month>{words['month']}|(?:{alternatives('month_short')})(?![a-z])\.?)",
        "weekday": rf"(?P<weekday>{words['weekday']}|(?:{alternatives('weekday_short')})\.)",
        "day": rf"(?P<day>{DAY}|{words['ordinal']})",
        "to_day": rf"(?:\s*(?:-|–|to)\s*(?P<to_day>{DAY}))?",
        "ordinal": rf"(?P<ordinal>\d+(?:st|nd|rd|th)|{words['ordinal']})",
        "to_ordinal": to_ordinal,
        "year": r"(?P<year>1\d\d\d|20\d\d)",
        "number": rf"\[?(?P<number>\d{{1,3}}|(?:{words['tens']})[- ](?:{words['digits']})|{words['number']})\]?{HALF}",
        "about": ABOUT,
        "unit": r"(?P<unit>day|week|month|year|decade|century|quarter|weekend)",
        "units": rf"(?P<unit>{words['unit']})",
        "edge": rf"(?:(?P<edge>{words['edge']})[ -](?:the )?)?",
    }


def _compiled(pattern: str) -> re.Pattern[str]:
    whole = pattern.format_map(_parts()).replace(" ", r"\s+")
    return re.compile(rf"(?<!\w){whole}(?!\w)", re.IGNORECASE)


@cache
def _hint() -> re.Pattern[str]:
    """Return what every expression holds, since most sentences hold none of it: a digit or one of these words."""
    return re.compile(rf"\d|\b(?:{'|'.join(alternatives(kind) for kind in HINTS)})", re.IGNORECASE)


def matches_in(text: str, given: tuple[tuple[int, int], ...] = ()) -> list[Match]:
    """Return the expressions of a text, none inside another, in the order of the text.

    Args:
        text: running text.
        given: start and end of parts that are known to be dates: the rules that would take too much of a running text
            for a date are used there too, and of two expressions the one that fills such a part goes first.
    """
    if not given and not _hint().search(text):
        return []
    found = [_match(one, rule) for rule in rules() if "given" not in rule.flags for one in rule.pattern.finditer(text)]
    for start, end in given:
        inside = [_match(one, rule) for rule in rules() for one in rule.pattern.finditer(text, start, end)]
        found = [one for one in found if not any(_is_led(one, core) for core in inside)] + inside
    kept: list[Match] = []
    for match in sorted(found, key=lambda match: (match.start - match.end, match.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)


def _match(found: re.Match[str], rule: Rule) -> Match:
    return Match(found.start(), found.end(), rule, tuple((k, v) for k, v in found.groupdict().items() if v))


def _is_led(match: Match, core: Match) -> bool:
    """Return whether a match is another one with words before it: "early 19th century" for "19th century"."""
    return core.rule.name == match.rule.name and core.end == match.end and core.start > match.start
