"""Mentions of political actors by the tokens that they cover."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

from spacy.tokens import Doc, Token

from transforms.events import syntax

ACTORS = frozenset({"PERSON", "ORG", "GPE", "NORP", "GROUP", "LOC"})
PLACES = frozenset({"GPE", "LOC", "FAC"})
INSIDE = ("nmod:poss", "amod", "compound", "nmod", "appos", "flat", "det")
LINKS = frozenset({"", "of", "by", "from", "in", "at", "for"})
SPEAKERS = frozenset({"i", "we", "our", "my", "us", "me"})


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


class MentionIndex:
    """The mentions of a document, found by token."""

    def __init__(self, doc: Doc, mentions: Iterable[Mention]) -> None:
        """Index the mentions of one document."""
        self._by_token: dict[int, Mention] = {}
        for mention in sorted(mentions, key=lambda mention: mention.start - mention.end, reverse=True):
            span = doc.char_span(mention.start, mention.end, alignment_mode="expand")
            self._by_token.update({token.i: mention for token in span} if span is not None else {})

    def at(self, token: Token) -> Mention | None:
        """Return the longest mention that covers a token."""
        return self._by_token.get(token.i)

    def actor(self, token: Token, depth: int = 0) -> Mention | None:
        """Return the mention that a nominal stands for: its own, else that of who owns or describes it."""
        own = self._by_token.get(token.i)
        if own is not None and own.acts:
            return own
        for label in INSIDE:
            for child in syntax.children(token, label):
                if label == "nmod" and syntax.preposition(child) not in LINKS:
                    continue
                found = self.actor(child, depth + 1) if depth < 2 else None
                if found is not None:
                    return found
        return None

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
            )  # fmt: skip
        )
    return found
