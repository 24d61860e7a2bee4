"""What merging remembers saves work and changes no row; what a person decided wins over all evidence."""

import random
from datetime import date, timedelta
from unittest.mock import patch

import polars as pl
from test_merging import FRIDAY, MONDAY, TALKS, A, B, C, told, world

from transforms import members
from transforms.events import merging_pairs
from transforms.events.merging import STAGE, candidates, events
from transforms.events.merging_facts import facts
from transforms.events.merging_params import MergingParams
from transforms.lookups.decisions import Decision

PARAMS = MergingParams()
NARROW = MergingParams(window=3, story_window=3)
OUTPUTS = [schema.table for schema in STAGE.outputs]
MEMORY = [schema.table for schema in STAGE.memory]


def news(documents, seed):
    """Reports of so many invented documents, some of them copies, in a few stories."""
    dice = random.Random(seed)
    names = [f"{number:016x}" for number in range(documents)]
    reports = [
        told(
            name,
            actor=dice.choice(("Ruritania", "Zembla", "Otto Brandt")),
            recipient=dice.choice(((), "Syldavia", "Zembla")),
            on=dice.choice((None, MONDAY, FRIDAY)),
            event_type=dice.choice(("CONSULT", "MOBILIZE", "ACCUSE")),
            trigger_lemma=dice.choice(("meet", "meeting", "mass", "accuse")),
            status=dice.choice(("happened", "ongoing", "planned")),
            sentence=f"Sentence {dice.randrange(30)} tells of troops near Strelsau.",
            **dice.choice(({}, {"quantity": dice.choice((100.0, 500.0)), "quantity_unit": "troops"})),
        )
        for name in names
        for _ in range(dice.randrange(1, 5))
    ]
    published = {name: MONDAY + timedelta(days=dice.randrange(20)) for name in names}
    copies = [(name, dice.choice(names[:number])) for number, name in enumerate(names) if number % 9 == 8]
    return world(reports, published, copies, {name: names[number % 7] for number, name in enumerate(names)})


def part(tables, documents):
    """The tables of some documents only."""
    return {
        name: rows.filter(pl.col("document_id").is_in(documents)) if "document_id" in rows.columns else rows
        for name, rows in tables.items()
    }


def test_memory_changes_no_row():
    dice = random.Random(5)
    tables, other = news(40, seed=1), news(12, seed=2)
    documents = tables["fields"]["document_id"].to_list()
    memory = {name: events(other, PARAMS)[name] for name in MEMORY}
    for share in (0.5, 0.9, 1.0, 0.7):
        some = part(tables, dice.sample(documents, int(share * len(documents))))
        made, scratch = events(some | memory, PARAMS), events(some, PARAMS)
        assert all(made[name].equals(scratch[name]) for name in (*OUTPUTS, *MEMORY))
        memory = {name: made[name] for name in MEMORY}


def test_what_is_published_later_leaves_old_clusters_together():
    for seed in range(3):
        tables = news(60, seed)
        tables["duplicates"] = (
            tables["duplicates"].join(_ages(tables), on="document_id").filter("younger").drop("younger")
        )
        days = tables["fields"].select("document_id", "published_on")
        whole = events(tables, NARROW)["report_events"]
        for day in (4, 10, 16):
            known = days.filter(pl.col("published_on") < MONDAY + timedelta(days=day))["document_id"].to_list()
            old = events(part(tables, known), NARROW)["report_events"].rename({"cluster": "old"})
            fates = old.join(whole, on=["document_id", "report"]).group_by("old").agg(pl.col("cluster").n_unique())
            assert fates["cluster"].to_list() == [1] * fates.height


def _ages(tables):
    """For each copy whether it was published after its original, as the stage `duplicates` has it."""
    days = tables["fields"].select("document_id", "published_on")
    pairs = (
        tables["duplicates"]
        .join(days, on="document_id")
        .join(days, left_on="duplicate_of", right_on="document_id", suffix="_original")
    )
    return pairs.select("document_id", younger=pl.col("published_on") > pl.col("published_on_original"))


def test_an_edited_report_is_compared_again_and_only_that_one():
    tables = news(20, seed=3)
    memory = {name: frame for name, frame in events(tables, PARAMS).items() if name in MEMORY}
    edited = tables | {
        "reports": tables["reports"].with_columns(
            trigger_lemma=pl.when(pl.int_range(pl.len()) == 7).then(pl.lit("talk")).otherwise("trigger_lemma")
        )
    }
    with patch.object(merging_pairs, "decide", wraps=merging_pairs.decide) as decide:
        made = events(edited | memory, PARAMS)
    seventh = edited["reports"].row(7, named=True)
    where = (seventh["document_id"], seventh["report"])
    pairs = [[(side.document_id, side.report) for side in call.args[:2]] for call in decide.call_args_list]
    assert pairs and all(where in pair for pair in pairs)
    assert all(made[name].equals(frame) for name, frame in events(edited, PARAMS).items())


def test_blocks_that_grow_give_each_report_no_more_pairs():
    day = date(2022, 1, 10)
    reports = [told(f"{number:016x}", **TALKS, on=day) for number in range(120)]
    tables = world(reports, stories={f"{number:016x}": f"{number:016x}" for number in range(120)})
    found = candidates(facts(tables, PARAMS), PARAMS)
    assert found.block_sizes.max() == 120
    assert len(found.left) <= 120 * PARAMS.window


def decided(verdict, *reports, **more):
    """Tables merged under a decision about the first two reports."""
    tables = world(reports, **more)
    left, right = members.of_reports(tables)["member"].to_list()[:2]
    decision = Decision(level="event", decision=verdict, left=left, right=right)
    return events(tables, MergingParams(decisions=(decision,)))


def test_what_a_person_calls_the_same_is_joined_whatever_forbids_it():
    made = decided("same", told(A, **TALKS, on=MONDAY), told(B, **TALKS, on=FRIDAY))
    assert made["event_clusters"].height == 1
    assert ("same", "own:same", 1.0) in made["event_judgements"].select("decision", "rule", "score").rows()


def test_what_a_person_calls_different_stays_apart_also_by_way_of_others():
    reports = [told(document, **TALKS, on=MONDAY) for document in (A, B, C)]
    made = decided("different", *reports)
    owners = dict(made["report_events"].select("document_id", "cluster").iter_rows())
    assert owners[A] != owners[B]
    assert made["event_clusters"].height == 2
    assert "own:different" in made["event_judgements"]["rule"].to_list()


def test_a_decision_about_nothing_is_told():
    decision = Decision(level="event", decision="same", left=f"{A}:0:meet:CONSULT", right=f"{B}:0:meet:CONSULT")
    made = events(world([told(A, **TALKS)]), MergingParams(decisions=(decision,)))
    assert made["rejects"]["reason"].to_list() == ["decision_without_member"]


def test_a_cluster_keeps_its_key_when_a_later_document_has_a_smaller_id():
    later = {B: MONDAY, C: MONDAY, A: date(2022, 1, 12)}
    two = events(world([told(B, **TALKS, on=MONDAY), told(C, **TALKS, on=MONDAY)], later), PARAMS)
    three = events(world([told(name, **TALKS, on=MONDAY) for name in (A, B, C)], later), PARAMS)
    assert two["event_clusters"]["cluster"].to_list() == three["event_clusters"]["cluster"].to_list() == [f"{B}:0"]
