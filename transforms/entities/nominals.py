"""Nouns that stand for an actor: "Russian troops", "Ukraine's military", "the foreign minister", "police"."""

from collections.abc import Mapping
from dataclasses import dataclass

from spacy.tokens import Token

from transforms.entities import nouns
from transforms.entities.reading import Mention, Reading, children, group_name, is_country, with_country
from transforms.lookups import facts

INSIDE = ("amod", "compound", "nmod:poss", "flat", "nmod", "nummod")
LEFT = ("ADJ", "NOUN", "PROPN", "NUM", "CCONJ")
STATE = ("GOV", "MIL", "LEG", "COP", "SPY", "ELI")
INTERNATIONAL = ("IGO", "NGO", "IMG", "REB", "UAF", "ISM")
UNSURE = "UNK"
PARTS = ("compound", "flat", "appos")


@dataclass(frozen=True)
class _Nominal:
    head: Token
    role: nouns.Role
    first: int
    end: int
    owner: Mention | None


def nominal_mentions(reading: Reading, names: list[Mention], country_of: Mapping[str, str | None]) -> list[Mention]:
    """Return the mentions by noun of a document; two countries before one noun give two mentions that share it.

    Args:
        reading: the document.
        names: its mentions by name, with keys.
        country_of: country of each person's chain by key, for "the Duarte government".
    """
    at = {token: name for name in names for token in range(name.first, name.last)}
    taken = at.keys() | {token for name in names for token in name.described_by}
    found: list[Mention] = []
    past = 0
    for token in reading.doc:
        if token.i < past or token.pos_ not in ("NOUN", "PROPN") or token.i in taken or not _stands_alone(token, at):
            continue
        start = reading.sentence_start(token.i)
        words = reading.words[start : token.i + 3]
        role = nouns.with_of(words, token.i - start) or nouns.ending_at(words, token.i + 1 - start)
        if role is not None:
            nominal = _nominal(reading, token, role, at)
            past = nominal.end
            found += _introduced(reading, nominal, _mentions(reading, nominal, country_of), at)
    return found


def _stands_alone(token: Token, at: dict[int, Mention]) -> bool:
    """Whether a noun is no part of a longer one, no title of a name and no predicate."""
    following = at.get(token.i + 1)
    if following is not None and following.entity_type == "PERSON":
        return False
    if token.dep_ in ("compound", "flat") and token.head.pos_ in ("NOUN", "PROPN") and token.head.i > token.i:
        return False
    owner = at.get(token.head.i)
    described = token.dep_ == "appos" and owner is not None and owner.entity_type == "PERSON"
    return not described and not children(token, "cop")


def _introduced(reading: Reading, nominal: _Nominal, made: list[Mention], at: dict[int, Mention]) -> list[Mention]:
    """Give mentions of a person whom the noun introduces to that person: "the Chilean minister, Ana Duarte"."""
    after = nominal.end
    person = at.get(after + 1) if after + 1 < len(reading.doc) and reading.words[after] == "," else None
    if person is None or person.entity_type != "PERSON" or nominal.head.tag_ not in ("NN", "NNP"):
        return made
    for mention in made:
        mention.key, mention.entity_type, mention.name = person.key, "PERSON", person.name
        person.description = person.description or reading.cut(nominal.first, nominal.end)
        person.sector, person.country = person.sector or mention.sector, person.country or mention.country
        person.basis = "text:apposition" if person.basis == "model" else person.basis
    return made


def _nominal(reading: Reading, head: Token, role: nouns.Role, at: dict[int, Mention]) -> _Nominal:
    start = reading.sentence_start(head.i)
    before = [t.i for child in children(head, *INSIDE) if child.i < head.i for t in child.subtree if t.dep_ != "det"]
    first, inside = head.i, {*before, *range(start + role.first, head.i)}
    while first - 1 in inside and (reading.doc[first - 1].pos_ in LEFT or reading.words[first - 1] in ("'s", "'", "-")):
        first -= 1
    while first - 2 >= start and reading.words[first - 1] == "and" and _are_adjectives(reading, first - 2, first):
        first -= 2
    while first < head.i and reading.doc[first].pos_ in ("NUM", "PUNCT", "PART", "CCONJ"):
        first += 1
    owners = [at[i] for i in range(first, head.i) if i in at and at[i].entity_type in ("ORG", "PERSON")]
    end = head.i + 1 if role.text.count(" of ") == 0 or role.last <= head.i + 1 - start else start + role.last
    return _Nominal(head, role, first, end, owners[-1] if owners else None)


def _are_adjectives(reading: Reading, *places: int) -> bool:
    """Whether words are adjectives of countries: "French and Dutch officials", wherever a parser has hung them."""
    hits = [reading.hit_at.get(place) for place in places]
    return all(hit is not None and hit.fact.kind == "adjective" for hit in hits)


def _mentions(reading: Reading, nominal: _Nominal, country_of: Mapping[str, str | None]) -> list[Mention]:
    first, end = nominal.first, nominal.end
    if nominal.owner is not None and nominal.owner.entity_type == "ORG":
        return _owned(nominal)
    if nominal.role.sector == UNSURE:
        return []
    if nominal.role.text in facts.words("relational_nouns"):
        return [_mention(reading, nominal, first, None)]
    countries = reading.countries(first, end) or _after(reading, nominal.head)
    if not countries and nominal.owner is not None and nominal.role.sector in STATE:
        countries = [country for country in [country_of.get(nominal.owner.key)] if country]
    if not countries:
        return [_mention(reading, nominal, first, None)]
    starts = [_start_of(reading, first, end, country) for country in countries]
    return [
        _mention(reading, nominal, first if number == 0 else starts[number], country)
        for number, country in enumerate(countries)
        if number == 0 or first < starts[number] < nominal.head.i
    ]


def _start_of(reading: Reading, first: int, end: int, country: str) -> int:
    hits = (reading.hit_at.get(token) for token in range(first, end))
    return next((hit.first for hit in hits if hit and hit.first >= first and hit.fact.iso3 == country), first)


def _after(reading: Reading, head: Token) -> list[str]:
    """The country in "the president of Chile", "officials in Moscow", "rebels fighting in Mali"."""
    clauses = [obl for clause in children(head, "acl") if clause.tag_ == "VBG" for obl in children(clause, "obl")]
    for child in (*children(head, "nmod"), *clauses):
        cases = {case.lower_ for case in children(child, "case")} & facts.words_of("entity_words", "owner")
        inside = [] if "of" in cases else children(child, "nmod:poss", "amod", "compound")
        hits = [reading.hit_at[token.i] for token in (child, *inside) if token.i in reading.hit_at]
        countries = [hit.fact.iso3 for hit in hits if hit.fact.iso3]
        if child.i > head.i and cases and countries:
            return countries[:1]
    return []


def _mention(reading: Reading, nominal: _Nominal, first: int, country: str | None) -> Mention:
    end = nominal.end
    words = reading.words[first:end]
    past = nouns.is_past(words)
    role = nominal.role
    sector = "ELI" if past and role.sector in ("GOV", "LEG") else role.sector
    single = nominal.head.tag_ in ("NN", "NNP") and not past
    office = facts.office_of(role.text) if single and not _indefinite(nominal.head) else None
    alone = nominal.head.tag_ in ("NN", "NNP") and role.text not in facts.words("collective_nouns")
    key = f"office:{country or ''}:{office}" if office else _group_key(country, sector, role, alone)
    described = f"former {role.text}" if past else role.text
    name = with_country(country, described) if alone and country else group_name(country, sector)
    return Mention(
        first,
        end,
        "GROUP",
        "nominal",
        name or reading.cut(end - len(role.text.split()), end),
        key=key,
        country=country,
        sector=sector,
        description=role.text,
        past=past,
        office=office,
        single=alone,
        basis="lookup:agents",
    )


def _group_key(country: str | None, sector: str, role: nouns.Role, alone: bool) -> str:
    """One person of a country is no group of it: he stays in his document."""
    return f"group:{country}:{sector}" if country and not alone else f"noun:{country or ''}:{role.text}"


def _indefinite(head: Token) -> bool:
    indefinite = facts.words_of("entity_words", "indefinite")
    return any(child.lower_ in indefinite for child in children(head, "det"))


def _owned(nominal: _Nominal) -> list[Mention]:
    """A group of an organisation: "NATO forces", "Hamas fighters"."""
    owner, role = nominal.owner, nominal.role
    assert owner is not None
    sector = owner.sector if owner.sector in INTERNATIONAL or role.sector == UNSURE else role.sector
    name = f"{owner.name} {nominal.head.lower_}"
    return [
        Mention(
            nominal.first,
            nominal.end,
            "GROUP",
            "nominal",
            name,
            key=f"group:{facts.fold(owner.name)}:{role.text}",
            country=owner.country,
            sector=sector,
            description=role.text,
            basis="lookup:agents",
        )
    ]


def used_as_place(reading: Reading, mention: Mention) -> bool:
    """Return whether a capital is meant as the city: after a preposition of place, not as the government."""
    hit = reading.hit_at.get(mention.first)
    if not is_country(hit) or hit is None or hit.fact.kind != "capital":
        return False
    root = reading.doc[mention.first : mention.last].root
    cases = {case.lower_ for case in children(root, "case")}
    in_city = "of" in cases and root.head.lower_ in facts.words_of("entity_words", "part of a city")
    return bool(cases & facts.words("place_prepositions").keys()) or in_city or root.dep_ in PARTS
