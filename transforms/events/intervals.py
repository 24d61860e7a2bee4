"""Intervals of days and the arithmetic of the calendar."""

import calendar
from dataclasses import dataclass
from datetime import MAXYEAR, MINYEAR, date, timedelta
from typing import Literal

Tense = Literal["past", "present", "future", "unknown"]
# A date without a year that would lie further off is the next one in the other direction: writers add the year then.
FAR_DAYS = 300
PRECISION_DAYS = ((1, "day"), (7, "week"), (31, "month"), (366, "year"))


@dataclass(frozen=True)
class Interval:
    """A stretch of days, both ends included."""

    first: date
    last: date

    @property
    def precision(self) -> str:
        """The smallest of day, week, month and year that it fits into, else "unknown"."""
        days = (self.last - self.first).days + 1
        return next((name for limit, name in PRECISION_DAYS if days <= limit), "unknown")


def day(at: date) -> Interval:
    """Return the interval of one day."""
    return Interval(at, at)


def week(at: date) -> Interval:
    """Return the week of a day, Monday to Sunday (ISO 8601)."""
    monday = at - timedelta(days=at.weekday())
    return Interval(monday, monday + timedelta(days=6))


def weekend(at: date) -> Interval:
    """Return Saturday and Sunday of the week of a day."""
    sunday = week(at).last
    return Interval(sunday - timedelta(days=1), sunday)


def month(year: int, number: int) -> Interval:
    """Return a month of a year."""
    return Interval(date(year, number, 1), date(year, number, calendar.monthrange(year, number)[1]))


def months(year: int, number: int, length: int) -> Interval:
    """Return so many months from a month on."""
    end = shifted(date(year, number, 1), months=length) - timedelta(days=1)
    return Interval(date(year, number, 1), end)


def years(first: int, last: int) -> Interval:
    """Return the days of the years from first to last."""
    return Interval(date(first, 1, 1), date(last, 12, 31))


def shifted(at: date, *, days: int = 0, months: int = 0) -> date:
    """Return the day so many days and months later; the 31st becomes the last day of a shorter month."""
    index = at.year * 12 + at.month - 1 + months
    year = min(max(index // 12, MINYEAR), MAXYEAR)
    length = calendar.monthrange(year, index % 12 + 1)[1]
    return at.replace(year=year, month=index % 12 + 1, day=min(at.day, length)) + timedelta(days=days)


def nth_weekday(year: int, number: int, weekday: int, nth: int) -> date:
    """Return the nth weekday (Monday is 0) of a month."""
    first = date(year, number, 1)
    return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))


def days_after_easter(year: int, days: int) -> date:
    """Return the day so many days after the Easter Sunday of the Western churches (Butcher's algorithm, 1876)."""
    century, of_century = divmod(year, 100)
    epact = (19 * (year % 19) + century - century // 4 - (century - (century + 8) // 25 + 1) // 3 + 15) % 30
    to_sunday = (32 + 2 * (century % 4) + 2 * (of_century // 4) - epact - of_century % 4) % 7
    late = (year % 19 + 11 * epact + 22 * to_sunday) // 451
    return date(year, 3, 22) + timedelta(days=epact + to_sunday - 7 * late + days)


def chosen(candidates: list[Interval], now: date, tense: Tense) -> Interval:
    """Return the candidate that a tense points to: past the latest begun, future the next not over, else the nearest.

    What the tense points to is not taken where it lies more than 300 days off.

    Args:
        candidates: intervals in order of time, at least one.
        now: the day of publication.
        tense: of the verb that governs the expression.
    """
    begun = [candidate for candidate in candidates if candidate.first <= now]
    coming = [candidate for candidate in candidates if candidate.last >= now]
    nearest = min(candidates, key=lambda candidate: _distance(candidate, now))
    pointed = begun[-1:] if tense == "past" else coming[:1] if tense == "future" else []
    return pointed[0] if pointed and _distance(pointed[0], now) <= FAR_DAYS else nearest


def _distance(candidate: Interval, now: date) -> int:
    return max((candidate.first - now).days, (now - candidate.last).days, 0)


def part_of(interval: Interval, part: str) -> Interval:
    """Return the "first" or "second" half, the "middle" third or the "end" (last quarter) of an interval.

    An interval of two months or more is cut at a month's end.
    """
    first, last = interval.first, interval.last
    days = (last - first).days + 1
    length = (last.year - first.year) * 12 + last.month - first.month + 1
    if length == 1:
        starts, stops = {"second": (days - 1) // 2, "middle": days // 3, "end": days * 3 // 4}, {"first": days // 2}
        stops["middle"] = days - days // 3
        return Interval(
            shifted(first, days=starts.get(part, 0)), shifted(first, days=max(stops.get(part, days), 1) - 1)
        )
    starts, stops = {"second": length // 2, "middle": length // 3, "end": length * 3 // 4}, {"first": length // 2}
    stops["middle"] = length - length // 3
    stop = shifted(first, months=stops[part], days=-1) if part in stops else last
    return Interval(shifted(first, months=starts.get(part, 0)), stop)
