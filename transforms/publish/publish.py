"""Stage `publish`: joins the work tables and the ids of the parent version into the tables that people see."""

import polars as pl

from schemas import published, work
from transforms.contract import Params, Stage, Tables
from transforms.publish import documents, entities, events, identity
from transforms.publish.judgements import judgements


class PublishParams(Params):
    """Parameters of `publish`; the runner sets the version."""

    version: int = 1


def publish(tables: Tables, params: PublishParams) -> dict[str, pl.DataFrame]:
    """Return all published tables but `versions`, sorted by their keys.

    Args:
        tables: all work tables, `sources`, and the parent version's `identity` and `identity_changes` (empty
            for a first version).
        params: the number of the version that is made.
    """
    members = _members(tables)
    changes = tables["identity_changes"]
    known = identity.carried(members, tables["identity"], changes, tables["sources"], params.version)
    return {
        **_joined(tables, known.ids, members["entity"]),
        "identity": published.Identity.arrange(known.ledger),
        "identity_changes": published.IdentityChanges.arrange(
            pl.concat([changes, known.changes.select(changes.columns)])
        ),
    }


def _members(tables: Tables) -> dict[str, pl.DataFrame]:
    stories = tables["stories"].select("document_id", "cluster", member="document_id")
    return {
        "document": stories,
        "entity": entities.members(tables),
        "event": events.members(tables),
    }


def _joined(tables: Tables, ids: dict[str, pl.DataFrame], chains: pl.DataFrame) -> dict[str, pl.DataFrame]:
    documents_ = documents.documents(tables, ids["document"])
    mentions = entities.mentions(tables, chains, ids["entity"])
    entities_ = entities.entities(tables, ids["entity"], mentions, documents_)
    event_mentions = events.event_mentions(tables, ids["event"])
    return {
        "sources": published.Sources.arrange(tables["sources"]),
        "documents": documents_,
        "lines": documents.lines(tables, documents_),
        "segments": documents.segments(tables, documents_),
        "mentions": mentions,
        "entities": entities_,
        "event_mentions": event_mentions,
        "event_arguments": events.event_arguments(tables, event_mentions, mentions),
        "events": events.events(tables, ids, event_mentions, entities_, documents_),
        "participants": events.participants(tables, ids, entities_),
        "judgements": judgements(tables, chains),
        "rejects": documents.rejects(tables),
    }


STAGE = Stage(
    name="publish",
    kind="join",
    function=publish,
    inputs=(
        work.Raw,
        work.Sites,
        work.Lines,
        work.Texts,
        work.Fields,
        work.KeptLines,
        work.Segments,
        work.Names,
        work.Chains,
        work.Reports,
        work.ReportArguments,
        work.Duplicates,
        work.Stories,
        work.ChainEntities,
        work.EntityClusters,
        work.ReportEvents,
        work.EventClusters,
        work.EventParticipants,
        work.DocumentJudgements,
        work.NameJudgements,
        work.EntityJudgements,
        work.EventJudgements,
        work.Rejects,
        published.Sources,
        published.Identity,
        published.IdentityChanges,
    ),
    outputs=tuple(table for table in published.TABLES if table is not published.Versions),
    params=PublishParams,
    libraries=("polars",),
)
