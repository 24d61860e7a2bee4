"""One line of a JSON lines file: which fields hold the text and what else the record states."""

import json
import re
from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

_ISO = re.compile(r"\s*(\d{4})-?(\d{2})-?(\d{2})(?!\d)")


class BrokenRecordError(ValueError):
    """The payload is not one JSON object."""


def record_of(text: str) -> dict[str, Any]:
    """Return the JSON object of the text; raise BrokenRecordError where there is none."""
    try:
        record = json.loads(text)
    except (ValueError, RecursionError) as error:
        raise BrokenRecordError(str(error)) from error
    if not isinstance(record, dict):
        raise BrokenRecordError(f"a JSON object is needed, this is a {type(record).__name__}")
    return record


def first_text(record: Mapping[str, Any], names: Sequence[str]) -> str | None:
    """Return the first of the named fields that holds anything, lists joined by '; ', or None."""
    return next((value for name in names if (value := _as_text(record.get(name)))), None)


def first_date(record: Mapping[str, Any], names: Sequence[str]) -> date | None:
    """Return the day of the first named field that states one as YYYY-MM-DD or YYYYMMDD, or None."""
    for name in names:
        found = _ISO.match(_as_text(record.get(name)) or "")
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
