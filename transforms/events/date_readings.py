"""From names of the calendar to the days that they stand for: "March 2014", "Wednesday", "the 1990s", "Easter".

Names that leave the direction open ("on Wednesday", "in March") take it from the tense of the governing verb.
"""

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, timedelta

from transforms.events.date_words import number, value
from transforms.events.intervals import (
    Interval,
    Tense,
    chosen,
    day,
    days_after_easter,
    month,
    months,
    nth_weekday,
    shifted,
    week,
    years,
)

PIVOT_YEAR = 30
STORY_BACK = 2
NEAR_DAYS = 7


@dataclass(frozen=True)
class Setting:
    """What an expression is read against.

    Attributes:
        now: the day of publication, or what the text states as its "today".
        tense: of the governing verb.
        reference: the days that the text spoke of before, for "the next day" and "a week earlier".
        story: days of a story told before with its year; what comes without a year goes on with it.
    """

    now: date
    tense: Tense = "past"
    reference: Interval | None = None
    story: Interval | None = None

    @property
    def before(self) -> Interval:
        """The days that the text spoke of before, else the day of publication."""
        return self.reference or day(self.now)


Groups = dict[str, str]
Reading = Callable[[Groups, Setting], Interval | None]


def read_full_date(groups: Groups, setting: Setting) -> Interval:
    """Read "January 10", "Wednesday, January 26, 2022"; a weekday picks the year where that day fell on it."""
    which, at = number("month", groups["month"]), number("ordinal", groups["day"])
    if groups.get("year"):
        return _through(groups, date(int(groups["year"]), which, at))
    found = _each_year(setting, lambda year: day(date(year, which, at)) if at <= month(year, which).last.day else None)
    if groups.get("weekday"):
        weekday = number("weekday", groups["weekday"])
        fitting = [one for one in found if one.first.weekday() == weekday]
        nearest = min(fitting, key=lambda one: abs((one.first - setting.now).days), default=None)
        pointed = _continued(found, setting)
        return nearest if nearest and not _is_near(pointed, setting.now) else pointed
    return _through(groups, _continued(found, setting).first)


def _is_near(interval: Interval, now: date) -> bool:
    """Return whether a day lies so near to publication that its writer rather took the wrong weekday than a year."""
    return abs((interval.first - now).days) <= NEAR_DAYS


def _through(groups: Groups, first: date) -> Interval:
    return Interval(first, first.replace(day=number("ordinal", groups["to_day"])) if groups.get("to_day") else first)


def _each_year(setting: Setting, at: Callable[[int], Interval | None]) -> list[Interval]:
    """Return what comes once a year in the years around publication and around the story, if one is told."""
    centres = {setting.now.year, *([setting.story.first.year] if setting.story else [])}
    around = sorted({year for centre in centres for year in range(centre - 4, centre + 5)})
    return [one for year in around if (one := at(year)) is not None]


def _continued(candidates: list[Interval], setting: Setting) -> Interval:
    """Return the candidate that goes on with the story, else the one that the tense points to."""
    story = setting.story
    if story is None:
        return chosen(candidates, setting.now, setting.tense)
    if story.precision == "year":
        return next(one for one in candidates if one.first >= story.first)
    return min(candidates, key=lambda one: _stride((one.first - story.first).days))


def _stride(days: int) -> int:
    """Return how far a story leaps to a day; it goes on rather than back."""
    return days if days >= 0 else -STORY_BACK * days


def read_numeric(groups: Groups, _: Setting) -> Interval:
    """Read "2022-01-26" and "1/26/2022", the month first unless it cannot be one."""
    year, first, second = int(groups["year"]), int(groups["first"]), int(groups["second"])
    if first > 12:
        first, second = second, first
    return day(date(year, first, second))


def read_day_of_month(groups: Groups, setting: Setting) -> Interval:
    """Read "the 29th"."""
    at, now = number("ordinal", groups["day"]), setting.now
    around = [shifted(now.replace(day=1), months=step) for step in range(-2, 3)]
    fitting = [day(one.replace(day=at)) for one in around if at <= month(one.year, one.month).last.day]
    return chosen(fitting, now, setting.tense)


def read_month(groups: Groups, setting: Setting) -> Interval:
    """Read "March", "last June", "January 2022"."""
    which = number("month", groups["month"])
    if groups.get("year"):
        return month(int(groups["year"]), which)
    told = setting.reference
    if setting.tense == "unknown" and told and told.first > setting.now and not groups.get("direction"):
        setting = replace(setting, now=told.first, tense="future")  # "in February, then in March"
    return _directed(_each_year(setting, lambda year: month(year, which)), groups, setting)


def read_season(groups: Groups, setting: Setting) -> Interval:
    """Read "last summer", "spring 2014"; winter begins in December."""
    start = int(value("season", groups["season"]))
    if groups.get("year"):
        return months(int(groups["year"]), start, 3)
    return _directed(_each_year(setting, lambda year: months(year, start, 3)), groups, setting)


def read_holiday(groups: Groups, setting: Setting) -> Interval:
    """Read a holiday with a fixed day, a fixed weekday of its month or a fixed distance from Easter."""
    rule = value("holiday", groups["holiday"])
    if groups.get("year"):
        return _holiday_of(int(groups["year"]), rule)
    return _directed(_each_year(setting, lambda year: _holiday_of(year, rule)), groups, setting)


def _holiday_of(year: int, rule: str) -> Interval:
    """Return the days of a holiday: "easter-46..easter", "12-25" or month-weekday-nth, with +1 the day after it."""
    if rule.startswith("easter"):
        first, _, last = rule.partition("..")
        return Interval(
            *(days_after_easter(year, int(end.removeprefix("easter") or 0)) for end in (first, last or first))
        )
    fixed, _, later = rule.partition("+")
    parts = [int(part) for part in fixed.split("-")]
    at = date(year, *parts) if len(parts) == 2 else nth_weekday(year, *parts)
    return day(at + timedelta(days=int(later or 0)))


def _directed(candidates: list[Interval], groups: Groups, setting: Setting) -> Interval:
    """Return the candidate that "last", "this" or "next" names, else the one that the story or the tense points to."""
    now, direction = setting.now, direction_of(groups)
    if direction == -1:
        return [one for one in candidates if one.last < now][-1]
    if direction == 1:
        return next(one for one in candidates if one.first > now)
    return _continued(candidates, setting) if direction is None else chosen(candidates, now, setting.tense)


def direction_of(groups: Groups) -> int | None:
    """Return -1 for "last", 0 for "this", 1 for "next"; None without such a word."""
    word = groups.get("direction") or groups.get("recent")
    return number("direction", word) if word else None


def read_weekday(groups: Groups, setting: Setting) -> Interval:
    """Read "Wednesday", "next Friday night", "Thursday of last week"; what is planned for today's weekday is next."""
    which, now, direction = number("weekday", groups["weekday"]), setting.now, direction_of(groups)
    start = week(now).first + timedelta(days=which)
    if groups.get("week"):
        return day(start + timedelta(days=7 * number("direction", groups["week"])))
    ahead = setting.tense in ("future", "present") or (direction == 0 and setting.tense == "unknown")
    around = [day(start + timedelta(days=7 * step)) for step in (-2, -1, 0, 1, 2)]
    if setting.tense == "future" and direction is None:
        around = [one for one in around if one.first != now]
    pointed = Setting(now, "future" if ahead else "past")
    return _directed(around, groups, pointed)


def read_year(groups: Groups, _: Setting) -> Interval:
    """Read "2014"."""
    return years(int(groups["year"]), int(groups["year"]))


def read_spoken_year(groups: Groups, _: Setting) -> Interval:
    """Read "nineteen eighty-four", "twenty sixteen", "nineteen oh five"."""
    year = 100 * number("number", groups["hundreds"]) + number("number", groups["rest"].removeprefix("oh "))
    return years(year, year)


def read_short_year(groups: Groups, _: Setting) -> Interval:
    """Read "'71"."""
    year = int(groups["short"]) + (1900 if int(groups["short"]) >= PIVOT_YEAR else 2000)
    return years(year, year)


def read_closing_year(groups: Groups, setting: Setting) -> Interval:
    """Read the end of "1892-94"."""
    year = setting.before.first.year // 100 * 100 + int(groups["short"])
    return years(year, year)


def read_decade(groups: Groups, _: Setting) -> Interval:
    """Read "the 1990s", "'80s"; "1800s" is the century."""
    decade = int(groups["decade"])
    if decade < 100:
        decade += 1900 if decade >= PIVOT_YEAR else 2000
    return years(decade, decade + (99 if decade % 100 == 0 and decade < 2000 else 9))


def read_century(groups: Groups, _: Setting) -> Interval:
    """Read "19th century" as 1800 to 1899."""
    first = (number("ordinal", groups["ordinal"]) - 1) * 100
    last = (number("ordinal", groups["to_ordinal"]) - 1) * 100 if groups.get("to_ordinal") else first
    return years(max(first, 1), last + 99)


def read_quarter(groups: Groups, _: Setting) -> Interval:
    """Read "the third quarter of 2014"."""
    return months(int(groups["year"]), 3 * number("ordinal", groups["ordinal"]) - 2, 3)


def read_nothing(_: Groups, __: Setting) -> None:
    """Read what lies outside the calendar, such as "300 BC", so that no part of it is taken for a date."""


def read_named(groups: Groups, _: Setting) -> Interval:
    """Read "World War II"."""
    first, last = value("named", groups["named"]).split("/")
    return Interval(date.fromisoformat(first), date.fromisoformat(last))
