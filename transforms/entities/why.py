"""Why chains are one entity: a judgement for each chain but the one that others are joined to, and for each tie."""

import polars as pl

from schemas.work import EntityJudgements
from transforms.rulings import Rulings, judgement_rows

SURE = 1.0
ROW = ["left_id", "right_id", "rule", "score", "decision"]


def judgements(chains: pl.DataFrame, links: pl.DataFrame, tied: pl.DataFrame) -> pl.DataFrame:
    """Return the rows of `entity_judgements`, in no order: what was joined and what was refused, sides named by chain.

    Rules: key:... what a lookup knows, or a name that needs no context; story:... what its story says of a form;
    corpus:... names that are the same or stand for the same in the whole corpus.

    Args:
        chains: what `nodes.placed` returned, with the cluster of each.
        links: what `nearby.linked_names` returned.
        tied: the second frame that `nodes.clustered` returned.
    """
    others = _ordered(pl.concat([_refused(chains, links), _of_ties(chains, tied)]))
    once = others.sort(ROW).unique(["left_id", "right_id", "rule"], keep="first", maintain_order=True)
    rows = pl.concat([_ordered(_of_nodes(chains)), once])
    return rows.with_columns(level=pl.lit("entity")).select(EntityJudgements.column_names())


def _ordered(rows: pl.DataFrame) -> pl.DataFrame:
    """The rows of two chains, the smaller first."""
    sides = pl.min_horizontal("left_id", "right_id"), pl.max_horizontal("left_id", "right_id")
    apart = rows.filter(pl.col("left_id") != pl.col("right_id"))
    return apart.with_columns(left_id=sides[0], right_id=sides[1])


def _of_nodes(chains: pl.DataFrame) -> pl.DataFrame:
    """Each chain and the first of its node; of a form that its story explains, the first that has the full name."""
    head = pl.col("id").filter(pl.col("rule").is_null()).first().over("story", "node")
    explained = pl.coalesce(head, pl.col("id").first().over("node"))
    kind = pl.col("node").str.extract("^([a-z_]*[g-z_][a-z_]*):")
    plain = (
        pl.when(pl.col("own_key") != "")
        .then(pl.format("key:{}", kind))
        .when(pl.col("entity_type").is_in(["PERSON", "ORG"]) & kind.is_null())
        .then(pl.lit("story:same_name"))
        .otherwise(pl.lit("corpus:same_name"))
    )
    return chains.select(
        left_id=pl.when(pl.col("rule").is_null()).then(pl.col("id").first().over("node")).otherwise(explained),
        right_id="id",
        rule=pl.coalesce("rule", plain),
        score=pl.coalesce("score", pl.lit(SURE)),
        decision=pl.lit("same"),
    ).select(ROW)


def _refused(chains: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Two entries of lookups that their names would have joined in a story, each by its first chain there."""
    refused = links.filter(pl.col("decision") == "different")
    first = chains.group_by("story", "entity_type", "form", "own_key").agg(pl.col("id").first())
    keys = ["story", "entity_type"]
    left = refused.join(first, left_on=[*keys, "head", "head_key"], right_on=[*keys, "form", "own_key"])
    both = left.join(first, left_on=[*keys, "name", "key"], right_on=[*keys, "form", "own_key"], suffix="_right")
    return both.select(left_id="id", right_id="id_right", rule="rule", score="score", decision="decision").select(ROW)


def _of_ties(chains: pl.DataFrame, tied: pl.DataFrame) -> pl.DataFrame:
    """Two nodes, each by its first chain."""
    first = chains.group_by("node").agg(pl.col("id").first())
    both = tied.join(first, left_on="left", right_on="node").join(first, left_on="right", right_on="node", suffix="_r")
    return both.select(left_id="id", right_id="id_r", rule="rule", score="score", decision="decision").select(ROW)


def overruled(judged: pl.DataFrame, chains: pl.DataFrame, rulings: Rulings) -> pl.DataFrame:
    """Return the judgements with the user's, without those that they overruled.

    Args:
        judged: what `judgements` returned.
        chains: id and cluster, in the order of the positions that the rulings speak of.
        rulings: what `rulings.ruled` returned.
    """
    owner = chains.select("id", "cluster")
    left = judged.join(owner, left_on="left_id", right_on="id")
    sides = left.join(owner, left_on="right_id", right_on="id", suffix="_r")
    together = pl.col("cluster") == pl.col("cluster_r")
    standing = sides.filter((pl.col("decision") == "same") == together).select(judged.columns)
    return pl.concat([standing, pl.DataFrame(judgement_rows(rulings, chains["id"].to_list()), schema=judged.schema)])
