"""The word lists of cleaning, read once from transforms/lookups."""

import csv
import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache
from importlib import resources

from schemas.errors import LookupFileError
from transforms.clean.split import RawLine

_STRAIGHT = str.maketrans("’‘", "''")
_LONGEST = 120
_LONGEST_CHARS = 2000
_BEGINNING = re.compile(r"\W*(\w{1,3})")


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


Pattern = tuple[re.Pattern[str], Phrase]


@dataclass(frozen=True)
class _Patterns:
    """Patterns in order, and their places by the beginning of a word that each match needs.

    `first` holds those bound to the beginning of the line, by its first word, `anywhere` the others, `always` those
    that need no certain word.
    """

    ordered: tuple[Pattern, ...]
    first: dict[str, list[int]]
    anywhere: dict[str, list[int]]
    always: list[int]


@cache
def _patterns() -> _Patterns:
    found = _Patterns(tuple(map(_phrase, rows("phrases"))), {}, {}, [])
    for place, row in enumerate(rows("phrases")):
        where = found.first if found.ordered[place][0].pattern.startswith("^") else found.anywhere
        for beginning in row["begins"].split():
            where.setdefault(beginning, []).append(place)
        if not row["begins"]:
            found.always.append(place)
    return found


def _phrase(row: dict[str, str]) -> Pattern:
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


def phrases() -> tuple[Phrase, ...]:
    """Return what the rows of lookups/phrases.csv tell, in order."""
    return tuple(phrase for _, phrase in _patterns().ordered)


def phrases_of(lines: Sequence[RawLine]) -> dict[int, Phrase]:
    """Return the phrase that each line matches, by line number."""
    return {line.number: phrase for line in lines if line.bare and (phrase := phrase_of(line))}


def phrase_of(line: RawLine) -> Phrase | None:
    """Return the first phrase of lookups/phrases.csv that the line matches, or None."""
    if line.words > _LONGEST or len(line.bare) > _LONGEST_CHARS:
        return None
    return _phrase_in(line.bare if line.bare.isascii() else line.bare.translate(_STRAIGHT), line.words)


@lru_cache(maxsize=1 << 16)
def _phrase_in(text: str, words: int) -> Phrase | None:
    """Lines of a site come again on each of its pages, so that most are answered from memory."""
    patterns = _patterns()
    for place in sorted(_places(text)):
        pattern, phrase = patterns.ordered[place]
        if words <= phrase.max_words and pattern.search(text):
            return phrase
    return None


def _places(text: str) -> set[int]:
    """Places of the patterns that the line can match, by how its first word begins and what it contains."""
    patterns, lower = _patterns(), text.lower()
    opening = _BEGINNING.match(lower)
    beginning = opening[1] if opening else ""
    found = {*patterns.always, *patterns.first.get("0" if beginning[:1].isdigit() else beginning, ())}
    for part, places in patterns.anywhere.items():
        if part in lower:
            found.update(places)
    return found
