"""Aligning published event mentions with gold mentions, and judging the fields of an aligned pair."""

import re
from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import polars as pl
from common import Row

STATUS = {
    "happened": {"happened"},
    "ongoing": {"ongoing", "happened"},
    "planned": {"planned"},
    "threatened/hypothetical": {"threatened"},
    "threatened": {"threatened"},
    "hypothetical": {"threatened"},
    "denied": {"denied"},
}


@dataclass(frozen=True)
class Published:
    """The tables of a published version that are scored."""

    documents: list[Row]
    event_mentions: list[Row]
    events: dict[str, Row]
    entities: list[Row]


@dataclass(frozen=True)
class Pair:
    """A published event mention and the gold event and mention that it answers."""

    report: Row
    event: Row
    mention: Row


def read(latest: Path) -> Published:
    """Return the tables of a published version."""
    tables = {
        name: pl.read_parquet(latest / f"{name}.parquet")
        for name in ("documents", "event_mentions", "events", "entities")
    }
    events = {row["event_id"]: row for row in tables["events"].to_dicts()}
    return Published(
        tables["documents"].to_dicts(), tables["event_mentions"].to_dicts(), events, tables["entities"].to_dicts()
    )


def words(text: str | None) -> list[str]:
    """Return the words of a text in lower case, apostrophes dropped."""
    return re.findall(r"[a-z0-9]+", re.sub("['\u2018\u2019]", "", (text or "").lower()))


def overlap(left: str, right: str) -> float:
    """Return the share of the shorter text's words that stand in the other one."""
    a, b = set(words(left)), set(words(right))
    return len(a & b) / max(1, min(len(a), len(b)))


def document_codes(published: Published, pages: Sequence[Row]) -> dict[str, str]:
    """Return the gold name of each document by its id, found by file name."""
    codes = {page["file"]: page["doc_id"] for page in pages}
    names = {row["document_id"]: Path(row["source_uri"].split("#")[0]).name for row in published.documents}
    return {document: codes[name] for document, name in names.items() if name in codes}


def pair(
    published: Published,
    events: Sequence[Row],
    reports: Sequence[Row],
    code: Mapping[str, str],
    docs: Sequence[str],
    aligned: float,
) -> tuple[list[Pair], list[list[str]]]:
    """Return the answered pairs, one report a gold mention, and the reports that answer nothing."""
    told: dict[str, dict[str, list[tuple[Row, Row]]]] = defaultdict(lambda: defaultdict(list))
    for event in events:
        for mention in event["mentions"]:
            if mention["doc_id"] in docs:
                told[mention["doc_id"]][mention["sentence"]].append((event, mention))
    pairs: list[Pair] = []
    false: list[list[str]] = []
    taken: set[tuple[str, str]] = set()
    for report in reports:
        doc = code[report["document_id"]]
        right = [
            (event, mention)
            for event, mention in _aligned(told[doc], report["sentence"], aligned)
            if report["event_type"] in _acceptable(event)
        ]
        free = [(event, mention) for event, mention in right if (event["id"], mention["sid"]) not in taken]
        if free:
            best = max((Pair(report, *item) for item in free), key=lambda item: _fit(published, item))
            taken.add((best.event["id"], best.mention["sid"]))
            pairs.append(best)
        else:
            repeated = "repeated " if right else ""
            false.append([doc, repeated + report["event_type"], report["sentence"][:140]])
    return pairs, false


def _aligned(sentences: Mapping[str, list[tuple[Row, Row]]], sentence: str, aligned: float) -> list[tuple[Row, Row]]:
    score, best = max(((overlap(other, sentence), other) for other in sentences), default=(0.0, ""))
    return sentences[best] if score >= aligned else []


def _acceptable(event: Row) -> set[str]:
    """The types that answer an event; PLOVER's manual codes a planned meeting as AGREE, so both are right."""
    planned = event["plover_type"] == "CONSULT" and event["realis"] == "planned"
    return {*event["acceptable_types"], *(["AGREE"] if planned else [])}


def _fit(published: Published, item: Pair) -> float:
    rights = (
        party_right(published, item, "actor"),
        party_right(published, item, "recipient"),
        date_right(published, item),
    )
    fit = float(sum(map(bool, rights)) + status_right(item))
    if not item.report["trigger_start"]:
        return fit
    offset = max(0, item.report["trigger_start"] - (item.report["sentence_start"] or 0))
    return fit + overlap(item.mention["trigger"], item.report["sentence"][offset:][:60])


def party_right(published: Published, item: Pair, side: str) -> bool | None:
    """Return whether the country or the last word of the name agrees; None where the gold names nobody."""
    names = item.event[f"{side}s"]
    if not names:
        return None
    event = published.events.get(item.report["event_id"], {})
    got = words(event.get(f"{side}_name")) + words(item.report.get(f"{side}_text"))
    country = event.get(f"{side}_country")
    return any(
        (name.get("iso3") and name["iso3"] == country) or (words(name["name"]) and words(name["name"])[-1] in got)
        for name in names
    )


def date_right(published: Published, item: Pair) -> bool | None:
    """Return whether the first day lies in the gold interval; None where the gold states none."""
    first = item.event.get("date_start")
    if not first:
        return None
    event = published.events.get(item.report["event_id"], {})
    got = item.report.get("happened_from") or event.get("started_on")
    return got is not None and first <= str(got)[:10] <= (item.event.get("date_end") or first)


def status_right(item: Pair) -> bool:
    """Return whether the status fits what the gold says of the act or of the report."""
    realis, act = item.event["realis"], item.event.get("act_realis") or ""
    return item.report["status"] in STATUS.get(realis, {realis}) | STATUS.get(act, set())
