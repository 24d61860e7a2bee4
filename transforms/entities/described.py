"""What is known of a cluster of chains, by columns: each value is the one of most mentions, the smallest of equals."""

import polars as pl

from schemas.work import EntityClusters
from transforms.entities.forms import SEPARATOR

MOST_ALIASES = 20
VALUES = ("entity_type", "country", "sector", "description")


def described(chains: pl.DataFrame) -> pl.DataFrame:
    """Return a row of `entity_clusters` for each cluster.

    Name and basis are those of chains that lookups know, if there are any; a name of two words or more goes before a
    single one.

    Args:
        chains: the columns of `chains`, cluster, and mentions, how many each has; null counts as one.
    """
    chains = chains.with_columns(pl.col("mentions").fill_null(1))
    looked_up = pl.col("basis").str.starts_with("lookup:")
    known = chains.filter(looked_up | ~looked_up.any().over("cluster"))
    single = ~pl.col("name").str.contains(" ", literal=True)
    rows = _most(known, "name", single, -pl.col("votes"), -pl.col("name").str.len_chars().cast(pl.Int64))
    rows = rows.join(_most(known.with_columns(mentions=pl.lit(1)), "basis", -pl.col("votes")), on="cluster")
    for column in VALUES:
        told = chains.filter(pl.col(column).is_not_null())
        rows = rows.join(_most(told, column, -pl.col("votes")), on="cluster", how="left")
    return EntityClusters.arrange(rows.join(_aliases(chains, rows), on="cluster", how="left"))


def _most(chains: pl.DataFrame, column: str, *order: pl.Expr) -> pl.DataFrame:
    votes = chains.group_by("cluster", column).agg(votes=pl.col("mentions").sum().cast(pl.Int64))
    first = votes.sort("cluster", *order, column).unique("cluster", keep="first", maintain_order=True)
    return first.select("cluster", column)


def _aliases(chains: pl.DataFrame, names: pl.DataFrame) -> pl.DataFrame:
    other = chains.select("cluster", form=pl.col("aliases").str.split(SEPARATOR)).explode("form")
    every = pl.concat([chains.select("cluster", form="name"), other]).filter(pl.col("form") != "").unique()
    other = every.join(names.select("cluster", form="name"), on=["cluster", "form"], how="anti")
    ranked = other.sort("cluster", pl.col("form").str.to_lowercase(), "form")
    return ranked.group_by("cluster", maintain_order=True).agg(
        aliases=pl.col("form").head(MOST_ALIASES).str.join(SEPARATOR)
    )
