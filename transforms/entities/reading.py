"""What the steps of `names` share: a parsed document with its known names, and the mention that they build."""

from dataclasses import dataclass, field
from datetime import date
from functools import cached_property

from spacy.tokens import Doc, Token

from transforms.entities.gazetteer import COUNTRY_KINDS, Hit, decided, hits
from transforms.lookups import facts


@dataclass
class Mention:
    """A mention on its way to a chain.

    Attributes:
        first: its first token.
        last: the token after its last.
        entity_type: type of the entity.
        kind: name, title, nominal or pronoun.
        name: name that it gives the entity, its own words unless a lookup knows better.
        key: what tells its chain apart inside the document.
        country: ISO 3166-1 alpha-3 code that the words around it or a lookup state.
        sector: PLOVER sector that they state.
        description: role or office that they state.
        honorific: folded honorific before it, such as "mr.".
        described_by: tokens of the titles before it and of the nouns that describe it.
        past: whether the role is over.
        office: office of which a country has one, if the description names one.
        single: whether a noun names one person, not a group.
        basis: what this rests on.
    """

    first: int
    last: int
    entity_type: str
    kind: str
    name: str
    key: str = ""
    country: str | None = None
    sector: str | None = None
    description: str | None = None
    honorific: str = ""
    described_by: set[int] = field(default_factory=set)
    past: bool = False
    office: str | None = None
    single: bool = False
    basis: str = "model"


@dataclass
class Reading:
    """A document as the steps of `names` read it.

    Attributes:
        doc: its parse, with straight quotes.
        text: its clean text, of the same length.
        on: day of publication, if known.
        gazetteer: whether the known names of the lookups are looked for.
    """

    doc: Doc
    text: str
    on: date | None
    gazetteer: bool = True
    mentions: list[Mention] = field(default_factory=list)

    @cached_property
    def words(self) -> list[str]:
        """The tokens' texts."""
        return [token.text for token in self.doc]

    @cached_property
    def hits(self) -> list[Hit]:
        """The known names in the text."""
        if not self.gazetteer:
            return []
        bounds = [(token.idx, token.idx + len(token)) for token in self.doc]
        return decided(self.doc.text, bounds, hits(self.doc.text, bounds))

    @cached_property
    def hit_at(self) -> dict[int, Hit]:
        """The known name that covers a token."""
        return {token: hit for hit in self.hits for token in range(hit.first, hit.last)}

    def known_in(self, first: int, last: int) -> list[Hit]:
        """Return the known names that stand wholly among the tokens, in order."""
        starting = (hit for token in range(first, last) if (hit := self.hit_at.get(token)) and hit.first == token)
        return [hit for hit in starting if hit.last <= last]

    def cut(self, first: int, last: int) -> str:
        """Return the text of tokens as the clean text has it, on one line."""
        if first >= last:
            return ""
        end = self.doc[last - 1]
        return " ".join(self.text[self.doc[first].idx : end.idx + len(end)].split())

    def countries(self, first: int, last: int) -> list[str]:
        """Return the countries that known names among the tokens speak of, in order, each once.

        A name with a hyphen at its side ("pro-Russian", "Iran-backed") says whom they are for, not whose they are.
        """
        inside = (hit for hit in self.known_in(first, last) if hit.fact.iso3 and not self._hyphened(hit))
        return list(dict.fromkeys(hit.fact.iso3 for hit in inside if hit.fact.iso3))

    def _hyphened(self, hit: Hit) -> bool:
        before, after = hit.first - 1, hit.last
        joined_before = before > 0 and self.words[before] == "-" and not self.doc[before].whitespace_
        joined_after = after < len(self.doc) and self.words[after] == "-" and not self.doc[after - 1].whitespace_
        return joined_before or joined_after

    def run_start(self, token: int, reach: int) -> int:
        """Return the first token of the run of words, without punctuation or line break, that ends before a token."""
        start = token
        while start > 0 and token - start < reach and not self.doc[start - 1].is_space:
            if self.doc[start - 1].is_punct and self.words[start - 1] not in ("-", "'s", "."):
                break
            start -= 1
        return start

    def sentence_start(self, token: int) -> int:
        """Return the first token of the sentence of a token."""
        return self._starts[token]

    @cached_property
    def _starts(self) -> list[int]:
        starts: list[int] = []
        for number, token in enumerate(self.doc):
            starts.append(number if token.is_sent_start or not starts else starts[-1])
        return starts


def is_country(hit: Hit | None) -> bool:
    """Return whether a known name is a country's, in any form."""
    return hit is not None and hit.fact.kind in COUNTRY_KINDS


def children(token: Token, *labels: str) -> list[Token]:
    """Return the children of a token with one of the dependencies, in order of the text."""
    return [child for child in token.children if child.dep_ in labels]


def root_of(doc: Doc, first: int, last: int) -> Token:
    """Return the token of a span that the others hang on."""
    return doc[first:last].root


def group_name(country: str | None, sector: str) -> str | None:
    """Return the name of an unnamed group: "Russian military"; None where there is no country."""
    nouns = facts.words("group_names", "sector", "name")
    return with_country(country, nouns[sector]) if country and sector in nouns else None


def with_country(country: str, noun: str) -> str:
    """Return the noun after the adjective of a country; "former" stays in front: "former French officials"."""
    former, rest = ("former ", noun.removeprefix("former ")) if noun.startswith("former ") else ("", noun)
    return f"{former}{facts.adjective(country)} {rest}"
