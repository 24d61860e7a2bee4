"""Which cluster keeps which id."""

import polars as pl

from schemas.published import Identity, IdentityChanges
from transforms.publish import identity

NO_CHANGES = pl.DataFrame(schema=IdentityChanges.polars_schema())


def members(**clusters):
    rows = [(cluster, f"{'a' * 16}:{name}") for cluster, names in clusters.items() for name in names]
    return pl.DataFrame(rows, schema={"cluster": pl.String, "member": pl.String}, orient="row")


def ledger(**ids):
    rows = [("event", f"{'a' * 16}:{name}", id_) for id_, names in ids.items() for name in names]
    return pl.DataFrame(rows, schema=Identity.polars_schema(), orient="row").select("level", "member", "id")


def assign(clusters, before, changes=NO_CHANGES):
    ids = identity.assigned("event", clusters, before, changes)
    after = clusters.join(ids, on="cluster").with_columns(level=pl.lit("event"))
    return dict(ids.iter_rows()), identity.changed(before, after, 3)


def test_new_clusters_get_an_id_from_their_first_member():
    ids, changes = assign(members(x="bc"), ledger())
    again, _ = assign(members(other="cb"), ledger())
    assert ids["x"] == again["other"]
    assert ids["x"].startswith("E-") and len(ids["x"]) == 14
    assert changes.is_empty()


def test_a_split_leaves_the_id_with_the_larger_part():
    ids, changes = assign(members(x="a", y="bc"), ledger(old="abc"))
    assert ids["y"] == "old"
    assert changes.rows() == [("old", ids["x"], "split", 3)]


def test_a_merge_keeps_the_id_of_the_larger_part():
    ids, changes = assign(members(x="abc"), ledger(small="a", large="bc"))
    assert ids == {"x": "large"}
    assert changes.rows() == [("small", "large", "merged", 3)]


def test_an_id_that_was_merged_away_is_not_given_out_again():
    ids, _ = assign(members(x="a"), ledger())
    gone = pl.DataFrame([(ids["x"], "E-1", "merged", 2)], schema=IdentityChanges.polars_schema(), orient="row")
    again, _ = assign(members(x="a"), ledger(), gone)
    assert again["x"] != ids["x"]
