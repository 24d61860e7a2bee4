"""Nodes of the corpus: chains that are one by key, by full name or by what their story says, and the ties of nodes.

A chain that a story explains stands with the full name that explains it, so a short form means in each story what it
means there. Nodes are tied by the names alone, never by one story.
"""

import polars as pl

from transforms import contract
from transforms.components import Components

SURE, LIKELY = 1.0, 0.95


class TieParams(contract.Params):
    """When a short form of an organisation's name stands for one long form wherever nothing explains it.

    Attributes:
        explained: least share of the documents with the short form that say what it is short for.
        agreed: least share of these that say the same.
    """

    explained: float = 0.2
    agreed: float = 0.8


def placed(chains: pl.DataFrame, links: pl.DataFrame) -> pl.DataFrame:
    """Return the chains with node, rule and score: where each stands, and why there if its story says so.

    A node is named by its key, else by type and standard spelling; surnames and the like that nothing explains are one
    in their story only, named by the first chain; a group of no country stays alone.

    Args:
        chains: what `forms.compared` returned.
        links: what `nearby.linked_names` returned.
    """
    same = links.filter(pl.col("decision") == "same").drop("decision").rename({"name": "form"})
    heads = chains.select("entity_type", head="form", head_standard="standard", head_short="short").unique(
        ["entity_type", "head"], keep="any"
    )
    keys = ["story", "entity_type", "form", "key"]
    told = chains.with_columns(pl.col("key").fill_null("")).join(same, on=keys, how="left", maintain_order="left")
    told = told.with_columns(head=pl.coalesce("head", "form"), own_key="key", key=pl.coalesce("head_key", "key"))
    told = told.join(heads, on=["entity_type", "head"], how="left", maintain_order="left")
    local = pl.col("id").first().over("story", "entity_type", "head_standard")
    return told.with_columns(
        node=pl.when(pl.col("key") != "")
        .then("key")
        .when((pl.col("entity_type") == "GROUP") | (pl.col("head_standard") == ""))
        .then("id")
        .when((pl.col("entity_type") == "PERSON") & pl.col("head_short"))
        .then(local)
        .otherwise(pl.format("name:{}:{}", "entity_type", "head_standard"))
    )


def meanings(chains: pl.DataFrame, bodies: pl.DataFrame, params: TieParams) -> pl.DataFrame:
    """Return the node of each name that documents use as a short form, what most of them mean by it, and how sure.

    Columns: node, meant, share (of the documents that say what they mean), clear. Names that hardly any document
    explains are left out: they need no explanation.

    Args:
        chains: what `placed` returned.
        bodies: the second frame that `forms.compared` returned.
        params: see the class.
    """
    told = bodies.join(chains.select("row", meant="node"), on="row").select("document_id", "standard", "meant").unique()
    named = told.with_columns(node=pl.format("name:ORG:{}", "standard")).drop("standard")
    total = named.group_by("node").agg(documents=pl.col("document_id").n_unique())
    said = named.filter(pl.col("meant") != pl.col("node")).group_by("node", "meant").agg(votes=pl.len().cast(pl.Int64))
    said = said.with_columns(said=pl.col("votes").sum().over("node")).join(total, on="node")
    most = (
        said.filter(pl.col("said") >= params.explained * pl.col("documents"))
        .sort("node", -pl.col("votes"), "meant")
        .unique("node", keep="first", maintain_order=True)
        .with_columns(share=pl.col("votes") / pl.col("said"))
    )
    return most.select("node", "meant", "share", clear=pl.col("share") >= params.agreed)


def parted_by_story(chains: pl.DataFrame, meant: pl.DataFrame) -> pl.DataFrame:
    """Return the chains with single words that mean this here and that there put into a node for each story.

    Args:
        chains: what `placed` returned.
        meant: what `meanings` returned.
    """
    unclear = meant.filter(~pl.col("clear")).select("node", unclear=pl.lit(value=True))
    marked = chains.join(unclear, on="node", how="left", maintain_order="left")
    local = pl.col("id").first().over("story", "node")
    alone = pl.col("unclear") & pl.col("head_short")
    return marked.with_columns(node=pl.when(alone).then(local).otherwise("node")).drop("unclear")


def ties(chains: pl.DataFrame, meant: pl.DataFrame) -> pl.DataFrame:
    """Return the ties between nodes: left, right, rule and score; the right node stands for the left one too.

    Args:
        chains: what `parted_by_story` returned.
        meant: what `meanings` returned.
    """
    score = (pl.col("share") * LIKELY).round(4)
    short = meant.filter("clear").select(left="node", right="meant", rule=pl.lit("corpus:short_form"), score=score)
    known = chains.select("node").unique()
    return (
        pl.concat([_entries(chains), _briefer(chains), short])
        .join(known, left_on="left", right_on="node", how="semi")
        .join(known, left_on="right", right_on="node", how="semi")
        .sort(-pl.col("score"), "left", "right")
    )


def _entries(chains: pl.DataFrame) -> pl.DataFrame:
    """A name and the one entry of a lookup that is called so."""
    fixed = chains.filter(pl.col("fixed") & pl.col("entity_type").is_in(["PERSON", "ORG"]) & ~pl.col("short"))
    entries = fixed.select("entity_type", "standard", "own_key").unique()
    single = entries.filter(pl.len().over("entity_type", "standard") == 1)
    return single.select(
        left=pl.format("name:{}:{}", "entity_type", "standard"), right="own_key",
        rule=pl.lit("corpus:known_name"), score=pl.lit(SURE),
    )  # fmt: skip


def _briefer(chains: pl.DataFrame) -> pl.DataFrame:
    """A full name without initials and nickname, and with those that most documents give it."""
    said = (pl.col("entity_type") == "PERSON") & (pl.col("standard") != pl.col("brief"))
    people = chains.filter(said & (pl.col("node") == pl.format("name:PERSON:{}", "standard")))
    counted = people.group_by("brief", "standard").agg(documents=pl.col("document_id").n_unique().cast(pl.Int64))
    most = counted.sort("brief", -pl.col("documents"), "standard").unique("brief", keep="first", maintain_order=True)
    return most.select(
        left=pl.format("name:PERSON:{}", "standard"), right=pl.format("name:PERSON:{}", "brief"),
        rule=pl.lit("corpus:brief_name"), score=pl.lit(LIKELY),
    )  # fmt: skip


def clustered(chains: pl.DataFrame, tied: pl.DataFrame) -> tuple[pl.DataFrame, pl.DataFrame]:
    """Return the cluster of each node, and the ties with the decision about each.

    The surest ties come first. Two entries of lookups never come together, through whatever stands between; such a tie
    is refused. A cluster has the name of its entry, else of a node that no tie leads away from.

    Args:
        chains: what `placed` returned.
        tied: what `ties` returned.
    """
    names = sorted({*tied["left"], *tied["right"]})
    number = {name: place for place, name in enumerate(names)}
    components = Components(len(names))
    inside = set(chains.filter("fixed")["own_key"].unique())
    entry = {place: name for place, name in enumerate(names) if name in inside}
    decisions = []
    for left, right in tied.select("left", "right").iter_rows():
        roots = [components.root(number[side]) for side in (left, right)]
        entries = {entry[root] for root in roots if root in entry}
        decisions.append("same" if len(entries) < 2 or roots[0] == roots[1] else "different")
        if decisions[-1] == "same":
            components.join(*roots)
            entry |= {components.root(roots[0]): name for name in entries}
    leaving = set(tied["left"])
    best: dict[int, str] = {}
    for name in sorted(names, key=lambda name: (name not in inside, name in leaving, name)):
        best.setdefault(components.root(number[name]), name)
    owners = [best[root] for root in components.roots()]
    owned = pl.DataFrame({"node": names, "cluster": owners}, schema={"node": pl.String, "cluster": pl.String})
    every = chains.select("node").unique().join(owned, on="node", how="left")
    cluster = every.with_columns(pl.coalesce("cluster", "node"))
    return cluster, tied.with_columns(decision=pl.Series(decisions, dtype=pl.String))
