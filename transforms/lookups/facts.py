"""Who is who: countries, organisations, actor nouns and titles; office holders and places too, from their modules."""

from dataclasses import dataclass

from transforms.lookups.files import Own, cached, rows, with_own, words, words_of
from transforms.lookups.holders import (
    HEADS,
    Term,
    called,
    heads_called,
    holder,
    office_of,
    offices,
    terms,
    terms_by_name,
    terms_by_surname,
)  # fmt: skip
from transforms.lookups.places import Place, place_of, places, town
from transforms.lookups.text import fold, plain

__all__ = [
    "FILES", "HEADS", "CountryName", "Organisation", "Own", "Place", "Term", "adjective", "agents", "cached", "called",
    "country", "country_names", "fold", "heads_called", "holder", "office_of", "offices", "organisations", "place_of",
    "places", "plain", "rows", "terms", "terms_by_name", "terms_by_surname", "titles", "town", "with_own", "words",
    "words_of",
]  # fmt: skip

NAMES = (
    "agents", "ambiguous_names", "collective_nouns", "country_names", "entity_words", "given_names", "group_names",
    "law_nouns", "name_endings", "name_particles", "name_spellings", "nicknames", "office_holders", "offices",
    "organisations", "place_prepositions", "places", "pronouns", "relational_nouns", "role_adjectives",
    "role_modifiers", "speech_verbs", "surname_first", "titles", "towns",
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


@cached
def country_names() -> dict[str, CountryName]:
    """Return the forms that name countries, by the form itself."""
    return {row["text"]: CountryName(row["text"], row["iso3"], row["kind"]) for row in rows("country_names")}


@cached
def country(iso3: str) -> str:
    """Return the English name of a country: the first of its names in the file, or the code itself."""
    return next((n.text for n in country_names().values() if n.iso3 == iso3 and n.kind == "name"), iso3)


@cached
def adjective(iso3: str) -> str:
    """Return the first adjective of a country in the file, or its name where it has none."""
    found = (n.text for n in country_names().values() if n.iso3 == iso3 and n.kind == "adjective")
    return "U.S." if iso3 == "USA" else next(found, country(iso3))


@cached
def organisations() -> dict[str, Organisation]:
    """Return the forms of organisations' names, by the form itself."""
    return {
        row["text"]: Organisation(
            row["text"], row["name"], row["entity_type"], row["iso3"] or None, row["sector"] or None
        )
        for row in rows("organisations")
    }


@cached
def agents() -> dict[str, str]:
    """Return the sector of each noun that names an actor, by the noun in lower case."""
    return {row["text"]: row["sector"] for row in rows("agents")}


@cached
def titles() -> dict[str, str]:
    """Return the sector of each title by the title in lower case; honorifics have an empty sector."""
    return {fold(row["text"]): row["sector"] for row in rows("titles")}
