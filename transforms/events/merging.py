"""Stage `events`: which reports tell the same event, and what the event is.

Reports are columns throughout; only a pair that was not compared before becomes two objects and a decision in Python.
"""

from datetime import date

import polars as pl

from schemas import work
from schemas.memory import EventPairs, EventVerdicts
from transforms import members
from transforms.contract import Stage, Tables, rejects
from transforms.events import merging_blocks, merging_rows
from transforms.events.merging_clusters import Clusters, clustered
from transforms.events.merging_decisions import DONE
from transforms.events.merging_facts import REPORT, Facts, facts
from transforms.events.merging_pairs import verdicts
from transforms.events.merging_params import MergingParams
from transforms.lookups.facts import with_own
from transforms.rulings import Rulings, judgement_rows, reject_rows, ruled

JUDGED = ("left", "right", "same", "rule", "score")


def events(tables: Tables, params: MergingParams) -> dict[str, pl.DataFrame]:
    """Return report_events, event_clusters, event_participants, event_judgements, rejects and the memory tables.

    A cluster is named by the key "document_id:report" of the report in it that was published first.

    Args:
        tables: reports, report_arguments, names, chain_entities, entity_clusters, duplicates, stories, fields,
            prints, and the memory tables event_pairs and event_verdicts.
        params: see the class.
    """
    with with_own(params.own):
        found = facts(tables, params)
        copied = copies(found.reports)
        compared = verdicts(found, candidates(found, params), tables, params)
        told, rulings = compared.told, _rulings(tables, params)
        ties = pl.concat([copied, ordered(told.filter("same"), found.reports)])
        clusters = clustered(found.reports, ties, copied["right"], rulings, params)
        owned = _owned(found.reports, clusters.roots)
        return {
            **_described(owned, found, told),
            "event_judgements": _judgements(owned, clusters, told, rulings),
            "rejects": rejects("events", reject_rows(rulings)),
            **compared.memory,
        }


def candidates(found: Facts, params: MergingParams) -> merging_blocks.Candidates:
    """Return the pairs of reports that are compared, of each copied sentence one, and the sizes of the blocks."""
    repeated = copies(found.reports)["right"]
    alone = found.reports.filter(~pl.col("number").is_in(repeated.implode()))["number"]
    return merging_blocks.candidates(found, alone, params)


def copies(reports: pl.DataFrame) -> pl.DataFrame:
    """Return the ties between reports of one sentence in copies of one document: left, right, rule, score.

    All are tied to the report of the original, or else of the copy that was published first.
    """
    act = ("original", "sentence", "event_type", "lemma")
    copied = reports.filter(pl.col("original") != pl.col("document_id"))["original"].unique()
    repeats = pl.int_range(pl.len()).over("document_id", *act)
    among = reports.filter(pl.col("original").is_in(copied.implode())).with_columns(repeat=repeats)
    ordered = among.sort(pl.col("document_id") != pl.col("original"), "published_on", "number", nulls_last=True)
    first = pl.col("number").first().over(*act, "status", "repeat")
    return (
        ordered.select(left=first, right="number", rule=pl.lit("copied_sentence"), score=pl.lit(1.0))
        .filter(pl.col("left") != pl.col("right"))
        .sort("right")
    )


def _rulings(tables: Tables, params: MergingParams) -> Rulings:
    if not params.decisions:
        return Rulings()
    return ruled(params.decisions, members.of_reports(tables).sort(REPORT)["member"])


def ordered(ties: pl.DataFrame, reports: pl.DataFrame) -> pl.DataFrame:
    """Return ties in the order in which they are joined: that of publication, so that later news undo nothing.

    A tie stands at the day of the later of its reports, without one at the end: such a report is the vaguest. Of one
    day those come first that state their days, then those inside a document, then the strongest evidence.

    Args:
        ties: left, right, rule, score.
        reports: all reports as `Facts` has them.
    """
    about = reports.select(
        "number",
        "document_id",
        published=pl.col("published_on").fill_null(date.max),
        undated=pl.col("stated_from").is_null().cast(pl.Int8),
    )
    left, right = (about.rename({"number": side}) for side in ("left", "right"))
    return (
        ties.join(left, on="left")
        .join(right, on="right")
        .sort(
            pl.max_horizontal("published", "published_right"),
            pl.col("undated") + pl.col("undated_right"),
            pl.col("document_id") != pl.col("document_id_right"),
            -pl.col("score"),
            "left",
            "right",
        )
        .select("left", "right", "rule", "score")
    )


def _owned(reports: pl.DataFrame, roots: pl.Series) -> pl.DataFrame:
    """The reports with `key` and the key of their cluster, which new members published later leave as it is."""
    keyed = reports.with_columns(key=pl.format("{}:{}", *REPORT), root=roots)
    first = pl.col("key").sort_by("published_on", "number", nulls_last=True).first().over("root")
    return keyed.with_columns(cluster=first)


def _described(owned: pl.DataFrame, found: Facts, told: pl.DataFrame) -> dict[str, pl.DataFrame]:
    parties = found.parties.rename({"cluster": "party"}).join(owned.select("number", "cluster"), on="number")
    rows = merging_rows.event_rows(owned, parties)
    return {
        "report_events": work.ReportEvents.arrange(owned),
        "event_clusters": work.EventClusters.arrange(rows.join(_followed(owned, told), on="cluster", how="left")),
        "event_participants": work.EventParticipants.arrange(merging_rows.participant_rows(rows, parties)),
    }


def _followed(owned: pl.DataFrame, told: pl.DataFrame) -> pl.DataFrame:
    """The plan or threat that an event carries out: cluster, follows; that of the strongest evidence."""
    sides = owned.select("number", "cluster", done=pl.col("status").is_in(list(DONE)))
    left, right = (sides.rename({"number": side}) for side in ("left", "right"))
    pairs = told.filter("follows").join(left, on="left").join(right, on="right")
    done = pl.col("done")
    claims = pairs.select(
        cluster=pl.when(done).then("cluster").otherwise("cluster_right"),
        follows=pl.when(done).then("cluster_right").otherwise("cluster"),
        score="score",
    )
    return claims.sort(-pl.col("score"), "follows").unique("cluster", keep="first", maintain_order=True).drop("score")


def _judgements(owned: pl.DataFrame, clusters: Clusters, told: pl.DataFrame, rulings: Rulings) -> pl.DataFrame:
    """What ties came to, plans carried out, the nearest report that stayed apart, and the user's own decisions."""
    judged = pl.concat([clusters.kept, told.filter("follows").select(JUDGED), _nearest(told, clusters.roots)])
    key = owned["key"]
    rows = judged.select(
        "rule",
        "score",
        level=pl.lit("event"),
        left_id=key.gather(judged["left"]),
        right_id=key.gather(judged["right"]),
        decision=pl.when("same").then(pl.lit("same")).otherwise(pl.lit("different")),
    )
    names = work.EventJudgements.column_names()
    own = pl.DataFrame(judgement_rows(rulings, key.to_list()), schema=work.EventJudgements.polars_schema())
    return work.EventJudgements.arrange(
        pl.concat([own.select(names), rows.select(names)]).unique(["left_id", "right_id", "rule"], keep="first")
    )


def _nearest(told: pl.DataFrame, roots: pl.Series) -> pl.DataFrame:
    """For each report the pair with the most evidence among those kept apart, unless others joined the two."""
    apart = told.filter(~pl.col("same") & ~pl.col("follows"))
    ends = pl.concat([apart.with_columns(end="left"), apart.with_columns(end="right")])
    nearest = ends.sort(-pl.col("score"), "left", "right").unique("end", keep="first", maintain_order=True)
    parted = nearest.filter(roots.gather(nearest["left"]) != roots.gather(nearest["right"]))
    return parted.select(JUDGED).unique(["left", "right"])


STAGE = Stage(
    name="events",
    kind="reduce",
    function=events,
    inputs=(
        work.Reports,
        work.ReportArguments,
        work.Names,
        work.ChainEntities,
        work.EntityClusters,
        work.Duplicates,
        work.Stories,
        work.Fields,
        work.Prints,
    ),
    outputs=(work.ReportEvents, work.EventClusters, work.EventParticipants, work.EventJudgements),
    params=MergingParams,
    memory=(EventPairs, EventVerdicts),
    resources=(
        "lookups/event_kinds.csv",
        "lookups/trigger_groups.csv",
        "lookups/derivations.csv",
        "lookups/places.csv",
        "lookups/towns.csv",
        "own",
        "decisions",
        "lookups/word_weights.csv",
    ),
    libraries=("polars", "numpy"),
)
