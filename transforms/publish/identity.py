"""Ids that stay: clusters are recognised by the members that the parent version's ledger knows under an id."""

import hashlib

import polars as pl

PREFIXES = {"entity": "N-", "event": "E-", "document": "S-"}


def renamed(ledger: pl.DataFrame, sources: pl.DataFrame) -> pl.DataFrame:
    """Return the ledger with members of a replaced document moved to the document that stands at its uri now.

    An edited document has new bytes, so a new document_id; what it tells is mostly what it told before.

    Args:
        ledger: the parent's identity table.
        sources: the sources table, replaced documents included.
    """
    current = sources.filter("is_current").select("collection", "source_uri", successor="document_id")
    replaced = (
        sources.join(current, left_on="document_id", right_on="successor", how="anti")
        .join(current, on=["collection", "source_uri"])
        .sort("collection", "source_uri")
        .unique("document_id", keep="first", maintain_order=True)
        .select("document_id", "successor")
    )
    split = ledger.with_columns(
        document_id=pl.col("member").str.extract("^([^:]*)"),
    )
    return (
        split.join(replaced, on="document_id", how="left", maintain_order="left")
        .with_columns(member=_moved())
        .sort("level", "member", pl.col("successor").is_not_null(), "id")
        .unique(["level", "member"], keep="first", maintain_order=True)
        .select("level", "member", "id")
    )


def _moved() -> pl.Expr:
    rest = pl.col("member").str.slice(pl.col("document_id").str.len_chars())
    return pl.when(pl.col("successor").is_null()).then("member").otherwise(pl.col("successor") + rest)


def assigned(level: str, members: pl.DataFrame, ledger: pl.DataFrame, changes: pl.DataFrame) -> pl.DataFrame:
    """Return the id of each cluster: columns cluster, id.

    A cluster keeps the id that the parent's ledger gave to most of its members; an id goes to one cluster, the one with
    the larger overlap. Other clusters get a new id: a prefix and 12 hex digits of the SHA-256 of their first member.

    Args:
        level: document, entity or event.
        members: columns member and cluster.
        ledger: identity rows of the parent, of all levels.
        changes: identity_changes rows of the parent; ids that were split or merged away are not given out again.
    """
    known = ledger.filter(pl.col("level") == level)
    overlaps = members.join(known, on="member").group_by("cluster", "id").len()
    kept = _matched(overlaps)
    fresh = members.join(kept, on="cluster", how="anti").group_by("cluster").agg(pl.col("member").min()).sort("cluster")
    gone = changes.filter(pl.col("kind") != "retired")["old_id"]
    new = _new_ids(PREFIXES[level], fresh["member"].to_list(), {*known["id"], *gone})
    return pl.concat([kept, fresh.select("cluster", id=pl.Series(new, dtype=pl.String))]).sort("cluster")


def _matched(overlaps: pl.DataFrame) -> pl.DataFrame:
    """Greedy one-to-one match by overlap; pairs without a rival, which are nearly all, need no loop."""
    lonely = (pl.len().over("cluster") == 1) & (pl.len().over("id") == 1)
    marked = overlaps.with_columns(lonely=lonely)
    rivals = marked.filter(~pl.col("lonely")).sort(["len", "id", "cluster"], descending=[True, False, False])
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


def changed(before: pl.DataFrame, after: pl.DataFrame, version: int) -> pl.DataFrame:
    """Return the identity_changes rows of this version: where the members of each id of the parent are now.

    Args:
        before: identity rows of the parent, after `renamed`.
        after: identity rows of this version.
        version: number of this version.
    """
    moves = (
        before.select("level", "member", old_id="id")
        .join(after.select("level", "member", new_id="id"), on=["level", "member"], how="left")
        .select("old_id", "new_id")
        .unique()
    )
    alive = after.select(old_id="id").unique()
    elsewhere = moves.filter(pl.col("new_id").is_not_null() & (pl.col("new_id") != pl.col("old_id")))
    split = elsewhere.join(alive, on="old_id", how="semi").with_columns(kind=pl.lit("split"))
    merged = elsewhere.join(alive, on="old_id", how="anti").with_columns(kind=pl.lit("merged"))
    placed = moves.filter(pl.col("new_id").is_not_null())
    retired = moves.join(placed, on="old_id", how="anti").with_columns(kind=pl.lit("retired"))
    return pl.concat([split, merged, retired]).with_columns(version=pl.lit(version, dtype=pl.Int32))
