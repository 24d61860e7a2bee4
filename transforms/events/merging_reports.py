"""Reports as merging sees them: who took part, when it can have happened, which words tell it."""

from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any

import polars as pl

from transforms.contract import Tables
from transforms.duplicates.stories import StoryParams, Vector, vector
from transforms.events import tables as lookups
from transforms.events.merging_params import MergingParams

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
Parties = tuple[tuple[Party, ...], ...]
ROLES = {"actor": 0, "recipient": 1, "place": 2, "attributed_to": 3}
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
    parties: Parties
    stated: Span | None
    possible: Span | None
    published_on: date | None
    story: str
    original: str

    @property
    def key(self) -> str:
        """Document and number of the report."""
        return f"{self.document_id}:{self.report}"

    def of(self, role: str) -> tuple[Party, ...]:
        """Return the parties in a role."""
        return self.parties[ROLES[role]]

    def around(self, context: int) -> str:
        """Return the words around the trigger, so many code points on either side, as far as the sentence goes."""
        first, last = self.trigger_start - self.sentence_start, self.trigger_end - self.sentence_start
        return self.sentence[max(0, first - context) : last + context]


@dataclass(frozen=True, slots=True)
class Kind:
    """What merging knows about an event type.

    Attributes:
        family: types of one family can tell one act.
        symmetric: whether the parties are equals, so that their order says nothing.
        any_trigger: whether any trigger of the type can name the act of any other.
    """

    family: str
    symmetric: bool
    any_trigger: bool


def kinds() -> dict[str, Kind]:
    """Return the kind of each event type."""
    return {
        row["event_type"]: Kind(row["family"], row["symmetric"] == "true", row["any_trigger"] == "true")
        for row in lookups.rows("event_kinds")
    }


COLUMNS = (
    "document_id", "report", "sentence", "sentence_start", "trigger_start", "trigger_end", "lemma", "event_type",
    "event_mode", "contexts", "status", "happened_from", "happened_to", "date_precision", "date_basis", "quantity",
    "quantity_unit", "confidence",
)  # fmt: skip


def told(tables: Tables, params: MergingParams) -> list[Told]:
    """Return all reports, sorted by document and number.

    Args:
        tables: reports, report_arguments, names, chain_entities, entity_clusters, duplicates, stories and fields.
        params: see the class.
    """
    parties = _parties(tables)
    published = dict(tables["fields"].select("document_id", "published_on").iter_rows())
    stories = dict(tables["stories"].select("document_id", "cluster").iter_rows())
    originals = dict(tables["duplicates"].select("document_id", "duplicate_of").iter_rows())
    reports = tables["reports"].rename({"trigger_lemma": "lemma"}).select(COLUMNS).sort("document_id", "report")
    found = []
    for row in reports.iter_rows(named=True):
        document, day = row["document_id"], published.get(row["document_id"])
        stated = _stated(row)
        row["status"] = _status(row["status"], stated, day)
        found.append(
            Told(
                **row,
                parties=parties.get((document, row["report"]), NOBODY),
                stated=stated,
                possible=stated or _possible(row, day, params),
                published_on=day,
                story=stories.get(document, document),
                original=originals.get(document, document),
            )
        )
    return found


@lru_cache(maxsize=1 << 16)
def words(around: str, terms: int) -> Vector:
    """Return the rare words around a trigger, weighted."""
    return vector(around, StoryParams(terms=terms))


def _stated(row: Row) -> Span | None:
    if row["happened_from"] is None or row["date_basis"] in (None, "published"):
        return None
    return row["happened_from"], row["happened_to"] or row["happened_from"]


def _status(status: str, stated: Span | None, published_on: date | None) -> str:
    """What starts after the day of publication is a plan, however the sentence puts it."""
    ahead = stated is not None and published_on is not None and stated[0] > published_on
    return "planned" if ahead and status in ("happened", "ongoing") else status


def _possible(row: Row, published_on: date | None, params: MergingParams) -> Span | None:
    """The days on which an act without a stated date can lie: before publication, for plans after it."""
    if published_on is None:
        return None
    if row["status"] in ("planned", "threatened") and row["event_type"] != "THREATEN":
        return published_on, published_on + timedelta(days=params.ahead_days)
    back = params.recent_days if row["date_basis"] == "published" else params.background_days
    return published_on - timedelta(days=back), published_on


def _parties(tables: Tables) -> dict[tuple[str, int], Parties]:
    """The entity clusters of each report by role, in the order of the text."""
    entities = {
        row["cluster"]: Party(row["cluster"], row["name"], row["entity_type"], row["country"], row["sector"])
        for row in tables["entity_clusters"].iter_rows(named=True)
    }
    owners = tables["names"].join(tables["chain_entities"], on=["document_id", "chain"])
    arguments = (
        tables["report_arguments"]
        .filter(pl.col("mention").is_not_null() & pl.col("role").is_in(list(ROLES)))
        .join(owners.select("document_id", "mention", "cluster"), on=["document_id", "mention"])
        .sort("document_id", "report", "role", "start")
        .group_by("document_id", "report", "role", maintain_order=True)
        .agg(pl.col("cluster").unique(maintain_order=True))
    )
    found: dict[tuple[str, int], list[tuple[Party, ...]]] = {}
    for document, report, role, clusters in arguments.iter_rows():
        parties = found.setdefault((document, report), [() for _ in ROLES])
        parties[ROLES[role]] = tuple(entities[cluster] for cluster in clusters if cluster in entities)
    return {key: tuple(parties) for key, parties in found.items()}
