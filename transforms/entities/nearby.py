"""Names of one story that are one entity's: `matching` on each story with something new, memory for the others."""

from itertools import groupby
from operator import itemgetter

import polars as pl

from schemas.memory import StoryLinks
from transforms.entities.forms import BODIES
from transforms.entities.matching import MatchParams, StoryName, linked

NAME = ["entity_type", "name", "key"]


def linked_names(chains: pl.DataFrame, memory: pl.DataFrame, params: MatchParams) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the links between names of stories, and the memory for the next run.

    The links have story, entity_type, name and key of the one side, head and head_key of the other, rule, score and
    decision.

    Args:
        chains: what `forms.compared` returned.
        memory: rows of `story_links` that an earlier run worked out.
        params: see the class.
    """
    stories = _stories(chains)
    hashes = stories.group_by("story").agg(names=pl.col("content").str.join("\n")).with_columns(pl.col("names").hash())
    wanted = hashes.select("names").unique()
    known = memory.join(wanted, on="names", how="semi")
    new = hashes.join(known, on="names", how="anti").unique("names", keep="first", maintain_order=True)
    made = _worked_out(stories.join(new, on="story", maintain_order="left"), params)
    kept = StoryLinks.arrange(pl.concat([known.select(made.columns), made]))
    return hashes.join(kept.filter(pl.col("name") != ""), on="names").drop("names"), kept


def _stories(chains: pl.DataFrame) -> pl.DataFrame:
    """The names of each story of several documents with how many of these have them, in order of story and name."""
    several = pl.col("document_id").n_unique().over("story") > 1
    named = chains.filter(pl.col("entity_type").is_in(BODIES)).filter(several)
    counted = named.group_by("story", "entity_type", name="form", key=pl.col("key").fill_null("")).agg(
        documents=pl.col("document_id").n_unique().cast(pl.Int64)
    )
    return counted.sort("story", *NAME).with_columns(content=pl.concat_str(*NAME, "documents", separator="\t"))


def _worked_out(stories: pl.DataFrame, params: MatchParams) -> pl.DataFrame:
    rows = []
    columns = stories.select("names", *NAME, "documents").iter_rows()
    for names, group in groupby(columns, key=itemgetter(0)):
        told = [StoryName(*row[1:]) for row in group]
        links = linked(told, params)
        for link in links:
            head, other = told[link.left], told[link.right]
            sides = (other.entity_type, other.name, other.key, head.name, head.key)
            rows.append((names, *sides, link.decision, link.rule, link.score))
        if not links:
            rows.append((names, "", "", "", "", "", "", "", 0.0))
    return pl.DataFrame(rows, schema=StoryLinks.polars_schema(), orient="row")
