"""Two reports that were judged: what both say, in which document and story, and why they are one event or are not."""

from collections.abc import Sequence
from dataclasses import dataclass, field

import polars as pl

from flows.evidence.reasons import reasons
from flows.evidence.version import SIDES, Row, Version
from schemas import published

OWN = "own:"


@dataclass(frozen=True)
class Told:
    """What one report says.

    Attributes:
        mention: the row of `event_mentions`.
        document: the row of `documents`, without its text.
        parties: by role, ids and names of the entities in it.
    """

    mention: Row
    document: Row
    parties: dict[str, dict[str, str]]

    @property
    def trigger(self) -> str:
        """The words that report the event."""
        row = self.mention
        first, last = (row[f"trigger_{end}"] - row["sentence_start"] for end in ("start", "end"))
        said: str = row["sentence"][first:last]
        return said


@dataclass(frozen=True)
class Pair:
    """A judgement about two reports.

    Attributes:
        row: the row of `judgements`.
        ours: the report of the event that is explained.
        theirs: the other report, of the same event or of another one.
        reasons: why, in words.
        other: the row of the other event, where the two were kept apart.
        more: how many other pairs of the two events were judged likewise.
    """

    row: Row
    ours: Told
    theirs: Told
    reasons: list[str] = field(default_factory=list)
    other: Row | None = None
    more: int = 0


def pairs_of(version: Version, told: pl.DataFrame, most: int) -> tuple[list[Pair], int, list[Pair], int]:
    """Return why reports are one event, and why others are not the same.

    Args:
        version: the version explained.
        told: rows of `event_mentions`, of one event.
        most: pairs of either kind to return at the most.

    Returns:
        Judgements that joined reports, the user's own first, then those across documents, then the surest; how many
        there are besides; the nearest judgement for each other event, in the same order; how many events besides.
    """
    own = set(told["event_mention_id"])
    judged = version.judged("event", list(own))
    names = sorted({row[side] for row in judged for side in SIDES} - own)
    others = version.rows(published.EventMentions, event_mention_id=names)
    owner = dict(others.select("event_mention_id", "event_id").iter_rows())
    joined = sorted((row for row in judged if own >= {row[side] for side in SIDES}), key=_rank)
    joined = [row for row in joined if row["decision"] == "same"]
    apart: dict[str, list[Row]] = {}
    for row in sorted(judged, key=_rank):
        for side in SIDES:
            if row["decision"] == "different" and row[side] in owner:
                apart.setdefault(owner[row[side]], []).append(row)
    nearest = list(apart.items())[:most]
    shown = [*joined[:most], *(rows[0] for _, rows in nearest)]
    told_by = _told(version, pl.concat([told, others]), {row[side] for row in shown for side in SIDES})
    return (
        [_pair(row, own, told_by) for row in joined[:most]],
        max(0, len(joined) - most),
        [_pair(rows[0], own, told_by, version.event(id_), len(rows) - 1) for id_, rows in nearest],
        max(0, len(apart) - most),
    )


def _rank(row: Row) -> tuple[bool, bool, float]:
    documents = {row[side].partition("-")[0] for side in SIDES}
    return not row["rule"].startswith(OWN), len(documents) == 1, -row["score"]


def _pair(row: Row, own: set[str], told: dict[str, Told], other: Row | None = None, more: int = 0) -> Pair:
    first, second = sorted(
        (told[row[side]] for side in SIDES), key=lambda one: one.mention["event_mention_id"] not in own
    )
    return Pair(row, first, second, reasons(row["rule"], first, second), other, more)


def _told(version: Version, reports: pl.DataFrame, wanted: set[str]) -> dict[str, Told]:
    rows = reports.filter(pl.col("event_mention_id").is_in(sorted(wanted)))
    documents = version.rows(published.Documents, document_id=rows["document_id"].to_list()).drop("text")
    about = {row["document_id"]: row for row in documents.iter_rows(named=True)}
    parties = _parties(version, rows["event_mention_id"].to_list())
    return {
        row["event_mention_id"]: Told(row, about[row["document_id"]], parties.get(row["event_mention_id"], {}))
        for row in rows.iter_rows(named=True)
    }


def _parties(version: Version, reports: Sequence[str]) -> dict[str, dict[str, dict[str, str]]]:
    arguments = version.rows(published.EventArguments, event_mention_id=list(reports))
    mentions = version.rows(published.Mentions, mention_id=arguments["mention_id"].drop_nulls().to_list())
    entities = version.rows(published.Entities, entity_id=mentions["entity_id"].to_list())
    named = arguments.join(mentions.select("mention_id", "entity_id"), on="mention_id").join(
        entities.select("entity_id", "name"), on="entity_id"
    )
    found: dict[str, dict[str, dict[str, str]]] = {}
    for report, role, entity, name in named.select("event_mention_id", "role", "entity_id", "name").iter_rows():
        found.setdefault(report, {}).setdefault(role, {})[entity] = name
    return found
