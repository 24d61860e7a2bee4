"""The published tables that speak of entities: mentions and entities."""

import polars as pl

from schemas import published
from transforms.contract import Tables
from transforms.members import CHAIN, of_chains


def members(tables: Tables) -> pl.DataFrame:
    """Return document_id, chain, cluster and member, the stable key, of every chain with a mention."""
    return of_chains(tables).join(tables["chain_entities"], on=CHAIN).select(*CHAIN, "cluster", "member")


def mentions(tables: Tables, chains: pl.DataFrame, entity_ids: pl.DataFrame) -> pl.DataFrame:
    """Return the mentions table.

    Args:
        tables: names.
        chains: what `members` returned.
        entity_ids: columns cluster and id.
    """
    owner = chains.join(entity_ids, on="cluster").select(*CHAIN, entity_id="id")
    named = (
        tables["names"]
        .sort("document_id", "mention")
        .unique(["document_id", "start", "end"], keep="first", maintain_order=True)
    )
    return published.Mentions.arrange(
        named.join(owner, on=CHAIN).with_columns(mention_id=pl.format("{}-{}-{}", "document_id", "start", "end"))
    )


def entities(
    tables: Tables, entity_ids: pl.DataFrame, mentions_: pl.DataFrame, documents: pl.DataFrame
) -> pl.DataFrame:
    """Return the entities table: clusters that have a mention, with how often and when they are mentioned."""
    dated = mentions_.join(documents.select("document_id", "published_on"), on="document_id")
    counts = dated.group_by("entity_id").agg(
        mention_count=pl.len(),
        document_count=pl.col("document_id").n_unique(),
        first_seen_on=pl.col("published_on").min(),
        last_seen_on=pl.col("published_on").max(),
    )
    described = tables["entity_clusters"].join(entity_ids, on="cluster").rename({"id": "entity_id"})
    return published.Entities.arrange(described.join(counts, on="entity_id"))
