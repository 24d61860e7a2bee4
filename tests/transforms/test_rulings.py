"""What a user's decisions come to among the members of a stage."""

import polars as pl

from transforms.lookups.decisions import parsed
from transforms.rulings import clash, judgement_rows, reject_rows, ruled

MEMBERS = pl.Series(["d1:person:oduya", "d2:person:oduya", "d1:person:mira oduya", "d3:person:mira oduya:2", None])


def rulings(*rows):
    return ruled(parsed("\n".join(["level,decision,left,right", *rows]), "my.csv"), MEMBERS)


def test_a_name_stands_for_its_chains_in_all_documents():
    found = rulings("entity,same,*:person:oduya,*:PERSON:Mira Oduya")
    assert found.joined == ((0, 1, 2, 3),)
    assert judgement_rows(found, list("abcde")) == [
        {"level": "entity", "left_id": "a", "right_id": "c", "decision": "same", "rule": "own:same", "score": 1.0}
    ]


def test_what_is_different_clashes_and_nothing_else_does():
    found = rulings("entity,different,d1:person:oduya,*:person:mira oduya")
    assert [clash(found.of(0), found.of(p)) for p in range(5)] == [False, False, True, True, False]
    assert found.verdicts[0][:2] == (0, 2)


def test_one_document_is_taken_out_of_a_name():
    found = rulings("entity,different,*:person:oduya,d1:person:oduya")
    assert clash(found.of(0), found.of(1))


def test_what_is_joined_shares_its_marks():
    found = rulings(
        "entity,different,d1:person:oduya,d2:person:oduya", "entity,same,d1:person:oduya,d1:person:mira oduya"
    )
    assert clash(found.of(1), found.of(2))


def test_later_rows_win_and_what_does_not_hold_is_told():
    found = rulings(
        "entity,same,d1:person:oduya,d2:person:oduya",
        "entity,same,d2:person:oduya,d1:person:mira oduya",
        "entity,different,d1:person:oduya,d1:person:mira oduya",
        "entity,same,gone:person:oduya,d2:person:oduya",
    )
    assert found.joined == ((1, 2),)
    assert [(row["reason"], row["detail"][:7]) for row in reject_rows(found)] == [
        ("decision_contradicted", "line 2:"), ("decision_without_member", "line 5:")
    ]  # fmt: skip
    earlier = rulings(
        "entity,different,d1:person:oduya,d1:person:mira oduya",
        "entity,same,d1:person:oduya,d2:person:oduya",
        "entity,same,d2:person:oduya,d1:person:mira oduya",
    )
    assert earlier.joined == ((0, 1, 2),)
    assert not earlier.marks


def test_a_key_that_changed_is_known_by_what_is_left_of_it():
    members = pl.Series(["d1:aaaaaaaa11112222:meet:CONSULT", "d1:cccccccc33334444:sign:AGREE"])
    text = "level,decision,left,right\nevent,same,d1:aaaaaaaa11112222:talk:CONSULT,d1:bbbbbbbb33334444:sign:AGREE\n"
    assert ruled(parsed(text, "my.csv"), members).joined == ((0, 1),)
    other = text.replace("d1:bbbbbbbb", "d2:bbbbbbbb")
    assert [row["reason"] for row in reject_rows(ruled(parsed(other, "my.csv"), members))] == [
        "decision_without_member"
    ]
