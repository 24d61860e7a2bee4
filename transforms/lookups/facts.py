"""Who is who: countries, organisations, office holders, actor nouns, titles and places, read once from their files."""

import csv
import unicodedata
from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from importlib import resources

from schemas.errors import LookupFileError

QUOTES = str.maketrans({"’": "'", "‘": "'", "‑": "-", "–": "-"})
KEPT = 200_000
HEADS = ("President", "Prime Minister", "Chancellor", "Supreme leader", "Leader")
NAMES = (
    "agents", "ambiguous_names", "collective_nouns", "country_names", "group_names", "law_nouns", "name_endings",
    "nicknames",
    "office_holders", "offices", "organisations", "place_prepositions", "places", "relational_nouns", "role_modifiers",
    "surname_first", "titles",
)  # fmt: skip
FILES = tuple(f"lookups/{name}.csv" for name in NAMES)


@dataclass(frozen=True)
class CountryName:
    """A form that names a country; kind is name, adjective, demonym, capital or metonym."""

    text: str
    iso3: str
    kind: str


@dataclass(frozen=True)
class Organisation:
    """A form of an organisation's name."""

    text: str
    name: str
    entity_type: str
    iso3: str | None
    sector: str | None


@dataclass(frozen=True)
class Term:
    """One term of a person in an office; an open end means that it goes on."""

    name: str
    aliases: tuple[str, ...]
    iso3: str | None
    sector: str
    office: str
    start: date
    end: date | None

    def covers(self, on: date) -> bool:
        """Return whether the term holds on that day."""
        return self.start <= on and (self.end is None or on <= self.end)


@dataclass(frozen=True)
class Place:
    """A form of a place's name; latitude and longitude in degrees, WGS 84."""

    text: str
    name: str
    iso3: str | None
    kind: str
    latitude: float
    longitude: float


def plain(text: str) -> str:
    """Return the text with straight quotes and hyphens and single spaces; case and accents stay."""
    return " ".join(text.translate(QUOTES).split())


@lru_cache(maxsize=KEPT)
def fold(text: str) -> str:
    """Return the text in lower case without accents, with straight quotes: the form that names are compared in."""
    if text.isascii():
        return " ".join(text.split()).lower()
    decomposed = unicodedata.normalize("NFKD", plain(text))
    return "".join(character for character in decomposed if not unicodedata.combining(character)).casefold()


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of lookups/NAME.csv.

    Raises:
        LookupFileError: a row has too few or too many cells, or no basis.
    """
    text = resources.files("transforms").joinpath("lookups", f"{name}.csv").read_text("utf-8")
    found = tuple(csv.DictReader(text.splitlines()))
    for number, row in enumerate(found, start=2):
        if None in row or None in row.values() or not row["basis"]:
            raise _bad(name, number, "the row has too few or too many cells, or no basis")
    return found


def _bad(name: str, number: int, what: str) -> LookupFileError:
    return LookupFileError(what, where=f"transforms/lookups/{name}.csv, line {number}", remedy="Mend the row.")


@cache
def country_names() -> dict[str, CountryName]:
    """Return the forms that name countries, by the form itself."""
    return {row["text"]: CountryName(row["text"], row["iso3"], row["kind"]) for row in rows("country_names")}


@cache
def country(iso3: str) -> str:
    """Return the English name of a country: the first of its names in the file, or the code itself."""
    return next((n.text for n in country_names().values() if n.iso3 == iso3 and n.kind == "name"), iso3)


@cache
def adjective(iso3: str) -> str:
    """Return the first adjective of a country in the file, or its name where it has none."""
    found = (n.text for n in country_names().values() if n.iso3 == iso3 and n.kind == "adjective")
    return "U.S." if iso3 == "USA" else next(found, country(iso3))


@cache
def organisations() -> dict[str, Organisation]:
    """Return the forms of organisations' names, by the form itself."""
    return {
        row["text"]: Organisation(
            row["text"], row["name"], row["entity_type"], row["iso3"] or None, row["sector"] or None
        )
        for row in rows("organisations")
    }


@cache
def terms() -> tuple[Term, ...]:
    """Return the terms of office holders in the order of the file.

    Raises:
        LookupFileError: a date is no ISO date.
    """
    return tuple(_term(number, row) for number, row in enumerate(rows("office_holders"), start=2))


def _term(number: int, row: dict[str, str]) -> Term:
    try:
        start = date.fromisoformat(row["start"])
        end = date.fromisoformat(row["end"]) if row["end"] else None
    except ValueError as error:
        raise _bad("office_holders", number, str(error)) from error
    aliases = tuple(alias.strip() for alias in row["aliases"].split(";") if alias.strip())
    return Term(row["name"], aliases, row["iso3"] or None, row["sector"], row["office"], start, end)


@cache
def terms_by_name() -> dict[str, tuple[Term, ...]]:
    """Return the terms of each office holder by folded name and folded alias."""
    found = defaultdict(list)
    for term in terms():
        for name in {fold(name) for name in (term.name, *term.aliases)}:
            found[name].append(term)
    return {name: tuple(held) for name, held in found.items()}


@cache
def terms_by_surname() -> dict[str, tuple[Term, ...]]:
    """Return the terms of office holders by the single word that the press calls them by."""
    found = defaultdict(list)
    for term in terms():
        words = fold(term.name).split()
        for word in {words[-1], words[-1].removeprefix("al-").removeprefix("el-"), words[0] if _eastern(term) else ""}:
            found[word].append(term)
    return {name: tuple(held) for name, held in found.items() if name}


def _eastern(term: Term) -> bool:
    return term.iso3 in {row["iso3"] for row in rows("surname_first")}


@lru_cache(maxsize=KEPT)
def heads_called(surname: str, on: date | None) -> tuple[Term, ...]:
    """Return the terms as head of state or government of the one office holder with that surname, folded.

    Args:
        surname: the single word that the press calls somebody by.
        on: the day; only terms that hold on it count, or all where it is None.
    """
    known = terms_by_surname().get(surname, ())
    if len({term.name for term in known}) != 1:
        return ()
    return tuple(term for term in known if office_of(term.office) in HEADS and (on is None or term.covers(on)))


@cache
def agents() -> dict[str, str]:
    """Return the sector of each noun that names an actor, by the noun in lower case."""
    return {row["text"]: row["sector"] for row in rows("agents")}


@cache
def titles() -> dict[str, str]:
    """Return the sector of each title by the title in lower case; honorifics have an empty sector."""
    return {fold(row["text"]): row["sector"] for row in rows("titles")}


@cache
def places() -> dict[str, Place]:
    """Return places by the form of their name."""
    return {
        row["text"]: Place(
            row["text"], row["name"], row["iso3"] or None, row["kind"], float(row["latitude"]), float(row["longitude"])
        )
        for row in rows("places")
    }


@cache
def offices() -> dict[str, str]:
    """Return the office that a noun or title in lower case stands for, of those that a country has one of."""
    return {row["text"]: row["office"] for row in rows("offices")}


@cache
def words(name: str, of: str = "text", value: str | None = None) -> dict[str, str]:
    """Return column `of` of a small lookup mapped to its column `value`, or to its basis where none is named."""
    return {row[of]: row[value or "basis"] for row in rows(name)}


def office_of(text: str) -> str | None:
    """Return the office that a title or noun names, or None: "French Premier" is Prime Minister, a deputy is none."""
    lowered, known = fold(text), offices()
    if any(row["kind"] == "lower" and row["text"] in lowered.split() for row in rows("role_modifiers")):
        return known.get(lowered)
    fitting = [form for form in known if lowered == form or lowered.endswith(f" {form}")]
    return known[max(fitting, key=len)] if fitting else None


@cache
def holder(iso3: str, office: str, on: date) -> Term | None:
    """Return who holds an office of a country on a day, or None when nobody or more than one person does."""
    held = [term for term in terms() if term.iso3 == iso3 and offices().get(fold(term.office)) == office]
    now = {term.name: term for term in held if term.covers(on)}
    return next(iter(now.values())) if len(now) == 1 else None
