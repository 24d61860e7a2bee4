"""Score date resolution: the resolved interval must equal the gold one.

Neighbouring rows of one genre and day of publication are read as one text in their order, as the stages read a
document, so that "a year later" can go back to the row before; `underspecified_alone` reads each row by itself.
"""

import argparse
from collections.abc import Iterable
from datetime import date
from itertools import groupby
from typing import Any

import common

from transforms.events import dates
from transforms.events.dates import DateExpression
from transforms.events.intervals import Interval
from transforms.language import parses

Row = dict[str, Any]


def text_of(rows: Iterable[Row]) -> Any:
    return groupby(rows, key=lambda row: (row.get("genre"), row["published_on"]))


def resolved(rows: list[Row], params: parses.Params) -> list[Interval | None]:
    """Return the days of each row's expression, the contexts read as the lines of one text."""
    text = "\n".join(row["context"] for row in rows)
    starts = [0]
    for row in rows:
        starts.append(starts[-1] + len(row["context"]) + 1)
    spans = []
    for row, start in zip(rows, starts, strict=False):
        at = start + max(row["context"].find(row["expression"]), 0)
        spans.append((at, at + len(row["expression"])))
    doc = parses.parse(text, params)
    found = dates.date_expressions(doc, date.fromisoformat(rows[0]["published_on"]), tuple(spans))
    return [answer([one for one in found if overlaps(doc, one, span)], span, doc) for span in spans]


def overlaps(doc: Any, one: DateExpression, span: tuple[int, int]) -> bool:
    start = doc[one.start].sent.start_char
    return bool(start + one.match.start < span[1] and span[0] < start + one.match.end)


def answer(found: list[DateExpression], span: tuple[int, int], doc: Any) -> Interval | None:
    best = max(found, key=lambda one: one.end - one.start, default=None)
    return Interval(best.first, best.last) if best and best.first and best.last else None


def main(options: argparse.Namespace) -> None:
    rows = [row for path in options.file for row in common.read_rows(path)]
    params = parses.Params(model=options.model)
    parses.parse("A first text loads the model.", params)
    clock = common.Clock()
    found = [one for _, text in text_of(rows) for one in resolved(list(text), params)]
    seconds = clock.seconds()
    alone = [one for row in rows for one in resolved([row], params)]
    right, right_alone = hits(rows, found), hits(rows, alone)
    result = {"accuracy": share(right)}
    for kind in ("underspecified", "absolute"):
        result[kind] = share([hit for row, hit in zip(rows, right, strict=True) if row["kind"] == kind])
    loose = [hit for row, hit in zip(rows, right_alone, strict=True) if row["kind"] == "underspecified"]
    result["underspecified_alone"] = share(loose)
    common.write_predictions(
        options.predictions,
        (
            {"id": row.get("id", number), "start": one and one.first, "end": one and one.last}
            for number, (row, one) in enumerate(zip(rows, found, strict=True))
        ),
    )
    common.finish(result, n=len(rows), seconds=seconds, interval=common.bootstrap(right))


def hits(rows: list[Row], found: list[Interval | None]) -> list[float]:
    return [
        float(one is not None and (str(one.first), str(one.last)) == (row["start"], row["end"]))
        for row, one in zip(rows, found, strict=True)
    ]


def share(hits: list[float]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


if __name__ == "__main__":
    parser = common.arguments(__doc__ or "")
    parser.add_argument("--model", default="en_annals")
    main(parser.parse_args())
