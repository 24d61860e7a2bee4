"""Offices named without the person: "the Russian president" is whom the document or a lookup knows in that office."""

from collections.abc import Mapping
from datetime import date

from transforms.entities import persons
from transforms.entities.reading import Mention
from transforms.lookups import facts

PREFIX = "office:"
LEADER = "Leader"


def resolve(
    nominals: list[Mention], names: list[Mention], on: date | None, country_of: Mapping[str, str | None]
) -> None:
    """Give each mention of an office the key of its holder's chain, or of a group where nobody is known.

    A person whom the document names in that office comes first, the nearest before the mention; then, where the text
    states the country and the day is known, who holds the office by the lookup.

    Args:
        nominals: mentions by noun.
        names: mentions by name, with keys.
        on: day of publication.
        country_of: country of each person's chain by key, as titles or lookups state it.
    """
    people = [mention for mention in names if mention.entity_type == "PERSON"]
    for nominal in nominals:
        if not nominal.key.startswith(PREFIX):
            continue
        named = _named(nominal, people, country_of)
        term = facts.holder(nominal.country, nominal.office, on) if nominal.country and nominal.office and on else None
        if named is not None:
            nominal.key, nominal.entity_type = named.key, "PERSON"
        elif term is not None:
            _hold(nominal, term, people)
        else:
            nominal.key = f"noun:{nominal.country or ''}:{nominal.description}"


def _named(nominal: Mention, people: list[Mention], country_of: Mapping[str, str | None]) -> Mention | None:
    """Who the document says is in that office: of that country, or in the same words where no country is stated.

    Of several it is the one named last before the mention, with the office or without it.
    """
    fitting = [person for person in people if _holds(person, nominal) and not person.past]
    if nominal.country:
        fitting = [person for person in fitting if country_of.get(person.key) == nominal.country]
    else:
        fitting = [person for person in fitting if (nominal.description or "") in facts.fold(person.description or "")]
    holders = {person.key for person in fitting}
    before = [person for person in people if person.key in holders and not person.past and person.first < nominal.first]
    nearest = max(before, key=lambda person: person.first, default=None)
    return nearest or next(iter(fitting if nominal.country else ()), None)


def _holds(person: Mention, nominal: Mention) -> bool:
    """Whether a person's office is the one named; "the Chilean leader" is head of state or government."""
    if nominal.office == LEADER and nominal.country:
        return person.office in facts.HEADS
    return person.office == nominal.office


def _hold(nominal: Mention, term: facts.Term, people: list[Mention]) -> None:
    words = persons.parts(term.name)
    known = next((p for p in people if _can_be(persons.parts(p.name), words)), None)
    nominal.key = known.key if known is not None else f"person:{facts.fold(term.name)}"
    nominal.entity_type, nominal.name, nominal.basis = "PERSON", term.name, "lookup:office_holders"
    nominal.sector, nominal.description = term.sector, term.office


def _can_be(named: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return persons.same_full(named, words) if len(named) > 1 else named[-1:] == words[-1:]
