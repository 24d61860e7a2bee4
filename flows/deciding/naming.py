"""What a person means by an id: the member key that a decision needs, and words to say it in."""

import difflib
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import polars as pl

from flows.deciding.ledger import LEVELS, Ledger
from flows.evidence import words
from flows.evidence.version import Row
from schemas import published
from schemas.errors import UsageError
from schemas.table import Table
from transforms.lookups.decisions import Decision, Level

NEAR = 3
SHORTEST = 4
"""Characters from which the beginning of an id will do."""


@dataclass(frozen=True)
class Side:
    """One side of a decision: its level, the key of a member, the id that this stands under now, and it in words."""

    level: Level
    key: str
    id: str
    words: str


def side(ledger: Ledger, name: str) -> Side:
    """Return what a name means.

    Args:
        ledger: of the version that the person looks at.
        name: a document_id or source_uri, an entity_id or mention_id, an event_id or event_mention_id, a key of the
            ledger, or the beginning of an id.

    Raises:
        UsageError: nothing has the name, or more than one thing begins with it; the nearest names.
    """
    for level in LEVELS:
        if ids := ledger.ids(level, name):
            return Side(level, name, "; ".join(ids), known_as(ledger, level, ids))
    for schema, column, made in KINDS:
        rows = ledger.version.rows(schema)
        found = rows.filter(pl.col(column) == name)
        if found.is_empty() and len(name) >= SHORTEST:
            found = rows.filter(pl.col(column).str.starts_with(name))
        if found.height == 1:
            return made(ledger, found.row(0, named=True))
    raise UsageError(
        "no single document, entity or event has this id", where=name or "ID", remedy=_remedy(ledger, name)
    )


def decision(verdict: str, left: Side, right: Side, note: str = "") -> Decision:
    """Return the decision about two sides, which stands in no line yet.

    Raises:
        UsageError: the sides are of different levels, or one and the same.
    """
    if left.level != right.level:
        what = f"one is a {left.level}, the other a {right.level}".replace("a e", "an e")
        raise UsageError(what, where="decide", remedy="Name two of a kind")
    if left.key == right.key:
        remedy = "Decisions speak of whole chains of mentions in a document" if left.level == "entity" else "Name two"
        raise UsageError(f"both are {left.words}", where="decide", remedy=remedy)
    row = {"level": left.level, "decision": verdict, "left": left.key, "right": right.key, "note": note}
    return Decision.model_validate(row)


def _document(ledger: Ledger, row: Row) -> Side:
    return Side("document", row["document_id"], row["document_id"], words.document(row))


def _entity(ledger: Ledger, row: Row) -> Side:
    return Side("entity", ledger.chain_key(row), row["entity_id"], words.entity(row))


def _event(ledger: Ledger, row: Row) -> Side:
    reports = ledger.version.rows(published.EventMentions, event_id=row["event_id"])
    copies = ledger.version.rows(published.Documents).filter(pl.col("duplicate_of").is_not_null())
    told = reports.with_columns(copied=pl.col("document_id").is_in(copies["document_id"].implode()))
    best = told.sort("copied", "confidence", "event_mention_id", descending=[False, True, False]).row(0, named=True)
    return Side("event", ledger.report_key(best), row["event_id"], _event_words(row))


def _mention(ledger: Ledger, row: Row) -> Side:
    entity = ledger.version.rows(published.Entities, entity_id=row["entity_id"]).row(0, named=True)
    said = f'"{row["text"]}" in {_where(ledger, row)}, now {words.entity(entity)}'
    return Side("entity", ledger.mention_key(row), row["entity_id"], said)


def _report(ledger: Ledger, row: Row) -> Side:
    event = ledger.version.rows(published.Events, event_id=row["event_id"]).row(0, named=True)
    said = f'"{words.short(row["sentence"])}" in {_where(ledger, row)}, now {words.dated_event(event)}'
    return Side("event", ledger.report_key(row), row["event_id"], said)


def _where(ledger: Ledger, row: Row) -> str:
    (uri,) = ledger.version.rows(published.Documents, document_id=row["document_id"])["source_uri"]
    return str(uri)


def _event_words(row: Row) -> str:
    return f"{words.dated_event(row)}: {words.short(row['headline'])}"


KINDS: tuple[tuple[type[Table], str, Callable[[Ledger, Row], Side]], ...] = (
    (published.Documents, "document_id", _document),
    (published.Documents, "source_uri", _document),
    (published.Entities, "entity_id", _entity),
    (published.Events, "event_id", _event),
    (published.EventMentions, "event_mention_id", _report),
    (published.Mentions, "mention_id", _mention),
)
"""Where a name may stand, in the order in which it is looked for."""
SHOWN: Mapping[Level, tuple[type[Table], str, Callable[[Row], str]]] = {
    "document": (published.Documents, "document_id", words.document),
    "entity": (published.Entities, "entity_id", words.entity),
    "event": (published.Events, "event_id", _event_words),
}


def known_as(ledger: Ledger, level: Level, ids: list[str]) -> str:
    """Return in words what has these ids."""
    schema, column, told = SHOWN[level]
    return "; ".join(map(told, ledger.version.rows(schema, **{column: ids}).iter_rows(named=True)))


def _remedy(ledger: Ledger, name: str) -> str:
    if gone := ledger.version.gone(name):
        return gone
    known = [id_ for schema, column, _ in KINDS[:-1] for id_ in ledger.version.rows(schema)[column]]
    near = difflib.get_close_matches(name, known, n=NEAR, cutoff=0.4)
    return f"Did you mean {', '.join(near)}?" if near else "Ids stand in the tables: annals show entities"
