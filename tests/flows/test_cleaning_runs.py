"""What a site's new document, or a rule, makes anew: labels where they may change, parses where the text did."""

import polars as pl
import pytest

from flows.plan import plan
from flows.run import execute
from flows.runner import Options, Runner
from flows.store.dataset import Dataset

PAGE = """- The Valley Post - {day}, 2022

The {lead} met the council of the harbour town on the quay and promised to mend the old bridge before winter comes.

{chrome}

The {lead} said the work would cost less than the council had feared when the storm took the railing away.
"""
PARAGRAPH = "Our readers keep the lights of this newsroom on through the dark months of the year."
CAPTION = "Copyright © 2021 The Valley Post, LLC."
DAYS = {
    "mayor": "Monday, January 3",
    "governor": "Tuesday, February 1",
    "warden": "Wednesday, March 2",
    "minister": "Thursday, April 7",
    "judge": "Friday, May 6",
}


@pytest.fixture
def site(tmp_path, settings_at):
    """Function that adds a page of one site, or none, and runs up to the parses: what each stage computed, reused."""
    settings = settings_at(tmp_path / "output", batch_documents=50)
    news = tmp_path / "news"
    news.mkdir()

    def run(lead=None, chrome="", rules=None):
        inputs = [str(news)] if lead else []
        if lead:
            (news / f"{lead}.txt").write_text(PAGE.format(day=DAYS[lead], lead=lead, chrome=chrome))
        if rules is not None:
            settings.cleaning_rules = tmp_path / "cleaning.toml"
            settings.cleaning_rules.write_text(rules)
            vars(settings).pop("rules", None)
        result = execute(settings, Options.of(inputs, last="parses"))
        return {outcome.stage: (outcome.computed, outcome.reused) for outcome in result.outcomes}

    run.settings = settings
    return run


def test_only_pages_that_hold_the_line_are_labelled_anew_when_it_crosses_the_threshold(site):
    site("mayor", PARAGRAPH)
    site("governor", PARAGRAPH)
    assert site("warden")["lines"] == (1, 2)
    crossed = site("minister", PARAGRAPH)
    assert (crossed["raw"], crossed["lines"], crossed["parses"]) == ((1, 3), (3, 1), (3, 1))
    assert site("judge", PARAGRAPH)["lines"] == (1, 4)


def test_pages_that_are_labelled_anew_are_parsed_anew_only_where_the_text_changed(site):
    site("mayor", CAPTION)
    site("governor", CAPTION)
    crossed = site("minister", CAPTION)
    assert (crossed["lines"], crossed["parses"]) == ((3, 0), (1, 2))


def test_a_rule_labels_every_page_anew_and_parses_only_what_it_changed(site):
    for lead in ("mayor", "governor"):
        site(lead, PARAGRAPH)
    changed = site(rules='drop = ["The mayor said*"]')
    assert (changed["raw"], changed["lines"], changed["parses"]) == ((0, 2), (2, 0), (1, 1))
    assert site(rules='# a comment\ndrop = ["The mayor said*"]')["lines"] == (0, 2)
    same = site(rules='drop = ["The mayor said*", "No such line"]')
    assert (same["lines"], same["parses"]) == ((2, 0), (0, 2))


def test_the_rules_of_one_site_change_no_other(site):
    site("mayor")
    assert site(rules='[sites."other.example"]\ndrop = ["The mayor*"]')["parses"] == (0, 1)
    assert site(rules='[sites."the valley post"]\ndrop = ["The mayor met*"]')["parses"] == (1, 0)


def test_the_plan_says_that_the_rules_changed(small_copy, tmp_path):
    rules = tmp_path / "cleaning.toml"
    rules.write_text('drop = ["Advertisement"]')
    settings = small_copy.settings.model_copy(update={"cleaning_rules": rules})
    plans = {item.stage: item for item in plan(Runner(Dataset(settings.output), settings, Options()))}
    assert (plans["lines"].state, plans["lines"].because) == ("stale", "resources: rules")
    assert plans["site_lines"].state == "fresh"


def test_a_line_that_a_rule_keeps_or_drops_says_so_in_the_tables(site):
    rules = f'keep = ["{CAPTION}"]\n[sites."The Valley Post"]\ndrop = ["Our readers*"]\nlabel = "advertisement"'
    site("mayor", PARAGRAPH + "\n" + CAPTION, rules)
    (found,) = site.settings.output.glob("work/lines/*/*/lines.parquet")
    rows = pl.read_parquet(found).filter(pl.col("reason").str.starts_with("rule:"))
    assert rows.select("label", "reason", "confidence", "kept").rows() == [
        ("advertisement", "rule:site:drop:1", 1.0, False),
        ("body", "rule:keep", 1.0, True),
    ]
