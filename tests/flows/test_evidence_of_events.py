"""What an event rests on is shown to whoever must defend its row."""

import dataclasses
import io
import json
from datetime import date

import polars as pl
import pytest
from click.testing import CliRunner
from rich.console import Console

from flows.cli import annals
from flows.evidence import event as evidence
from flows.evidence.citing import cited
from flows.evidence.text import marked, print_to
from flows.looking import rows
from flows.run import execute
from flows.runner import Options
from flows.store.dataset import Dataset
from schemas.errors import UsageError
from transforms.lookups.files import Own


@pytest.fixture(scope="module")
def expelled(small_run):
    """Chile expelled two Peruvian diplomats."""
    (name,) = rows(small_run.dataset, "event_mentions", condition="sentence LIKE 'Chile expelled%'")[
        "event_mention_id"
    ].head(1)
    return evidence.load(small_run.dataset, small_run.settings, name)


@pytest.fixture(scope="module")
def retold(tmp_path_factory, settings_at):
    """A dataset of two papers that tell the same."""
    folder = tmp_path_factory.mktemp("retold")
    quiet = "The weather in Santiago was fine, and nobody was hurt."
    for name, day in (("Harbour Post", "17"), ("Valley Post", "18")):
        told = "Chile expelled two Peruvian diplomats on March 16, 2023. Peru rejected the charges against them."
        page = f"- The {name} - Friday, March {day}, 2023\n{told}\n{quiet}\n"
        (folder / f"{name}.txt").write_text(page, encoding="utf-8")
    settings = settings_at(folder / "output")
    execute(settings, Options.of([str(folder / "*.txt")]))
    return settings


def printed(found, width=100):
    console = Console(width=width, record=True, file=io.StringIO())
    print_to(console, found)
    return console.export_text()


def test_a_report_stands_where_the_raw_text_has_it(small_run, expelled):
    (report, *_) = expelled.reports
    raw = (small_run.inputs / report.place.source_uri).read_text(encoding="utf-8")
    assert raw[report.place.raw_start : report.place.raw_end] == report.place.raw_text
    assert raw.splitlines()[report.place.first_line - 1].startswith("Chile expelled")
    assert report.mention["sentence"].split() == report.place.raw_text.split()


def test_trigger_and_arguments_are_marked_in_the_sentence(expelled):
    text = marked(expelled.reports[0]).plain
    assert "[actor: Chile]" in text and "[trigger: expelled]" in text


def test_every_event_is_explained_by_what_its_rows_say(small_run):
    for name in rows(small_run.dataset, "events")["event_id"]:
        found = evidence.load(small_run.dataset, small_run.settings, name)
        text = " ".join(printed(found, 500).split())
        assert found.notes == []
        assert len(found.reports) == found.row["mention_count"]
        for report in found.reports:
            assert report.evidence is not None
            assert report.evidence.row is None or report.evidence.row.cells["lemma"] in report.mention["rule"]
            trigger = report.mention["sentence"][report.mention["trigger_start"] - report.mention["sentence_start"] :]
            (node,) = (node for node in report.evidence.tree if "trigger" in node.parts)
            assert trigger.startswith(node.word)
            assert report.mention["rule"] in text
        for party in found.parties:
            assert party.chains and party.entity["name"] in text
            if party.entity["basis"].startswith("lookup:"):
                assert party.rows


def test_an_event_is_named_by_id_by_its_beginning_or_by_a_report(small_run, expelled):
    known, name = expelled.row["event_id"], expelled.reports[0].mention["event_mention_id"]
    for given in (known, known[:8], name):
        assert evidence.load(small_run.dataset, small_run.settings, given).row["event_id"] == known


@pytest.mark.parametrize(("name", "remedy"), [("E-", "events match"), ("nothing", "annals show events")])
def test_what_names_no_event_or_several_is_refused(small_run, name, remedy):
    with pytest.raises(UsageError, match=remedy):
        evidence.load(small_run.dataset, small_run.settings, name)


def test_an_id_that_is_gone_leads_to_the_one_that_stands_for_it(small_copy):
    path = small_copy.latest / "identity_changes.parquet"
    row = {"old_id": "E-000000000000", "new_id": "E-111111111111", "kind": "merged", "version": 1}
    pl.DataFrame([row], schema=pl.read_parquet(path).schema).write_parquet(path)
    with pytest.raises(UsageError, match="merged in version 1: E-111111111111 stands for it now"):
        evidence.load(small_copy.dataset, small_copy.settings, "E-000000000000")


def test_it_is_said_why_reports_are_one_event_and_others_are_not(retold):
    events = rows(Dataset(retold.output), "events", condition="mention_count = 2 AND event_type = 'SANCTION'")
    found = evidence.load(Dataset(retold.output), retold, events["event_id"][0])
    (merge,) = found.merges
    assert merge.row["decision"] == "same" and merge.row["score"] >= found.least_score
    text = printed(found, 200)
    assert "report 1 and report 2, evidence" in text or "report 2 and report 1, evidence" in text
    assert "copies of one document have the sentence" in text
    assert "in two documents: Harbour Post.txt of 2023-03-17" in text
    assert all(pair.row["decision"] == "different" and pair.other["event_id"] in text for pair in found.apart)


def test_reports_beyond_those_asked_for_are_counted(retold):
    events = rows(Dataset(retold.output), "events", condition="mention_count = 2")
    found = evidence.load(Dataset(retold.output), retold, events["event_id"][0], most=1)
    assert len(found.reports) == found.more_reports == 1
    assert "and 1 report more" in printed(found)


def test_a_version_of_other_rules_says_so(small_copy):
    name = rows(small_copy.dataset, "events")["event_id"][0]
    found = evidence.load(small_copy.dataset, small_copy.with_stages(names={"vote": False}), name)
    (note,) = found.notes
    assert note.startswith("names changed since version 1")


def test_what_the_stages_do_not_report_any_more_is_said(expelled):
    gone = dataclasses.replace(expelled.reports[0], evidence=None)
    assert "do not report this any more" in printed(dataclasses.replace(expelled, reports=[gone]), 200)


def test_the_command_prints_for_people_and_for_programs(small_run, expelled):
    given = ["explain", expelled.row["event_id"], "--output", str(small_run.settings.output)]
    text = CliRunner().invoke(annals, given, catch_exceptions=False).output
    assert "predicates.csv:" in text and "-> " in text
    found = json.loads(CliRunner().invoke(annals, [*given, "--json"], catch_exceptions=False).output)
    assert found["row"]["event_id"] == expelled.row["event_id"]
    assert found["reports"][0]["evidence"]["tree"]


@pytest.mark.parametrize(
    ("basis", "forms", "country", "first"),
    [
        ("lookup:country_names", ["Peruvian"], "PER", {"text": "Peruvian", "iso3": "PER"}),
        ("lookup:agents", ["the Chilean soldiers"], None, {"text": "soldier"}),
        ("lookup:office_holders", ["Joe Biden"], "USA", {"name": "Joe Biden", "office": "President"}),
    ],
)
def test_the_row_of_a_lookup_is_cited_with_its_line(basis, forms, country, first):
    (row,) = cited(basis, forms, country, date(2022, 1, 6))
    assert first.items() <= row.cells.items() and row.line > 1


def test_a_row_of_the_user_s_own_comes_first():
    own = Own(rows={"organisations": ({"text": "Harbour Guild", "name": "Harbour Guild", "basis": "user"},)})
    (row,) = cited("lookup:organisations", ["the Harbour Guild"], None, None, own)
    assert (row.file, row.line) == ("own organisations.csv", 2)


def test_what_rests_on_no_lookup_cites_none():
    assert cited("model", ["Peru"], None, None) == cited("lookup:country_names", ["it"], None, None) == []
