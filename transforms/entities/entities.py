"""Stage `entities`: which chains of different documents are the same entity, and what is known of it."""

from collections import Counter, defaultdict
from collections.abc import Iterable
from typing import Any

import polars as pl

from schemas.work import ChainEntities, Chains, EntityClusters, EntityJudgements, Fields, Names, Stories
from transforms import contract
from transforms.entities import matching
from transforms.entities.matching import Item, MatchParams
from transforms.lookups import facts
from transforms.lookups.decisions import Decision

Row = dict[str, Any]
MOST_ALIASES = 20


class EntitiesParams(contract.Params):
    """Parameters of `entities`.

    Attributes:
        matching: when two names are one entity's.
        own: the user's own rows of lookups.
        decisions: the user's own decisions about entities.
    """

    matching: MatchParams = MatchParams()
    own: facts.Own = facts.Own()
    decisions: tuple[Decision, ...] = ()


def entities(tables: contract.Tables, params: EntitiesParams) -> dict[str, pl.DataFrame]:
    """Return the cluster of each chain, the clusters, and the judgements that made them.

    A cluster is named by its smallest member "document_id:chain". Chains meet by what a lookup says, then inside a
    story by compatible names, then across stories by full names; unnamed groups by country and sector.
    """
    with facts.with_own(params.own):
        return _clustered(tables, params)


def _clustered(tables: contract.Tables, params: EntitiesParams) -> dict[str, pl.DataFrame]:
    rows = _chains(tables)
    story = dict(tables["stories"].select("document_id", "cluster").iter_rows())
    items = [_item(row, story) for row in rows]
    keys = [_key(row) for row in rows]
    decided = matching.decided(items, params.matching)
    judgements = [_judgement(keys, link) for link in decided.links]
    roots = decided.roots
    clusters: dict[int, list[int]] = defaultdict(list)
    for number, root in enumerate(roots):
        clusters[root].append(number)
    assigned = [_assignment(rows[number], keys[root]) for number, root in enumerate(roots)]
    counts = _mention_counts(tables)
    described = [
        {"cluster": keys[root], **_described([rows[m] for m in members], counts)} for root, members in clusters.items()
    ]
    return {
        "chain_entities": ChainEntities.arrange(pl.DataFrame(assigned, schema=ChainEntities.polars_schema())),
        "entity_clusters": EntityClusters.arrange(pl.DataFrame(described, schema=EntityClusters.polars_schema())),
        "entity_judgements": EntityJudgements.arrange(
            pl.DataFrame(judgements, schema=EntityJudgements.polars_schema()).unique(["left_id", "right_id", "rule"])
        ),
    }


def _chains(tables: contract.Tables) -> list[Row]:
    rows = list(tables["chains"].iter_rows(named=True))
    return sorted(rows, key=_key)


def _key(row: Row) -> str:
    return f"{row['document_id']}:{row['chain']}"


def _assignment(row: Row, cluster: str) -> Row:
    return {"document_id": row["document_id"], "chain": row["chain"], "cluster": cluster}


def _item(row: Row, story: dict[str, str]) -> Item:
    document: str = row["document_id"]
    return Item(
        document=document,
        story=story.get(document, document),
        name=row["name"],
        aliases=tuple(alias for alias in (row["aliases"] or "").split("; ") if alias),
        entity_type=row["entity_type"],
        country=row["country"],
        sector=row["sector"],
        basis=row["basis"],
    )


def _judgement(keys: list[str], link: matching.Link) -> Row:
    left, right = sorted((keys[link.left], keys[link.right]))
    return {
        "level": "entity", "left_id": left, "right_id": right, "decision": link.decision, "rule": link.rule,
        "score": link.score,
    }  # fmt: skip


def _mention_counts(tables: contract.Tables) -> dict[tuple[str, int], int]:
    counted = tables["names"].group_by("document_id", "chain").len()
    return {(document, chain): count for document, chain, count in counted.iter_rows()}


def _described(rows: list[Row], counts: dict[tuple[str, int], int]) -> Row:
    """The values of a cluster: those of most mentions, of lookups before those of texts, the first of equals."""
    weights = [counts.get((row["document_id"], row["chain"]), 1) for row in rows]
    known = [row for row in rows if row["basis"].startswith("lookup:")] or rows
    chosen = _name(known, counts)
    return {
        "name": chosen,
        "entity_type": _most(rows, weights, "entity_type"),
        "country": _most(rows, weights, "country"),
        "sector": _most(rows, weights, "sector"),
        "description": _most(rows, weights, "description"),
        "aliases": _aliases(rows, chosen),
        "basis": _most(known, [1] * len(known), "basis"),
    }


def _name(rows: list[Row], counts: dict[tuple[str, int], int]) -> str:
    """The name of most mentions among those of two words or more, else among all; the longer of equals."""
    votes: Counter[str] = Counter()
    for row in rows:
        votes[row["name"]] += counts.get((row["document_id"], row["chain"]), 1)
    full = [name for name in votes if " " in name] or list(votes)
    return max(sorted(full), key=lambda name: (votes[name], len(name)))


def _most(rows: list[Row], weights: list[int], column: str) -> Any:
    votes: Counter[str] = Counter()
    for row, weight in zip(rows, weights, strict=True):
        if row[column] is not None:
            votes[row[column]] += weight
    return max(votes.items(), key=lambda pair: pair[1])[0] if votes else None


def _aliases(rows: Iterable[Row], name: str) -> str | None:
    forms = [
        form for row in rows for form in (row["name"], *(row["aliases"] or "").split("; ")) if form and form != name
    ]
    return "; ".join(sorted(set(forms), key=lambda form: (facts.fold(form), form))[:MOST_ALIASES]) or None


STAGE = contract.Stage(
    name="entities",
    kind="reduce",
    function=entities,
    inputs=(Names, Chains, Stories, Fields),
    outputs=(ChainEntities, EntityClusters, EntityJudgements),
    params=EntitiesParams,
    resources=(*facts.FILES, "own", "decisions"),
    libraries=("rapidfuzz",),
)
