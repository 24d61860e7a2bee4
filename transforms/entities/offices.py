"""Offices named without the person: "the Russian president" is whom the document or a lookup knows in that office."""

from datetime import date

from transforms.entities import persons
from transforms.entities.reading import Mention, group_name
from transforms.lookups import facts

PREFIX = "office:"


def resolve(nominals: list[Mention], names: list[Mention], on: date | None) -> None:
    """Give each mention of an office the key of its holder's chain, or of a group where nobody is known.

    A person whom the document names in that office comes first, the nearest before the mention; then, where the text
    states the country and the day is known, who holds the office by the lookup.
    """
    people = [mention for mention in names if mention.entity_type == "PERSON"]
    for nominal in nominals:
        if not nominal.key.startswith(PREFIX):
            continue
        holder = _named(nominal, people)
        if holder is not None:
            nominal.key, nominal.entity_type = holder.key, "PERSON"
            continue
        term = facts.holder(nominal.country, nominal.office, on) if nominal.country and nominal.office and on else None
        if term is not None:
            _hold(nominal, term, people)
        else:
            nominal.key = (
                f"group:{nominal.country}:{nominal.description}" if nominal.country else f"noun:{nominal.description}"
            )


def _named(nominal: Mention, people: list[Mention]) -> Mention | None:
    """Who the document says is in that office; a country that only one of the two states is no contradiction."""
    countries = {person.key: person.country for person in people if person.country}
    fitting = [
        person
        for person in people
        if person.office == nominal.office
        and not person.past
        and (not nominal.country or countries.get(person.key, nominal.country) == nominal.country)
    ]
    exact = [
        person for person in fitting if nominal.country and countries.get(person.key) == nominal.country
    ] or fitting
    before = [person for person in exact if person.first < nominal.first]
    return before[-1] if before else (exact[0] if exact and nominal.country else None)


def _hold(nominal: Mention, term: facts.Term, people: list[Mention]) -> None:
    words = persons.parts(term.name)
    known = next((p for p in people if _can_be(persons.parts(p.name), words)), None)
    nominal.key = known.key if known is not None else f"person:{facts.fold(term.name)}"
    nominal.entity_type, nominal.name, nominal.basis = "PERSON", term.name, "lookup:office_holders"
    nominal.sector, nominal.description = term.sector, term.office


def _can_be(named: tuple[str, ...], words: tuple[str, ...]) -> bool:
    return persons.same_full(named, words) if len(named) > 1 else named[-1:] == words[-1:]


def unresolved_name(mention: Mention) -> str:
    """Return the name of a group that an office without a known holder makes."""
    return group_name(mention.country, mention.sector or "GOV") or mention.name
