"""From distances to the days that they stand for: "last week", "two days ago", "the past year", "a day earlier".

They are measured from the day of publication, or from the days that the text spoke of before.
"""

from datetime import date, timedelta

from transforms.events.date_readings import Groups, Setting, direction_of
from transforms.events.date_words import number, value
from transforms.events.intervals import Interval, chosen, day, month, months, shifted, week, weekend, years

DAYS: dict[str, float] = {"minute": 0, "hour": 1 / 24, "day": 1, "week": 7, "weekend": 7, "fortnight": 14}
MONTHS = {"month": 1, "quarter": 3, "year": 12, "decade": 120, "century": 1200}
SEVERAL = 3
SOME = (2, 5)


def read_deictic(groups: Groups, setting: Setting) -> Interval:
    """Read "today", "tomorrow night", "the day before yesterday"."""
    step = int(value("deictic", groups["deictic"]))
    return day(setting.now + timedelta(days=2 * step if groups.get("beyond") else step))


def read_daypart(groups: Groups, setting: Setting) -> Interval:
    """Read "this morning", "last night" (of the day before)."""
    return day(setting.now + timedelta(days=direction_of(groups) or 0))


def read_unit(groups: Groups, setting: Setting) -> Interval:
    """Read "this week", "last month", "next year": the calendar's unit, Monday the first day of a week.

    What happened this week happened by the day of publication; "the weekend" is the one that the tense points to.
    """
    unit, step, now = value("unit", groups["unit"]), direction_of(groups) or 0, setting.now
    if unit == "weekend" and step == 0:
        return chosen([_calendar_unit(now, unit, away) for away in (-1, 0, 1)], now, setting.tense)
    interval = _calendar_unit(now, unit, step)
    is_over = unit == "week" and step == 0 and setting.tense == "past"
    return Interval(interval.first, now) if is_over else interval


def read_told_unit(groups: Groups, setting: Setting) -> Interval:
    """Read "the year", "the whole week": of the story, else the one of publication."""
    at = setting.story.first if setting.story else setting.now
    return _calendar_unit(at, value("unit", groups["unit"]), 0)


def read_told_day(_: Groups, setting: Setting) -> Interval:
    """Read "the opening night": the day told of last, else that of publication."""
    told = setting.reference
    return told if told and told.first == told.last else day(setting.now)


def _calendar_unit(at: date, unit: str, step: int) -> Interval:
    moved = _moved(at, unit, step)
    if unit == "month":
        return month(moved.year, moved.month)
    if unit == "quarter":
        return months(moved.year, (moved.month - 1) // 3 * 3 + 1, 3)
    if unit in ("year", "decade", "century"):
        length = MONTHS[unit] // 12
        return years(moved.year // length * length, moved.year // length * length + length - 1)
    return {"week": week, "weekend": weekend}.get(unit, day)(moved)


def read_stretch(groups: Groups, setting: Setting) -> Interval:
    """Read "the past year", "the last two months", "recent weeks": up to publication, or on from the day after it.

    "The next five years" are those of the calendar.
    """
    unit, count = value("unit", groups["unit"]), _amount(groups)
    if direction_of(groups) == 1 and MONTHS.get(unit, 0) >= MONTHS["year"]:
        return years(setting.now.year + 1, setting.now.year + round(count * MONTHS[unit] / MONTHS["year"]))
    if direction_of(groups) == 1:
        return Interval(setting.now + timedelta(days=1), _moved(setting.now, unit, count))
    first = _moved(setting.now, unit, -count) + timedelta(days=1 if unit in MONTHS else 0)
    return Interval(min(first, setting.now), setting.now)


def _amount(groups: Groups) -> float:
    if not groups.get("number"):
        return SEVERAL if groups["unit"].lower().endswith("s") else 1
    return number("number", groups["number"]) + (0.5 if groups.get("half") else 0)


def _moved(at: date, unit: str, count: float) -> date:
    return shifted(at, days=round(DAYS.get(unit, 0) * count), months=round(MONTHS.get(unit, 0) * count))


def read_ago(groups: Groups, setting: Setting) -> Interval:
    """Read "two days ago", "three years ago tomorrow", "weeks ago"."""
    unit = value("unit", groups["unit"])
    if not groups.get("number"):
        return _some(setting.now, unit, -1)
    count = -_amount(groups)
    if groups.get("deictic"):
        return day(_moved(setting.now, unit, count) + timedelta(days=int(value("deictic", groups["deictic"]))))
    return away(setting.now, unit, count)


def _some(at: date, unit: str, sign: int) -> Interval:
    """Return the days some weeks away, or days, months, years: 2 to 5 of them."""
    ends = [away(at, unit, sign * count) for count in SOME]
    return Interval(min(end.first for end in ends), max(end.last for end in ends))


def read_ahead(groups: Groups, setting: Setting) -> Interval:
    """Read "in two weeks' time" and "three days from now"."""
    return away(setting.now, value("unit", groups["unit"]), _amount(groups))


def away(at: date, unit: str, count: float) -> Interval:
    """Return the day so many days or weeks away, the month or year that lies so many months or longer units away."""
    moved = _moved(at, unit, count)
    if unit not in MONTHS:
        return day(moved)
    return _calendar_unit(moved, "year" if MONTHS[unit] >= MONTHS["year"] and not count % 1 else "month", 0)


def read_relative(groups: Groups, setting: Setting) -> Interval | None:
    """Read "a day earlier" and "two weeks later" from the days that the text spoke of before, if told so exactly."""
    sign = number("relation", groups["relation"])
    if value("unit", groups["unit"]) in DAYS and setting.before.precision not in ("day", "week"):
        return None
    return away(setting.before.first, value("unit", groups["unit"]), sign * _amount(groups))


def read_offset(groups: Groups, setting: Setting) -> Interval | None:
    """Read "five days before", which goes on with something told before."""
    sign = number("offset", groups["offset"])
    told = setting.story
    return away(told.first, value("unit", groups["unit"]), sign * _amount(groups)) if told else None


def beside(groups: Groups, at: date) -> Interval:
    """Read "two days after" for what lies there: two days before the day of what happened then."""
    unit, sign = value("unit", groups["unit"]), -number("offset", groups["offset"])
    is_vague = not groups.get("number") and groups["unit"].lower().endswith("s")
    return _some(at, unit, sign) if is_vague else away(at, unit, sign * _amount(groups))


def read_anaphoric(groups: Groups, setting: Setting) -> Interval | None:
    """Read "that day", "the following week", "the week before that" from the days that the text spoke of before."""
    word = groups.get("beyond")
    step = number("beyond", word) if word else number("which", groups["which"])
    unit = value("unit", groups["unit"]) if groups.get("unit") else "day"
    is_told = setting.reference is not None or (step == 1 and setting.tense == "future")
    return _calendar_unit(setting.before.first, unit, step) if is_told else None


def read_since_then(groups: Groups, setting: Setting) -> Interval | None:
    """Read "since then", "in the years since": from the days that the text spoke of before to publication."""
    return Interval(setting.reference.first, setting.now) if setting.reference else None
