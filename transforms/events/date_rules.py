"""The kinds of expressions that name a date in English news, one regular expression and one reading each.

In a pattern a blank is any white space and {kind} any word of that kind in lookups/date_words.csv.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date
from functools import cache

from transforms.events import date_readings as readings
from transforms.events.date_readings import Groups, Reading, Setting
from transforms.events.date_words import alternatives, value
from transforms.events.intervals import Interval, part_of

KINDS = (
    "month", "month_short", "weekday", "weekday_short", "ordinal", "direction", "number", "unit", "edge", "daypart",
    "deictic", "season", "holiday", "named",
)  # fmt: skip
HINTS = ("month", "month_short", "weekday", "weekday_short", "unit", "daypart", "deictic", "season", "holiday", "named")
MONTH = r"(?P<month>{month}|(?:{month_short})\b\.?)"
WEEKDAY = r"(?P<weekday>{weekday}|(?:{weekday_short})\.)"
DAY = r"(?P<day>(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?|{ordinal})"
TO_DAY = r"(?:\s*(?:-|–|to)\s*(?P<to_day>(?:3[01]|[12]\d|0?[1-9])(?:st|nd|rd|th)?))?"
TO_ORDINAL = r"(?: (?:to|and) (?:the )?(?P<to_ordinal>\d+(?:st|nd|rd|th)|{ordinal}))?"
YEAR = r"(?P<year>1\d\d\d|20\d\d)"
DIRECTION = r"(?P<direction>{direction})"
NUMBER = r"(?P<number>\d{{1,3}}|{number})"
UNIT = r"(?P<unit>{unit})"
SINGLE = r"(?P<unit>day|week|month|year|decade|century|quarter|weekend)"
EDGE = r"(?:(?P<edge>{edge})[ -](?:the )?)?"


@dataclass(frozen=True)
class Rule:
    """One kind of expression.

    Attributes:
        name: of the rule, for the basis of a date.
        pattern: the whole expression, with a part of the interval ("early", "the end of") in front where there is one.
        reading: from its groups to the interval.
        bare: in running text it counts only behind a word such as "in" or "since".
        given: in running text it never counts, only where the whole expression is known to be a date.
        absolute: it names its year, so that nothing is left open.
    """

    name: str
    pattern: re.Pattern[str]
    reading: Reading
    bare: bool
    given: bool
    absolute: bool


@dataclass(frozen=True)
class Match:
    """An expression found in a text, by offsets, with the rule that reads it."""

    start: int
    end: int
    rule: Rule
    groups: tuple[tuple[str, str], ...]

    def read(self, setting: Setting) -> Interval | None:
        """Return the interval that the expression stands for; None where the calendar has no such day."""
        groups: Groups = dict(self.groups)
        try:
            interval = self.rule.reading(groups, setting)
        except (ValueError, IndexError, OverflowError):
            return None
        return _edged(interval, value("edge", groups["edge"]), setting.now) if groups.get("edge") else interval


def _edged(interval: Interval, part: str, now: date) -> Interval:
    inside = interval.first <= now <= interval.last
    if part == "before":
        return Interval(interval.first, now) if inside else part_of(interval, "first")
    if part == "after":
        return Interval(now, interval.last) if inside else part_of(interval, "second")
    return part_of(interval, part)


def _specifications() -> Iterator[tuple[str, str, Reading, str]]:
    """Yield name, pattern, reading and flags; of expressions that start at one place the longest wins."""
    yield "iso", r"(?P<year>\d{{4}})-(?P<first>\d\d)-(?P<second>\d\d)", readings.read_numeric, "absolute"
    yield "slashes", r"(?P<first>\d\d?)/(?P<second>\d\d?)/(?P<year>\d{{4}})", readings.read_numeric, "absolute"
    yield "date", rf"{MONTH} {DAY}{TO_DAY}\b,? {YEAR}", readings.read_full_date, "absolute"
    yield "date", rf"{DAY}{TO_DAY} {MONTH},? {YEAR}", readings.read_full_date, "absolute"
    yield "date", rf"{DAY}-{MONTH}-{YEAR}", readings.read_full_date, "absolute"
    yield "date", rf"{WEEKDAY},? (?:the )?{MONTH} {DAY}\b,? {YEAR}", readings.read_full_date, "absolute"
    yield (
        "date",
        rf"(?:{WEEKDAY},? )?(?:the )?{DAY}(?: day)?(?: of)? {MONTH},?(?: of)? {YEAR}",
        readings.read_full_date,
        "absolute",
    )
    yield (
        "day_month",
        rf"(?:{WEEKDAY},? )?(?:the )?{MONTH} (?:the )?{DAY}{TO_DAY}(?![\d.,]*\d)",
        readings.read_full_date,
        "",
    )
    yield "day_month", rf"(?:{WEEKDAY},? )?(?:the )?{DAY}(?: day)?(?: of)? {MONTH}", readings.read_full_date, ""
    yield "day_month", rf"{DIRECTION} {WEEKDAY},? (?:the )?{MONTH} {DAY}", readings.read_full_date, ""
    yield "month_year", rf"{EDGE}(?:{{direction}} )?{MONTH},?(?: of)?,? {YEAR}", readings.read_month, "absolute"
    yield "month", rf"{EDGE}{DIRECTION} {MONTH}", readings.read_month, ""
    yield "month", rf"{EDGE}{MONTH}", readings.read_month, "bare"
    yield "day_of_month", r"the (?P<day>(?:3[01]|[12]\d|[1-9])(?:st|nd|rd|th))", readings.read_day_of_month, "bare"
    yield "weekday", rf"{EDGE}(?:{DIRECTION} )?{WEEKDAY}(?: (?:{{daypart}})s?)?", readings.read_weekday, ""
    yield "weekday", rf"{WEEKDAY} of (?P<week>{{direction}}) week", readings.read_weekday, ""
    yield "deictic", r"(?P<deictic>{deictic})(?: (?:{daypart}))?", readings.read_deictic, ""
    yield "deictic", r"the day (?:before|after) (?P<deictic>yesterday|tomorrow)", readings.read_beyond_deictic, ""
    yield "daypart", r"(?P<direction>last|this) (?:{daypart})", readings.read_daypart, ""
    yield "unit", rf"{EDGE}{DIRECTION} {SINGLE}", readings.read_unit, ""
    yield "unit", rf"(?P<direction>this|last|next) {SINGLE}['’]?s", readings.read_unit, ""
    yield "unit", rf"(?:{EDGE}|the )(?P<unit>weekend)", readings.read_unit, ""
    yield "unit", rf"(?:the|my|your|our|his|her)(?: whole)? {SINGLE}", readings.read_unit, "given"
    yield "daypart", r"the (?:{daypart})", readings.read_daypart, "given"
    yield "day_of_month", DAY, readings.read_day_of_month, "given"
    yield "short_year", r"(?P<short>[013-9]\d)", readings.read_short_year, "given"
    yield "year", r"(?:(?:the )?year |AD\s*)?(?P<year>\d{{3}})", readings.read_year, "given"
    yield "year", r"(?:the year |AD\s*)(?P<year>\d{{1,4}})", readings.read_year, "given"
    yield "unit", rf"(?P<edge>{{edge}}) the {SINGLE}", readings.read_unit, ""
    yield "past_unit", rf"the (?P<direction>past|last|coming|next) {SINGLE}", readings.read_since_unit, ""
    yield "past_unit", rf"(?P<direction>past) {SINGLE}", readings.read_since_unit, ""
    yield "units", rf"(?:the |these )?{DIRECTION} {NUMBER} {UNIT}", readings.read_units, ""
    yield "units", r"(?:the )?(?:recent) (?P<unit>days|weeks|months|years|decades)", readings.read_units, ""
    yield (
        "units",
        r"(?:the (?P<direction>last|next)|(?:the )?(?P<recent>past|coming)) (?P<unit>days|weeks|months|years|decades)",
        readings.read_units,
        "",
    )
    yield "ago", rf"(?:(?:some|about|nearly|almost|over|more than) )?{NUMBER} {UNIT} ago", readings.read_ago, ""
    yield "ahead", rf"(?:in|within) {NUMBER} (?P<unit>{{unit}})(?:['’]s?)?(?: time)", readings.read_ahead, ""
    yield "ahead", rf"{NUMBER} {UNIT} from (?:now|today)", readings.read_ahead, ""
    yield "relative", rf"{NUMBER} {UNIT} (?P<relation>earlier|before|later|after)", readings.read_relative, ""
    yield (
        "anaphoric",
        rf"(?P<which>the following|the next|the previous|the same|that same|that) {SINGLE}",
        readings.read_anaphoric,
        "",
    )
    yield (
        "anaphoric",
        r"(?P<which>the following|the next|the previous|the same|that same|that) (?:{daypart})",
        readings.read_anaphoric,
        "",
    )
    yield "season", rf"{EDGE}(?:{DIRECTION} )?(?P<season>{{season}})(?: of)? {YEAR}", readings.read_season, "absolute"
    yield "season", rf"{EDGE}{DIRECTION} (?P<season>{{season}})", readings.read_season, ""
    yield "season", rf"{EDGE}(?P<season>{{season}})", readings.read_season, "bare"
    yield "year", rf"{EDGE}{YEAR}(?:\s*[-–]\s*(?P<to_year>(?:1\d|20)\d\d))?", readings.read_year, "absolute"
    yield "decade", rf"{EDGE}['’]?(?P<decade>(?:1\d|20)?\d0)['’]?s", readings.read_decade, "absolute"
    yield (
        "century",
        rf"{EDGE}(?P<ordinal>\d+(?:st|nd|rd|th)|{{ordinal}}){TO_ORDINAL}[ -]centur(?:y|ies)",
        readings.read_century,
        "absolute",
    )
    yield "short_year", r"['’](?P<short>\d\d)", readings.read_short_year, "bare absolute"
    yield "holiday", rf"(?:{DIRECTION} )?(?P<holiday>{{holiday}})", readings.read_holiday, ""
    yield "named", r"(?P<named>{named})", _named, "absolute"


def _named(groups: Groups, _: Setting) -> Interval:
    first, last = value("named", groups["named"]).split("/")
    return Interval(date.fromisoformat(first), date.fromisoformat(last))


@cache
def rules() -> tuple[Rule, ...]:
    """Return every rule, compiled."""
    expanded = {kind: alternatives(kind) for kind in KINDS}
    return tuple(
        Rule(
            name,
            _compiled(pattern.format_map(expanded)),
            reading,
            "bare" in flags,
            "given" in flags,
            "absolute" in flags,
        )
        for name, pattern, reading, flags in _specifications()
    )


def _compiled(pattern: str) -> re.Pattern[str]:
    return re.compile(rf"(?<![\w]){pattern.replace(' ', chr(92) + 's+')}(?!\w)", re.IGNORECASE)


@cache
def _hint() -> re.Pattern[str]:
    """Return what every expression holds, since most sentences hold none of it: a digit or one of these words."""
    return re.compile(rf"\d|\b(?:{'|'.join(alternatives(kind) for kind in HINTS)})", re.IGNORECASE)


def matches_in(text: str, *, given: bool = False) -> list[Match]:
    """Return the expressions of a text, none inside another, in the order of the text.

    Args:
        text: running text or, with `given`, an expression that is known to be a date.
        given: also use the rules that would take too much of a running text for a date.
    """
    if not _hint().search(text):
        return []
    found = [
        Match(match.start(), match.end(), rule, tuple((k, v) for k, v in match.groupdict().items() if v))
        for rule in rules()
        if given or not rule.given
        for match in rule.pattern.finditer(text)
    ]
    kept: list[Match] = []
    for match in sorted(found, key=lambda match: (match.start - match.end, match.start)):
        if all(match.end <= other.start or match.start >= other.end for other in kept):
            kept.append(match)
    return sorted(kept, key=lambda match: match.start)


def whole(expression: str) -> Match | None:
    """Return the longest match inside an expression, bare ones too."""
    return max(matches_in(expression, given=True), key=lambda match: match.end - match.start, default=None)
