"""One line of a JSON lines file: which fields hold the text and what else the record states."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_ISO = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")


class BrokenRecordError(ValueError):
    """The payload is not one JSON object."""


def record_of(text: str, deepest: int = 100) -> dict[str, Any]:
    """Return the JSON object of the text, its names folded; raise BrokenRecordError where there is none.

    An object nested deeper than `deepest` counts as none. Of two names that fold alike the first counts.
    """
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BrokenRecordError(str(error)) from error
    if not isinstance(record, dict):
        raise BrokenRecordError(f"a JSON object is needed, this is a {type(record).__name__}")
    if _depth(record, deepest) > deepest:
        raise BrokenRecordError(f"nested deeper than {deepest} levels")
    named: dict[str, Any] = {}
    for name, value in record.items():
        named.setdefault(folded(name), value)
    return named


def folded(name: str) -> str:
    """Return the letters and digits of a field's name in lower case: `Publish Date` and `publish_date` are one."""
    return "".join(filter(str.isalnum, name.casefold()))


def serving(columns: Sequence[str], wanted: Mapping[str, Sequence[str]]) -> dict[str, str]:
    """Return role -> the column that serves as it; roles without one are left out."""
    there = {folded(column): column for column in reversed(columns)}
    found = {role: next((there[f] for n in names if (f := folded(n)) in there), None) for role, names in wanted.items()}
    return {role: column for role, column in found.items() if column is not None}


def _depth(value: Any, most: int) -> int:
    """Return how deep lists and objects are nested, or one more than `most`."""
    level, depth = [value], 0
    while level and depth <= most:
        inner = [value.values() if isinstance(value, dict) else value for value in level]
        level = [value for values in inner for value in values if isinstance(value, dict | list)]
        depth += 1
    return depth


def first_text(record: Mapping[str, Any], names: Sequence[str]) -> str | None:
    """Return the first of the named fields that holds anything, lists joined by '; ', or None."""
    return next((value for name in names if (value := _as_text(record.get(folded(name))))), None)


def first_date(record: Mapping[str, Any], names: Sequence[str]) -> date | None:
    """Return the day of the first named field that states one as YYYY-MM-DD or YYYYMMDD, or None."""
    for name in names:
        found = _ISO.match(_as_text(record.get(folded(name))) or "")
        try:
            if found:
                return date(*map(int, found.groups()))
        except ValueError:
            continue
    return None


def _as_text(value: Any) -> str | None:
    if isinstance(value, list):
        return "; ".join(filter(None, map(_as_text, value))) or None
    if isinstance(value, dict):
        return _as_text(value.get("name"))
    if isinstance(value, str):
        return value if value.strip() else None
    return str(value) if isinstance(value, int) and not isinstance(value, bool) else None
