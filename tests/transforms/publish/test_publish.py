"""Two invented documents through the join: exact schemas, keys that hold, ids that stay."""

from datetime import date

import polars as pl

from schemas import published
from transforms.publish.publish import STAGE, PublishParams, publish

A, B = "a" * 16, "b" * 16
SENTENCE = "Ruritania met Zembla on Monday."
SOURCE = {"is_current": True, "sha256": "c" * 64, "format": "text", "collection": "."}


def empty():
    return {schema.table: pl.DataFrame(schema=schema.polars_schema()) for schema in STAGE.inputs}


def filled(schema, rows):
    """Rows of a table, columns that are not given being null."""
    names = schema.polars_schema()
    return pl.DataFrame([{name: row.get(name) for name in names} for row in rows], schema=names)


def world(documents=(A, B)):
    """Every document reports the same meeting; all reports are one event, all chains of a name one entity."""
    rows: dict[str, list[dict]] = {name: [] for name in empty()}
    first = min(documents)
    for document in documents:
        here = {"document_id": document}
        uri = f"{document[0]}.txt"
        rows["sources"].append(here | SOURCE | {"source_uri": uri})
        rows["raw"].append(
            here | {"source_uri": uri, "format": "text", "encoding": "utf-8", "raw_text": SENTENCE + "\n"}
        )
        rows["sites"].append(here | {"site": "example.org"})
        rows["texts"].append(here | {"text": SENTENCE, "language": "en"})
        rows["fields"].append(here | {"published_on": date(2022, 1, 3), "published_on_basis": "header"})
        rows["stories"].append(here | {"cluster": first})
        rows["lines"] += [
            here
            | {
                "line_number": 1,
                "text": SENTENCE,
                "label": "body",
                "reason": "span",
                "confidence": 0.9,
                "kept": True,
                "raw_start": 0,
                "raw_end": 31,
            },
            here
            | {
                "line_number": 2,
                "text": "Share",
                "label": "share",
                "reason": "phrase",
                "confidence": 0.9,
                "kept": False,
                "raw_start": 32,
                "raw_end": 32,
            },
        ]
        rows["kept_lines"].append(here | {"line_number": 1, "start": 0, "end": 31})
        rows["segments"].append(here | {"start": 0, "end": 31, "raw_start": 0, "raw_end": 31})
        for number, (name, start) in enumerate([("Ruritania", 0), ("Zembla", 14)]):
            chain = here | {"chain": number}
            rows["names"].append(
                chain
                | {
                    "mention": number,
                    "start": start,
                    "end": start + len(name),
                    "text": name,
                    "entity_type": "GPE",
                    "mention_kind": "name",
                }
            )
            rows["chains"].append(chain | {"name": name, "entity_type": "GPE", "basis": "name"})
            rows["chain_entities"].append(chain | {"cluster": f"{first}:{number}"})
        report = here | {"report": 0}
        rows["reports"].append(
            report
            | {
                "sentence_start": 0,
                "sentence_end": 31,
                "sentence": SENTENCE,
                "trigger_start": 10,
                "trigger_end": 13,
                "trigger_lemma": "meet",
                "event_type": "CONSULT",
                "status": "happened",
                "is_quoted": False,
                "date_precision": "day",
                "confidence": 0.8,
                "rule": "predicate:meet",
            }
        )
        rows["report_arguments"].append(
            report | {"role": "actor", "start": 0, "end": 9, "text": "Ruritania", "mention": 0}
        )
        rows["report_events"].append(report | {"cluster": f"{first}:0"})
    rows["entity_clusters"] = [
        {
            "cluster": f"{first}:{number}",
            "name": name,
            "entity_type": "GPE",
            "country": iso3,
            "sector": "GOV",
            "basis": "name",
        }
        for number, (name, iso3) in enumerate([("Ruritania", "RUR"), ("Zembla", "ZEM")])
    ]
    rows["event_clusters"] = [
        {
            "cluster": f"{first}:0",
            "event_type": "CONSULT",
            "status": "happened",
            "date_precision": "day",
            "actor_id": f"{first}:0",
            "recipient_id": f"{first}:1",
            "headline": SENTENCE,
            "confidence": 0.8,
        }
    ]
    rows["event_participants"] = [
        {"cluster": f"{first}:0", "role": role, "entity_id": f"{first}:{number}", "mention_count": len(documents)}
        for number, role in enumerate(["actor", "recipient"])
    ]
    rows["event_judgements"] = [
        {
            "level": "event",
            "left_id": f"{A}:0",
            "right_id": f"{B}:0",
            "decision": "same",
            "rule": "type+parties",
            "score": 1.0,
        }
    ]
    return {schema.table: filled(schema, rows[schema.table]) for schema in STAGE.inputs}


def following(tables, parent):
    return tables | {name: parent[name] for name in ("identity", "identity_changes")}


def check(made):
    for schema in STAGE.outputs:
        frame = made[schema.table]
        schema.validate(frame)
        assert frame.columns == list(schema.polars_schema())
        for column, target in schema.foreign_keys.items():
            table, other = target.split(".")
            assert set(frame[column].drop_nulls()) <= set(made[table][other]), (schema.table, column)


def test_empty_tables_give_empty_tables():
    made = publish(empty(), PublishParams())
    check(made)
    assert all(frame.is_empty() for frame in made.values())


def test_one_event_with_two_mentions_and_named_parties():
    made = publish(world(), PublishParams())
    check(made)
    event = made["events"].row(0, named=True)
    assert (event["actor_name"], event["recipient_country"]) == ("Ruritania", "ZEM")
    assert (event["mention_count"], event["document_count"], event["outlet_count"]) == (2, 2, 1)
    assert event["first_reported_on"] == date(2022, 1, 3)
    assert made["documents"].row(0, named=True)["removed_lines"] == 1
    assert made["event_arguments"]["mention_id"].to_list() == [f"{A}-0-9", f"{B}-0-9"]
    assert made["judgements"].select("left_id", "right_id").row(0) == (f"{A}-r0", f"{B}-r0")


def test_ids_survive_a_new_document():
    parent = publish(world((B,)), PublishParams(version=1))
    made = publish(following(world((A, B)), parent), PublishParams(version=2))
    check(made)
    assert made["events"]["event_id"].to_list() == parent["events"]["event_id"].to_list()
    assert made["entities"]["entity_id"].to_list() == parent["entities"]["entity_id"].to_list()
    assert made["identity_changes"].is_empty()


def test_ids_survive_an_edit_at_the_same_uri():
    parent = publish(world((A,)), PublishParams(version=1))
    edited = following(world((B,)), parent)
    edited["sources"] = filled(
        published.Sources,
        [
            {"collection": "news", "source_uri": "a.txt", "document_id": A, "is_current": False},
            {"collection": "news", "source_uri": "a.txt", "document_id": B, "is_current": True},
        ],
    )
    made = publish(edited, PublishParams(version=2))
    assert made["events"]["event_id"].to_list() == parent["events"]["event_id"].to_list()
    assert made["documents"]["story_id"].to_list() == parent["documents"]["story_id"].to_list()


def test_a_removed_document_retires_its_ids():
    parent = publish(world((A,)), PublishParams(version=1))
    removed = following(empty(), parent)
    removed["sources"] = filled(
        published.Sources,
        [SOURCE | {"collection": "news", "source_uri": "a.txt", "document_id": A, "is_current": False}],
    )
    made = publish(removed, PublishParams(version=2))
    check(made)
    assert made["identity_changes"]["kind"].unique().to_list() == ["retired"]
    assert len(made["identity_changes"]) == 4


def test_rejects_name_every_current_source():
    tables = empty()
    tables["sources"] = filled(
        published.Sources,
        [
            {"source_uri": uri, "document_id": A, "is_current": uri != "old.txt"}
            for uri in ("one.txt", "old.txt", "two.txt")
        ],
    )
    tables["rejects"] = tables["rejects"].extend(
        filled(
            published.PublishedRejects,
            [
                {"stage": "raw", "document_id": A, "reason": "empty", "detail": "no text"},
                {"stage": "raw", "document_id": B, "reason": "empty", "detail": "stands nowhere"},
                {"stage": "read", "source_uri": "bad.jsonl#3", "reason": "not json", "detail": "line 3"},
            ],
        )
    )
    made = publish(tables, PublishParams())["rejects"]
    assert made["source_uri"].to_list() == ["one.txt", "two.txt", "bad.jsonl#3"]
