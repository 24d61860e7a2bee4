"""From the words of a date expression to the interval that it stands for.

Expressions that leave the direction open ("on Wednesday", "in March") take it from the tense of the governing verb.
"""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from transforms.events.date_words import number, value
from transforms.events.intervals import (
    Interval,
    Tense,
    chosen,
    day,
    month,
    months,
    nth_weekday,
    shifted,
    week,
    weekend,
    years,
)

DAYS = {"day": 1, "week": 7, "weekend": 7, "day_part": 0}
MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
PIVOT_YEAR = 30


@dataclass(frozen=True)
class Setting:
    """What an expression is read against.

    Attributes:
        now: the day of publication.
        tense: of the governing verb.
        reference: the day that the text spoke of before, for "the next day" and "a week earlier".
    """

    now: date
    tense: Tense = "past"
    reference: date | None = None


Groups = dict[str, str]
Reading = Callable[[Groups, Setting], Interval]


def read_full_date(groups: Groups, setting: Setting) -> Interval:
    """Read "January 10", "Wednesday, January 26, 2022"; a weekday picks the year where that day fell on it."""
    which, at = number("month", groups["month"]), number("ordinal", groups["day"])
    if groups.get("year"):
        return _through(groups, date(int(groups["year"]), which, at))
    if groups.get("weekday"):
        weekday = number("weekday", groups["weekday"])
        fitting = [one for one in _each_year(which, at, setting.now) if one.first.weekday() == weekday]
        return chosen(
            fitting or _each_year(which, at, setting.now), setting.now, "present" if fitting else setting.tense
        )
    return _through(groups, chosen(_each_year(which, at, setting.now), setting.now, setting.tense).first)


def _through(groups: Groups, first: date) -> Interval:
    return Interval(first, first.replace(day=number("ordinal", groups["to_day"])) if groups.get("to_day") else first)


def _each_year(which: int, at: int, now: date) -> list[Interval]:
    return [
        day(date(year, which, at)) for year in range(now.year - 4, now.year + 5) if at <= month(year, which).last.day
    ]


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
    which, now = number("month", groups["month"]), setting.now
    if groups.get("year"):
        return month(int(groups["year"]), which)
    return _directed([month(now.year + step, which) for step in range(-2, 3)], groups, setting)


def _directed(candidates: list[Interval], groups: Groups, setting: Setting) -> Interval:
    """Return the candidate that "last", "this" or "next" names, else the one that the tense points to."""
    now, direction = setting.now, _direction(groups)
    if direction == -1:
        return [one for one in candidates if one.last < now][-1]
    if direction == 1:
        return next(one for one in candidates if one.first > now)
    return chosen(candidates, now, setting.tense)


def _direction(groups: Groups) -> int | None:
    word = groups.get("direction") or groups.get("recent")
    return number("direction", word) if word else None


def read_weekday(groups: Groups, setting: Setting) -> Interval:
    """Read "Wednesday", "next Friday night", "Thursday of last week"."""
    which, now = number("weekday", groups["weekday"]), setting.now
    if groups.get("week"):
        start = week(now).first + timedelta(days=7 * (number("direction", groups["week"])))
        return day(start + timedelta(days=which))
    monday = week(now).first + timedelta(days=which)
    default: Tense = "future" if _direction(groups) == 0 or setting.tense == "present" else "past"
    tense = setting.tense if setting.tense in ("past", "future") else default
    around = [day(monday + timedelta(days=7 * step)) for step in (-2, -1, 0, 1, 2)]
    if setting.tense == "future" and which == now.weekday() and _direction(groups) is None:
        around = [one for one in around if one.first != now]
    return _directed(around, groups, Setting(now, tense))


def read_deictic(groups: Groups, setting: Setting) -> Interval:
    """Read "today", "tomorrow night"."""
    return day(setting.now + timedelta(days=int(value("deictic", groups["deictic"]))))


def read_beyond_deictic(groups: Groups, setting: Setting) -> Interval:
    """Read "the day before yesterday"."""
    step = int(value("deictic", groups["deictic"]))
    return day(setting.now + timedelta(days=2 * step))


def read_daypart(groups: Groups, setting: Setting) -> Interval:
    """Read "this morning", "last night" (of the day before)."""
    return day(setting.now + timedelta(days=_direction(groups) or 0))


def read_unit(groups: Groups, setting: Setting) -> Interval:
    """Read "this week", "last month", "next year": the calendar's unit, Monday the first day of a week.

    What happened this week happened by the day of publication; "the weekend" is the one that the tense points to.
    """
    unit, step, now = value("unit", groups["unit"]), _direction(groups) or 0, setting.now
    if unit == "weekend" and step == 0:
        return chosen([_calendar_unit(now, unit, away) for away in (-1, 0, 1)], now, setting.tense)
    interval = _calendar_unit(now, unit, step)
    is_over = unit == "week" and step == 0 and setting.tense == "past"
    return Interval(interval.first, now) if is_over else interval


def _calendar_unit(at: date, unit: str, step: int) -> Interval:
    moved = shifted(at, days=DAYS.get(unit, 0) * step, months=MONTHS.get(unit, 0) * step)
    if unit == "month":
        return month(moved.year, moved.month)
    if unit == "quarter":
        return months(moved.year, (moved.month - 1) // 3 * 3 + 1, 3)
    if unit in ("year", "decade", "century"):
        length = MONTHS[unit] // 12
        return years(moved.year // length * length, moved.year // length * length + length - 1)
    return {"week": week, "weekend": weekend}.get(unit, day)(moved)


def read_since_unit(groups: Groups, setting: Setting) -> Interval:
    """Read "the past year", "the last week" as the stretch that ends with the day of publication."""
    return _stretch(setting.now, value("unit", groups["unit"]), _direction(groups) or -1)


def _stretch(now: date, unit: str, count: int) -> Interval:
    months_, days = MONTHS.get(unit, 0) * count, DAYS.get(unit, 0) * count
    moved = shifted(now, days=days, months=months_)
    if months_:
        moved += timedelta(days=1 if count < 0 else -1)
    return Interval(min(moved, now), max(moved, now))


def read_units(groups: Groups, setting: Setting) -> Interval:
    """Read "the last two months" and "recent weeks" as a stretch that ends or begins on the day of publication."""
    count = number("number", groups["number"]) if groups.get("number") else 3
    return _stretch(setting.now, value("unit", groups["unit"]), count * (_direction(groups) or -1))


def read_ago(groups: Groups, setting: Setting) -> Interval:
    """Read "two days ago"."""
    return _away(setting.now, value("unit", groups["unit"]), -number("number", groups["number"]))


def read_ahead(groups: Groups, setting: Setting) -> Interval:
    """Read "in two weeks' time" and "three days from now"."""
    return _away(setting.now, value("unit", groups["unit"]), number("number", groups["number"]))


def _away(at: date, unit: str, count: int) -> Interval:
    """Return the day so many days or weeks away, the calendar month or year so many months or years away."""
    moved = shifted(at, days=DAYS.get(unit, 0) * count, months=MONTHS.get(unit, 0) * count)
    if unit in ("month", "year"):
        return _calendar_unit(moved, unit, 0)
    return day(moved)


def read_relative(groups: Groups, setting: Setting) -> Interval:
    """Read "a day earlier" and "two weeks later" from the day that the text spoke of before."""
    sign = -1 if groups["relation"].lower() in ("earlier", "before") else 1
    return _away(
        setting.reference or setting.now, value("unit", groups["unit"]), sign * number("number", groups["number"])
    )


def read_anaphoric(groups: Groups, setting: Setting) -> Interval:
    """Read "that day" and "the following week" from the day that the text spoke of before."""
    step = {"previous": -1, "following": 1, "next": 1}.get(groups["which"].split()[-1].lower(), 0)
    unit = value("unit", groups["unit"]) if groups.get("unit") else "day"
    return _calendar_unit(setting.reference or setting.now, unit, step)


def read_season(groups: Groups, setting: Setting) -> Interval:
    """Read "last summer", "spring 2014"; winter begins in December."""
    start, now = int(value("season", groups["season"])), setting.now
    if groups.get("year"):
        return months(int(groups["year"]), start, 3)
    return _directed([months(now.year + step, start, 3) for step in range(-2, 3)], groups, setting)


def read_year(groups: Groups, _: Setting) -> Interval:
    """Read "2014" and "2014-16"."""
    year = int(groups["year"])
    return years(year, int(groups["to_year"]) if groups.get("to_year") else year)


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


def read_short_year(groups: Groups, _: Setting) -> Interval:
    """Read "'71"."""
    year = int(groups["short"])
    return years(*[year + (1900 if year >= PIVOT_YEAR else 2000)] * 2)


def read_holiday(groups: Groups, setting: Setting) -> Interval:
    """Read a holiday with a fixed day or a fixed weekday of its month."""
    parts = [int(part) for part in value("holiday", groups["holiday"]).split("-")]
    candidates = [_holiday_of(year, parts) for year in range(setting.now.year - 2, setting.now.year + 3)]
    return _directed(candidates, groups, setting)


def _holiday_of(year: int, parts: list[int]) -> Interval:
    if len(parts) == 2:
        return day(date(year, parts[0], parts[1]))
    which, weekday, nth = parts
    return day(nth_weekday(year, which, weekday, nth))
