"""Which explanation an id asks for: that of an event, of an entity or of a document."""

import polars as pl

from flows.evidence import event, members
from flows.evidence.event import Event
from flows.evidence.members import Members
from flows.evidence.version import Row, Version
from flows.settings import Settings
from flows.store.dataset import Dataset
from schemas import published
from schemas.table import Table


def explained(
    dataset: Dataset, settings: Settings, name: str, number: int | None = None, most: int | None = None
) -> Event | Members:
    """Return what an event rests on, or why an entity or a document with its copies and its story is one.

    Args:
        dataset: where it was published.
        settings: parameters of the stages, as for a run.
        name: event_id, event_mention_id, entity_id, or document_id; of ids the beginning will do.
        number: of the version; None for the latest.
        most: reports of an event to show at the most; None for all.

    Raises:
        UsageError: nothing, or more than one thing, is meant.
    """
    version = Version(dataset, number)
    if entity := _one(version, published.Entities, "entity_id", name):
        return members.entity(version, entity, settings.decided)
    for column in ("document_id", "source_uri"):
        if document := _one(version, published.Documents, column, name):
            document.pop("text")
            return members.document(version, document, settings.decided)
    return event.load(dataset, settings, name, number, most)


def _one(version: Version, schema: type[Table], column: str, name: str) -> Row | None:
    found = version.rows(schema).filter(pl.col(column).str.starts_with(name))
    same = found.filter(pl.col(column) == name)
    chosen = same if same.height else found
    return chosen.row(0, named=True) if chosen.height == 1 else None
