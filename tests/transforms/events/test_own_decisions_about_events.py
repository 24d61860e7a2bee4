"""The user's own decisions join whole clusters of reports and part them."""

from datetime import date

import polars as pl

from transforms.events.merging_clusters import clustered
from transforms.events.merging_params import MergingParams
from transforms.lookups.decisions import parsed
from transforms.rulings import ruled


def roots(days, pairs, *rows):
    """The roots of reports of these days of March, tied by pairs, with decisions about "d0", "d1" and so on."""
    stated = pl.Series([date(2023, 3, day) for day in days])
    reports = pl.DataFrame({"number": range(len(days)), "possible_from": stated, "possible_to": stated}).with_columns(
        pl.col("number").cast(pl.Int64), stated_from="possible_from", standing=False, quantity=None,
        quantity_unit=None, event_mode=None, document_id=pl.lit("d"), sentence_start="number", lemma=pl.lit("meet"),
    )  # fmt: skip
    reports = reports.with_columns(pl.col("quantity").cast(pl.Float64), pl.col("quantity_unit", "event_mode").cast(str))
    ties = pl.DataFrame(pairs, schema={"left": pl.Int64, "right": pl.Int64}, orient="row")
    ties = ties.with_columns(rule=pl.lit("same_lemma"), score=pl.lit(0.7))
    text = "\n".join(["level,decision,left,right", *rows])
    members = pl.Series([f"d{number}:0f:meet:CONSULT" for number in range(len(days))])
    rulings = ruled(parsed(text, "my.csv"), members)
    return clustered(reports, ties, pl.Series(dtype=pl.Int64), rulings, MergingParams()).roots.to_list()


def said(decision, left, right):
    return f"event,{decision},d{left}:0f:meet:CONSULT,d{right}:0f:meet:CONSULT"


def test_the_same_events_bring_all_their_reports_along_though_days_differ():
    assert roots([1, 1, 9, 9], [(0, 1), (2, 3)]) == [0, 0, 2, 2]
    assert roots([1, 1, 9, 9], [(0, 1), (2, 3)], said("same", 1, 3)) == [0, 0, 0, 0]


def test_different_reports_stay_apart_whatever_ties_them():
    assert roots([1, 1, 1], [(0, 1), (1, 2), (0, 2)], said("different", 0, 2)) == [0, 0, 2]


def test_what_is_bound_obeys_the_decisions_of_all_its_sides():
    ties = [(0, 1), (2, 3)]
    rows = said("different", 1, 3), said("same", 0, 2)
    assert roots([1, 1, 1, 1], ties, *rows) in ([0, 0, 0, 3], [0, 1, 0, 0])
