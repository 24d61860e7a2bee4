"""Known names in a text: the longest form of the lookups that starts at each word."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from transforms.lookups import facts

LONGEST = 9
SHORT = 3
PREFIX = 2
CAPITALS = 4
COUNTRY_KINDS = ("name", "adjective", "demonym", "capital", "metonym")
Bounds = Sequence[tuple[int, int]]


@dataclass(frozen=True)
class Fact:
    """What a form stands for.

    Attributes:
        kind: name, adjective, demonym, capital or metonym of a country; organisation, place or person.
        name: canonical name.
        entity_type: type of the entity.
        iso3: country, or None.
        sector: PLOVER sector, or None.
        basis: lookup that says so.
    """

    kind: str
    name: str
    entity_type: str
    iso3: str | None
    sector: str | None
    basis: str


@dataclass(frozen=True)
class Hit:
    """A known form; `first` and `last` number its words, `last` exclusive."""

    first: int
    last: int
    fact: Fact


@facts.cached
def index() -> dict[str, Fact]:
    """Return what each form of the lookups stands for; organisations win over countries, these over places."""
    found: dict[str, Fact] = {}
    for place in facts.places().values():
        kind = "LOC" if place.kind in ("water", "region", "continent") else "GPE"
        found[place.text] = Fact("place", place.name, kind, place.iso3, None, "lookup:places")
    for form in facts.country_names().values():
        name = facts.country(form.iso3)
        found[form.text] = Fact(form.kind, name, "GPE", form.iso3, "GOV", "lookup:country_names")
    for body in facts.organisations().values():
        found[body.text] = Fact(
            "organisation", body.name, body.entity_type, body.iso3, body.sector, "lookup:organisations"
        )
    for term in facts.terms():
        for name in (term.name, *term.aliases):
            if " " in name:
                found[name] = Fact("person", term.name, "PERSON", term.iso3, term.sector, "lookup:office_holders")
    return {facts.plain(text): fact for text, fact in found.items()}


@facts.cached
def folded_index() -> dict[str, Fact]:
    """Return the same by folded form, without forms so short that they are common words in lower case."""
    return {facts.fold(text): fact for text, fact in index().items() if len(text) > SHORT}


@facts.cached
def lowered_index() -> dict[str, Fact]:
    """Return the forms of two words or more in lower case: titles and headlines write them in other case."""
    return {text.casefold(): fact for text, fact in index().items() if " " in text and fact.kind != "place"}


@facts.cached
def longest_from() -> dict[str, int]:
    """Return the length of the longest form by its first characters, accents kept and dropped."""
    found: dict[str, int] = {}
    for text in [*index(), *folded_index()]:
        start = text[:PREFIX].casefold()
        found[start] = max(found.get(start, 0), len(text))
    return found


def hits(text: str, bounds: Bounds, *, any_case: bool = False) -> list[Hit]:
    """Return the known forms of a text from left to right, the longest at each word, none overlapping another.

    Args:
        text: the text, with straight quotes.
        bounds: start and end of each word in it.
        any_case: also match where case or accents differ.
    """
    found: list[Hit] = []
    word = 0
    while word < len(bounds):
        hit = _at(text, bounds, word, any_case)
        if hit is not None:
            found.append(hit)
        word = hit.last if hit is not None else word + 1
    return found


def decided(text: str, bounds: Bounds, found: Sequence[Hit]) -> list[Hit]:
    """Return the hits of a text, ambiguous forms read by the countries that the rest of the text speaks of.

    "Georgia" is the state of the U.S. where the text speaks of the U.S. and of no country of the Caucasus; "Congress"
    is no American body in a text about the Philippines alone.
    """
    doubtful = {row["text"]: row for row in facts.rows("ambiguous_names")}
    rows = [doubtful.get(text[bounds[hit.first][0] : bounds[hit.last - 1][1]]) for hit in found]
    spoken = {hit.fact.iso3 for hit, row in zip(found, rows, strict=True) if row is None and hit.fact.iso3}
    return [
        hit if row is None or not spoken or spoken & set(row["needs"].split(";")) else _other(hit, row)
        for hit, row in zip(found, rows, strict=True)
    ]


def _other(hit: Hit, row: Mapping[str, str]) -> Hit:
    """The hit as what else its form can name."""
    name, iso3 = row["other_name"], row["other_iso3"] or None
    if iso3 is None:
        return replace(hit, fact=replace(hit.fact, name=name, iso3=None, basis="text:name"))
    return replace(hit, fact=Fact("place", name, "GPE", iso3, None, "lookup:ambiguous_names"))


def _at(text: str, bounds: Bounds, word: int, any_case: bool) -> Hit | None:
    start = bounds[word][0]
    longest = longest_from().get(text[start : start + PREFIX].casefold())
    if longest is None:
        return None
    exact, folded, lowered = index(), folded_index(), lowered_index()
    for last in range(min(len(bounds), word + LONGEST), word, -1):
        form = text[start : bounds[last - 1][1]]
        if len(form) > longest or "\n" in form:
            continue
        fact = exact.get(form) or (folded.get(facts.fold(form)) if any_case else None)
        if fact is None and form[:1].isupper() and " " in form:
            fact = lowered.get(form.casefold())
        if fact is None and len(form) > CAPITALS and form.isupper():
            fact = folded.get(facts.fold(form))
        if fact is not None:
            return Hit(word, last, fact)
    return None
