"""Which invented reports are one event, which are kept apart, and what the event says."""

from datetime import date

import polars as pl
import pytest

from transforms.events.merging import STAGE, events
from transforms.events.merging_params import MergingParams
from transforms.events.merging_triggers import related

A, B, C = "a" * 16, "b" * 16, "c" * 16
ENTITIES = {
    "Ruritania": ("GPE", "RUR", "GOV"),
    "Zembla": ("GPE", "ZEM", "GOV"),
    "Syldavia": ("GPE", "SYL", "GOV"),
    "Otto Brandt": ("PERSON", "RUR", "GOV"),
    "Ida Kranz": ("PERSON", "RUR", "GOV"),
    "Ruritanian troops": ("GROUP", "RUR", "MIL"),
    "Strelsau": ("GPE", "RUR", None),
}
REPORT = {
    "sentence_start": 0,
    "sentence_end": 9,
    "trigger_start": 0,
    "trigger_end": 3,
    "trigger_lemma": "meet",
    "event_type": "CONSULT",
    "status": "happened",
    "is_quoted": False,
    "date_precision": "unknown",
    "confidence": 0.8,
    "rule": "r",
    "sentence": "They met.",
}


def filled(schema, rows):
    names = schema.polars_schema()
    return pl.DataFrame([{name: row.get(name) for name in names} for row in rows], schema=names)


def told(document=A, actor=(), recipient=(), place=(), on=None, to=None, **changes):
    dates = {}
    if on:
        dates = {"happened_from": on, "happened_to": to or on, "date_precision": "day", "date_basis": "text"}
    roles = {"actor": actor, "recipient": recipient, "place": place}
    return REPORT | dates | changes | {"document_id": document, "roles": roles}


def world(reports, published=None, duplicates=(), stories=None):
    rows = {schema.table: [] for schema in STAGE.inputs}
    numbers: dict[str, int] = {}
    mentions: dict[str, int] = {}
    for given in reports:
        document = given["document_id"]
        numbers[document] = numbers.get(document, -1) + 1
        start = {"sentence_start": 100 * numbers[document]}
        rows["reports"].append(given | {"report": numbers[document]} | (start if not given["sentence_start"] else {}))
        for role, names in given["roles"].items():
            for name in [names] if isinstance(names, str) else names:
                mention = mentions[document] = mentions.get(document, -1) + 1
                span = {"document_id": document, "mention": mention, "start": mention, "end": mention + 1, "text": name}
                rows["names"].append(span | {"chain": mention, "entity_type": "GPE", "mention_kind": "name"})
                rows["report_arguments"].append(span | {"report": numbers[document], "role": role})
                rows["chain_entities"].append({"document_id": document, "chain": mention, "cluster": name})
    for name, (type_, country, sector) in ENTITIES.items():
        rows["entity_clusters"].append(
            {"cluster": name, "name": name, "entity_type": type_, "country": country, "sector": sector, "basis": "x"}
        )
    for document in numbers:
        day = (published or {}).get(document, date(2022, 1, 10))
        rows["fields"].append({"document_id": document, "published_on": day, "published_on_basis": "header"})
        rows["stories"].append({"document_id": document, "cluster": (stories or {}).get(document, A)})
    for copy, original in duplicates:
        rows["duplicates"].append(
            {"document_id": copy, "duplicate_of": original, "duplicate_kind": "near", "similarity": 0.9}
        )
    return {schema.table: filled(schema, rows.get(schema.table, [])) for schema in (*STAGE.inputs, *STAGE.memory)}


def merged(*reports, **more):
    made = events(world(reports, **more), MergingParams())
    for schema in STAGE.outputs:
        schema.validate(made[schema.table])
    return made


def count(*reports, **more):
    return len(merged(*reports, **more)["event_clusters"])


MONDAY, FRIDAY = date(2022, 1, 10), date(2022, 1, 14)
TALKS = {"actor": "Ruritania", "recipient": "Zembla"}


def test_no_reports_give_empty_tables():
    assert all(frame.is_empty() for frame in merged().values())


def test_the_order_of_equals_makes_no_difference():
    made = merged(told(A, **TALKS, on=MONDAY), told(B, actor="Zembla", recipient="Ruritania", on=MONDAY))
    row = made["event_clusters"].row(0, named=True)
    assert len(made["event_clusters"]) == 1
    assert (row["actor_id"], row["recipient_id"], row["started_on"]) == ("Ruritania", "Zembla", MONDAY)
    assert made["event_judgements"]["decision"].to_list() == ["same"]
    assert made["event_participants"]["mention_count"].to_list() == [2, 2]


def test_an_official_acts_for_the_country():
    other = told(B, actor="Otto Brandt", recipient="Zembla", on=MONDAY)
    assert count(told(A, **TALKS, on=MONDAY), other) == 1


def test_who_demands_makes_a_difference():
    demand = {"event_type": "REQUEST", "trigger_lemma": "demand", "on": MONDAY}
    assert count(told(A, **TALKS, **demand), told(B, actor="Zembla", recipient="Ruritania", **demand)) == 2
    two = [told(doc, actor=name, **demand) for doc, name in ((A, "Otto Brandt"), (B, "Ida Kranz"))]
    assert count(*two) == 2


def test_two_calls_a_week_apart_are_two():
    made = merged(told(A, **TALKS, on=MONDAY), told(B, **TALKS, on=date(2022, 1, 17)))
    assert len(made["event_clusters"]) == 2
    assert made["event_judgements"]["rule"].to_list() == ["dates_differ"]


def test_a_vague_report_does_not_chain_two_meetings():
    vague = told(B, **TALKS, on=date(2022, 1, 10), to=date(2022, 1, 16))
    assert count(told(A, **TALKS, on=MONDAY), vague, told(C, **TALKS, on=FRIDAY)) == 2


def test_different_numbers_of_troops_are_different_deployments():
    move = {"event_type": "MOBILIZE", "trigger_lemma": "deploy", "actor": "Ruritania", "quantity_unit": "troops"}
    assert count(told(A, **move, quantity=8500.0), told(B, **move, quantity=6000.0)) == 2
    assert count(told(A, **move, quantity=100000.0), told(B, **move, quantity=98000.0)) == 1


def test_a_meeting_held_follows_the_meeting_planned():
    made = merged(
        told(A, **TALKS, on=FRIDAY, status="planned"),
        told(B, **TALKS, on=FRIDAY, status="happened"),
        published={A: MONDAY, B: date(2022, 1, 15)},
    )
    assert made["event_clusters"].select("status", "follows").rows() == [("planned", None), ("happened", f"{A}:0")]


def test_a_standing_situation_is_one_event_over_weeks():
    masses = {"event_type": "MOBILIZE", "trigger_lemma": "mass", "status": "ongoing", "actor": "Ruritania"}
    sentence = "Ruritania has massed troops and tanks near the frontier."
    made = merged(
        told(A, **masses, sentence=sentence, recipient="Zembla"),
        told(
            B,
            **masses | {"actor": "Ruritanian troops", "trigger_lemma": "buildup"},
            recipient="Zembla",
            sentence=sentence,
        ),
        published={A: date(2021, 12, 1), B: date(2022, 1, 20)},
        stories={A: A, B: B},
    )
    assert made["event_clusters"]["status"].to_list() == ["ongoing"]


def test_a_refusal_of_one_day_is_not_the_one_that_stood_before():
    no = {"event_type": "REJECT", "actor": "Ruritania", "recipient": "Zembla", "sentence": "Ruritania rejects it."}
    for day, events_ in ((date(2022, 1, 26), 2), (date(2022, 1, 5), 1)):
        stands = told(A, **no, status="ongoing", trigger_lemma="rejection")
        assert count(stands, told(B, **no, on=day, trigger_lemma="reject"), published={B: date(2022, 1, 27)}) == events_


def test_what_happened_at_one_place_in_one_week_meets_whoever_is_named_and_whatever_it_is_called():
    last = {
        "on": date(2021, 6, 1),
        "to": date(2021, 6, 30),
        "place": "Strelsau",
        "sentence": "The two aired grievances.",
    }
    reports = [told(A, actor="Ruritania", trigger_lemma="meeting", **last), told(B, trigger_lemma="summit", **last)]
    assert count(*reports, stories={A: A, B: B}) == 1


def test_copies_add_evidence_and_no_events():
    reports = [told(doc, actor="Ruritania", event_type="PROTEST", trigger_lemma="rally") for doc in (A, B)]
    made = merged(*reports, duplicates=[(B, A)])
    assert len(made["event_clusters"]) == 1
    assert made["event_judgements"]["rule"].to_list() == ["copied_sentence"]


def test_two_acts_told_in_one_sentence_stay_two():
    one = told(A, actor="Ruritania", event_type="ACCUSE", trigger_lemma="accuse", sentence_start=5)
    assert count(one, one | {"trigger_lemma": "criticize"}) == 2


def test_the_place_has_coordinates_only_if_the_gazetteer_knows_it():
    row = merged(told(A, **TALKS, place="Strelsau"))["event_clusters"].row(0, named=True)
    assert (row["place_name"], row["place_country"], row["latitude"]) == ("Strelsau", "RUR", None)


def test_nothing_depends_on_the_order_of_rows():
    reports = [told(A, **TALKS, on=MONDAY), told(B, **TALKS, on=MONDAY), told(C, **TALKS, on=FRIDAY)]
    tables = world(reports)
    shuffled = {name: frame.reverse() for name, frame in tables.items()}
    first, second = events(tables, MergingParams()), events(shuffled, MergingParams())
    assert all(first[name].equals(second[name]) for name in first)


@pytest.mark.parametrize(
    ("left", "right", "same"),
    [("annex", "annexation", True), ("reject", "rejection", True), ("meet", "send", False), ("call", "cut", False)],
)
def test_a_verb_is_related_to_its_noun(left, right, same):
    assert related(left, right, 0.66, 4) is same


@pytest.mark.parametrize(("kind", "side"), [("AGREE", "actor_id"), ("CONSULT", "recipient_id")])
def test_who_alone_is_named_has_agreed_but_was_spoken_with(kind, side):
    row = merged(told(A, recipient="Zembla", event_type=kind))["event_clusters"].row(0, named=True)
    assert {name: row[name] for name in ("actor_id", "recipient_id")} == {
        "actor_id": None,
        "recipient_id": None,
        side: "Zembla",
    }
