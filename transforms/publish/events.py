"""The published tables that speak of events: event_mentions, event_arguments, events and participants."""

import polars as pl

from schemas import ontology, published
from transforms.contract import Tables
from transforms.members import REPORT, of_reports

MENTION_ID = pl.format("{}-r{}", "document_id", "report").alias("event_mention_id")


def members(tables: Tables) -> pl.DataFrame:
    """Return the reports with their stable keys: document_id, report, cluster, member."""
    return of_reports(tables).join(tables["report_events"], on=REPORT).select(*REPORT, "cluster", "member")


def event_mentions(tables: Tables, event_ids: pl.DataFrame) -> pl.DataFrame:
    """Return the event_mentions table.

    Args:
        tables: reports and report_events.
        event_ids: columns cluster and id.
    """
    owner = tables["report_events"].join(event_ids, on="cluster").select(*REPORT, event_id="id")
    return published.EventMentions.arrange(tables["reports"].join(owner, on=REPORT).with_columns(MENTION_ID))


def event_arguments(tables: Tables, event_mentions_: pl.DataFrame, mentions: pl.DataFrame) -> pl.DataFrame:
    """Return the event_arguments table; `mention_id` is null where no published mention covers the words."""
    spans = tables["names"].select(
        "document_id", "mention", mention_id=pl.format("{}-{}-{}", "document_id", "start", "end")
    )
    known = spans.join(mentions.select("mention_id"), on="mention_id", how="semi")
    joined = tables["report_arguments"].with_columns(MENTION_ID).join(known, on=["document_id", "mention"], how="left")
    return published.EventArguments.arrange(joined.join(event_mentions_, on="event_mention_id", how="semi"))


def events(
    tables: Tables,
    ids: dict[str, pl.DataFrame],
    event_mentions_: pl.DataFrame,
    entities: pl.DataFrame,
    documents: pl.DataFrame,
) -> pl.DataFrame:
    """Return the events table.

    Args:
        tables: event_clusters.
        ids: columns cluster and id, for the levels entity and event.
        event_mentions_: the published event mentions.
        entities: the published entities.
        documents: the published documents.
    """
    event_ids = ids["event"]
    keyed = tables["event_clusters"].join(event_ids.rename({"id": "event_id"}), on="cluster")
    followed = keyed.join(event_ids.select(follows="cluster", follows_id="id"), on="follows", how="left").with_columns(
        follows="follows_id"
    )
    named = _with_party(_with_party(followed, "actor", ids["entity"], entities), "recipient", ids["entity"], entities)
    counted = named.join(_counts(event_mentions_, documents), on="event_id")
    return published.Events.arrange(_coded(counted))


def _with_party(frame: pl.DataFrame, side: str, entity_ids: pl.DataFrame, entities: pl.DataFrame) -> pl.DataFrame:
    """Replace the entity cluster in <side>_id by its id and add the entity's name, country and sector."""
    party = (
        entity_ids.join(entities.rename({"entity_id": "id"}), on="id")
        .select("cluster", "id", "name", "country", "sector")
        .rename({"cluster": f"{side}_cluster"} | {column: f"{side}_{column}" for column in _PARTY})
    )
    return frame.rename({f"{side}_id": f"{side}_cluster"}).join(party, on=f"{side}_cluster", how="left")


_PARTY = ("id", "name", "country", "sector")


def _counts(event_mentions_: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    about = documents.select("document_id", "published_on", publisher=pl.coalesce("outlet", "site"))
    return (
        event_mentions_.join(about, on="document_id")
        .group_by("event_id")
        .agg(
            mention_count=pl.len(),
            document_count=pl.col("document_id").n_unique(),
            outlet_count=pl.col("publisher").n_unique(),
            first_reported_on=pl.col("published_on").min(),
            last_reported_on=pl.col("published_on").max(),
        )
    )


def _coded(frame: pl.DataFrame) -> pl.DataFrame:
    """Add what PLOVER and CAMEO say about the type and mode of each event."""
    kinds = frame.select("event_type", "event_mode").unique()
    codes = [
        (type_, mode, ontology.quad_class(type_), ontology.intensity(type_, mode), ontology.cameo_root(type_))
        for type_, mode in kinds.iter_rows()
    ]
    schema = {"event_type": pl.String, "event_mode": pl.String, "quad_class": pl.String, "intensity": pl.Float64}
    table = pl.DataFrame(codes, schema=schema | {"cameo_root": pl.String}, orient="row")
    return frame.join(table, on=["event_type", "event_mode"], nulls_equal=True)


def participants(tables: Tables, ids: dict[str, pl.DataFrame], entities: pl.DataFrame) -> pl.DataFrame:
    """Return the participants table: every published entity in every role of an event."""
    entity_ids = ids["entity"].rename({"cluster": "entity_cluster", "id": "entity_id"})
    return published.Participants.arrange(
        tables["event_participants"]
        .rename({"entity_id": "entity_cluster"})
        .join(entity_ids, on="entity_cluster")
        .join(entities, on="entity_id", how="semi")
        .join(ids["event"].rename({"id": "event_id"}), on="cluster")
    )
