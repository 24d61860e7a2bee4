"""Roles that the text gives to a named person: titles before the name, appositions and predicates after it."""

from spacy.tokens import Token

from transforms.entities import nouns
from transforms.entities.reading import Mention, Reading, children, root_of
from transforms.lookups import facts

LONGEST = 10
WINDOW = 4
REACH = 9
STOPS = (",", ".", ";")
VERBAL = ("VERB", "AUX", "PRON", "SPACE")


def give_roles(reading: Reading, mentions: list[Mention]) -> None:
    """Write description, country, sector, office and honorific of each named person into its mention."""
    for mention in mentions:
        if mention.entity_type == "PERSON":
            _title(reading, mention)
            _apposition(reading, mention)


def _title(reading: Reading, mention: Mention) -> None:
    """Read the titles right before a name from the name outwards: "Russian President", "retired Gen.", "Mr."."""
    start, last = reading.run_start(mention.first, LONGEST), mention.first
    while last > start:
        words = reading.words[start:last]
        role = nouns.title_before(words, len(words)) or _noun_before(reading, words, last)
        if role is None:
            break
        first = start + role.first
        if role.sector:
            _describe(reading, mention, first, last, role)
            mention.kind = "title"
        else:
            mention.honorific = mention.honorific or role.text
        mention.described_by |= set(range(first, last))
        last = first
        if role.sector:
            break
    if mention.kind == "name" and nouns.is_past(reading.words[max(start, mention.first - 1) : mention.first]):
        mention.past = True


def _noun_before(reading: Reading, words: list[str], last: int) -> nouns.Role | None:
    """A lower-case noun of office right before a name: "the analyst Ben Carter"."""
    if not reading.doc[last - 1].tag_.startswith("NN"):
        return None
    role = nouns.ending_at(words, len(words))
    return role if role is not None and facts.fold(words[-1]) in nouns.singulars(words[-1])[:1] else None


def _describe(reading: Reading, mention: Mention, first: int, last: int, role: nouns.Role) -> None:
    """Take over a role that stands in the tokens from first to last, with the country and state of it before them."""
    start = first
    while start > reading.run_start(first, WINDOW) and _qualifies(reading, start - 1):
        start -= 1
    countries = reading.countries(start, last)
    bodies = [hit.fact for hit in reading.known_in(start, last) if hit.fact.kind == "organisation"]
    mention.description = reading.cut(first, last)
    mention.sector = bodies[0].sector if bodies and bodies[0].sector in ("IGO", "NGO", "IMG", "REB") else role.sector
    mention.country = countries[0] if countries else mention.country
    mention.past = mention.past or nouns.is_past(reading.words[start:last])
    mention.office = None if bodies else facts.office_of(mention.description)
    mention.basis = "text:title"


def _qualifies(reading: Reading, token: int) -> bool:
    return token in reading.hit_at or reading.doc[token].pos_ == "ADJ" or reading.words[token] in ("'s", "-", "then")


def _apposition(reading: Reading, mention: Mention) -> None:
    """Read "Ana Duarte, the Chilean finance minister" and "Duarte is a lawyer"."""
    if mention.description is not None:
        return
    root = root_of(reading.doc, mention.first, mention.last)
    heads = children(root, "appos")
    if root.dep_ == "nsubj" and children(root.head, "cop"):
        heads.append(root.head)
    if root.dep_ == "appos" and root.head.i < mention.first and reading.words[mention.first - 1] == ",":
        heads.append(root.head)
    for head in heads:
        if mention.first <= head.i < mention.last or head.ent_type_ == "PERSON":
            continue
        role = nouns.ending_at(reading.words, head.i + 1)
        if role is not None and head.pos_ in ("NOUN", "PROPN") and role.sector not in ("UNK",):
            first = min(role.first, _left(head))
            _describe_phrase(reading, mention, head, first, role)
            return
    _after_comma(reading, mention)


def _after_comma(reading: Reading, mention: Mention) -> None:
    """Read "Ben Carter, a retired Army general who ..." off the words where the parse hangs it elsewhere."""
    doc, comma = reading.doc, mention.last
    if comma + 2 >= len(doc) or doc[comma].text != "," or doc[comma + 1].pos_ not in ("DET", "ADJ", "NOUN", "PROPN"):
        return
    for token in doc[comma + 1 : comma + 1 + REACH]:
        if token.text in STOPS or token.pos_ in VERBAL or token.ent_type_ == "PERSON":
            return
        following = doc[token.i + 1] if token.i + 1 < len(doc) else None
        if token.pos_ not in ("NOUN", "PROPN") or (following is not None and following.pos_ in ("NOUN", "PROPN")):
            continue
        role = nouns.ending_at(reading.words[comma + 1 : token.i + 1], token.i - comma)
        if role is not None and role.sector != "UNK":
            _describe_phrase(reading, mention, token, comma + 1 + (doc[comma + 1].pos_ == "DET"), role)
            return


def _left(head: Token) -> int:
    inside = [child.i for child in children(head, "amod", "compound", "nmod:poss", "flat") if child.i < head.i]
    return min(inside, default=head.i)


def _describe_phrase(reading: Reading, mention: Mention, head: Token, first: int, role: nouns.Role) -> None:
    owners = [
        child.i
        for child in children(head, "nmod")
        if child.i > head.i and any(case.lower_ == "of" for case in children(child, "case"))
    ]
    countries = reading.countries(first, head.i + 1) or [c for i in owners for c in reading.countries(i, i + 1)]
    mention.described_by |= set(range(first, head.i + 1))
    mention.description = reading.cut(first, head.i + 1)
    mention.sector, mention.country = role.sector, countries[0] if countries else None
    mention.past = nouns.is_past(reading.words[first : head.i + 1])
    mention.office = facts.office_of(mention.description)
    mention.basis = "text:apposition"
