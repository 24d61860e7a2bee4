"""Which cluster keeps which id, and what `identity_changes` tells of the others."""

import polars as pl
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from schemas.published import Identity, IdentityChanges, Sources
from transforms.publish import identity

A, B, C = "a" * 16, "b" * 16, "c" * 16


def event(name, document=A, digest="0" * 16, kind="CONSULT"):
    return f"{document}:{digest}:{name}:{kind}"


def clusters(**members):
    rows = [(cluster, member) for cluster, inside in members.items() for member in inside]
    return pl.DataFrame(rows, schema={"cluster": pl.String, "member": pl.String}, orient="row")


def letters(**names):
    """Clusters of events whose triggers are letters, each in a sentence of its own."""
    return clusters(
        **{c: [event(name, digest=f"{ord(name):02x}" * 8) for name in inside] for c, inside in names.items()}
    )


def sources(*current, gone=()):
    rows = [
        {"collection": "news", "source_uri": uri, "document_id": document, "is_current": document not in gone}
        for uri, document in current
    ]
    return pl.DataFrame(rows, schema=Sources.polars_schema())


HERE = sources(("a.txt", A), ("b.txt", B))
AWAY = sources(("a.txt", A), ("b.txt", B), gone=(A,))


class History:
    """Versions of one level, one after the other."""

    def __init__(self, level="event"):
        self.level, self.version = level, 0
        self.ledger, self.changes = Identity.create_empty(), IdentityChanges.create_empty()

    def goes_on(self, members, where=HERE):
        """Publish a version; return the id of each cluster and the new changes without their version."""
        self.version += 1
        made = identity.carried({self.level: members}, self.ledger, self.changes, where, self.version)
        self.ledger = Identity.arrange(made.ledger)
        Identity.validate(self.ledger)
        new = IdentityChanges.arrange(made.changes)
        self.changes = IdentityChanges.arrange(pl.concat([self.changes, new]))
        return dict(made.ids[self.level].iter_rows()), new.drop("version").rows()


def after(*versions, level="event"):
    history = History(level)
    return [history.goes_on(members) for members in versions]


def test_new_clusters_get_an_id_from_their_first_member():
    ((ids, changes),) = after(letters(x="bc"))
    ((again, _),) = after(letters(other="cb"))
    assert ids["x"] == again["other"]
    assert ids["x"].startswith("E-") and len(ids["x"]) == 14
    assert changes == []


def test_a_rerun_changes_nothing():
    (old, _), (ids, changes) = after(letters(x="abc", y="d"), letters(p="d", q="abc"))
    assert (ids, changes) == ({"p": old["y"], "q": old["x"]}, [])


def test_a_split_leaves_the_id_with_the_larger_part():
    (old, _), (ids, changes) = after(letters(x="abc"), letters(x="a", y="bc"))
    assert ids["y"] == old["x"]
    assert changes == [(old["x"], ids["x"], "split")]


def test_a_merge_keeps_the_id_of_the_larger_part():
    (old, _), (ids, changes) = after(letters(x="a", y="bc"), letters(z="abc"))
    assert ids == {"z": old["y"]}
    assert changes == [(old["x"], old["y"], "merged")]


def test_members_that_move_to_another_old_cluster_leave_a_row():
    (old, _), (ids, changes) = after(letters(x="abc", y="de"), letters(x="ab", y="cde"))
    assert ids == old
    assert changes == [(old["x"], old["y"], "split")]


def test_an_id_whose_majority_moves_away_stays_with_the_minority_and_leaves_a_row():
    (old, _), (ids, changes) = after(letters(x="abc", y="defgh"), letters(p="a", q="bcdefgh"))
    assert ids == {"p": old["x"], "q": old["y"]}
    assert changes == [(old["x"], old["y"], "split")]


def test_an_id_that_falls_apart_into_others_leads_to_each_of_them():
    (old, _), (ids, changes) = after(letters(x="ab", y="cde", z="fgh"), letters(y="acde", z="bfgh"))
    assert ids == {"y": old["y"], "z": old["z"]}
    assert sorted(changes) == sorted([(old["x"], old["y"], "merged"), (old["x"], old["z"], "merged")])


def test_an_id_that_gains_or_loses_members_has_no_row():
    (old, _), (ids, changes) = after(letters(x="ab"), letters(x="bc"))
    assert (ids, changes) == (old, [])


def test_an_id_that_was_merged_away_is_not_given_out_again():
    history = History()
    history.goes_on(letters(y="bc"))
    alone, _ = history.goes_on(letters(x="a", y="bc"))
    history.goes_on(letters(y="abc"))
    again, changes = history.goes_on(letters(x="a", y="bc"))
    assert again["y"] == alone["y"]
    assert again["x"] != alone["x"]
    assert changes == [(alone["y"], again["x"], "split")]


def test_an_id_is_retired_with_its_members_and_restored_with_them():
    history = History()
    old, _ = history.goes_on(letters(x="ab", y="c"))
    _, changes = history.goes_on(letters(y="c"), AWAY)
    assert changes == [(old["x"], None, "retired")]
    history.goes_on(letters(y="c"), AWAY)
    ids, changes = history.goes_on(letters(p="b", y="c"))
    assert ids == {"p": old["x"], "y": old["y"]}
    assert changes == [(old["x"], old["x"], "restored")]
    assert history.goes_on(letters(p="b", y="c"))[1] == []


def test_an_id_is_retired_and_restored_where_only_code_changed():
    history = History()
    old, _ = history.goes_on(letters(x="a", y="c"))
    assert history.goes_on(letters(y="c"))[1] == [(old["x"], None, "retired")]
    ids, changes = history.goes_on(letters(x="a", y="c"))
    assert (ids, changes) == (old, [(old["x"], old["x"], "restored")])


def test_members_of_a_retired_id_that_come_back_under_another_id_lead_there():
    history = History()
    old, _ = history.goes_on(letters(x="a", y="bc"))
    history.goes_on(letters(y="bc"))
    ids, changes = history.goes_on(letters(y="abc"))
    assert (ids, changes) == ({"y": old["y"]}, [(old["x"], old["y"], "merged")])


def test_members_that_are_gone_follow_a_merge():
    two = clusters(x=[event("meet"), event("meet", B)], y=[event("hit", B), event("hit", C), event("strike", C)])
    one = clusters(z=[event("meet", B), event("hit", B), event("hit", C), event("strike", C)])
    history = History()
    old, _ = history.goes_on(two)
    assert history.goes_on(one, AWAY)[1] == [(old["x"], old["y"], "merged")]
    ids, _ = history.goes_on(clusters(x=[event("meet")], y=one["member"].to_list()))
    assert ids["y"] == old["y"] and ids["x"] not in old.values()


def test_rows_lead_on_where_what_took_the_members_is_retired():
    history = History()
    old, _ = history.goes_on(letters(x="a", y="bc"))
    history.goes_on(letters(y="abc"))
    history.goes_on(letters(z="d"))
    assert history.changes.rows() == [(old["x"], old["y"], "merged", 2), (old["y"], None, "retired", 3)]
    assert identity.heirs(history.changes, old["x"]) == []
    history.goes_on(letters(y="b", p="c", z="d"))
    ids, _ = history.goes_on(letters(y="b", q="acd"))
    assert identity.heirs(history.changes, old["x"]) == sorted([ids["y"], ids["q"]])
    assert identity.heirs(history.changes, "E-0") == ["E-0"]


def test_a_rollback_forgets_what_later_versions_did():
    history = History()
    old, _ = history.goes_on(letters(x="a", y="bc"))
    ledger, changes = history.ledger, history.changes
    history.goes_on(letters(y="abc"))
    history.ledger, history.changes = ledger, changes
    assert history.goes_on(letters(x="a", y="bcd")) == (old, [])


EDITED = sources(("a.txt", A), ("a.txt", C), ("b.txt", B), gone=(A,))
RECOGNISED = {
    "a digest of the sentence alone, as there once was": (event("meet", digest="0" * 8), event("meet", C)),
    "another document at the same uri": (event("meet"), event("meet", C)),
    "another type": (event("meet"), event("meet", C, kind="AGREE")),
    "another trigger of the same type": (event("hold"), event("talk", C)),
    "another trigger and type, the only report of the sentence": (event("hold"), event("talk", C, kind="AGREE")),
    "another end of the sentence": (event("meet"), event("meet", C, "1" * 8 + "0" * 4 + "1" * 4)),
    "another start of the sentence": (event("meet"), event("meet", C, "1" * 8 + "1" * 4 + "0" * 4)),
    "another sentence, the only such report": (event("meet"), event("meet", C, "1" * 16)),
}


@pytest.mark.parametrize(("old", "new"), RECOGNISED.values(), ids=RECOGNISED)
def test_an_event_is_recognised_by_what_is_left_of_its_key(old, new):
    history = History()
    before, _ = history.goes_on(clusters(x=[old]))
    assert history.goes_on(clusters(p=[new], q=[event("fly", C, "2" * 16, "AID")]), EDITED)[0]["p"] == before["x"]


def test_reports_that_are_alike_are_not_taken_for_each_other():
    history = History()
    digests = ("1" * 16, "2" * 16, "3" * 16, "4" * 16)
    before, _ = history.goes_on(clusters(x=[event("meet", A, digests[0])], y=[event("meet", A, digests[1])]))
    ids, changes = history.goes_on(clusters(x=[event("meet", C, digests[2])], y=[event("meet", C, digests[3])]), EDITED)
    assert not set(ids.values()) & set(before.values())
    assert [kind for *_, kind in changes] == ["retired", "retired"]


def test_reports_with_equal_keys_are_told_apart_by_their_numbers():
    history = History()
    before, _ = history.goes_on(clusters(x=[event("meet")], y=[event("meet") + ":2"]))
    ids, changes = history.goes_on(clusters(p=[event("meet", kind="AGREE")], q=[event("meet", kind="AGREE") + ":2"]))
    assert (ids, changes) == ({"p": before["x"], "q": before["y"]}, [])


def test_the_whole_key_goes_before_parts_of_it():
    history = History()
    before, _ = history.goes_on(clusters(x=[event("meet")], y=[event("meet", kind="AGREE")]))
    ids, _ = history.goes_on(clusters(p=[event("meet", kind="AGREE")], q=[event("meet", kind="AID")]))
    assert ids == {"p": before["y"], "q": before["x"]}


@pytest.mark.parametrize(
    ("old", "new"),
    [("person:ghana", "gpe:ghana"), ("person:mensah", "person:ama mensah"), ("org:bay bank group", "org:bay bank")],
)
def test_an_entity_is_recognised_by_its_name_or_its_type(old, new):
    history = History("entity")
    before, _ = history.goes_on(clusters(x=[f"{A}:{old}"]))
    ids, changes = history.goes_on(clusters(p=[f"{C}:{new}"], q=[f"{C}:gpe:togo"]), EDITED)
    assert (ids["p"], changes) == (before["x"], [])


def test_a_name_that_is_part_of_two_others_is_not_recognised():
    history = History("entity")
    before, _ = history.goes_on(clusters(x=[f"{A}:person:mensah"]))
    ids, changes = history.goes_on(clusters(p=[f"{A}:person:ama mensah"], q=[f"{A}:person:kofi mensah"]))
    assert before["x"] not in ids.values()
    assert changes == [(before["x"], None, "retired")]


def test_a_story_is_known_by_its_documents():
    history = History("document")
    before, _ = history.goes_on(clusters(x=[A, B]))
    ids, changes = history.goes_on(clusters(x=[C], y=[B]), EDITED)
    assert before["x"] in ids.values()
    assert [kind for *_, kind in changes] == ["split"]


def test_two_documents_that_become_one_leave_a_row():
    history = History()
    before, _ = history.goes_on(clusters(x=[event("meet")], y=[event("meet", B), event("hit", B)]))
    where = sources(("a.txt", A), ("a.txt", B), ("b.txt", B), gone=(A,))
    ids, changes = history.goes_on(clusters(z=[event("meet", B), event("hit", B)]), where)
    assert (ids, changes) == ({"z": before["y"]}, [(before["x"], before["y"], "merged")])


def test_a_ledger_without_the_column_of_today_is_read():
    history = History()
    before, _ = history.goes_on(letters(x="ab"))
    history.ledger = history.ledger.drop("is_current")
    assert history.goes_on(letters(x="ab")) == (before, [])


PARTITION = st.dictionaries(st.sampled_from("abcdefghij"), st.sampled_from("uvwxyz"), max_size=10)


def partition(owners):
    named = {cluster: [name for name, owner in owners.items() if owner == cluster] for cluster in owners.values()}
    return letters(**named)


@settings(max_examples=12, deadline=None)
@given(st.lists(PARTITION, min_size=2, max_size=3), st.randoms(use_true_random=False))
def test_every_id_lives_on_or_has_a_row(versions, random):
    history, ever = History(), {}
    for owners in versions:
        ledger, changes = history.ledger, history.changes
        ids, new = history.goes_on(partition(owners))
        assert len(set(ids.values())) == len(set(owners.values()))
        members = {c: {n for n in owners if owners[n] == c} for c in set(owners.values())}
        meaning = {ids[c]: inside for c, inside in members.items()}
        told = {}
        for old, now, kind in new:
            told.setdefault(old, set()).add(now)
            assert kind != "restored" or old == now
        for id_, was in ever.get(history.version - 1, {}).items():
            homes = {ids[owners[name]] for name in was if name in owners}
            assert homes - {id_} == told.get(id_, set()) - {None}
            assert (not homes) == (told.get(id_) == {None})
        assert not {old for old, *_ in changes.filter(kind="merged").iter_rows()} & set(meaning)
        ever[history.version] = meaning
        again = History()
        again.version, again.ledger, again.changes = history.version - 1, _shuffled(ledger, random), changes
        assert again.goes_on(_shuffled(partition(owners), random)) == (ids, new)
        assert again.ledger.equals(history.ledger)
        assert again.goes_on(partition(owners)) == (ids, [])


def _shuffled(frame, random):
    return frame[random.sample(range(frame.height), frame.height)]
