"""All that speaks for a row of `events`: its reports, its parties, and why the reports are one event."""

import difflib
from dataclasses import asdict, dataclass

import polars as pl

from flows import codekey, graph
from flows.evidence.parties import Party, parties_of
from flows.evidence.reports import Report, read_again, reports_of
from flows.evidence.version import SIDES, Row, Version
from flows.settings import Settings
from flows.store.dataset import Dataset
from schemas import published
from schemas.errors import UsageError
from transforms.events.merging_params import MergingParams

AGAIN = ("parses", "names", "reports")
"""Stages whose work is done again."""
LISTED = 5


@dataclass(frozen=True)
class Event:
    """What an event rests on.

    Attributes:
        version: number of the version explained.
        row: the row of `events`.
        reports: its reports, the surest first.
        more_reports: how many are not shown.
        parties: who takes part.
        merges: judgements that made the reports one event.
        least_score: evidence that one needs.
        apart: judgements that kept it apart from other events, the nearest first, with the row of the other as `other`.
        more_apart: how many are not shown.
        follows: the plan or threat that it carries out.
        followed_by: the events that carry it out.
        notes: what a reader must know besides.
    """

    version: int
    row: Row
    reports: list[Report]
    more_reports: int
    parties: list[Party]
    merges: list[Row]
    least_score: float
    apart: list[Row]
    more_apart: int
    follows: Row | None
    followed_by: list[Row]
    notes: list[str]

    def as_dict(self) -> Row:
        """Return the same as dicts and lists."""
        return asdict(self)


def load(dataset: Dataset, settings: Settings, name: str, number: int | None = None, most: int | None = None) -> Event:
    """Return what an event rests on.

    Args:
        dataset: where it was published.
        settings: parameters of the stages, as for a run.
        name: event_id or its beginning, or the event_mention_id of one of its reports.
        number: of the version; None for the latest.
        most: reports to show at the most; None for all.

    Raises:
        UsageError: no event, or more than one, is meant.
    """
    version = Version(dataset, number)
    row = _event(version, name)
    told = version.rows(published.EventMentions, event_id=row["event_id"])
    told = told.sort("confidence", "event_mention_id", descending=[True, False])
    shown = told.head(most or told.height)
    documents = version.rows(published.Documents, document_id=shown["document_id"].to_list())
    again = read_again(documents, settings)
    reports = reports_of(version, shown, documents, again)
    merges, apart = _judged(version, told)
    return Event(
        version=version.number,
        row=row,
        reports=reports,
        more_reports=told.height - shown.height,
        parties=parties_of(version, row, reports, again, settings.own),
        merges=merges,
        least_score=settings.params("events", MergingParams).same_score,
        apart=apart[:LISTED],
        more_apart=max(0, len(apart) - LISTED),
        follows=version.event(row["follows"]),
        followed_by=version.rows(published.Events, follows=row["event_id"]).to_dicts(),
        notes=_notes(version, settings),
    )


def _event(version: Version, name: str) -> Row:
    owner = version.rows(published.EventMentions, event_mention_id=name)["event_id"].to_list()
    wanted = owner[0] if owner else name
    known = version.event(wanted)
    if known is not None:
        return known
    events = version.rows(published.Events)
    found = events.filter(pl.col("event_id").str.starts_with(wanted))
    if found.height == 1:
        return found.row(0, named=True)
    raise UsageError(f"{found.height} events match", where=name or "EVENT", remedy=_remedy(version, wanted, events))


def _remedy(version: Version, name: str, events: pl.DataFrame) -> str:
    if gone := version.gone(name):
        return gone
    near = difflib.get_close_matches(name, events["event_id"].to_list(), n=3, cutoff=0.4)
    return f"Did you mean {', '.join(near)}?" if near else "Ids of events: annals show events"


def _notes(version: Version, settings: Settings) -> list[str]:
    """Whether the stages are what they were when the version was made."""
    other = []
    for name in AGAIN:
        stage, made = graph.stage(name), version.manifest.stages.get(name)
        key = codekey.key_of(codekey.components(stage, settings.params(name, stage.params)))
        other += [name] if made is not None and made.code_key != key else []
    if not other:
        return []
    return [f"{', '.join(other)} changed since version {version.number} was made: rows and arcs are those of today"]


def _judged(version: Version, told: pl.DataFrame) -> tuple[list[Row], list[Row]]:
    """What made the reports one event, and what kept others apart, each with the other event."""
    own = told["event_mention_id"].to_list()
    rows = version.judged("event", own)
    sides = [row[side] for row in rows for side in SIDES]
    others = version.rows(published.EventMentions, event_mention_id=[side for side in sides if side not in own])
    owner = dict(others.select("event_mention_id", "event_id").iter_rows())
    apart = [
        {**row, "other": version.event(owner[row[side]])}
        for row in rows
        for side in SIDES
        if row["decision"] == "different" and row[side] in owner
    ]
    return [row for row in rows if row["decision"] == "same"], apart
