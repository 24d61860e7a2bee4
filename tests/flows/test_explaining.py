"""What cleaning removes from some inputs is told as totals and by site, without touching any dataset."""

import io
import json

import pytest
from click.testing import CliRunner
from rich.console import Console

from flows import explained, explaining
from flows.cli import annals
from flows.explaining import explain
from schemas.errors import UsageError

PAGE = """- The Valley Post - {day}, 2022

The {lead} met the council of the harbour town on the quay and promised to mend the old bridge before winter comes.

The {lead} said the work would cost less than the council had feared when the storm took the railing away.

Copyright © 2022 The Valley Post, LLC.
Copyright © 2022 The Valley Post, LLC.
"""
LOST = "The {lead} was born in a village up the river, where the bridge was built by hand in three dry summers."
DAYS = {"mayor": "Monday, January 3", "judge": "Tuesday, February 1"}


@pytest.fixture
def inputs(tmp_path):
    for lead, day in DAYS.items():
        (tmp_path / f"{lead}.txt").write_text(PAGE.format(lead=lead, day=day))
    (tmp_path / "menu[b].txt").write_text("Home\nNews\n")
    (tmp_path / "clip.mp4").write_bytes(b"no text")
    rules = tmp_path / "rules" / "cleaning.toml"
    rules.parent.mkdir()
    rules.write_text('[sites."The Valley Post"]\ndrop = ["*feared when*"]\nlabel = "teaser"')
    return tmp_path


@pytest.fixture
def settings(settings_at, inputs):
    return settings_at(inputs / "output", cleaning_rules=inputs / "rules" / "cleaning.toml")


def test_totals_count_the_lines_and_words_of_each_label(inputs, settings):
    found = explain(settings, [str(inputs / "*.*")])
    labels = {row["label"]: row for row in found.labels}
    assert (found.documents, found.without_body) == (3, ["menu[b].txt"])
    assert next(iter(labels)) == "body" and labels["body"]["lines"] == 2
    assert (labels["copyright"]["lines"], labels["teaser"]["lines"], labels["navigation"]["lines"]) == (4, 2, 2)
    assert sum(row["share"] for row in found.labels) == pytest.approx(1.0)
    assert {(row["stage"], row["reason"], row["count"]) for row in found.rejects} == {
        ("intake", "unsupported_format", 1)
    }


def test_a_site_tells_what_it_lost_most_often_and_what_reads_like_a_sentence(inputs, settings):
    post, other = explain(settings, [str(inputs / "*.txt")]).sites
    assert (post.site, post.documents, post.without_body) == ("The Valley Post", 2, 0)
    assert (other.documents, other.without_body, other.kept_share) == (1, 1, 0.0)
    first = post.frequent[0]
    assert (first["count"], first["documents"], first["label"]) == (4, 2, "copyright")
    assert first["reason"].startswith("phrase:") and first["text"] == "Copyright © 2022 The Valley Post, LLC."
    assert [(row["label"], row["reason"]) for row in post.sentences] == [("teaser", "rule:site:drop:1")] * 2
    assert 0.3 < post.kept_share < 0.7


def test_sentences_of_few_documents_come_first_then_long_ones(tmp_path, settings_at):
    notice = (
        "All of our readers may write to the editor of this paper, who answers each of their letters by hand, dear all."
    )
    for lead in ("mayor", "judge", "warden"):
        text = PAGE.format(lead=lead, day="Monday, January 3") + "\n" + LOST.format(lead=lead) + "\n" + notice
        (tmp_path / f"{lead}.txt").write_text(text)
    rules = {"lines": {"rules": {"drop": ["*by hand*"]}}}
    (site,) = explain(settings_at(tmp_path / "output", stages=rules), [str(tmp_path)], top=4).sites
    assert [row["documents"] for row in site.sentences] == [1, 1, 1, 3]
    assert len(explain(settings_at(tmp_path / "output", stages=rules), [str(tmp_path)], top=2).sites[0].sentences) == 2


def test_one_site_can_be_named_and_must_be_there(inputs, settings):
    found = explain(settings, [str(inputs / "*.txt")], ["The Valley Post"])
    assert [site.site for site in found.sites] == ["The Valley Post"] and found.documents == 2
    assert "navigation" not in {row["label"] for row in found.labels}
    with pytest.raises(UsageError, match=r"--site valley: no document is of this site.*The Valley Post"):
        explain(settings, [str(inputs / "*.txt")], ["valley"])


def test_no_dataset_is_made_and_batches_change_nothing(inputs, settings, settings_at, monkeypatch):
    found = explain(settings, [str(inputs / "*.txt")])
    assert not settings.output.exists()
    assert explain(settings.model_copy(update={"batch_documents": 1}), [str(inputs / "*.txt")]) == found
    monkeypatch.setattr(explaining, "DISTINCT", 4)
    bounded = explain(settings.model_copy(update={"batch_documents": 1}), [str(inputs / "*.txt")])
    assert bounded.labels == found.labels and bounded.sites[0].frequent[0]["text"].startswith("Copyright")


def test_the_terminal_shows_every_kind_in_any_width(inputs, settings):
    found = explain(settings, [str(inputs / "*.*")])
    for width in (80, 120):
        console = Console(width=width, record=True, file=io.StringIO())
        explained.print_to(console, found, every_site=True)
        text = console.export_text()
        assert max(map(len, text.splitlines())) <= width
        for words in ("3 documents, 1 of them without body", "menu[b].txt", "unsupported_format", "rule:site:drop:1"):
            assert words in text, width
        assert "Removed most often" in text and "reads like a sentence" in text


def test_many_sites_are_counted_instead_of_printed(inputs, settings, monkeypatch):
    monkeypatch.setattr(explained, "SITES", 1)
    console = Console(width=120, record=True, file=io.StringIO())
    explained.print_to(console, explain(settings, [str(inputs / "*.txt")]), every_site=False)
    assert "1 sites more: name one with --site" in console.export_text()


def test_the_command_prints_tables_or_json(inputs, tmp_path):
    file = tmp_path / "rules" / "annals.toml"
    file.write_text('workers = 1\ncleaning_rules = "cleaning.toml"')
    line = ["explain-cleaning", str(inputs / "*.txt"), "--settings", str(file), "--top", "3"]
    table = CliRunner().invoke(annals, line, catch_exceptions=False)
    assert table.exit_code == 0 and "The Valley Post: 2 documents" in table.stdout
    made = CliRunner().invoke(annals, [*line, "--format", "json", "--site", "The Valley Post"], catch_exceptions=False)
    found = json.loads(made.stdout)
    assert found["documents"] == 2 and len(found["sites"][0]["frequent"]) == 3
    assert CliRunner().invoke(annals, ["explain-cleaning"]).exit_code == 2
