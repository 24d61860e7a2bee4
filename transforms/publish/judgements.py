"""The published judgements: what was merged or kept apart, keyed by ids that the other tables show."""

import polars as pl

from schemas import published
from transforms.contract import Tables


def judgements(tables: Tables, chains: pl.DataFrame) -> pl.DataFrame:
    """Return the judgements of all levels.

    Documents are named by document_id, mentions by mention_id, reports by event_mention_id, chains by their member key
    in `identity`; a side that is none of these stays as the stage wrote it.

    Args:
        tables: document_judgements, name_judgements, entity_judgements and event_judgements; reports for their keys.
        chains: document_id, chain and member.
    """
    chain_keys = chains.select(key=pl.format("{}:{}", "document_id", "chain"), value="member")
    report_keys = tables["reports"].select(
        key=pl.format("{}:{}", "document_id", "report"), value=pl.format("{}-r{}", "document_id", "report")
    )
    levels = [
        tables["document_judgements"],
        tables["name_judgements"].drop("document_id"),
        _renamed(tables["entity_judgements"], chain_keys),
        _renamed(tables["event_judgements"], report_keys),
    ]
    key = ["level", "left_id", "right_id", "rule"]
    return published.Judgements.arrange(pl.concat(levels).unique(key, keep="first", maintain_order=True))


def _renamed(rows: pl.DataFrame, keys: pl.DataFrame) -> pl.DataFrame:
    for side in ("left_id", "right_id"):
        rows = rows.join(keys, left_on=side, right_on="key", how="left", maintain_order="left")
        rows = rows.with_columns(pl.coalesce("value", side).alias(side)).drop("value")
    return rows
