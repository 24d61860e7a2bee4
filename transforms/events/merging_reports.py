"""Reports as merging sees them: who took part, when it can have happened, which words tell it."""

import re
from dataclasses import dataclass
from datetime import date
from functools import cache, lru_cache
from typing import Any

import polars as pl

from transforms.duplicates.stories import StoryParams, Vector, vector
from transforms.events import tables as lookups
from transforms.events.merging_facts import ABOUT_DOCUMENT, COLUMNS, ROLES, Facts

Row = dict[str, Any]
NATIONAL = frozenset({"GPE", "NORP", "GROUP"})
IDENTIFIED = frozenset({"PERSON", "ORG"})
GOVERNING = frozenset({"GOV", "MIL", "LEG", "JUD", "SPY", "COP"})


@dataclass(frozen=True, slots=True)
class Party:
    """An entity cluster that takes part.

    Attributes:
        cluster: key of the entity cluster.
        name: its canonical name.
        entity_type: its type.
        country: ISO 3166-1 alpha-3 code or None.
        sector: PLOVER sector or None.
    """

    cluster: str
    name: str
    entity_type: str
    country: str | None
    sector: str | None

    @property
    def national(self) -> bool:
        """Whether it stands for its country as a whole: the country itself, its people, an unnamed group of it."""
        return self.country is not None and self.entity_type in NATIONAL

    @property
    def known(self) -> bool:
        """Whether the text says who it is, so that another known party is somebody else."""
        return self.country is not None or self.entity_type in IDENTIFIED

    @property
    def governs(self) -> bool:
        """Whether it acts for the government of its country."""
        return self.national or (self.country is not None and self.sector in GOVERNING)


Span = tuple[date, date]
_KNOWN_PAIR = re.compile(r"\b(?:the two|the pair|both) ", re.IGNORECASE)
Parties = tuple[tuple[Party, ...], ...]
NOBODY: Parties = tuple(() for _ in ROLES)


@dataclass(frozen=True, slots=True)
class Told:
    """One report with what decides about merging it: columns of `reports`, and what other tables say of them.

    Attributes:
        parties: the entity clusters in each of `ROLES`.
        stated: the days that the text states, None where it states none.
        possible: the days on which it can have happened, as far as publication tells; None where nothing is known.
        published_on: day of publication of its document, None where unknown.
        story: cluster of the story.
        original: the document that its document copies, else its own.
        standing: whether it is a situation that goes on, or a threat that has been made and holds.
        terms: the heaviest words of its document as `prints` has them, empty where unknown.
    """

    document_id: str
    report: int
    sentence: str
    sentence_start: int
    trigger_start: int
    trigger_end: int
    lemma: str
    event_type: str
    event_mode: str | None
    contexts: str | None
    status: str
    happened_from: date | None
    happened_to: date | None
    date_precision: str
    date_basis: str | None
    quantity: float | None
    quantity_unit: str | None
    confidence: float
    rule: str
    parties: Parties
    stated: Span | None
    possible: Span | None
    published_on: date | None
    story: str
    original: str
    standing: bool
    terms: bytes

    @property
    def key(self) -> str:
        """Document and number of the report."""
        return f"{self.document_id}:{self.report}"

    def of(self, role: str) -> tuple[Party, ...]:
        """Return the parties in a role."""
        return self.parties[ROLES[role]]

    @property
    def goes_back(self) -> bool:
        """Whether it speaks of an event as known: "the June summit", "their call", "between the two leaders"."""
        before = self.sentence[: self.trigger_start - self.sentence_start]
        named = any(party.known for role in ("actor", "recipient") for party in self.of(role))
        noun = self.rule.startswith("predicate:noun") and bool(_known_event().search(before))
        return noun or (not named and bool(_KNOWN_PAIR.search(self.sentence)))

    def around(self, context: int) -> str:
        """Return the words before and after the trigger, so many code points each, as far as the sentence goes."""
        first, last = self.trigger_start - self.sentence_start, self.trigger_end - self.sentence_start
        return f"{self.sentence[max(0, first - context) : first]} {self.sentence[last : last + context]}"


@dataclass(frozen=True, slots=True)
class Kind:
    """What merging knows about an event type.

    Attributes:
        family: types of one family can tell one act.
        symmetric: whether the parties are equals, so that their order says nothing.
        any_trigger: whether any trigger of the type can name the act of any other.
        lone_acts: whether the only party that reports of equals name has acted, wherever they name it: who is spoken
            with is met by somebody, who has agreed has done so.
    """

    family: str
    symmetric: bool
    any_trigger: bool
    lone_acts: bool


FLAGS = ("symmetric", "any_trigger", "lone_acts")


@cache
def _known_event() -> re.Pattern[str]:
    """A definite word before at most three words that end a text."""
    words_ = "|".join(sorted(map(re.escape, lookups.word_class("definite"))))
    return re.compile(rf"\b(?:{words_}|their)\s+(?:(?!of\b)[\w'\u2019-]+\s+){{0,3}}$", re.IGNORECASE)


def kinds() -> dict[str, Kind]:
    """Return the kind of each event type."""
    return {
        row["event_type"]: Kind(row["family"], *(row[flag] == "true" for flag in FLAGS))
        for row in lookups.rows("event_kinds")
    }


def told_of(found: Facts, numbers: pl.Series) -> dict[int, Told]:
    """Return some of the reports by their number.

    Args:
        found: all reports as columns.
        numbers: which of them; each once.
    """
    parties = _parties(found.parties.filter(pl.col("number").is_in(numbers.implode())))
    rows = found.reports.filter(pl.col("number").is_in(numbers.implode())).drop("hash")
    terms = dict(found.terms.join(rows.select("document_id").unique(), on="document_id", how="semi").iter_rows())
    return {
        row["number"]: _told(row, parties.get(row["number"], NOBODY), terms.get(row["document_id"], b""))
        for row in rows.iter_rows(named=True)
    }


def _told(row: Row, parties: Parties, terms: bytes) -> Told:
    stated, possible = (_span(row[f"{span}_from"], row[f"{span}_to"]) for span in ("stated", "possible"))
    own = {column: row[column] for column in (*COLUMNS, *ABOUT_DOCUMENT, "standing")}
    return Told(**own, parties=parties, stated=stated, possible=possible, terms=terms)


def _span(first: date | None, last: date | None) -> Span | None:
    return None if first is None or last is None else (first, last)


@lru_cache(maxsize=1 << 16)
def words(around: str, terms: int) -> Vector:
    """Return the rare words around a trigger, weighted."""
    return vector(around, StoryParams(terms=terms))


def _parties(rows: pl.DataFrame) -> dict[int, Parties]:
    """The entity clusters of each report by role, in the order of the text."""
    entities: dict[tuple[str, ...], Party] = {}
    found: dict[int, list[tuple[Party, ...]]] = {}
    for number, role, *entity in rows.iter_rows():
        party = entities.setdefault(tuple(entity), Party(*entity))
        parties = found.setdefault(number, [() for _ in ROLES])
        parties[ROLES[role]] += (party,)
    return {number: tuple(parties) for number, parties in found.items()}
