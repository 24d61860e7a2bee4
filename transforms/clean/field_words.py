"""The words that mark bylines, days and headlines: lookups/field_words.csv as patterns."""

import re
from functools import cache

from transforms.clean import lookup

_EDGE = r"\b"


@cache
def words(kind: str) -> frozenset[str]:
    """Return the words of a kind."""
    return lookup.column("field_words", kind=kind)


@cache
def any_of(kind: str) -> str:
    """Return a regular expression, in one group, for the words of a kind, longer ones first.

    A word stands between word boundaries, but where an asterisk allows letters before or after it.
    """
    return f"(?:{'|'.join(map(_bounded, sorted(words(kind), key=lambda text: (-len(text), text))))})"


@cache
def pattern(kind: str) -> re.Pattern[str]:
    """Return the pattern that searches for a word of a kind, in either case."""
    return re.compile(any_of(kind), re.IGNORECASE)


def _bounded(text: str) -> str:
    before, after = text.startswith("*"), text.endswith("*")
    return f"{'' if before else _EDGE}{re.escape(text.strip('*'))}{'' if after else _EDGE}"
