"""What a person decided holds in every version from then on, whatever comes later."""

import pytest

from flows.deciding.file import add
from flows.deciding.ledger import Ledger
from flows.deciding.listing import listed
from flows.deciding.naming import decision, side
from flows.evidence.version import Version
from flows.looking import rows
from flows.run import execute
from flows.runner import Options

LATER = """- The Harbour Gazette - Friday, March 24, 2023

Norwegian Foreign Minister Halvard Brekke met Portuguese officials in Bergen on Thursday. Soldiers stood at the gate.
"""


@pytest.fixture
def decided(small_copy, settings_at, tmp_path):
    """The small dataset, decisions in a file, and settings that name it."""
    ledger = Ledger(Version(small_copy.dataset, None))
    file = tmp_path / "decisions.csv"

    def named(table, column, condition):
        return rows(small_copy.dataset, table, condition=condition)[column][0]

    reports = [
        named("event_mentions", "event_mention_id", f"sentence LIKE '{start}%'") for start in ("Police", "Chile")
    ]
    pairs = [
        ("same", *(named("entities", "entity_id", f"name = '{name}'") for name in ("Soldiers", "navy"))),
        ("different", named("entities", "entity_id", "name = 'Halvard Brekke'"), "9b00ec94ac4a262f:person:brekke"),
        ("same", *reports),
        ("same", "harbour_gazette.txt", "island_herald.txt"),
    ]
    for verdict, left, right in pairs:
        add(file, decision(verdict, side(ledger, left), side(ledger, right)))
    return small_copy, settings_at(small_copy.settings.output, decisions=file)


def states(run, settings):
    ledger = Ledger(Version(run.dataset, None))
    return [one.state for one in listed(ledger, settings.decided)]


def test_decisions_hold_in_the_next_version_and_when_documents_come(decided, tmp_path):
    run, settings = decided
    assert all(state.startswith("not in version 1") for state in states(run, settings))
    execute(settings, Options())
    assert states(run, settings) == ["holds"] * 4
    own = rows(run.dataset, "judgements", condition="rule LIKE 'own:%' AND score = 1.0")
    assert sorted(own.select("level", "decision").rows()) == [
        ("document", "same"), ("entity", "different"), ("entity", "same"), ("event", "same")
    ]  # fmt: skip
    before = rows(run.dataset, "entities", condition="name IN ('Soldiers', 'navy', 'Halvard Brekke', 'Brekke')")
    (tmp_path / "later.txt").write_text(LATER, encoding="utf-8")
    execute(settings, Options.of([str(tmp_path / "later.txt")], refresh=("duplicates", "entities", "events")))
    assert states(run, settings) == ["holds"] * 4
    assert set(before["entity_id"]) <= set(rows(run.dataset, "entities", limit=None)["entity_id"])


def test_a_decision_follows_a_document_that_is_edited(decided):
    run, settings = decided
    page = run.inputs / "harbour_gazette.txt"
    text = page.read_text(encoding="utf-8")
    page.write_text(text.replace("arrested four of them", "arrested five of them"), encoding="utf-8")
    execute(settings, Options.of([str(run.inputs)]))
    assert states(run, settings) == ["holds"] * 4
    assert rows(run.dataset, "rejects", condition="stage IN ('entities', 'events')").is_empty()


def test_a_decision_about_what_is_gone_is_told_and_harms_nothing(decided):
    run, settings = decided
    with settings.decisions.open("a", encoding="utf-8") as file:
        file.write("event,different,gone:0f:meet:CONSULT,gone:0f:talk:CONSULT,\n")
    execute(settings, Options())
    (row,) = rows(run.dataset, "rejects", condition="stage = 'events'").to_dicts()
    assert row["reason"] == "decision_without_member"
    assert row["detail"].startswith("line 6: event different") and "annals decide" in row["detail"]
