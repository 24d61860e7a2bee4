"""The whole pipeline on the annotated seed documents: which events it finds, how right, joined and kept apart.

Sentences are aligned by overlap of words, so offsets and repairs make no difference.
"""

import argparse
import json
import subprocess
import sys
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Sequence
from pathlib import Path

import seed_matching as matching
from common import Clock, Row, bootstrap, finish
from seed_matching import Pair, Published, words

ALIGNED = 0.75
TIERS = ("core", "standard")
LONG_NAME = 5


def main() -> None:
    options = _arguments()
    clock = Clock()
    with tempfile.TemporaryDirectory() as folder:
        latest = options.latest or _run(Path(folder))
        published = matching.read(latest)
    gold = _json(options.gold, "events.json", "seed_events_dev.json")
    pages = _json(options.gold, "documents.json", "seed_lines.json")["documents"]
    docs = [doc for doc in options.docs.split(",") if doc in gold.get("documents", [doc])]
    result, hits = score(published, gold, pages, docs, _apart(options.gold))
    finish(result, n=len(hits), seconds=clock.seconds(), interval=bootstrap(hits) if hits else None)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Score the seeds.")
    parser.add_argument("gold", type=Path, metavar="GOLD_DIR")
    parser.add_argument("--latest", type=Path, help="a published version; without it the pipeline runs on seeds/")
    parser.add_argument("--docs", default="000,001,002,003,004", help="documents to score")
    return parser.parse_args()


def _run(folder: Path) -> Path:
    root = Path(__file__).parents[2]
    command = [sys.executable, "-m", "flows", "run", "seeds", "--output", str(folder)]
    subprocess.run(command, cwd=root, check=True, stdout=subprocess.DEVNULL)
    return folder / "latest"


def _json(folder: Path, *names: str) -> Row:
    path = next(folder / name for name in names if (folder / name).exists())
    found: Row = json.loads(path.read_text("utf-8"))
    return found


def _apart(folder: Path) -> list[Row]:
    names = [name for name in ("dedup.json", "seed_dedup_dev.json") if (folder / name).exists()]
    return list(_json(folder, *names)["must_not_merge"]) if names else []


def score(
    published: Published, gold: Row, pages: Sequence[Row], docs: Sequence[str], apart: Sequence[Row]
) -> tuple[Row, list[bool]]:
    """Return the figures, and for each event that counts whether it was found."""
    code = matching.document_codes(published, pages)
    reports = [row for row in published.event_mentions if code.get(row["document_id"]) in docs]
    pairs, false = matching.pair(published, gold["events"], reports, code, docs, ALIGNED)
    found = {pair.event["id"] for pair in pairs}
    wanted = [event for event in gold["events"] if event["tier"] in TIERS and _told(event, docs)]
    core = [event for event in wanted if event["tier"] == "core"]
    hits = [event["id"] in found for event in wanted]
    result: Row = {"event_recall": _share(hits)}
    result |= {"documents": len(set(code.values()) & set(docs)), "predicted_mentions": len(reports)}
    result |= {"mention_recall": _share(_mentions_found(wanted, pairs, docs))}
    result |= {"core_recall": _share([event["id"] in found for event in core])}
    result |= {"core_missed": [f"{event['id']} {event['description']}" for event in core if event["id"] not in found]}
    result |= {"precision": len(pairs) / max(1, len(reports))}
    result |= _rightness(published, pairs) | _merging(gold["events"], pairs, apart, code, docs)
    return result | _forbidden(published, gold) | {"false_examples": false[:8]}, hits


def _share(values: Sequence[bool]) -> float:
    return sum(values) / max(1, len(values))


def _told(event: Row, docs: Sequence[str]) -> list[Row]:
    return [mention for mention in event["mentions"] if mention["doc_id"] in docs and mention["role"] == "report"]


def _mentions_found(wanted: Iterable[Row], pairs: Iterable[Pair], docs: Sequence[str]) -> list[bool]:
    hit = {(pair.event["id"], pair.mention["sid"]) for pair in pairs}
    return [(event["id"], mention["sid"]) in hit for event in wanted for mention in _told(event, docs)]


def _rightness(published: Published, pairs: Sequence[Pair]) -> Row:
    scored = [pair for pair in pairs if pair.event["tier"] in TIERS]
    sides = {side: [matching.party_right(published, pair, side) for pair in pairs] for side in ("actor", "recipient")}
    dates = [matching.date_right(published, pair) for pair in scored]
    return {
        **{f"{side}_right": _share([value for value in values if value is not None]) for side, values in sides.items()},
        "date_right": _share([value for value in dates if value is not None]),
        "status_right": _share([matching.status_right(pair) for pair in scored]),
    }


def _merging(
    events: Iterable[Row], pairs: Sequence[Pair], apart: Sequence[Row], code: dict[str, str], docs: Sequence[str]
) -> Row:
    told: defaultdict[str, defaultdict[str, set[str]]] = defaultdict(lambda: defaultdict(set))
    owners: defaultdict[str, set[str]] = defaultdict(set)
    for pair in pairs:
        told[pair.event["id"]][pair.report["event_id"]].add(code[pair.report["document_id"]])
        owners[pair.report["event_id"]].add(pair.event["id"])
    several = [event for event in events if len({m["doc_id"] for m in event["mentions"]} & set(docs)) > 1]
    joined = sum(any(len(inside) > 1 for inside in told[event["id"]].values()) for event in several)
    groups = [set(group.get("event_ids") or group.get("events") or []) for group in apart]
    broken = sum(any(len(group & owner) > 1 for owner in owners.values()) for group in groups)
    return {
        "cross_document_events_joined": f"{joined}/{len(several)}",
        "must_not_merge_broken": f"{broken}/{len(groups)}",
    }


def _forbidden(published: Published, gold: Row) -> Row:
    forbidden = [entry["string"] for entry in gold["must_not_appear"]["strings"]]
    text = " ".join(row["text"] for row in published.documents)
    names = " | ".join(row["name"] or "" for row in published.entities)
    return {
        "forbidden_in_text": [entry for entry in forbidden if entry in text][:10],
        "forbidden_in_entities": [entry for entry in forbidden if len(entry) > LONG_NAME and entry in names][:10],
        "authors_as_actors": _authors_as_actors(published),
    }


def _authors_as_actors(published: Published) -> list[str]:
    """Authors and contributors of a page whose name stands for an actor or recipient of an event told there."""
    people = {
        row["document_id"]: [
            name for field in ("authors", "contributors") for name in (row[field] or "").split("; ") if name
        ]
        for row in published.documents
    }
    found = set()
    for row in published.event_mentions:
        event = published.events.get(row["event_id"], {})
        acting = [words(event.get(f"{side}_name")) for side in ("actor", "recipient")]
        acting += [words(row[f"{side}_text"]) for side in ("actor", "recipient")]
        found.update(name for name in people.get(row["document_id"], []) if words(name) in acting)
    return sorted(found)


if __name__ == "__main__":
    main()
