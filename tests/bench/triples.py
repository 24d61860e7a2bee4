"""Score who did what to whom, end to end from the sentence: country of source and target, CAMEO root."""

from collections import Counter
from collections.abc import Sequence
from datetime import date
from typing import Any

import common
import pipeline_rows

from schemas import ontology

BODIES = frozenset({"IGO", "UNO", "EUR"})
Row = dict[str, Any]
Triple = tuple[str, str, str]


def codes(chains: list[Row]) -> list[str]:
    """Return the codes of a side: ISO3 of a country, IGO of an international body."""
    found = ["IGO" if chain["sector"] in BODIES else chain["country"] for chain in chains]
    return [code for code in dict.fromkeys(found) if code]


def triples(events: list[Row]) -> set[Triple]:
    return {
        (source, target, ontology.cameo_root(event["event_type"], event["event_mode"]))
        for event in events
        for source in codes(event["actors"])
        for target in codes(event["recipients"])
    }


def counts(row: Row, events: list[Row]) -> Counter[str]:
    """Return what one row adds: whole triples and roots that are right, predicted and wanted."""
    gold = {(event["source_country"], event["target_country"], event["root"]) for event in row["events"]}
    found = triples(events)
    wanted, predicted = Counter(root for *_, root in gold), Counter(root for *_, root in found)
    return Counter(
        right=len(gold & found), predicted=len(found), gold=len(gold),
        root=sum((wanted & predicted).values()),
    )  # fmt: skip


def figures(each: Sequence[Counter[str]]) -> Row:
    total = sum(each, Counter())
    return {
        name: common.counted(total[right], total["predicted"], total["gold"])[2]
        for name, right in (("country_root", "right"), ("root", "root"))
    }


def shown(events: list[Row]) -> list[Row]:
    """Return what the predictions file says of a row."""
    names = ("source_country", "target_country", "root")
    return [dict(zip(names, triple, strict=True)) for triple in sorted(triples(events))]


def main() -> None:
    parser = common.arguments(__doc__ or "")
    parser.add_argument("--model", default="en_annals")
    options = parser.parse_args()
    rows = [row for path in options.file for row in common.read_rows(path)]
    clock = common.Clock()
    days = [date.fromisoformat(row["date"]) if row.get("date") else None for row in rows]
    predicted = pipeline_rows.events([(row["text"], day) for row, day in zip(rows, days, strict=True)], options.model)
    seconds = clock.seconds()
    each = [counts(row, events) for row, events in zip(rows, predicted, strict=True)]
    written = [
        {"id": row.get("id", i), "events": shown(events)}
        for i, (row, events) in enumerate(zip(rows, predicted, strict=True))
    ]
    common.write_predictions(options.predictions, written)
    interval = common.bootstrap(each, lambda sample: figures(sample)["country_root"])
    common.finish(figures(each), n=len(rows), seconds=seconds, interval=interval)


if __name__ == "__main__":
    main()
