"""Chains: which mentions of a document are one entity, and what they and the lookups say about it."""

from collections import Counter
from dataclasses import dataclass, field
from datetime import date
from functools import cache, partial

from transforms.entities import nominals, organisations, persons
from transforms.entities.reading import Mention, Reading, is_country
from transforms.lookups import facts

YEARS_BEFORE, YEARS_AFTER = 4, 12
SURNAME, GIVEN = ("surname", "lost apostrophe"), ("given",)
INTERNATIONAL = "IGO"


@dataclass
class Chain:
    """What is known of an entity of the document; the fields are those of `chains`."""

    mentions: list[Mention] = field(default_factory=list)
    name: str = ""
    entity_type: str = ""
    country: str | None = None
    sector: str | None = None
    description: str | None = None
    basis: str = "model"


def set_keys(reading: Reading, names: list[Mention]) -> None:
    """Write into each mention by name the key of its chain."""
    people = [mention for mention in names if mention.entity_type == "PERSON"]
    for mention, key in zip(people, person_keys([(m.name, m.honorific) for m in people]), strict=True):
        mention.key = f"person:{key}"
    bodies = [m for m in names if m.entity_type != "PERSON" and _other_key(reading, m)]
    for mention, key in zip(bodies, organisation_keys([m.name for m in bodies]), strict=True):
        mention.key = f"org:{key}"


def _other_key(reading: Reading, mention: Mention) -> bool:
    """Set the key of a country, place or other thing; return whether it is an organisation, which is keyed later."""
    hit = reading.hit_at.get(mention.first)
    known = hit is not None and (hit.first, hit.last) == (mention.first, mention.last)
    if known and hit is not None and is_country(hit):
        if nominals.used_as_place(reading, mention):
            place = facts.places().get(hit.fact.name if hit.fact.kind != "capital" else mention_form(reading, mention))
            mention.name, mention.sector = place.name if place else mention_form(reading, mention), None
            mention.key = f"place:{mention.name}"
        else:
            mention.key = f"country:{mention.country}"
    elif mention.entity_type == "ORG":
        return True
    else:
        mention.key = f"{mention.entity_type}:{' '.join(organisations.parts(mention.name))}"
    return False


def mention_form(reading: Reading, mention: Mention) -> str:
    """Return the words of a mention with straight quotes."""
    return facts.plain(reading.cut(mention.first, mention.last))


def person_keys(names: list[tuple[str, str]]) -> list[int]:
    """Return for each name of a document, given with its honorific, the number of the first name of its person.

    Full names are compared with each other; then a single name goes to the nearest person before it, else after it,
    whose surname it is, else whose given name it is. Different given names stay apart.
    """
    parts = [persons.parts(name) for name, _ in names]
    owner = list(range(len(names)))
    full = _own_full(parts, owner)
    fitting = cache(partial(_shortened, full))
    first_single: dict[str, int] = {}
    for number, words in enumerate(parts):
        if len(words) == 1:
            honorific = names[number][1]
            ways = [fitting(words[0], how) for how in (SURNAME, *(() if honorific else (GIVEN,)))]
            before = [first_single[word] for word in {words[0], words[0].removesuffix("s")} if word in first_single]
            found = _owner_of_single(number, honorific, ways, names, parts, owner)
            owner[number] = found if found is not None else min(before, default=number)
            if owner[number] == number:
                first_single[words[0]] = number
    return owner


def _own_full(parts: list[tuple[str, ...]], owner: list[int]) -> dict[tuple[str, ...], list[int]]:
    """Write the owner of each full name, the first that can be the same person's; return their numbers by name."""
    full: dict[tuple[str, ...], list[int]] = {}
    for number, words in enumerate(parts):
        if len(words) > 1 and words in full:
            owner[number] = owner[full[words][0]]
            full[words].append(number)
        elif len(words) > 1:
            first = (known[0] for known in full.values() if owner[known[0]] == known[0])
            owner[number] = next((other for other in first if persons.same_full(parts[other], words)), number)
            full[words] = [number]
    return full


def _shortened(full: dict[tuple[str, ...], list[int]], single: str, how: tuple[str, ...]) -> list[int]:
    """The full names that a single one shortens in one of the ways, in order."""
    return sorted(
        number for words, numbers in full.items() if persons.shortens(single, words) in how for number in numbers
    )


def _owner_of_single(
    number: int,
    honorific: str,
    ways: list[list[int]],
    names: list[tuple[str, str]],
    parts: list[tuple[str, ...]],
    owner: list[int],
) -> int | None:
    for fitting in ways:
        agreeing = [other for other in fitting if honorific and names[other][1] == honorific] or fitting
        agreeing = _head_of(agreeing, parts, honorific) if len({owner[other] for other in agreeing}) > 1 else agreeing
        if agreeing:
            before = [other for other in agreeing if other < number]
            return owner[before[-1] if before else agreeing[0]]
    return None


def _head_of(fitting: list[int], parts: list[tuple[str, ...]], honorific: str) -> list[int]:
    """Of a family, a bare surname is the head of state or government's, with "Mrs." somebody else's."""
    heads = [other for other in fitting if _leads(parts[other])]
    if honorific in facts.words_of("entity_words", "wife"):
        return [other for other in fitting if other not in heads] or fitting
    return heads or fitting


def _leads(words: tuple[str, ...]) -> bool:
    held = facts.terms_by_name().get(" ".join(words), ())
    return any(facts.office_of(term.office) in facts.HEADS for term in held)


def organisation_keys(names: list[str]) -> list[int]:
    """Return for each name of a document the number of the first name of its organisation."""
    owner = list(range(len(names)))
    first_of: dict[tuple[str, ...], int] = {}
    for number, name in enumerate(names):
        words = organisations.parts(name)
        if words in first_of:
            owner[number] = owner[first_of[words]]
            continue
        same = (other for other in first_of.values() if organisations.same_nearby(names[other], name))
        owner[number] = owner[next(same, number)]
        first_of[words] = number
    return owner


def build(reading: Reading, mentions: list[Mention]) -> dict[str, Chain]:
    """Return the chains of a document by key, each described by its mentions, in the order of first mention."""
    chains: dict[str, Chain] = {}
    for mention in sorted(mentions, key=lambda m: (m.first, m.last)):
        chains.setdefault(mention.key, Chain()).mentions.append(mention)
    countries = {mention.country for mention in mentions if mention.country and mention.entity_type != "PERSON"}
    for key, chain in chains.items():
        _describe(key, chain, reading.on, countries)
    return chains


def _describe(key: str, chain: Chain, on: date | None, countries: set[str]) -> None:
    named = [m for m in chain.mentions if m.kind in ("name", "title")] or chain.mentions
    chain.entity_type = Counter(m.entity_type for m in named).most_common(1)[0][0]
    chain.name = _name(named)
    chain.country = next((m.country for m in chain.mentions if m.country), None)
    chain.sector = next((m.sector for m in chain.mentions if m.sector), None)
    chain.description = next((m.description for m in named if m.description), None)
    chain.basis = next((m.basis for m in named if m.basis != "model"), "model")
    if key.startswith("country:"):
        chain.name, chain.entity_type, chain.sector = facts.country(chain.country or ""), "GPE", "GOV"
        chain.description, chain.basis = None, "lookup:country_names"
    if chain.entity_type == "GPE" and chain.basis == "model":
        town = facts.town(chain.name, countries)
        chain.country, chain.basis = (town.iso3, "lookup:towns") if town else (chain.country, chain.basis)
    if chain.entity_type == "PERSON":
        _add_office(chain, on, countries)


def _name(named: list[Mention]) -> str:
    """The fullest form, the first of equals."""
    return max(named, key=lambda m: (len(m.name.split()), -m.first)).name.removesuffix("'s").removesuffix("’s")


def _add_office(chain: Chain, on: date | None, countries: set[str]) -> None:
    past = any(mention.past for mention in chain.mentions)
    term = term_of(chain, on, countries)
    if term is not None:
        chain.name = term.name
        chain.country = chain.country or term.iso3
        over = on is not None and term.end is not None and term.end < on
        if chain.sector is None or chain.basis == "model":
            chain.sector = "ELI" if over and term.sector in ("GOV", "LEG") else term.sector
        elif not over and term.sector == INTERNATIONAL:
            chain.sector = INTERNATIONAL
        chain.description = chain.description or (f"former {term.office}" if over else term.office)
        chain.basis = "lookup:office_holders"
    if past and chain.sector in ("GOV", "LEG", None):
        chain.sector = "ELI"


def term_of(chain: Chain, on: date | None, countries: set[str]) -> facts.Term | None:
    """Return the term of the office holder whom a chain of a person names, the one that fits the day best, or None.

    Args:
        chain: the chain of a person.
        on: day of publication.
        countries: countries that the document speaks of.
    """
    offices = {m.office for m in chain.mentions if m.office}
    words = persons.parts(chain.name)
    if len(words) > 1:
        held = facts.terms_by_name().get(facts.fold(chain.name)) or facts.terms_by_name().get(" ".join(words), ())
    else:
        held = _by_surname(words, offices, chain.country, on) or _heads(words, chain, on, countries)
    held = tuple(
        term for term in held if _near(term, on) and (not chain.country or chain.country == term.iso3 or not term.iso3)
    )
    current = [term for term in held if on is None or term.covers(on)]
    if not current and chain.sector not in (None, "GOV", "LEG", "MIL", "ELI", "IGO"):
        return None
    return max(current or held, key=lambda term: (facts.office_of(term.office) in offices, term.start), default=None)


def _by_surname(
    words: tuple[str, ...], offices: set[str], country: str | None, on: date | None
) -> tuple[facts.Term, ...]:
    """A bare surname is an office holder's only if the text gives the office and nobody else can be meant."""
    known = facts.terms_by_surname().get(words[0], ()) if words else ()
    fitting = [t for t in known if facts.office_of(t.office) in offices and (on is None or t.covers(on))]
    if country:
        fitting = [term for term in fitting if term.iso3 == country]
    return tuple(fitting) if len({term.name for term in fitting}) == 1 else ()


def _heads(words: tuple[str, ...], chain: Chain, on: date | None, countries: set[str]) -> tuple[facts.Term, ...]:
    """A bare surname without a role is a head of state or government's if only one office holder bears it.

    He must be in office, or lately have been and the document speak of his country.
    """
    if not words or chain.description is not None:
        return ()
    current = facts.heads_called(words[0], on)
    return current or tuple(t for t in facts.heads_called(words[0], None) if _lately(t, on) and t.iso3 in countries)


def _lately(term: facts.Term, on: date | None) -> bool:
    return on is not None and term.end is not None and term.start <= on and on.year - term.end.year <= YEARS_BEFORE


def _near(term: facts.Term, on: date | None) -> bool:
    if on is None:
        return True
    return term.start.year - YEARS_BEFORE <= on.year and (term.end is None or on.year <= term.end.year + YEARS_AFTER)
