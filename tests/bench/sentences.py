"""Score events per sentence: type, status, actor and recipient against annotated sentences.

FILE may be the words held-out: the sentences written for Annals that its network has not learned from.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from pathlib import Path
from typing import Any

import common
import pipeline_rows

from flows.training import event_examples
from transforms.language import cues

SAME = {"ongoing": "happened"}
BINS = 10
HELD_OUT = Path("held-out")
Row = dict[str, Any]
Pair = tuple[Row, Row]


def accepted(event: Row) -> set[str]:
    return {event["event_type"], *event["acceptable_types"]}


def matched(gold: list[Row], predicted: list[Row]) -> list[Pair]:
    """Return (gold, predicted) pairs: as many as can be, each side once, the first type before acceptable ones."""
    taken: dict[int, int] = {}

    def place(i: int, seen: set[int]) -> bool:
        order = sorted(range(len(gold)), key=lambda j: gold[j]["event_type"] != predicted[i]["event_type"])
        for j in order:
            if predicted[i]["event_type"] in accepted(gold[j]) and j not in seen:
                seen.add(j)
                if j not in taken or place(taken[j], seen):
                    taken[j] = i
                    return True
        return False

    for i in range(len(predicted)):
        place(i, set())
    return [(gold[j], predicted[i]) for j, i in taken.items()]


def words(text: str | None) -> list[str]:
    return re.findall(r"[a-z0-9]+", re.sub("['\u2018\u2019]", "", (text or "").lower()))


def same_head(gold: str, predicted: str | None) -> bool:
    """Return whether the last word of one side stands in the other."""
    left, right = words(gold), words(predicted)
    return bool(left and right) and (left[-1] in right or right[-1] in left)


def counts(row: Row, predicted: list[Row]) -> Counter[str]:
    """Return what one sentence adds to each figure."""
    pairs = matched(row["events"], predicted)
    found = Counter(right=len(pairs))
    if row["unsure"]:
        found.update(predicted=len(pairs), gold=len(pairs))
    else:
        found.update(predicted=len(predicted), gold=len(row["events"]))
    if not row["events"] and not row["unsure"]:
        found.update(quiet=1, silent=not predicted)
    for gold, event in pairs:
        status = SAME.get(gold["status"], gold["status"]) == SAME.get(event["status"], event["status"])
        found.update(status=status, status_n=1)
        for side in ("actor", "recipient"):
            if gold[side] is not None:
                named = same_head(gold[side], event[f"{side}_text"])
                meant = any(same_head(gold[side], chain["name"]) for chain in event[f"{side}s"])
                found.update({side: named or meant, f"{side}_n": 1})
    return found


def share(total: Counter[str], part: str, whole: str) -> float:
    return total[part] / total[whole] if total[whole] else 0.0


def figures(each: Sequence[Counter[str]]) -> Row:
    total = sum(each, Counter())
    precision, recall, f1 = common.counted(total["right"], total["predicted"], total["gold"])
    sides = {side: share(total, side, f"{side}_n") for side in ("status", "actor", "recipient")}
    return {"precision": precision, "recall": recall, "f1": f1, **sides, "silent": share(total, "silent", "quiet")}


def judged(row: Row, predicted: list[Row]) -> list[tuple[float, bool]]:
    """Return the confidence of each predicted event and whether it is right, false ones of unsure rows left out."""
    right = {id(event) for _, event in matched(row["events"], predicted)}
    return [(event["confidence"], id(event) in right) for event in predicted if id(event) in right or not row["unsure"]]


def calibration_error(pairs: Sequence[tuple[float, bool]]) -> float:
    """Return the expected calibration error over ten bins of equal width (Guo et al. 2017)."""
    bins: dict[int, list[tuple[float, bool]]] = defaultdict(list)
    for confidence, right in pairs:
        bins[min(int(confidence * BINS), BINS - 1)].append((confidence, right))
    gaps = (abs(sum(confidence - right for confidence, right in some)) for some in bins.values())
    return sum(gaps) / len(pairs) if pairs else 0.0


def shown(event: Row) -> Row:
    """Return what the predictions file says of an event."""
    names = {side: "; ".join(chain["name"] for chain in event[f"{side}s"]) or None for side in ("actor", "recipient")}
    columns = (
        "event_type",
        "event_mode",
        "status",
        "trigger_lemma",
        "actor_text",
        "recipient_text",
        "rule",
        "confidence",
    )
    return {name: event[name] for name in columns} | {f"{side}_name": name for side, name in names.items()}


def held_out() -> list[Row]:
    """Return the sentences written for Annals that its network has not learned from, as rows."""
    rows = []
    for number, (text, told) in enumerate(event_examples.split()[0]):
        events = []
        for trigger, types, status, actor, recipient in told:
            first, *others = types.split("/")
            sides = {"actor": actor.split(" ; ")[0] or None, "recipient": recipient.split(" ; ")[0] or None}
            kind = first.partition(".")[0]
            events.append(
                {"event_type": kind, "acceptable_types": others, "status": status, "trigger": trigger} | sides
            )
        rows.append({"id": number, "text": text, "unsure": False, "events": events})
    return rows


def published(row: Row) -> date | None:
    return date.fromisoformat(row["published_on"]) if row.get("published_on") else None


def main() -> None:
    parser = common.arguments(__doc__ or "")
    parser.add_argument("--model", default="en_annals")
    parser.add_argument("--rules-alone", action="store_true", help="do not listen to the network")
    options = parser.parse_args()
    rows = [row for path in options.file for row in (held_out() if path == HELD_OUT else common.read_rows(path))]
    if options.rules_alone:
        cues.of = lambda doc: None
    clock = common.Clock()
    predicted = pipeline_rows.events([(row["text"], published(row)) for row in rows], options.model)
    seconds = clock.seconds()
    each = [counts(row, events) for row, events in zip(rows, predicted, strict=True)]
    interval = common.bootstrap(each, lambda sample: figures(sample)["precision"])
    common.write_predictions(
        options.predictions,
        (
            {"id": row.get("id", i), "events": events}
            for i, (row, events) in enumerate(zip(rows, predicted, strict=True))
        ),
    )
    pairs = [pair for row, events in zip(rows, predicted, strict=True) for pair in judged(row, events)]
    common.finish(figures(each) | {"ece": calibration_error(pairs)}, n=len(rows), seconds=seconds, interval=interval)


if __name__ == "__main__":
    main()
