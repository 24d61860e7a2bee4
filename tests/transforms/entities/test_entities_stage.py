import random

import polars as pl
import pytest

from schemas.memory import NameForms, StoryLinks
from schemas.work import ChainEntities, Chains, EntityClusters, EntityJudgements, Names, Stories
from transforms.entities.entities import STAGE
from transforms.lookups.decisions import parsed

ONE, TWO, THREE, FOUR = (digit * 16 for digit in "1234")
MADE = (ChainEntities, EntityClusters, EntityJudgements)


def chain(document, number, name, entity_type="PERSON", country=None, sector=None, basis="model", aliases=None):
    return {
        "document_id": document, "chain": number, "name": name, "entity_type": entity_type, "country": country,
        "sector": sector, "basis": basis, "aliases": aliases,
    }  # fmt: skip


def mention(number, row):
    return {
        "document_id": row["document_id"],
        "mention": number,
        "chain": row["chain"],
        "start": number,
        "end": number + 1,
        "text": "x",
        "entity_type": row["entity_type"],
        "mention_kind": "name",
    }


def run(rows, stories, *decisions, memory=None):
    """What the stage makes; documents without a story are their own."""
    names = [mention(number, row) for number, row in enumerate(rows)]
    tables = {
        "names": pl.DataFrame(names, schema=Names.polars_schema()),
        "chains": pl.DataFrame(rows, schema=Chains.polars_schema()),
        "stories": pl.DataFrame(
            [{"document_id": d, "cluster": c} for d, c in stories.items()], schema=Stories.polars_schema()
        ),
    }
    given = parsed("\n".join(["level,decision,left,right", *decisions]), "my.csv")
    made = STAGE.function(tables | (memory or {}), STAGE.params(decisions=given))
    for schema in (*MADE, *STAGE.memory):
        schema.validate(made[schema.table])
    return made


def clusters(made):
    member = pl.format("{}:{}", pl.col("document_id").str.head(1), "chain")
    members = made["chain_entities"].group_by("cluster").agg(member)
    return sorted(sorted(row[1]) for row in members.iter_rows())


def rules(made, decision="same"):
    rows = made["entity_judgements"].filter(pl.col("decision") == decision)
    short = (pl.col("left_id", "right_id").str.replace("^(.).{15}", "$1"), pl.col("rule"))
    return rows.select(*short).rows()


def test_a_surname_is_resolved_inside_its_story_only():
    rows = [chain(ONE, 0, "Ana Duarte"), chain(TWO, 0, "Duarte"), chain(THREE, 0, "Duarte")]
    made = run(rows, {ONE: ONE, TWO: ONE, THREE: THREE})
    assert clusters(made) == [["1:0", "2:0"], ["3:0"]]
    assert rules(made) == [("1:0", "2:0", "story:surname")]


def test_a_surname_of_two_people_of_the_story_is_nobodys_unless_one_of_them_is_its_subject():
    rows = [chain(ONE, 0, "Joe Marsh"), chain(ONE, 1, "Jill Marsh"), chain(TWO, 0, "Marsh")]
    assert clusters(run(rows, {ONE: ONE, TWO: ONE})) == [["1:0"], ["1:1"], ["2:0"]]
    subject = [chain(digit * 16, 0, "Joe Marsh") for digit in "5678"]
    made = run(rows + subject, dict.fromkeys([ONE, TWO, *(row["document_id"] for row in subject)], ONE))
    assert ["1:0", "2:0", "5:0", "6:0", "7:0", "8:0"] in clusters(made)


def test_full_names_meet_across_stories_in_every_transliteration():
    rows = [chain(ONE, 0, "Sergei Volkov"), chain(TWO, 0, "Sergey Volkov"), chain(THREE, 0, "Olga Volkova")]
    assert clusters(run(rows, {})) == [["1:0", "2:0"], ["3:0"]]


def test_a_middle_initial_is_left_out_by_others_and_another_one_is_another_person():
    rows = [
        *(chain(digit * 16, 0, "Paul A. Reed") for digit in "12"),
        *(chain(digit * 16, 0, "Paul Reed") for digit in "345"),
        chain("6" * 16, 0, "Paul B. Reed"),
    ]
    made = run(rows, {})
    assert clusters(made) == [["1:0", "2:0", "3:0", "4:0", "5:0"], ["6:0"]]
    assert ("1:0", "3:0", "corpus:brief_name") in rules(made)


def test_what_a_story_says_of_a_name_holds_in_that_story_only():
    rows = [
        chain(ONE, 0, "J. Marsh"), chain(ONE, 1, "Joe Marsh"), chain(TWO, 0, "J. Marsh"),
        chain(THREE, 0, "J. Marsh"), chain(THREE, 1, "Jill Marsh"), chain(FOUR, 0, "J. Marsh"),
    ]  # fmt: skip
    made = run(rows, {ONE: ONE, TWO: ONE, THREE: THREE, FOUR: THREE})
    assert clusters(made) == [["1:0", "1:1", "2:0"], ["3:0", "3:1", "4:0"]]


def test_an_acronym_means_in_each_story_what_stands_there_and_elsewhere_what_most_mean():
    council = [chain(digit * 16, 0, "Northern Fishing Council", "ORG", aliases="NFC") for digit in "123456ab"]
    bank = [chain("7" * 16, 0, "National Farmers Credit", "ORG", aliases="NFC"), chain("8" * 16, 0, "NFC", "ORG")]
    alone = [chain("9" * 16, 0, "NFC", "ORG")]
    made = run(council + bank + alone, {"7" * 16: "7" * 16, "8" * 16: "7" * 16})
    assert clusters(made) == [["1:0", "2:0", "3:0", "4:0", "5:0", "6:0", "9:0", "a:0", "b:0"], ["7:0", "8:0"]]
    assert ("7:0", "8:0", "story:acronym") in rules(made)
    unclear = run(council[:1] + bank + alone, {"7" * 16: "7" * 16, "8" * 16: "7" * 16})
    assert clusters(unclear) == [["1:0"], ["7:0", "8:0"], ["9:0"]]


def test_groups_meet_by_country_and_sector_and_only_then():
    rows = [
        chain(ONE, 0, "Ghanaian military", "GROUP", "GHA", "MIL"),
        chain(TWO, 0, "Ghanaian military", "GROUP", "GHA", "MIL"),
        chain(ONE, 1, "troops", "GROUP", None, "MIL"),
        chain(TWO, 1, "troops", "GROUP", None, "MIL"),
    ]
    made = run(rows, {})
    assert clusters(made) == [["1:0", "2:0"], ["1:1"], ["2:1"]]
    assert "group:Ghanaian military" in made["entity_clusters"]["cluster"]


def test_two_lookup_entries_never_meet_through_a_third_name():
    rows = [
        chain(ONE, 0, "Paul Reed", basis="lookup:office_holders"),
        chain(ONE, 1, "Paul B. Reed", basis="lookup:office_holders"),
        chain(TWO, 0, "P. Reed"),
    ]
    made = run(rows, {ONE: ONE, TWO: ONE})
    assert clusters(made) == [["1:0"], ["1:1"], ["2:0"]]
    assert rules(made, "different") == [("1:0", "1:1", "story:full_name")]


def test_a_name_is_the_one_entry_of_the_lookups_that_is_called_so():
    rows = [chain(ONE, 0, "Paul Reed", basis="lookup:office_holders"), chain(TWO, 0, "Paul Reed")]
    made = run(rows, {})
    assert clusters(made) == [["1:0", "2:0"]]
    assert rules(made) == [("1:0", "2:0", "corpus:known_name")]
    assert made["entity_clusters"]["cluster"].to_list() == ["office_holders:PERSON:Paul Reed"]


def test_a_cluster_is_described_by_lookups_before_texts_and_by_most_mentions():
    rows = [
        chain(ONE, 0, "NFC", "ORG"),
        chain(TWO, 0, "Northern Fishing Council", "ORG", "CAN", "LAB", "lookup:organisations"),
    ]
    made = run(rows, {ONE: ONE, TWO: ONE})["entity_clusters"].row(0, named=True)
    assert (made["name"], made["country"], made["sector"], made["aliases"]) == (
        "Northern Fishing Council",
        "CAN",
        "LAB",
        "NFC",
    )


def test_nothing_in_nothing_out():
    assert all(table.is_empty() for table in run([], {}).values())


NEWS = [
    ("Ana Duarte", "PERSON"), ("Ana M. Duarte", "PERSON"), ("Ana Maria Duarte", "PERSON"), ("Duarte", "PERSON"),
    ("A. Duarte", "PERSON"), ("Luis Duarte", "PERSON"), ("Sergey Volkov", "PERSON"), ("Sergei Volkov", "PERSON"),
    ("Northern Fishing Council", "ORG"), ("NFC", "ORG"), ("Fishing Council", "ORG"), ("National Farmers Credit", "ORG"),
    ("Harbour", "GPE"), ("troops", "GROUP"),
]  # fmt: skip


def corpus(random_, documents):
    """Documents with some of the names, in a few stories."""
    rows, stories = [], {}
    for number in documents:
        document = f"{number:016x}"
        stories[document] = f"{number % 4:016x}"
        told = random_.sample(NEWS, 5)
        rows += [chain(document, place, name, kind) for place, (name, kind) in enumerate(told)]
    return rows, stories


@pytest.mark.parametrize("seed", range(6))
def test_neither_memory_nor_order_of_rows_changes_anything(seed):
    random_ = random.Random(seed)
    rows, stories = corpus(random_, range(16))
    some = {document for document in stories if random_.random() < 0.7}
    elsewhere = run(*corpus(random_, range(8, 30)))
    before = run([row for row in rows if row["document_id"] in some], {d: stories[d] for d in some})
    again = run(rows, stories)
    random_.shuffle(rows)
    for earlier in (before, elsewhere, again):
        memory = {schema.table: earlier[schema.table] for schema in (NameForms, StoryLinks)}
        assert all(run(rows, stories, memory=memory)[name].equals(table) for name, table in again.items())


SAME = {ONE: ONE, TWO: ONE, THREE: ONE}
JOHNS = [chain(ONE, 0, "John Smith"), chain(TWO, 0, "John Smith"), chain(THREE, 0, "John Smith")]


def test_the_users_same_joins_whole_clusters_and_different_takes_out_the_right_side():
    rows = [*JOHNS, chain(FOUR, 0, "Mira Oduya"), chain(FOUR, 1, "Smith")]
    joined = run(rows, SAME, "entity,same,*:person:mira oduya,2222222222222222:person:john smith")
    assert clusters(joined) == [["1:0", "2:0", "3:0", "4:0"], ["4:1"]]
    assert ("2:0", "4:0", "own:same") in [tuple(sorted(row[:2])) + row[2:] for row in rules(joined)]
    apart = run(rows, SAME, "entity,different,*:person:john smith,2222222222222222:person:john smith")
    assert clusters(apart) == [["1:0", "3:0"], ["2:0"], ["4:0"], ["4:1"]]
    assert rules(apart, "different")[0][2] == "own:different"
    assert all("2:0" not in row[:2] for row in rules(apart))


def test_the_user_wins_over_two_entries_of_lookups_and_over_a_story():
    rows = [
        chain(ONE, 0, "Russia", "GPE", basis="lookup:country_names"),
        chain(TWO, 0, "Rossiya", "GPE", basis="lookup:country_names"),
        chain(ONE, 1, "Ana Duarte"), chain(TWO, 1, "Duarte"), chain(THREE, 0, "Duarte"),
    ]  # fmt: skip
    made = run(
        rows,
        SAME,
        "entity,same,*:gpe:russia,*:gpe:rossiya",
        "entity,different,1111111111111111:person:ana duarte,3333333333333333:person:duarte",
    )
    assert clusters(made) == [["1:0", "2:0"], ["1:1"], ["2:1", "3:0"]]


def test_a_decision_without_member_is_told():
    made = run(JOHNS, SAME, "entity,same,*:person:nobody,*:person:john smith")
    assert made["rejects"]["reason"].to_list() == ["decision_without_member"]


def test_names_without_letters_are_nobodys_and_no_one():
    rows = [chain(document, place, "''", kind) for place, kind in enumerate(("PERSON", "ORG", "GPE"))
            for document in (ONE, TWO)]  # fmt: skip
    assert len(clusters(run(rows, SAME))) == 6
