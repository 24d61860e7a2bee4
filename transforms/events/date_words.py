"""The words of dates, read from lookups/date_words.csv, as values and as parts of regular expressions."""

import re
from functools import cache

from transforms.events import tables


@cache
def words(kind: str) -> dict[str, str]:
    """Return word -> value of the words of one kind, such as "month", in lower case."""
    return {row["text"]: row["value"] for row in tables.rows("date_words") if row["kind"] == kind}


def number(kind: str, word: str) -> int:
    """Return the number that a word of this kind stands for; digits, with or without st, nd, rd, th, are themselves.

    Two words of the kind, as in "twenty-five", are added.
    """
    digits = re.match(r"\d+", word)
    if digits:
        return int(digits.group())
    known = _plain(word) in words(kind) | words(f"{kind}_short")
    return sum(int(value(kind, part)) for part in ([word] if known else re.split(r"[\s-]+", word)))


def value(kind: str, word: str) -> str:
    """Return the value of a word of this kind or of its short forms, whatever its case and blanks."""
    return (words(kind) | words(f"{kind}_short"))[_plain(word)]


def alternatives(kind: str) -> str:
    """Return the words of one kind as alternatives of a regular expression, longest first, any blank between words."""
    ordered = sorted(words(kind), key=lambda word: (-len(word), word))
    return "|".join(re.escape(word).replace(r"\ ", r"\s+") for word in ordered)


def _plain(word: str) -> str:
    return " ".join(word.lower().rstrip(".").split())
