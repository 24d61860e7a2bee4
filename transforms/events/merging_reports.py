"""Reports as merging sees them: who took part, when it can have happened, which words tell it."""

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date, timedelta
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


@dataclass(frozen=True, slots=True)
class Told:
    """One report with what decides about merging it.

    Attributes:
        row: the row of `reports`.
        parties: the entity clusters by role.
        stated: the days that the text states, None where it states none.
        possible: the days on which it can have happened, as far as publication tells; None where nothing is known.
        published_on: day of publication of its document, None where unknown.
        story: cluster of the story.
        original: the document that its document copies, else its own.
        words: the rare words around its trigger.
    """

    row: Row
    parties: Mapping[str, tuple[Party, ...]]
    stated: Span | None
    possible: Span | None
    published_on: date | None
    story: str
    original: str
    words: Vector

    @property
    def key(self) -> str:
        """Document and number of the report."""
        return f"{self.row['document_id']}:{self.row['report']}"

    @property
    def event_type(self) -> str:
        """PLOVER type."""
        return str(self.row["event_type"])

    @property
    def status(self) -> str:
        """Whether the act took place."""
        return str(self.row["status"])

    @property
    def lemma(self) -> str:
        """Lemma of the trigger."""
        return str(self.row["trigger_lemma"])


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
    terms = StoryParams(terms=params.terms)
    found = []
    for row in tables["reports"].sort("document_id", "report").iter_rows(named=True):
        document = row["document_id"]
        stated, day = _stated(row), published.get(document)
        found.append(
            Told(
                row=row,
                parties=parties.get((document, row["report"]), {}),
                stated=stated,
                possible=stated or _possible(row, day, params),
                published_on=day,
                story=stories.get(document, document),
                original=originals.get(document, document),
                words=vector(_around(row, params.context), terms),
            )
        )
    return found


def _around(row: Row, context: int) -> str:
    """The words around the trigger, as far as they stand in the sentence."""
    first, last = (row[f"trigger_{end}"] - row["sentence_start"] for end in ("start", "end"))
    return str(row["sentence"])[max(0, first - context) : last + context]


def _stated(row: Row) -> Span | None:
    if row["happened_from"] is None or row["date_basis"] in (None, "published"):
        return None
    return row["happened_from"], row["happened_to"] or row["happened_from"]


def _possible(row: Row, published_on: date | None, params: MergingParams) -> Span | None:
    """The days on which an act without a stated date can lie: before publication, for plans after it."""
    if published_on is None:
        return None
    if row["status"] in ("planned", "threatened") and row["event_type"] != "THREATEN":
        return published_on, published_on + timedelta(days=params.ahead_days)
    back = params.recent_days if row["date_basis"] == "published" else params.background_days
    return published_on - timedelta(days=back), published_on


def _parties(tables: Tables) -> dict[tuple[str, int], dict[str, tuple[Party, ...]]]:
    """The entity clusters of each report by role, in the order of the text."""
    entities = {
        row["cluster"]: Party(row["cluster"], row["name"], row["entity_type"], row["country"], row["sector"])
        for row in tables["entity_clusters"].iter_rows(named=True)
    }
    owners = tables["names"].join(tables["chain_entities"], on=["document_id", "chain"])
    arguments = (
        tables["report_arguments"]
        .filter(pl.col("mention").is_not_null())
        .join(owners.select("document_id", "mention", "cluster"), on=["document_id", "mention"])
        .sort("document_id", "report", "role", "start")
    )
    found: dict[tuple[str, int], dict[str, dict[str, Party]]] = defaultdict(lambda: defaultdict(dict))
    for document, report, role, cluster in arguments.select("document_id", "report", "role", "cluster").iter_rows():
        if cluster in entities:
            found[document, report][role][cluster] = entities[cluster]
    return {key: {role: tuple(members.values()) for role, members in roles.items()} for key, roles in found.items()}
