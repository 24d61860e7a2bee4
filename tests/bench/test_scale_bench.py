"""Generated news fits its schemas and its texts, and the scale bench times a stage of it, now and with more."""

from argparse import Namespace

import polars as pl
import pytest
import scale
from generated_tables import generate

from schemas import work


@pytest.fixture(scope="module")
def tables():
    return generate(60)


def test_generated_tables_keep_the_rules_of_their_schemas(tables):
    schemas = [work.Texts, work.Fields, work.Names, work.Chains, work.Reports, work.ReportArguments]
    for schema in schemas:
        valid, failure = schema.filter(tables[schema.table])
        assert (valid.height, failure.counts()) == (tables[schema.table].height, {})
    assert set(tables) == {schema.table for schema in schemas}


def test_the_same_seed_generates_the_same_news(tables):
    again = generate(60)
    assert all(rows.equals(again[name]) for name, rows in tables.items())


@pytest.mark.parametrize(
    ("table", "first", "last", "text"),
    [
        ("names", "start", "end", "text"),
        ("reports", "sentence_start", "sentence_end", "sentence"),
        ("reports", "trigger_start", "trigger_end", "trigger_lemma"),
        ("report_arguments", "start", "end", "text"),
    ],
)
def test_offsets_refer_to_the_text(tables, table, first, last, text):
    rows = tables[table].join(tables["texts"].select("document_id", whole="text"), on="document_id")
    cut = pl.col("whole").str.slice(pl.col(first), pl.col(last) - pl.col(first))
    assert rows.filter(cut != pl.col(text)).is_empty()


def test_a_share_of_documents_comes_later(tmp_path):
    options = Namespace(more=0.1, seed=7, dense=True, spread=False)
    prepared = scale.prepare(tmp_path, 40, options)
    runs = [scale.run_one(tmp_path, run, "duplicates") for run in ("full", "more", "again")]
    assert prepared["texts"] == 44
    assert [pl.read_parquet(tmp_path / run / "stories.parquet").height for run in ("full", "more")] == [40, 44]
    assert scale._differing(tmp_path, "duplicates") == []
    assert all(run["seconds"] > 0 and run["peak_mb"] > 0 for run in runs)


@pytest.mark.parametrize("stage", scale.reduces())
def test_what_is_counted_is_there(stage):
    with scale.counting(stage) as counts:
        assert counts == {"pairs": 0, "largest_block": 0}


def test_slopes_are_exponents_and_leave_out_what_was_not_done():
    small = {"seconds": 3.0, "stages": {"entities": {"seconds": 1.0}, "events": {"seconds": 2.0}}}
    large = {"seconds": 60.0, "stages": {"entities": {"seconds": 10.0}, "events": {"seconds": 50.0}}}
    assert scale._slopes(small, large, 10)["entities"] == pytest.approx(1.0)
    assert set(scale._slopes(small, large, 10)) == {"entities", "events", "all"}
    assert set(scale._slopes(small, large | {"stages": {"entities": {"seconds": 9.0}}}, 10)) == {"entities"}
