"""Nouns that go back to something named before: "the administration", "the troops", "the country"."""

from dataclasses import replace

from spacy.tokens import Token

from transforms.entities.reading import Mention, Reading, children, group_name, is_country, root_of
from transforms.lookups import facts

STATE = ("GOV", "MIL", "LEG", "COP", "SPY", "JUD")
ALIKE = {"BUS": ("BUS", "MNC"), "NGO": ("NGO", "SOC"), "SOC": ("NGO", "SOC"), "REB": ("REB", "IMG", "UAF")}
NOUNS = ("name", "capital", "metonym")
REACH = 2


def resolve(reading: Reading, names: list[Mention], nominals: list[Mention]) -> None:
    """Give definite nouns without a country to the entity of the same noun before them, if there is only one.

    "The council" goes to "Harbour Council", "the troops" and bare "troops" to "Peruvian troops", "the alliance" to the
    one body of its sector in the sentences before; "administration officials" are those of the one administration.
    Where the document names two such entities before the noun, it stays on its own.
    """
    owners = sorted([*(n for n in names if n.entity_type == "ORG"), *nominals], key=lambda mention: mention.first)
    for nominal in nominals:
        if nominal.country or nominal.entity_type != "GROUP" or not nominal.key.startswith("noun:"):
            continue
        root = root_of(reading.doc, nominal.first, nominal.last)
        words = {facts.fold(word) for word in reading.words[nominal.first : nominal.last - 1]}
        refers = _is_definite(root) or _is_bare(root, nominal)
        if not words and not refers:
            continue
        before = [o for o in owners if o.first < nominal.first and (o.country or o.kind != "nominal")]
        owner = _only([o for o in before if _owns(reading, o, words)])
        if owner is not None and owner.country and nominal.sector in STATE:
            _belong(nominal, owner)
            continue
        if not refers:
            continue
        same = [o for o in before if _same_noun(reading, o, nominal)]
        owner = _only(same) or _only(_bodies(reading, before, nominal))
        if owner is not None:
            nominal.key, nominal.entity_type, nominal.name = owner.key, owner.entity_type, owner.name
            nominal.country, nominal.sector = owner.country, owner.sector


def _only(fitting: list[Mention]) -> Mention | None:
    """The last of the mentions, if all are of one entity."""
    return fitting[-1] if len({owner.key for owner in fitting}) == 1 else None


def _owns(reading: Reading, owner: Mention, words: set[str]) -> bool:
    """Whether the words before a head hold the noun that ends a body's name: "administration official"."""
    named = bool(words) and owner.kind != "nominal" and owner.last - owner.first > 1
    return named and facts.fold(reading.words[owner.last - 1]) in words


def _belong(nominal: Mention, owner: Mention) -> None:
    nominal.country = owner.country
    nominal.name = group_name(owner.country, nominal.sector or "") or nominal.name
    nominal.key = nominal.key if nominal.single else f"group:{owner.country}:{nominal.sector}"


def _bodies(reading: Reading, before: list[Mention], nominal: Mention) -> list[Mention]:
    """The bodies of the sector of "the alliance", "the party" in its sentence and those before."""
    if nominal.description not in facts.words_of("entity_words", "body noun"):
        return []
    start = reading.sentence_start(nominal.first)
    for _ in range(REACH):
        start = reading.sentence_start(max(start - 1, 0))
    sectors = ALIKE.get(nominal.sector or "", (nominal.sector,))
    return [o for o in before if o.kind != "nominal" and o.first >= start and o.sector in sectors]


def _is_definite(root: Token) -> bool:
    definite = facts.words_of("entity_words", "definite")
    return any(child.lower_ in definite for child in children(root, "det"))


def _is_bare(root: Token, nominal: Mention) -> bool:
    """Whether a plural of the state stands alone: "officials said"."""
    return root.tag_ == "NNS" and nominal.sector in STATE and not any(child.i < root.i for child in root.children)


def _same_noun(reading: Reading, owner: Mention, nominal: Mention) -> bool:
    if owner.kind == "nominal":
        return owner.description == nominal.description and owner.entity_type == "GROUP"
    return owner.last - owner.first > 1 and facts.fold(reading.words[owner.last - 1]) == nominal.description


def countries(reading: Reading, names: list[Mention]) -> list[Mention]:
    """Return mentions for "the country", "the former Soviet republic": the one country named last before them.

    It is looked for in the same sentence, but not beside the phrase at one verb, and in the two before; where the
    nearest of these names two, nobody is chosen. Adjectives ("Russian troops") name nobody here.
    """
    known = {token for token, hit in reading.hit_at.items() if hit.fact.kind in NOUNS}
    named = [n for n in names if n.key == f"country:{n.country}" and n.first in known]
    found = []
    for token in reading.doc:
        first = _country_phrase(reading, token)
        owner = _country_before(reading, token, named) if first is not None else None
        if first is not None and owner is not None:
            noun = replace(owner, first=first, last=token.i + 1, kind="nominal", described_by=set())
            found.append(replace(noun, entity_type="GPE", basis="lookup:country_names"))
    return found


def _country_phrase(reading: Reading, token: Token) -> int | None:
    """Where a definite phrase with "country" as its head begins; None where it is none or names the country itself."""
    nouns = facts.words_of("entity_words", "country noun")
    if token.tag_ != "NN" or token.lower_ not in nouns or not _is_definite(token) or children(token, "nmod"):
        return None
    before = (child for child in children(token, "amod", "compound") if child.i < token.i)
    first = min((word.i for child in before for word in child.subtree), default=token.i)
    named = any(is_country(reading.hit_at.get(i)) and not _is_past(reading, i) for i in range(first, token.i))
    return None if named else first


def _is_past(reading: Reading, token: int) -> bool:
    """Whether a name is that of a state that is no more: "former Soviet republic"."""
    return token > 0 and reading.words[token - 1].casefold() == "former"


def _country_before(reading: Reading, token: Token, named: list[Mention]) -> Mention | None:
    start = reading.sentence_start(token.i)
    for _ in range(REACH + 1):
        here = [name for name in named if start <= name.first < token.i and not _beside(reading, name, token)]
        if here:
            return here[-1] if len({name.key for name in here}) == 1 else None
        if start == 0:
            return None
        start = reading.sentence_start(start - 1)
    return None


def _beside(reading: Reading, name: Mention, token: Token) -> bool:
    return root_of(reading.doc, name.first, name.last).head == token.head
