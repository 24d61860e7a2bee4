"""Throw mutated inputs at reading and cleaning: each must end as a document or as a reject, quickly."""

import argparse
import codecs
import hashlib
import json
import random
from collections import Counter
from collections.abc import Callable

import polars as pl
from common import Clock, Row, finish

from schemas.work import Fields, Intake, KeptLines, Lines, Raw, Segments, Texts
from transforms.clean import bodies, lines, site_lines
from transforms.read import raw

SLOW_SECONDS = 5.0
MARKS = "\u200e\u200f\u202a\u202e\u2066\u2069\u200b\ufeff\u00ad\u0000\x85\u2028"
ARTICLE = (
    "- The Harbour Post - Tuesday, March 3, 2020\n\n"
    "The council of Port Ellery voted on Tuesday to close the old bridge, saying that repairs would cost too much.\n\n"
    "“We cannot wait,” Mayor Ada Brück said‘ after the vote.\n\n"
    "SEE ALSO: Bridge closed for a week\n\n"
    "Ships from the river’s upper reaches will pass freely again in May.\n\n"
    "• Lena Ort can be reached at lort@harbourpost.example.\n\n"
    "Copyright © 2021 The Harbour Post. All rights reserved.\n"
)
PAGE = (
    "<html lang=en><head><title>Bridge to close</title><meta name=author content='Lena Ort'></head><body><ul>"
    "<li>Home<li>News</ul><article><h1>Bridge to close</h1>"
    + "".join(f"<p>{paragraph}</p>" for paragraph in ARTICLE.split("\n\n"))
    + "</article></body></html>"
)
Mutation = Callable[[bytes, random.Random], bytes]


def truncated(payload: bytes, dice: random.Random) -> bytes:
    return payload[: dice.randrange(len(payload) + 1)]


def flipped(payload: bytes, dice: random.Random) -> bytes:
    changed = bytearray(payload)
    for _ in range(dice.randint(1, 40)):
        changed[dice.randrange(len(changed))] ^= 1 << dice.randrange(8)
    return bytes(changed)


def recoded(payload: bytes, dice: random.Random) -> bytes:
    names = ("cp1252", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "cp1251", "shift_jis", "mac_roman", "utf-7")
    text = payload.decode("utf-8", errors="replace")
    return dice.choice((b"", codecs.BOM_UTF8, codecs.BOM_UTF16_LE)) + text.encode(dice.choice(names), errors="replace")


def huge_line(payload: bytes, dice: random.Random) -> bytes:
    piece = (
        payload.replace(b"\n", b" ")
        if dice.random() < 0.5
        else dice.choice((b"a", b" ", b"<b>", b"'", b"\xe2\x80\x99"))
    )
    return piece * (dice.randint(50_000, 400_000) // max(len(piece), 1))


def zeroed(payload: bytes, dice: random.Random) -> bytes:
    changed = bytearray(payload)
    for _ in range(dice.choice((1, 5, 500))):
        changed.insert(dice.randrange(len(changed) + 1), 0)
    return bytes(changed)


def marked(payload: bytes, dice: random.Random) -> bytes:
    text = list(payload.decode("utf-8", errors="replace"))
    for _ in range(dice.randint(1, 60)):
        text.insert(dice.randrange(len(text) + 1), dice.choice(MARKS))
    return "".join(text).encode()


def broken_lines(payload: bytes, dice: random.Random) -> bytes:
    return payload.replace(b"\n", dice.choice((b"\r\n", b"\r", b"\n\r", b"\n" * 200, b"\x0b")))


def shuffled(payload: bytes, dice: random.Random) -> bytes:
    pieces = payload.split(b" ")
    dice.shuffle(pieces)
    return b" ".join(pieces)


def nested(payload: bytes, dice: random.Random) -> bytes:
    return dice.choice((b"<div>", b"[", b'{"text":', b"<table><tr><td>")) * dice.randint(10, 20_000) + payload


MUTATIONS: tuple[Mutation, ...] = (
    truncated, flipped, recoded, huge_line, zeroed, marked, broken_lines, shuffled, nested,
)  # fmt: skip
RECORD = {"text": ARTICLE, "url": "https://harbourpost.example:443/2020/03/03/bridge", "date": "2020-03-03"}
SEEDS = (("text", ARTICLE.encode()), ("html", PAGE.encode()), ("jsonl", json.dumps(RECORD).encode()))


def case(number: int) -> Row:
    """Return intake row `number`: a seed mutated once to three times; the same number gives the same bytes."""
    dice = random.Random(number)
    kind, payload = dice.choice(SEEDS)
    for _ in range(dice.randint(1, 3)):
        payload = dice.choice(MUTATIONS)(payload, dice) if payload else payload
    digest = hashlib.sha256(payload).hexdigest()
    return {"document_id": digest[:16], "sha256": digest, "source_uri": f"{number}", "format": kind, "payload": payload}


def outcome(row: Row) -> str:
    """Return how the document ends: `document`, or the stage and reason of its reject. Tables are validated."""
    schema = Intake.polars_schema()
    read = raw.STAGE.function(
        {"intake": pl.DataFrame([{**dict.fromkeys(schema, ""), **row}], schema=schema)}, raw.STAGE.params()
    )
    Raw.validate(read["raw"])
    tables = dict(read)
    tables |= site_lines.STAGE.function(tables, site_lines.STAGE.params())
    tables |= lines.STAGE.function(tables, lines.STAGE.params())
    Lines.validate(tables["lines"])
    made = bodies.STAGE.function(tables, bodies.STAGE.params())
    for name, table in (("texts", Texts), ("fields", Fields), ("kept_lines", KeptLines), ("segments", Segments)):
        table.validate(made[name])
    check_offsets(read["raw"], tables["lines"], made)
    refused = [*read["rejects"].rows(named=True), *made["rejects"].rows(named=True)]
    if len(refused) + len(made["texts"]) != 1:
        raise AssertionError(f"{len(made['texts'])} documents and {len(refused)} rejects of one input")
    return f"{refused[0]['stage']}:{refused[0]['reason']}" if refused else "document"


def check_offsets(read: pl.DataFrame, labelled: pl.DataFrame, made: dict[str, pl.DataFrame]) -> None:
    """Lines cut the raw text; segments cover the clean text without gap, in raw order."""
    for row in labelled.iter_rows(named=True):
        if read["raw_text"][0][row["raw_start"] : row["raw_end"]] != row["text"]:
            raise AssertionError(f"line {row['line_number']} is not what its offsets cut")
    place = raw_place = 0
    for row in made["segments"].iter_rows(named=True):
        if row["start"] != place or row["raw_start"] < raw_place:
            raise AssertionError(f"segment at {row['start']} leaves a gap or goes back")
        place, raw_place = row["end"], row["raw_end"]
    if len(made["texts"]) and place != len(made["texts"]["text"][0]):
        raise AssertionError("the segments do not reach the end of the text")


def main() -> None:
    """Run the fuzz test."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--n", type=int, default=1000)
    parser.add_argument("--start", type=int, default=0, help="number of the first case")
    options = parser.parse_args()
    outcomes: Counter[str] = Counter()
    failures: list[str] = []
    total, slow = Clock(), 0
    for number in range(options.start, options.start + options.n):
        clock = Clock()
        try:
            outcomes[outcome(case(number))] += 1
        except Exception as error:
            failures.append(f"{number}: {type(error).__name__}: {str(error)[:200]}")
        slow += clock.seconds() > SLOW_SECONDS
    survived = (options.n - len(failures)) / max(options.n, 1)
    finish(
        {"survived": survived, "failures": failures[:20], "slow": slow, "outcomes": dict(sorted(outcomes.items()))},
        n=options.n,
        seconds=total.seconds(),
    )


if __name__ == "__main__":
    main()
