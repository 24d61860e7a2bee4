"""A person's `same` and `different` become rows of a file, named by what stays when ids merge."""

import pytest
from click.testing import CliRunner

from flows.cli import annals
from flows.looking import rows
from flows.settings import decisions_in

GAZETTE, COURIER = "harbour_gazette.txt", "northern_courier.txt"


@pytest.fixture
def decide(small_run, tmp_path):
    """Function that runs `annals decide` with a settings file that names no decisions, and returns what it prints."""
    settings = tmp_path / "annals.toml"
    settings.write_text(f'output = "{small_run.settings.output.as_posix()}"\n', encoding="utf-8")

    def run(*words):
        result = CliRunner().invoke(annals, ["decide", *words, "--settings", str(settings)], catch_exceptions=True)
        return result.output if result.exception is None else str(result.exception)

    return run


@pytest.fixture
def found(small_run):
    """Function that returns the first value of a column where a condition holds."""
    return lambda table, column, condition: rows(small_run.dataset, table, condition=condition)[column].first()


@pytest.fixture
def written(tmp_path):
    return lambda: [(one.level, one.decision, one.left, one.right) for one in decisions_in(tmp_path / "decisions.csv")]


def test_entities_are_named_by_a_name_that_is_theirs_alone_and_groups_by_one_document(decide, found, written):
    left, right = (found("entities", "entity_id", f"name = '{name}'") for name in ("Soldiers", "Halvard Brekke"))
    said = decide("same", left, right, "--note", "one, and the same")
    assert "line 2, written: entity same" in said and "Halvard Brekke (N-" in said
    assert 'annals.toml says: decisions = "decisions.csv"' in said
    ((_, _, noun, name),) = written()
    assert (noun[16:], name) == (":group:soldiers", "*:person:halvard brekke")
    assert "line 2, there already" in decide("same", right, left)
    assert "line 2: they are same there. Delete that line" in decide("different", left, right)


def test_a_mention_names_one_chain_so_that_an_entity_can_be_parted(decide, found, written):
    left, right = (
        found("mentions", "mention_id", f"text LIKE '%Brekke' AND document_id = '{document}'")
        for document in (found("documents", "document_id", f"source_uri = '{uri}'") for uri in (GAZETTE, COURIER))
    )
    assert "now Halvard Brekke (N-" in decide("different", left, right)
    ((_, _, here, there),) = written()
    assert (here[16:], there[16:]) == (":person:halvard brekke", ":person:brekke")


def test_events_are_named_by_a_report_of_theirs(decide, found, written, small_run):
    met, travels = (
        rows(small_run.dataset, "event_mentions", condition=f"sentence LIKE '{start}%'").row(0, named=True)
        for start in ("Norwegian Foreign", "Mr. Brekke will")
    )
    said = decide("different", met["event_id"], travels["event_mention_id"])
    assert "CONSULT" in said and '"Mr. Brekke will travel' in said
    ((_, _, left, right),) = written()
    known = rows(small_run.dataset, "identity", condition=f"id = '{met['event_id']}'")["member"].to_list()
    assert left in known and right.endswith(":travel:CONSULT")


def test_documents_are_named_by_id_or_uri(decide, found, written):
    ids = [
        found("documents", "document_id", f"source_uri = '{uri}'")
        for uri in ("harbour_gazette.txt", "island_herald.txt")
    ]
    decide("same", ids[0][:8], "island_herald.txt")
    assert written() == [("document", "same", *ids)]


def test_what_cannot_be_meant_is_told_with_the_nearest(decide, found, tmp_path):
    entity = found("entities", "entity_id", "name = 'Chile'")
    event = found("events", "event_id", "event_type = 'PROTEST'")
    assert "one is an entity, the other an event" in decide("same", entity, event)
    assert "both are Chile" in decide("different", entity, entity)
    assert f"Did you mean {entity}" in decide("same", entity[:-2] + "zz", event)
    assert not (tmp_path / "decisions.csv").exists()


def test_a_row_is_added_in_the_manner_of_the_file(decide, tmp_path):
    file = tmp_path / "decisions.csv"
    file.write_bytes("\ufeffnote;level;decision;left;right\r\nmine;document;same;ab;cd".encode())
    decide("different", "harbour_gazette.txt", "island_herald.txt", "--note", "two; truly")
    *before, row, after = file.read_bytes().decode().split("\r\n")
    assert before == ["\ufeffnote;level;decision;left;right", "mine;document;same;ab;cd"]
    assert row.startswith('"two; truly";document;different;') and after == ""


def test_the_list_tells_what_holds_and_what_does_not(decide, found, tmp_path):
    keys = "*:gpe:chile,*:gpe:peru", "*:gpe:chile,*:gpe:atlantis", "*:gpe:lima,*:gpe:chile"
    lines = [f"entity,{said},{pair},why" for said, pair in zip(("different", "same", "same"), keys, strict=True)]
    (tmp_path / "decisions.csv").write_text("\n".join(["level,decision,left,right,note", *lines]), encoding="utf-8")
    said = decide("list")
    assert "3 decisions" in said
    assert "line 2: entity different, holds" in said
    assert "line 3: entity same, without effect, nothing has the key *:gpe:atlantis" in said
    assert "line 4: entity same, not in version 1: start `annals run`" in said
