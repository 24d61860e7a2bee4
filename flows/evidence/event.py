"""All that speaks for a row of `events`: its reports, its parties, and why the reports are one event."""

import difflib
from dataclasses import asdict, dataclass

import polars as pl

from flows import codekey, graph
from flows.deciding.ledger import Ledger
from flows.deciding.listing import Listed, about
from flows.evidence.pairs import Pair, pairs_of
from flows.evidence.parties import Party, parties_of
from flows.evidence.reports import Report, read_again, reports_of
from flows.evidence.version import Row, Version
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
        more_merges: how many are not shown.
        least_score: evidence that one needs.
        apart: for each other event that was near, what kept it apart.
        more_apart: how many such events are not shown.
        decisions: the user's own that name it.
        follows: the plan or threat that it carries out.
        followed_by: the events that carry it out.
        notes: what a reader must know besides.
    """

    version: int
    row: Row
    reports: list[Report]
    more_reports: int
    parties: list[Party]
    merges: list[Pair]
    more_merges: int
    least_score: float
    apart: list[Pair]
    more_apart: int
    decisions: list[Listed]
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
    merges, more_merges, apart, more_apart = pairs_of(version, told, LISTED)
    return Event(
        version=version.number,
        row=row,
        reports=reports,
        more_reports=told.height - shown.height,
        parties=parties_of(version, row, reports, again, settings.own),
        merges=merges,
        more_merges=more_merges,
        least_score=settings.params("events", MergingParams).same_score,
        apart=apart,
        more_apart=more_apart,
        decisions=about(Ledger(version), settings.decided, "event", row["event_id"]),
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
