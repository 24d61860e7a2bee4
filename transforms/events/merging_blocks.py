"""Candidates: pairs of reports near in time that share a block: family and document, story or parties.

Where one actor stands in a third of all reports, blocks grow with the corpus. So a report meets only the last ones of
its block that were published before it: what is published later takes no pair from what was there. Each block across
documents stands twice, whole and parted by the stem of the trigger: where little is told the window spans the whole
block, where much is told it still spans those with one trigger. A single party says too little: its reports are always
parted, by the stem and by the groups of synonyms. What looks back at a day that was told long ago meets what was told
of the same week by the same two parties or at the same place. Documents and stories are small, so their window is wide.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

import numpy as np
import numpy.typing as npt
import polars as pl

from transforms.events.merging_decisions import KINDS
from transforms.events.merging_facts import Facts
from transforms.events.merging_params import MergingParams
from transforms.events.synonyms import trigger_groups

Numbers = npt.NDArray[np.int64]
LOW = 0xFFFFFFFF


@dataclass(frozen=True)
class Candidates:
    """Pairs of reports to compare.

    Attributes:
        left: number of the first report of each pair, the smaller one; the pairs are sorted.
        right: number of the second one.
        block_sizes: how many reports are in each block.
    """

    left: Numbers
    right: Numbers
    block_sizes: Numbers


def candidates(found: Facts, alone: pl.Series, params: MergingParams) -> Candidates:
    """Return the pairs to compare, and the sizes of the blocks that they come from.

    Args:
        found: all reports.
        alone: numbers of those that are compared across documents: one of each sentence that copies share.
        params: see the class.
    """
    families = {name: kind.family for name, kind in KINDS.items()}
    known = found.reports.select(
        "number",
        "lemma",
        "story",
        "document_id",
        family=pl.col("event_type").replace_strict(families),
        stem=pl.col("lemma").str.head(params.stem_length),
        published=pl.col("published_on").fill_null(date.max),
        day=pl.coalesce("stated_from", "published_on").cast(pl.Int32).cast(pl.Int64),
        week=pl.col("stated_from").dt.truncate("1w"),
        reach=pl.lit(params.reach_days, pl.Int64),
        ongoing="standing",
    )
    across = known.filter(pl.col("number").is_in(alone.implode()))
    told = pl.concat([_keyed(known, "document_id"), _keyed(across, "story"), _keyed(across, "story", "stem")])
    acting = pl.concat([_of_parties(across, found.parties, params), _of_places(across, found.parties)])
    coded = [*_paired(told, params.story_window), *_paired(acting, params.window)]
    pairs = pl.concat([pl.Series(dtype=pl.Int64), *coded]).unique().sort().to_numpy()
    sizes = pl.concat([told, acting]).group_by("block").len()["len"].cast(pl.Int64).to_numpy()
    return Candidates(pairs >> 32, pairs & LOW, sizes)


def _of_parties(known: pl.DataFrame, parties: pl.DataFrame, params: MergingParams) -> pl.DataFrame:
    """The blocks of parties; standing situations have some of their own, in which pairs lie further apart."""
    main = parties.filter(pl.col("role").is_in(["actor", "recipient"]))
    party = main.select("number", party=pl.coalesce("country", "cluster")).unique()
    one = party.join(known, on="number")
    two = one.join(party.rename({"party": "other"}), on="number").filter(pl.col("party") < pl.col("other"))
    grouped = one.join(_groups(), on="lemma")
    keyed = [
        _keyed(one, "party", "stem"),
        _keyed(grouped, "party", "group"),
        _keyed(two, "party", "other"),
        _keyed(two, "party", "other", "stem"),
    ]
    standing = pl.concat(keyed).filter("ongoing")
    apart = standing.with_columns(
        block=pl.struct("block", "ongoing").hash(), reach=pl.lit(params.standing_days + params.reach_days, pl.Int64)
    )
    return pl.concat([*keyed, apart, _keyed(two.drop_nulls("week"), "party", "other", "week")])


def _groups() -> pl.DataFrame:
    """The groups of synonyms of each lemma."""
    rows = [(lemma, group) for lemma, groups in trigger_groups().items() for group in sorted(groups)]
    return pl.DataFrame(rows, schema={"lemma": pl.String, "group": pl.String}, orient="row")


def _of_places(known: pl.DataFrame, parties: pl.DataFrame) -> pl.DataFrame:
    """The blocks of what is told of one week at one place, where often nobody is named: "the June summit in Geneva"."""
    place = parties.filter(pl.col("role") == "place").select("number", place="cluster").unique()
    return _keyed(place.join(known.drop_nulls("week"), on="number"), "place", "week")


def _keyed(rows: pl.DataFrame, *keys: str) -> pl.DataFrame:
    kind = pl.lit(" ".join(keys)).alias("kind")
    block = pl.struct(kind, "family", *keys).hash().alias("block")
    return rows.select("number", "published", "day", "lemma", "reach", "ongoing", block)


def _paired(rows: pl.DataFrame, window: int) -> Iterator[pl.Series]:
    """Yield the pairs of each report with the last ones before it in its block, as smaller << 32 | larger."""
    ordered = rows.sort("block", "published", "day", "lemma", "number")
    block, reach, number = (ordered[name].to_numpy() for name in ("block", "reach", "number"))
    day, dated = ordered["day"].fill_null(0).to_numpy(), ordered["day"].is_not_null().to_numpy()
    for gap in range(1, min(window, len(number) - 1) + 1):
        near = (np.abs(day[gap:] - day[:-gap]) <= reach[gap:]) | ~dated[gap:] | ~dated[:-gap]
        at = np.flatnonzero((block[gap:] == block[:-gap]) & near)
        left, right = number[at], number[at + gap]
        yield pl.Series(np.minimum(left, right) << 32 | np.maximum(left, right), dtype=pl.Int64)
