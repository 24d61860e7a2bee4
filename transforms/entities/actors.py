"""Coding an actor given as plain text, by lookups alone: who it is, of which country, in which sector."""

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from transforms.entities import nouns
from transforms.entities.gazetteer import Hit, hits
from transforms.lookups import facts

WORD = re.compile(r"(?:[A-Za-z]\.){2,}|[\w.&-]+\w|\w+|'s\b|[^\w\s]")
INTERNATIONAL = ("IGO", "NGO", "MNC", "IMG", "ISM")
OWNED = ("organisation", "person")
VAGUE = "UNK"


@dataclass(frozen=True)
class ActorCode:
    """Who an actor is; every part is None where the lookups do not tell.

    Attributes:
        country: ISO 3166-1 alpha-3 code.
        sector: PLOVER sector or international actor code; None for a country itself.
        name: canonical name of a country, organisation or office holder.
        basis: what it rests on, such as "lookup:agents".
    """

    country: str | None
    sector: str | None
    name: str | None
    basis: str


@dataclass(frozen=True)
class _Phrase:
    text: str
    words: tuple[str, ...]
    hits: tuple[Hit, ...]
    head_end: int


def code_actor(text: str, context_country: str | None = None, on: date | None = None) -> ActorCode:
    """Return the code of a noun phrase, by lookups alone.

    Args:
        text: the noun phrase, such as "former Russian defense minister Sergei Ivanov".
        context_country: ISO3 or name of the country that the text around it speaks of, if known.
        on: day of the text; an office whose term is over by then makes its holder ELI. None: the day is not known,
            and the last office counts.
    """
    phrase = _phrase(text)
    code = _coded(phrase, on)
    if code.country is None and code.sector not in INTERNATIONAL and context_country:
        code = replace(code, country=_iso3(context_country))
    return code


def _iso3(country: str) -> str | None:
    if re.fullmatch("[A-Z]{3}", country):
        return country
    found = [hit.fact.iso3 for hit in _phrase(country).hits if hit.fact.iso3]
    return found[0] if found else None


def _phrase(text: str) -> _Phrase:
    text = facts.plain(text)
    bounds = [match.span() for match in WORD.finditer(text)]
    words = tuple(text[start:end] for start, end in bounds)
    found = tuple(hits(text, bounds, any_case=True))
    return _Phrase(text, words, found, _head_end(words, found))


def _head_end(words: Sequence[str], found: Sequence[Hit]) -> int:
    """Where the noun phrase proper ends: before the first preposition, relative word or comma outside a name."""
    named = {word for hit in found for word in range(hit.first, hit.last)}
    for number, word in enumerate(words):
        if number and word.casefold() in _words("phrase end") and number not in named:
            return number
    return len(words)


def _coded(phrase: _Phrase, on: date | None) -> ActorCode:
    past = nouns.is_past(phrase.words[: phrase.head_end])
    person = _person(phrase, on)
    if person is not None:
        return replace(person, sector="ELI") if past else person
    body = _body(phrase)
    if body is not None:
        return body
    role = _role(phrase)
    if role is not None:
        sector = "ELI" if past and role.sector in ("GOV", "LEG", "ELI") else role.sector
        return ActorCode(_country(phrase), sector, None, "lookup:agents")
    return _bare(phrase)


def _person(phrase: _Phrase, on: date | None) -> ActorCode | None:
    """The office holder whom the phrase names; the role that it gives him wins over the one of the lookup."""
    hit = next((hit for hit in phrase.hits if hit.fact.kind == "person" and hit.last <= phrase.head_end), None)
    held = facts.terms_by_name()[facts.fold(hit.fact.name)] if hit else _by_surname(phrase, on)
    if not held:
        return None
    current = [term for term in held if (term.covers(on) if on else term.end is None)]
    term = max(current or held, key=lambda term: term.start)
    first = hit.first if hit else phrase.head_end - 1
    role = _before_name(phrase.words, first)
    over = on is not None and not current and role is None and term.end is not None and term.end < on
    sector = "ELI" if over and term.sector in ("GOV", "LEG") else role.sector if role else term.sector
    return ActorCode(term.iso3, sector, term.name, "lookup:office_holders")


def _before_name(words: Sequence[str], first: int) -> nouns.Role | None:
    """The role right before a name: a title with a sector, or a noun such as "lawmaker"."""
    for role in (nouns.title_before(words, first), nouns.ending_at(words, first) if first else None):
        if role is not None and role.sector not in ("", VAGUE):
            return role
    return None


def _by_surname(phrase: _Phrase, on: date | None) -> tuple[facts.Term, ...]:
    """The terms of the one office holder whom a bare surname, alone or after a title, can mean."""
    words = [word for word in phrase.words[: phrase.head_end] if word.casefold() not in ("the", "a")]
    if not words or not words[-1][:1].isupper():
        return ()
    title = nouns.title_before(words, len(words) - 1)
    if len(words) == 1 or (title is not None and not title.sector):
        return facts.called(facts.fold(words[-1]), on)
    known = facts.terms_by_surname().get(facts.fold(words[-1]), ()) if title is not None else ()
    fitting = tuple(term for term in known if title is not None and _fits(title.text, term.office))
    holders = {term.name for term in fitting if on is None or term.covers(on)} or {term.name for term in fitting}
    return fitting if len(holders) == 1 else ()


def _fits(title: str, held: str) -> bool:
    """Whether a title is that of an office: "deputy secretary" of "Deputy Secretary of Defense"."""
    office = facts.office_of(title)
    return facts.office_of(held) == office if office else facts.fold(held).startswith(title)


def _body(phrase: _Phrase) -> ActorCode | None:
    """An organisation that is the head, or that owns a head which adds nothing to an international body."""
    found = [hit for hit in phrase.hits if hit.fact.kind == "organisation"]
    if not found:
        return None
    hit = next((hit for hit in found if hit.last <= phrase.head_end), found[0])
    role = _role(phrase)
    if role is not None and hit.fact.sector not in INTERNATIONAL and role.text not in _words("leads"):
        return ActorCode(hit.fact.iso3 or _country(phrase), role.sector, hit.fact.name, "lookup:organisations")
    return ActorCode(hit.fact.iso3, hit.fact.sector, hit.fact.name, "lookup:organisations")


def _role(phrase: _Phrase) -> nouns.Role | None:
    """The role that the head of the phrase names; a title counts before a name that no lookup knows.

    Who leads or speaks for a body is of its sector: "the head of the army".
    """
    words, end = phrase.words, phrase.head_end
    known = nouns.with_of(words, end - 1) if end < len(words) else None
    if known is not None:
        return known
    role = _head(phrase)
    if role is not None and role.text in _words("leads") and end < len(words):
        led = _head(_phrase(" ".join(words[end + 1 :])))
        return led if led is not None and led.sector != VAGUE else role
    return role


def _head(phrase: _Phrase) -> nouns.Role | None:
    named = {word for hit in phrase.hits for word in range(hit.first, hit.last)}
    for last in range(phrase.head_end, 0, -1):
        role = nouns.ending_at(phrase.words, last)
        if role is not None and last - 1 not in named:
            return nouns.narrowed(phrase.words, role)
        titled = nouns.title_before(phrase.words, last)
        if titled is not None and titled.sector and last < phrase.head_end:
            return titled
    return nouns.qualified(phrase.words, phrase.head_end)


def _country(phrase: _Phrase) -> str | None:
    """The country that the phrase names first, or that a place in it lies in."""
    found = [hit.fact for hit in phrase.hits if hit.fact.iso3 and hit.fact.kind not in OWNED]
    town = _town(phrase) if not found else None
    return found[0].iso3 if found else town.iso3 if town else None


def _town(phrase: _Phrase) -> facts.Place | None:
    """The town that the first name of the phrase is; a part of a longer name is none."""
    run: list[str] = []
    for number, word in enumerate(phrase.words):
        role = nouns.ending_at(phrase.words, number + 1)
        if word[:1].isupper() and role is None and facts.fold(word) not in ("the", "a"):
            run.append(word)
        elif run:
            break
    return facts.town(" ".join(run)) if run else None


def _bare(phrase: _Phrase) -> ActorCode:
    """A phrase without a role: a country itself, its government by a metonym, or people of a place."""
    if not phrase.hits:
        town = _town(phrase)
        return ActorCode(town.iso3, None, town.name, "lookup:towns") if town else ActorCode(None, None, None, "none")
    fact = phrase.hits[0].fact
    alone = phrase.hits[0].last - phrase.hits[0].first == sum(word.casefold() != "the" for word in phrase.words)
    sector = "GOV" if alone and fact.kind in ("capital", "metonym") else None
    return ActorCode(fact.iso3, sector, fact.name if alone else None, fact.basis)


def _words(kind: str) -> frozenset[str]:
    return facts.words_of("entity_words", kind)
