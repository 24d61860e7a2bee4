"""The word lists of cleaning, read once from transforms/lookups."""

import csv
import re
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from schemas.errors import LookupFileError
from transforms.clean.split import RawLine

_STRAIGHT = str.maketrans("’‘", "''")
_LONGEST = 120


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of lookups/NAME.csv as dicts."""
    path = resources.files("transforms").joinpath("lookups", f"{name}.csv")
    return tuple(csv.DictReader(path.read_text("utf-8").splitlines()))


@cache
def column(name: str, of: str = "text", **where: str) -> frozenset[str]:
    """Return the values of a column, of the rows in which the other columns named have the values given."""
    return frozenset(row[of] for row in rows(name) if all(row[key] == value for key, value in where.items()))


@cache
def months() -> dict[str, int]:
    """Return month names and abbreviations in lower case with their number."""
    return {row["text"]: int(row["month"]) for row in rows("months")}


@dataclass(frozen=True)
class Phrase:
    """A phrase that tells what a line is.

    `match` is how it is compared: `line` (whole line), `start`, `end`, `within`, or `regex` (searched); `scope` where
    it counts: `any`, `close` (anywhere, and after it the body is over), `inside` (anywhere, and often between two
    paragraphs of a body), `edge` (outside the body's span only), `head` (opens a section that is no body).
    """

    label: str
    reason: str
    scope: str
    max_words: int


@cache
def _compiled() -> tuple[tuple[re.Pattern[str], Phrase], ...]:
    return tuple(_phrase(row) for row in rows("phrases"))


def _phrase(row: dict[str, str]) -> tuple[re.Pattern[str], Phrase]:
    phrase = Phrase(row["label"], f"phrase:{row['reason']}", row["scope"], int(row["max_words"] or 60))
    text = row["pattern"] if row["match"] == "regex" else re.escape(row["pattern"])
    forms = {
        "line": rf"^{text}\W*$",
        "start": rf"^{text}(?!\w)",
        "end": rf"(?<!\w){text}\W*$",
        "within": rf"(?<!\w){text}(?!\w)",
        "regex": text,
    }
    try:
        return re.compile(forms[row["match"]], re.IGNORECASE), phrase
    except (re.error, KeyError) as error:
        raise LookupFileError(
            f"the pattern {row['pattern']!r} cannot be used: {error}",
            where="transforms/lookups/phrases.csv",
            remedy="Mend the row; match is line, start, end, within or regex.",
        ) from error


def phrase_of(line: RawLine) -> Phrase | None:
    """Return the first phrase of lookups/phrases.csv that the line matches, or None."""
    return _phrase_in(line.bare.translate(_STRAIGHT), line.words) if line.words <= _LONGEST else None


@lru_cache(maxsize=1 << 16)
def _phrase_in(text: str, words: int) -> Phrase | None:
    """Lines of a site come again on each of its pages, so that most are answered from memory."""
    return next((phrase for pattern, phrase in _compiled() if words <= phrase.max_words and pattern.search(text)), None)
