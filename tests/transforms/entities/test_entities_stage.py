import polars as pl

from schemas.work import ChainEntities, Chains, EntityClusters, EntityJudgements, Fields, Names, Stories
from transforms.entities.entities import STAGE

ONE, TWO, THREE = (digit * 16 for digit in "123")


def chain(document, number, name, entity_type="PERSON", country=None, sector=None, basis="model"):
    return {
        "document_id": document, "chain": number, "name": name, "entity_type": entity_type, "country": country,
        "sector": sector, "basis": basis,
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


def run(rows, stories):
    names = [mention(number, row) for number, row in enumerate(rows)]
    tables = {
        "names": pl.DataFrame(names, schema=Names.polars_schema()),
        "chains": pl.DataFrame(rows, schema=Chains.polars_schema()),
        "stories": pl.DataFrame(
            [{"document_id": d, "cluster": c} for d, c in stories.items()], schema=Stories.polars_schema()
        ),
        "fields": pl.DataFrame(schema=Fields.polars_schema()),
    }
    made = STAGE.function(tables, STAGE.params())
    for schema in (ChainEntities, EntityClusters, EntityJudgements):
        schema.validate(made[schema.table])
    return made


def clusters(made):
    member = pl.format("{}:{}", pl.col("document_id").str.head(1), "chain")
    members = made["chain_entities"].group_by("cluster").agg(member)
    return sorted(sorted(row[1]) for row in members.iter_rows())


def test_a_surname_is_resolved_inside_its_story_only():
    rows = [chain(ONE, 0, "Ana Duarte"), chain(TWO, 0, "Duarte"), chain(THREE, 0, "Duarte")]
    made = run(rows, {ONE: ONE, TWO: ONE, THREE: THREE})
    assert clusters(made) == [["1:0", "2:0"], ["3:0"]]
    judgement = made["entity_judgements"].row(0, named=True)
    assert (judgement["left_id"], judgement["right_id"]) == (f"{ONE}:0", f"{TWO}:0")
    assert (judgement["decision"], judgement["rule"]) == ("same", "story:surname")


def test_a_surname_of_two_people_of_the_story_is_nobodys():
    rows = [chain(ONE, 0, "Joe Marsh"), chain(ONE, 1, "Jill Marsh"), chain(TWO, 0, "Marsh")]
    assert clusters(run(rows, {ONE: ONE, TWO: ONE})) == [["1:0"], ["1:1"], ["2:0"]]


def test_full_names_meet_across_stories_and_small_spelling_differences_count_nothing():
    rows = [chain(ONE, 0, "Sergei Volkov"), chain(TWO, 0, "Sergey Volkov"), chain(THREE, 0, "Olga Volkova")]
    assert clusters(run(rows, {})) == [["1:0", "2:0"], ["3:0"]]


def test_groups_meet_by_country_and_sector_and_only_then():
    rows = [
        chain(ONE, 0, "Ghanaian military", "GROUP", "GHA", "MIL"),
        chain(TWO, 0, "Ghanaian military", "GROUP", "GHA", "MIL"),
        chain(ONE, 1, "troops", "GROUP", None, "MIL"),
        chain(TWO, 1, "troops", "GROUP", None, "MIL"),
    ]
    assert clusters(run(rows, {})) == [["1:0", "2:0"], ["1:1"], ["2:1"]]


def test_two_lookup_entries_never_meet_through_a_third_name():
    rows = [
        chain(ONE, 0, "Paul Reed", basis="lookup:office_holders"),
        chain(ONE, 1, "Paul B. Reed", basis="lookup:office_holders"),
        chain(TWO, 0, "P. Reed"),
    ]
    made = run(rows, {ONE: ONE, TWO: ONE})
    assert clusters(made) == [["1:0"], ["1:1"], ["2:0"]]
    refused = made["entity_judgements"].filter(pl.col("decision") == "different")
    assert refused.select("left_id", "right_id", "rule").rows() == [(f"{ONE}:0", f"{ONE}:1", "story:full_name")]


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


def test_the_order_of_rows_changes_nothing():
    rows = [chain(ONE, n, name) for n, name in enumerate(("Ana Duarte", "Ben Carter"))] + [chain(TWO, 0, "Duarte")]
    first, second = run(rows, {ONE: ONE, TWO: ONE}), run(rows[::-1], {TWO: ONE, ONE: ONE})
    assert first["chain_entities"].equals(second["chain_entities"])
