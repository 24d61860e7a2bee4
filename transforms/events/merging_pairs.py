"""Decisions about pairs: taken where a pair is new, remembered where both reports are what they were.

A decision is a function of the two reports, so the hash of both finds it again; what is remembered changes no row.
"""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from schemas.memory import EventPairs, EventVerdicts
from transforms.contract import Tables
from transforms.events.merging_blocks import Candidates
from transforms.events.merging_decisions import KINDS, decide
from transforms.events.merging_facts import Facts
from transforms.events.merging_params import MergingParams
from transforms.events.merging_reports import told_of

MIXER = np.uint64(0x9E3779B97F4A7C15)
OUTCOME = {"same": pl.Boolean, "follows": pl.Boolean, "rule": pl.String, "score": pl.Float64}
Outcome = tuple[int, int, bool, bool, str, float]


@dataclass(frozen=True)
class Verdicts:
    """What comparing pairs of reports came to.

    Attributes:
        told: a row a pair that is tied, or was nearly: left, right, same, follows, rule, score; sorted by the pair.
        memory: the memory tables of the next run.
    """

    told: pl.DataFrame
    memory: dict[str, pl.DataFrame]


def verdicts(found: Facts, pairs: Candidates, memory: Tables, params: MergingParams) -> Verdicts:
    """Return what comparing the pairs came to.

    Args:
        found: all reports.
        pairs: the pairs to compare.
        memory: event_pairs and event_verdicts of the last run.
        params: see the class.
    """
    hashes = found.reports["hash"].to_numpy()
    keyed = pl.DataFrame(
        {"left": pairs.left, "right": pairs.right, "pair": hashes[pairs.left] * MIXER + hashes[pairs.right]}
    )
    unknown = keyed.join(memory["event_pairs"], on="pair", how="anti", maintain_order="left")
    remembered = keyed.join(memory["event_verdicts"], on="pair")
    fresh = _decided(found, unknown, params)
    told = pl.concat([remembered.select(fresh.columns), fresh]).sort("left", "right")
    return Verdicts(
        told.drop("pair"),
        {
            "event_pairs": EventPairs.arrange(keyed.unique("pair")),
            "event_verdicts": EventVerdicts.arrange(told.unique("pair")),
        },
    )


def _decided(found: Facts, unknown: pl.DataFrame, params: MergingParams) -> pl.DataFrame:
    """Decide family by family, so that the objects of one family are in memory at a time, and by day inside it."""
    families = {name: kind.family for name, kind in KINDS.items()}
    about = found.reports.select(
        left=pl.col("number").cast(pl.Int64), family=pl.col("event_type").replace_strict(families), day="published_on"
    )
    ordered = unknown.join(about, on="left").sort("family", "day", "left", "right")
    outcomes: list[Outcome] = []
    for part in ordered.select("left", "right", "family").partition_by("family", maintain_order=True):
        outcomes += _of_family(found, part, params)
    fresh = pl.DataFrame(outcomes, schema={"left": pl.Int64, "right": pl.Int64, **OUTCOME}, orient="row")
    return fresh.join(unknown, on=["left", "right"])


def _of_family(found: Facts, pairs: pl.DataFrame, params: MergingParams) -> Sequence[Outcome]:
    reports = told_of(found, pl.concat([pairs["left"], pairs["right"]]).unique())
    outcomes = []
    for left, right in pairs.select("left", "right").iter_rows():
        decision = decide(reports[left], reports[right], params)
        if decision.same or decision.follows or decision.score >= params.reported_score:
            outcomes.append((left, right, decision.same, decision.follows, decision.rule, decision.score))
    return outcomes
