"""Mentions of political actors by the tokens that they cover."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Token

from transforms.events import syntax, tables

ACTORS = frozenset({"PERSON", "ORG", "GPE", "NORP", "GROUP", "LOC"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
INSIDE = ("nmod:poss", "amod", "compound", "nmod", "appos", "flat", "det")
LINKS = frozenset({"", "of", "by", "from", "in", "at", "for"})
OWNING = frozenset({"of", "from", "in"})
INTERNATIONAL = frozenset({"IGO", "NGO", "IMG", "MNC", "REB", "UAF"})
BODIES = frozenset({"GPE", "ORG", "GROUP"})
ARGUMENTS = frozenset({"nsubj", "nsubj:pass", "obj", "iobj", "obl:agent"})
OWNERS = ARGUMENTS | {"nmod:poss"}


@dataclass(frozen=True)
class Mention:
    """A row of `names` with what its chain says.

    Attributes:
        number: number of the mention in its document.
        start: first code point.
        end: code point after the last.
        text: its words.
        entity_type: type of the entity.
        kind: name, title, nominal or pronoun.
        country: ISO 3166-1 alpha-3 code or None.
        sector: PLOVER sector or None.
    """

    number: int
    start: int
    end: int
    text: str
    entity_type: str
    kind: str
    country: str | None
    sector: str | None

    @property
    def acts(self) -> bool:
        """Whether it can be an actor or recipient."""
        return self.entity_type in ACTORS or bool(self.country or self.sector)

    @property
    def is_city(self) -> bool:
        """Whether it names a town or province, not a government: "in Geneva"."""
        return self.entity_type == "GPE" and self.sector is None and self.kind == "name"

    @property
    def is_region(self) -> bool:
        """Whether it names a region of no single country: "Eastern Europe"."""
        return self.entity_type == "LOC" and not self.country


class MentionIndex:
    """The mentions of a document, found by token."""

    def __init__(self, doc: Doc, mentions: Iterable[Mention]) -> None:
        """Index the mentions of one document."""
        self.doc = doc
        self._by_token: dict[int, Mention] = {}
        spans = [(doc.char_span(one.start, one.end, alignment_mode="expand"), one) for one in mentions]
        found = sorted(((span, one) for span, one in spans if span is not None), key=lambda pair: -len(pair[0]))
        for span, one in found:
            self._by_token.update({token.i: one for token in span})
        self._sharing: dict[int, list[Mention]] = {}
        for span, one in reversed(found):
            self._by_token[span.root.i] = one
            if one.kind == "nominal":
                self._sharing.setdefault(span[-1].i, []).append(one)

    def at(self, token: Token) -> Mention | None:
        """Return the mention that a token heads, the longest if several, else the shortest that covers it."""
        return self._by_token.get(token.i)

    def sharing(self, token: Token) -> list[Mention]:
        """Return the groups that share a noun, in text order: two for "French and Dutch officials"."""
        found = self._sharing.get(token.i, [])
        return sorted(found, key=lambda one: one.start) if len({one.country for one in found}) > 1 else []

    def actor(self, token: Token, depth: int = 0) -> Mention | None:
        """Return the mention that a nominal stands for: its own, else that of who owns or describes it."""
        own = self._by_token.get(token.i)
        if own is not None and own.acts:
            alone = own.country or own.kind != "nominal" or own.sector in INTERNATIONAL
            return own if alone else self._owner(token, depth) or own
        if token.lower_ in tables.word_class("of_a_body"):
            return self._meant(token)
        if token.lower_ in tables.word_class("of_a_person"):
            return self._person_meant(token)
        across = self._across(token)
        if across is not None:
            return across
        for label in INSIDE:
            for child in syntax.children(token, label):
                if label == "nmod" and syntax.preposition(child) not in LINKS:
                    continue
                found = self.actor(child, depth + 1) if depth < 2 else None
                if found is not None and not self._describes(found, label):
                    return found
        return None

    def _describes(self, mention: Mention, label: str) -> bool:
        """Return whether a modifier says where or what kind, not who: "leaders in Geneva", "European neighbours"."""
        kind = mention.entity_type == "NORP" and not (mention.country or mention.sector)
        return kind or (label == "nmod" and (mention.is_city or mention.is_region))

    def _across(self, token: Token) -> Mention | None:
        """Return the country on the other side of a border: "its border with Chad"."""
        if not syntax.has_lemma(token, tables.word_class("border")):
            return None
        after = token.doc[token.i + 1] if token.i + 1 < token.sent.end else token
        found = self._by_token.get(after.head.i) if after.lower_ == "with" else None
        return found if found is not None and found.country else None

    def _owner(self, token: Token, depth: int) -> Mention | None:
        """Return whose a group without a country is: "its troops", "the mayor of Geneva"."""
        if depth > 1:
            return None
        owners = syntax.children(token, "nmod:poss")
        owners += [child for child in syntax.children(token, "nmod") if syntax.preposition(child) in OWNING]
        found = [self.actor(owner, depth + 1) for owner in owners]
        known = [mention for mention in found if mention is not None and mention.country]
        return next((mention for mention in known if not mention.is_city), None)

    def _meant(self, pronoun: Token) -> Mention | None:
        """Return whom "it" and "they" mean where no chain says so.

        That is the nearest state or body before the pronoun that is an argument of a verb in the same sentence, else
        the subject of the sentence before (the recency and parallelism of Lappin & Leass 1994, in their simplest form).
        """
        sentence = pronoun.sent
        for token in reversed(list(sentence.doc[sentence.start : pronoun.i])):
            if token.dep_ in ARGUMENTS and self._is_body(token) and token != pronoun.head:
                return self._by_token[token.i]
        if sentence.start == 0 or pronoun.dep_ == "nmod:poss":
            return None
        before = sentence.doc[sentence.start - 1].sent
        subjects = [token for token in before if token.dep_ in ("nsubj", "nsubj:pass") and self._is_body(token)]
        return self._by_token[subjects[0].i] if subjects else None

    def _person_meant(self, pronoun: Token) -> Mention | None:
        """Return whom "his" means: the last person in the sentence before it, where all are of one state."""
        before = pronoun.doc[pronoun.sent.start : pronoun.i]
        found = [self._by_token[token.i] for token in before if token.dep_ in OWNERS and token.i in self._by_token]
        people = [mention for mention in found if mention.entity_type == "PERSON"]
        return people[-1] if len({mention.country for mention in people}) == 1 else None

    def _is_body(self, token: Token) -> bool:
        mention = self._by_token.get(token.i)
        return mention is not None and mention.entity_type in BODIES and mention.kind != "pronoun"

    def place(self, token: Token) -> Mention | None:
        """Return the place that covers a token."""
        own = self._by_token.get(token.i)
        return own if own is not None and own.entity_type in PLACES else None


def mentions_of(names: Iterable[Mapping[str, Any]], chains: Iterable[Mapping[str, Any]]) -> list[Mention]:
    """Return the mentions of one document from its rows of `names` and `chains`."""
    by_chain = {row["chain"]: row for row in chains}
    found = []
    for row in names:
        chain = by_chain.get(row["chain"], {})
        found.append(
            Mention(
                number=row["mention"],
                start=row["start"],
                end=row["end"],
                text=row["text"],
                entity_type=row["entity_type"],
                kind=row["mention_kind"],
                country=chain.get("country"),
                sector=chain.get("sector"),
            )
        )
    return found
