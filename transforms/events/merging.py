"""Stage `events`: which reports tell the same event, and what the event is."""

from collections import defaultdict
from collections.abc import Sequence

import polars as pl

from schemas import work
from schemas.table import Table
from transforms.contract import Stage, Tables
from transforms.events import merging_blocks, merging_rows
from transforms.events.merging_clusters import Judged, cluster, compare, followed
from transforms.events.merging_decisions import Decision
from transforms.events.merging_params import MergingParams
from transforms.events.merging_reports import Row, Told, told
from transforms.lookups.facts import with_own


def events(tables: Tables, params: MergingParams) -> dict[str, pl.DataFrame]:
    """Return report_events, event_clusters, event_participants and event_judgements.

    A cluster is named by the key of its first report, "document_id:report".

    Args:
        tables: reports, report_arguments, names, chain_entities, entity_clusters, duplicates, stories and fields.
        params: see the class.
    """
    with with_own(params.own):
        return _merged(tables, params)


def _merged(tables: Tables, params: MergingParams) -> dict[str, pl.DataFrame]:
    reports = told(tables, params)
    copied, alone = _copied(reports)
    pairs = merging_blocks.candidates(merging_blocks.blocks(reports, alone, params), params)
    ties, apart = compare(reports, pairs, params)
    clusters, kept = cluster(reports, copied, ties, params)
    roots = clusters.roots()
    kept += [item for item in apart if not clusters.joined(item[0], item[1])]
    return _tables(reports, roots, followed(reports, roots, ties), kept)


def _copied(reports: Sequence[Told]) -> tuple[list[tuple[int, int]], list[int]]:
    """Pairs of reports that copies of one document tell in one sentence, and the reports that repeat none."""
    first: dict[tuple[str | int, ...], int] = {}
    repeats: defaultdict[tuple[str, ...], int] = defaultdict(int)
    pairs, alone = [], []
    for number, report in enumerate(reports):
        place = (
            str(report.document_id),
            report.original,
            report.sentence,
            report.event_type,
            report.lemma,
        )
        repeats[place] += 1
        key = (*place[1:], report.status, repeats[place])
        if key in first:
            pairs.append((first[key], number))
        else:
            first[key] = number
            alone.append(number)
    return pairs, alone


def _tables(
    reports: Sequence[Told], roots: Sequence[int], follows: dict[int, int], kept: Sequence[Judged]
) -> dict[str, pl.DataFrame]:
    members: defaultdict[int, list[Told]] = defaultdict(list)
    for number, root in enumerate(roots):
        members[root].append(reports[number])
    event_rows = {root: _event_row(root, reports, inside, follows) for root, inside in members.items()}
    owners = [
        {"document_id": report.document_id, "report": report.report, "cluster": reports[root].key}
        for report, root in zip(reports, roots, strict=True)
    ]
    participants = [
        row
        for root, inside in members.items()
        for row in merging_rows.participant_rows(reports[root].key, event_rows[root]["event_type"], inside)
    ]
    return {
        "report_events": _arranged(work.ReportEvents, owners),
        "event_clusters": _arranged(work.EventClusters, list(event_rows.values())),
        "event_participants": _arranged(work.EventParticipants, participants),
        "event_judgements": _arranged(work.EventJudgements, [_judgement(reports, *item) for item in kept]),
    }


def _event_row(root: int, reports: Sequence[Told], inside: Sequence[Told], follows: dict[int, int]) -> Row:
    earlier = follows.get(root)
    return merging_rows.event_row(reports[root].key, inside, None if earlier is None else reports[earlier].key)


def _judgement(reports: Sequence[Told], left: int, right: int, decision: Decision) -> Row:
    return {
        "level": "event",
        "left_id": reports[left].key,
        "right_id": reports[right].key,
        "decision": "same" if decision.same else "different",
        "rule": decision.rule,
        "score": decision.score,
    }


def _arranged(schema: type[Table], rows: list[Row]) -> pl.DataFrame:
    return schema.arrange(pl.DataFrame(rows, schema=schema.polars_schema()))


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
    ),
    outputs=(work.ReportEvents, work.EventClusters, work.EventParticipants, work.EventJudgements),
    params=MergingParams,
    resources=(
        "lookups/event_kinds.csv",
        "lookups/trigger_groups.csv",
        "lookups/places.csv",
        "lookups/towns.csv",
        "own",
        "decisions",
        "lookups/word_weights.csv",
    ),
    libraries=("polars",),
)
