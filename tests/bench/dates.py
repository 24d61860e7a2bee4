"""Score date resolution: the resolved interval must equal the gold one; the tense comes from the parsed context."""

import argparse
from datetime import date
from typing import Any

import common

from transforms.events import dates
from transforms.events.intervals import Interval, Tense
from transforms.events.tenses import tense_of
from transforms.language import parses


def tense_at(context: str, expression: str, params: parses.Params) -> Tense:
    doc = parses.parse(context, params)
    at = context.find(expression)
    span = doc.char_span(max(at, 0), max(at, 0) + len(expression), alignment_mode="expand") if len(doc) else None
    return tense_of(dates.governor(span), "unknown") if span else "unknown"


def resolved(row: dict[str, Any], params: parses.Params) -> Interval | None:
    published_on = date.fromisoformat(row["published_on"])
    expression = row["expression"].translate(parses.STRAIGHT)
    return dates.resolve(expression, published_on, tense_at(row["context"], row["expression"], params))


def main(options: argparse.Namespace) -> None:
    rows = [row for path in options.file for row in common.read_rows(path)]
    params = parses.Params(model=options.model)
    parses.parse("A first text loads the model.", params)
    clock = common.Clock()
    found = [resolved(row, params) for row in rows]
    seconds = clock.seconds()
    right = [
        float(one is not None and (str(one.first), str(one.last)) == (row["start"], row["end"]))
        for row, one in zip(rows, found, strict=True)
    ]
    result = {"accuracy": share(right)}
    for kind in ("underspecified", "absolute"):
        result[kind] = share([hit for row, hit in zip(rows, right, strict=True) if row["kind"] == kind])
    common.write_predictions(
        options.predictions,
        (
            {"id": row.get("id", number), "start": one and one.first, "end": one and one.last}
            for number, (row, one) in enumerate(zip(rows, found, strict=True))
        ),
    )
    common.finish(result, n=len(rows), seconds=seconds, interval=common.bootstrap(right))


def share(hits: list[float]) -> float:
    return sum(hits) / len(hits) if hits else 0.0


if __name__ == "__main__":
    parser = common.arguments(__doc__ or "")
    parser.add_argument("--model", default="en_annals")
    main(parser.parse_args())
