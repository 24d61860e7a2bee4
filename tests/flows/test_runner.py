"""What a run computes, what it finds, and what it publishes."""

import polars as pl
import pytest

from flows import graph
from flows.run import execute
from flows.runner import Options
from schemas.errors import DatasetError, UsageError
from schemas.published import TABLES, Documents, Sources

NEW_PAGE = "Fiji Post\nShare\nFiji thanked Samoa on Monday for sending doctors to its capital.\nFiji, March 20, 2023\n"
MAP = [name for name in graph.ORDER if name in ("raw", "lines", "bodies", "parses", "names", "reports", "prints")]


def computed(result):
    return {o.stage: o.computed for o in result.outcomes if o.computed}


def files(run):
    return {path.name: path.read_bytes() for path in run.latest.glob("*.parquet") if path.stem != "versions"}


def test_the_first_run_publishes_every_table(small_run):
    assert (small_run.result.published, small_run.result.latest) == (1, 1)
    assert {path.stem for path in small_run.latest.glob("*.parquet")} == {schema.table for schema in TABLES}
    names = {"manifest.json", "diff.json", "dictionary.md", "annals.duckdb"}
    assert names <= {path.name for path in small_run.latest.iterdir()}
    rows = {schema.table: pl.read_parquet(small_run.latest / f"{schema.table}.parquet").height for schema in TABLES}
    assert rows["documents"] == rows["sources"] == 4 and rows["rejects"] == 0
    assert min(rows["events"], rows["event_mentions"], rows["entities"], rows["mentions"], rows["lines"]) > 3


def test_a_second_run_computes_and_publishes_nothing(small_copy):
    for inputs in ((small_copy.inputs,), ()):
        result = small_copy.again(*inputs)
        assert computed(result) == {}
        assert (result.published, result.latest) == (None, 1)
    assert small_copy.dataset.versions.numbers() == [1]


def test_one_more_document_computes_only_its_own_rows(small_copy):
    before = files(small_copy)
    (small_copy.inputs / "fiji.txt").write_text(NEW_PAGE)
    result = small_copy.again(small_copy.inputs)
    done = computed(result)
    assert {name: done[name] for name in MAP} == dict.fromkeys(MAP, 1)
    assert done["read"] == 1 and result.published == 2
    old = pl.read_parquet(before["documents.parquet"])
    new = small_copy.dataset.versions.read(Documents, 2)
    assert new.join(old, on="document_id", how="semi").equals(old)


def test_a_table_without_change_is_a_link_to_the_version_before(small_copy):
    (small_copy.inputs / "fiji.txt").write_text(NEW_PAGE)
    small_copy.again(small_copy.inputs)
    manifest = small_copy.dataset.versions.manifest(2)
    unchanged = {name for name, record in manifest.tables.items() if record.unchanged}
    assert "rejects" in unchanged and not {"documents", "sources", "versions", "lines"} & unchanged
    for schema in TABLES:
        one, two = (small_copy.dataset.versions.folder(n) / f"{schema.table}.parquet" for n in (1, 2))
        assert one.samefile(two) == (schema.table in unchanged), schema.table


def test_an_edited_file_takes_the_place_of_the_old_one(small_copy):
    page = small_copy.inputs / "island_herald.txt"
    page.write_text(page.read_text().replace("expelled two", "expelled three"))
    result = small_copy.again(small_copy.inputs)
    assert computed(result)["reports"] == 1
    sources = small_copy.dataset.versions.read(Sources, 2).filter(pl.col("source_uri") == page.name)
    assert sorted(sources["is_current"]) == [False, True]
    texts = small_copy.dataset.versions.read(Documents, 2).filter(pl.col("source_uri") == page.name)["text"]
    assert len(texts) == 1 and "expelled three" in texts[0]


def test_a_source_that_is_gone_stays_until_it_is_retracted(small_copy):
    (small_copy.inputs / "island_herald.txt").unlink()
    assert small_copy.again(small_copy.inputs).published is None
    assert small_copy.again(small_copy.inputs, retract_missing=True).published == 2
    assert "island_herald.txt" not in small_copy.dataset.versions.read(Documents, 2)["source_uri"]
    gone = small_copy.dataset.versions.read(Sources, 2).filter(~pl.col("is_current"))
    assert gone["source_uri"].to_list() == ["island_herald.txt"]


def test_a_file_that_cannot_be_read_is_told_and_the_run_goes_on(small_copy):
    (small_copy.inputs / "empty.txt").touch()
    (small_copy.inputs / "broken.jsonl").write_text("{no json\n")
    small_copy.again(small_copy.inputs)
    rejects = pl.read_parquet(small_copy.latest / "rejects.parquet")
    assert dict(rejects.select("source_uri", "reason").iter_rows()) == {
        "empty.txt": "empty", "broken.jsonl#1": "broken_json",
    }  # fmt: skip


def test_refresh_executes_a_stage_again_and_reuses_what_follows(small_copy):
    result = small_copy.again(refresh=["reports"])
    assert computed(result) == {"reports": 4}
    assert result.published is None


def test_cascade_executes_what_follows_too(small_copy):
    result = small_copy.again(refresh=["reports"], cascade=True)
    assert computed(result) == {"reports": 4, "events": 1, "publish": 1}
    assert result.published is None


def test_a_selection_runs_no_more_than_it_names(small_copy):
    result = small_copy.again(refresh=["lines"], select=["lines"])
    assert [o.stage for o in result.outcomes] == ["read", "raw", "site_lines", "lines"]
    result = small_copy.again(first="names", last="reports")
    assert result.outcomes[-1].stage == "reports"
    assert "duplicates" not in {o.stage for o in result.outcomes}


def test_a_selected_stage_needs_fresh_ones_before_it(small_copy):
    (small_copy.inputs / "fiji.txt").write_text(NEW_PAGE)
    with pytest.raises(UsageError, match=r"stage raw: is stale and not selected.*[+]raw"):
        small_copy.again(small_copy.inputs, select=["lines"])
    small_copy.again(select=["+lines"])
    assert small_copy.dataset.versions.numbers() == [1]


def test_what_was_read_without_publishing_is_not_forgotten(small_copy):
    (small_copy.inputs / "fiji.txt").write_text(NEW_PAGE)
    small_copy.again(small_copy.inputs, last="raw")
    (small_copy.inputs / "fiji.txt").unlink()
    result = small_copy.again()
    assert result.published == 2
    assert "fiji.txt" in small_copy.dataset.versions.read(Documents, 2)["source_uri"]
    assert computed(small_copy.again()) == {}


def test_a_rollback_goes_back_with_sources_and_the_next_run_goes_on_from_there(small_copy):
    before = files(small_copy)
    (small_copy.inputs / "fiji.txt").write_text(NEW_PAGE)
    small_copy.again(small_copy.inputs)
    after = files(small_copy)
    small_copy.dataset.roll_back(1)
    assert files(small_copy) == before
    result = small_copy.again()
    assert (result.published, computed(result)) == (None, {})
    result = small_copy.again(small_copy.inputs)
    assert result.published == 3
    assert {"read", "publish"} >= set(computed(result)), "all rows were there already"
    assert small_copy.dataset.versions.manifest(3).parent == 1
    assert files(small_copy) == after


def test_a_run_leaves_a_record_and_a_failed_one_too(small_copy, monkeypatch):
    def fail(*_):
        raise RuntimeError("the disk is gone")

    runs = small_copy.settings.output / "runs"
    (made,) = runs.glob("*.json")
    monkeypatch.setattr("flows.publishing.publish", fail)
    with pytest.raises(RuntimeError, match="the disk is gone"):
        small_copy.again()
    (failed,) = set(runs.glob("*.json")) - {made}
    assert "the disk is gone" in failed.read_text() and "error" not in made.read_text()


def test_a_document_that_a_stage_fails_on_is_rejected_and_the_others_are_not(small_copy, monkeypatch):
    stage = graph.stage("reports")

    def fragile(tables, params):
        if any("Chile" in text for text in tables["texts"]["text"]):
            raise ValueError("no word for that")
        return stage.function(tables, params)

    fragile.__module__ = stage.function.__module__
    changed = type(stage)(**{**vars(stage), "function": fragile})
    monkeypatch.setattr(graph, "stage", lambda name, real=graph.stage: changed if name == "reports" else real(name))
    result = small_copy.again(refresh=["reports"])
    (reports,) = (o for o in result.outcomes if o.stage == "reports")
    assert reports.rejected == 1 and reports.rows_out > 3
    rejects = pl.read_parquet(small_copy.latest / "rejects.parquet")
    assert rejects.select("stage", "source_uri", "reason").rows() == [("reports", "island_herald.txt", "stage_failed")]
    assert "no word for that" in rejects["detail"][0]


def test_two_runs_at_once_do_not_mix(small_copy):
    with small_copy.dataset.writing(), pytest.raises(DatasetError, match="another run is writing"):
        small_copy.again()
    assert computed(small_copy.again()) == {}


def test_from_scratch_elsewhere_with_two_workers_gives_the_same_bytes(small_run, settings_at, tmp_path):
    settings = settings_at(tmp_path / "elsewhere", workers=2, batch_documents=3)
    execute(settings, Options.of([str(small_run.inputs)]))
    for name, payload in files(small_run).items():
        assert (settings.output / "latest" / name).read_bytes() == payload, name


PAGE = """- The Valley Post - {day}, 2022

{lead} met the council of the harbour town on the quay and promised to mend the old bridge before winter comes.

Our readers keep the lights of this newsroom on through the dark months of the year.

{lead} said the work would cost less than the council had feared when the storm took the railing away.
"""
PAGES = {
    "a.txt": ("Monday, January 3", "The mayor"),
    "b.txt": ("Tuesday, January 4", "The governor"),
    "c.txt": ("Wednesday, January 5", "The minister"),
}


def test_a_line_that_crosses_the_threshold_labels_the_old_pages_of_its_site_anew(tmp_path, settings_at):
    news = tmp_path / "news"
    news.mkdir()
    settings = settings_at(tmp_path / "output")

    def run(name):
        day, lead = PAGES[name]
        (news / name).write_text(PAGE.format(day=day, lead=lead))
        result = execute(settings, Options.of([str(news)]))
        return {outcome.stage: (outcome.computed, outcome.reused) for outcome in result.outcomes}

    run("a.txt")
    assert run("b.txt")["lines"] == (1, 1)
    crossed = run("c.txt")
    assert (crossed["raw"], crossed["lines"]) == ((1, 2), (3, 0))
    texts = pl.read_parquet(settings.output / "latest" / "documents.parquet")["text"]
    assert not any("newsroom" in text for text in texts)
