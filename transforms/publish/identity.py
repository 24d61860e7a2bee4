"""Ids that stay: a cluster is recognised by the members that the parent version's ledger knows under an id.

A cluster keeps the id that most of its members had. An id goes to one cluster, the one with most of its members; ties
go to members recognised by their whole key, then to the smaller id. A cluster without an id gets one that nothing has
had: a prefix and 12 hex digits of the SHA-256 of its first member.

`identity_changes` has a row for each id of the parent that does not stand for all that it stood for:

- split: the id stays, but some of its members are under `new_id` now, be it a new cluster or one that was there: a row
  for each. So it is too where the id stays with a minority, because most members joined a cluster larger than theirs.
- merged: the id is gone, its members are under `new_id` now; one row for each id that has some of them.
- retired: the id is gone and none of its members is found under any id.
- restored: an id that had been retired is back, because members that it had are (`new_id` is the id itself).

An id that gained members, or lost some that are nowhere now, has no row: it stands for the same thing. A row speaks of
its own version: where A was merged into B and B into C, A leads to C by both rows, and B retired later ends them.
Ids that were merged away are never given out again. The ledger also keeps members that are gone: all of an id that is
retired, and those whose document was taken out; in ids that merged away they follow the merge. So a document that is
added again finds its ids. All of it is relative to the parent: after a rollback, what later versions did is forgotten.
"""

import hashlib
from collections.abc import Mapping
from typing import NamedTuple

import polars as pl

from schemas.published import Identity
from transforms.publish.recognition import recognised

PREFIXES = {"entity": "N-", "event": "E-", "document": "S-"}


class Carried(NamedTuple):
    """What the parent's ledger comes to.

    Attributes:
        ids: the id of each cluster by level: columns cluster and id.
        ledger: rows of `identity` for this version: level, member, id, is_current.
        changes: rows of `identity_changes` that this version adds.
    """

    ids: dict[str, pl.DataFrame]
    ledger: pl.DataFrame
    changes: pl.DataFrame


def carried(
    members: Mapping[str, pl.DataFrame],
    ledger: pl.DataFrame,
    changes: pl.DataFrame,
    sources: pl.DataFrame,
    version: int,
) -> Carried:
    """Return the ids of this version's clusters, its ledger, and what became of the parent's ids.

    Args:
        members: columns member and cluster, by level: document, entity, event.
        ledger: identity rows of the parent.
        changes: identity_changes rows of the parent.
        sources: the sources table, replaced documents included.
        version: number of this version.
    """
    before = renamed(ledger, sources)
    documents = sources.filter("is_current").select("document_id")
    ids, rows, moves = {}, [], []
    for level, inside in members.items():
        known = before.filter(pl.col("level") == level)
        links = _links(level, inside, known)
        ids[level] = assigned(level, inside, links, _taken(known, changes))
        told = links.join(ids[level].rename({"id": "new_id"}), on="cluster")
        rows += [
            inside.join(ids[level], on="cluster").select(pl.lit(level).alias("level"), "member", "id", is_current=True)
        ]
        rows += [_gone(known, told, ids[level], documents)]
        moves += [changed(known, told, ids[level], changes, version)]
    return Carried(ids, pl.concat(rows), pl.concat(moves))


def renamed(ledger: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """Return the ledger with members of a replaced document moved to the document that stands at its uri now.

    An edited document has new bytes, so a new document_id; what it tells is mostly what it told before.

    Args:
        ledger: the parent's identity table.
        sources: the sources table, replaced documents included.
    """
    rest = pl.col("member").str.slice(pl.col("document_id").str.len_chars())
    moved = pl.when(pl.col("successor").is_null()).then("member").otherwise(pl.col("successor") + rest)
    # A ledger may be older than the column that tells who is gone.
    whole = pl.concat([Identity.create_empty(), ledger], how="diagonal")
    return (
        whole.with_columns(_document(), is_current=pl.col("is_current").fill_null(value=True))
        .join(successors(sources), on="document_id", how="left", maintain_order="left")
        .select("level", "id", "is_current", member=moved)
    )


def successors(sources: pl.DataFrame) -> pl.DataFrame:
    """Return the documents that stand nowhere any more and what replaced them: columns document_id, successor.

    Args:
        sources: the sources table, replaced documents included.
    """
    current = sources.filter("is_current").select("collection", "source_uri", successor="document_id")
    return (
        sources.join(current, left_on="document_id", right_on="successor", how="anti")
        .join(current, on=["collection", "source_uri"])
        .sort("collection", "source_uri")
        .unique("document_id", keep="first", maintain_order=True)
        .select("document_id", "successor")
    )


def _document() -> pl.Expr:
    return pl.col("member").str.extract("^([^:]*)").alias("document_id")


def _links(level: str, members: pl.DataFrame, known: pl.DataFrame) -> pl.DataFrame:
    """Return a row for each member of an id that is found in a cluster: id, member, is_current, exact, cluster."""
    pairs = recognised(level, known["member"], members["member"])
    clusters = members.select("cluster", after="member")
    return known.join(pairs, left_on="member", right_on="before").join(clusters, on="after")


def _taken(known: pl.DataFrame, changes: pl.DataFrame) -> set[str]:
    return {*known["id"].unique(), *changes.filter(pl.col("kind") != "retired")["old_id"]}


def assigned(level: str, members: pl.DataFrame, links: pl.DataFrame, taken: set[str]) -> pl.DataFrame:
    """Return the id of each cluster: columns cluster, id.

    Args:
        level: document, entity or event.
        members: columns member and cluster.
        links: columns id, cluster, is_current, exact: a row for each member of an id that is found in a cluster.
        taken: ids that no new cluster may get.
    """
    overlaps = links.group_by("cluster", "id").agg(
        living=pl.col("is_current").sum(), sure=(pl.col("is_current") & pl.col("exact")).sum(), all=pl.len()
    )
    kept = _matched(overlaps)
    fresh = members.join(kept, on="cluster", how="anti").group_by("cluster").agg(pl.col("member").min()).sort("member")
    new = _new_ids(PREFIXES[level], fresh["member"].to_list(), taken)
    return pl.concat([kept, fresh.select("cluster", id=pl.Series(new, dtype=pl.String))]).sort("cluster")


def _matched(overlaps: pl.DataFrame) -> pl.DataFrame:
    """Greedy one-to-one match by overlap; pairs without a rival, which are nearly all, need no loop."""
    lonely = (pl.len().over("cluster") == 1) & (pl.len().over("id") == 1)
    marked = overlaps.with_columns(lonely=lonely)
    order = ["living", "sure", "all", "id", "cluster"]
    rivals = marked.filter(~pl.col("lonely")).sort(order, descending=[True, True, True, False, False])
    taken: dict[str, str] = {}
    given: set[str] = set()
    for cluster, id_ in rivals.select("cluster", "id").iter_rows():
        if cluster not in taken and id_ not in given:
            taken[cluster] = id_
            given.add(id_)
    matched = pl.DataFrame({"cluster": list(taken), "id": list(taken.values())}, schema=_PAIR)
    return pl.concat([marked.filter("lonely").select("cluster", "id"), matched])


_PAIR = {"cluster": pl.String, "id": pl.String}


def _new_ids(prefix: str, members: list[str], taken: set[str]) -> list[str]:
    used, ids = set(taken), []
    for member in members:
        ids.append(_free_id(prefix, member, used))
        used.add(ids[-1])
    return ids


def _free_id(prefix: str, member: str, used: set[str]) -> str:
    counter = 0
    while True:
        salted = f"{member}#{counter}" if counter else member
        candidate = prefix + hashlib.sha256(salted.encode()).hexdigest()[:12]
        if candidate not in used:
            return candidate
        counter += 1


def _gone(known: pl.DataFrame, told: pl.DataFrame, ids: pl.DataFrame, documents: pl.DataFrame) -> pl.DataFrame:
    """Return the ledger's rows of members that are nowhere now but may come back."""
    heirs = (
        told.join(ids, on="id", how="anti")
        .group_by("id", "new_id")
        .len()
        .sort(["len", "new_id"], descending=[True, False])
        .unique("id", keep="first", maintain_order=True)
    )
    lost = known.join(told, on="member", how="anti").join(heirs, on="id", how="left")
    placed = lost.select("level", "member", id=pl.coalesce("new_id", "id"), is_current=False).with_columns(_document())
    away = placed.join(documents, on="document_id", how="anti")
    retired = placed.join(ids, on="id", how="anti")
    kept = pl.concat([away, retired]).sort("member", "id").unique("member", keep="first", maintain_order=True)
    return kept.drop("document_id")


def changed(
    known: pl.DataFrame, told: pl.DataFrame, ids: pl.DataFrame, changes: pl.DataFrame, version: int
) -> pl.DataFrame:
    """Return the identity_changes rows of this version for one level.

    Args:
        known: the parent's identity rows of the level, after `renamed`.
        told: columns id and new_id: what members of an id have now.
        ids: columns cluster and id: the ids of this version.
        changes: identity_changes rows of the parent.
        version: number of this version.
    """
    alive, before = ids.select(old_id="id"), known.filter("is_current").select(old_id="id").unique()
    found = told.select("new_id", old_id="id").unique()
    elsewhere = found.filter(pl.col("new_id") != pl.col("old_id"))
    had = pl.concat([known.select(old_id="id"), changes.select("old_id")]).unique()
    kinds = {
        "split": elsewhere.join(alive, on="old_id", how="semi"),
        "merged": elsewhere.join(alive, on="old_id", how="anti"),
        "retired": before.join(found, on="old_id", how="anti").with_columns(new_id=pl.lit(None, dtype=pl.String)),
        "restored": alive.join(had, on="old_id", how="semi")
        .join(before, on="old_id", how="anti")
        .with_columns(new_id="old_id"),
    }
    rows = [part.select("old_id", "new_id", kind=pl.lit(kind)) for kind, part in kinds.items()]
    return pl.concat(rows).with_columns(version=pl.lit(version, dtype=pl.Int32))


def heirs(changes: pl.DataFrame, id_: str) -> list[str]:
    """Return the ids that stand now for what an id stood for, in order; itself alone where nothing became of it.

    Args:
        changes: the identity_changes table.
        id_: an id of any version.
    """
    here, away = {id_}, set[str]()
    for rows in changes.sort("version").partition_by("version", maintain_order=True):
        told = [row for row in rows.iter_rows(named=True) if row["old_id"] in here | away]
        away |= {row["old_id"] for row in told if row["kind"] == "retired"}
        away -= {row["old_id"] for row in told if row["kind"] in ("merged", "restored")}
        here -= {row["old_id"] for row in told if row["kind"] in ("merged", "retired")}
        here |= {row["new_id"] for row in told if row["new_id"]}
    return sorted(here)
