"""Inputs to throw at the readers: every format and container, mutated inside, outside and when packed.

The same number gives the same bytes.
"""

import codecs
import gzip
import io
import json
import random
from collections.abc import Callable

import polars as pl
import pyarrow as pa

# How often what is drawn as a long line has 50 MB, and what is drawn as many lines a million.
RARE = 0.02
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


def long_line(payload: bytes, dice: random.Random) -> bytes:
    size = 50_000_000 if dice.random() < RARE else dice.randint(20_000, 150_000)
    piece = dice.choice((payload.replace(b"\n", b" "), b"a", b" ", b"<b>", b"'", b'"', b",", b"\xe2\x80\x99"))
    return piece * (size // max(len(piece), 1))


def many_lines(payload: bytes, dice: random.Random) -> bytes:
    count = 1_000_000 if dice.random() < RARE else dice.randint(200, 1_500)
    line = dice.choice((b"", b"a", b"{}", b"1,2", b"<br>", payload[:20]))
    return payload + (line.replace(b"\n", b" ") + b"\n") * count


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
    truncated, flipped, recoded, long_line, many_lines, zeroed, marked, broken_lines, shuffled, nested,
)  # fmt: skip
Packing = Callable[[bytes], bytes]


def zstd(payload: bytes) -> bytes:
    return bytes(pa.compress(payload, codec="zstd", asbytes=True))


def gz(payload: bytes) -> bytes:
    return gzip.compress(payload, 1, mtime=0)


def members(payload: bytes) -> bytes:
    return gz(payload[: len(payload) // 2]) + gz(payload[len(payload) // 2 :])


def bomb(payload: bytes) -> bytes:
    return gz(payload + bytes(20_000_000))


PACKINGS: tuple[Packing, ...] = (bytes, bytes, bytes, gz, zstd, members)
NESTINGS: tuple[Packing, ...] = (bomb, lambda b: gz(gz(b)), lambda b: gz(zstd(gz(b))), lambda b: zstd(bomb(b)))


def record(text: bytes) -> dict[str, str]:
    url = f"https://harbourpost.example:443/2020/03/03/{len(text)}"
    return {"text": text.decode("utf-8", errors="replace"), "url": url, "date": "2020-03-03"}


def json_lines(parts: list[bytes]) -> bytes:
    return b"\n".join(json.dumps(record(part)).encode() for part in parts)


def json_array(parts: list[bytes]) -> bytes:
    return json.dumps([record(part) for part in parts], ensure_ascii=False, indent=1).encode()


def comma(parts: list[bytes], separator: str = ",") -> bytes:
    return pl.DataFrame([record(part) for part in parts]).write_csv(separator=separator).encode()


def parquet(parts: list[bytes]) -> bytes:
    stream = io.BytesIO()
    pl.DataFrame([record(part) for part in parts]).write_parquet(stream)
    return stream.getvalue()


def _warc(kind: str, content_type: str, block: bytes) -> bytes:
    head = (
        f"WARC-Type: {kind}\r\nWARC-Target-URI: http://harbourpost.example/{len(block)}\r\nContent-Type: {content_type}"
    )
    return f"WARC/1.0\r\n{head}\r\nContent-Length: {len(block)}\r\n\r\n".encode() + block + b"\r\n\r\n"


def _answer(body: bytes) -> bytes:
    coding, body = ("Content-Encoding: gzip\r\n", gz(body)) if len(body) % 2 else ("", body)
    return f"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n{coding}\r\n".encode() + body


def warc(parts: list[bytes]) -> bytes:
    return b"".join(_warc("response", "application/http; msgtype=response", _answer(part)) for part in parts)


def warc_members(parts: list[bytes]) -> bytes:
    return b"".join(gz(warc([part])) for part in parts)


def wet(parts: list[bytes]) -> bytes:
    return b"".join(_warc("conversion", "text/plain", part) for part in parts)


def whole(parts: list[bytes]) -> bytes:
    return parts[0]


CONTAINERS: tuple[tuple[str, str, Callable[[list[bytes]], bytes]], ...] = (
    (".txt", ARTICLE, whole), (".txt", ARTICLE, whole), (".md", ARTICLE, whole), (".html", PAGE, whole),
    (".html", PAGE, whole), (".jsonl", ARTICLE, json_lines), (".jsonl", PAGE, json_lines),
    (".json", ARTICLE, json_array), (".json", ARTICLE, json_lines), (".csv", ARTICLE, comma),
    (".tsv", ARTICLE, lambda parts: comma(parts, "\t")), (".parquet", ARTICLE, parquet),
    (".warc", PAGE, warc), (".warc", PAGE, warc_members), (".wet", ARTICLE, wet),
)  # fmt: skip


def mutated(payload: bytes, dice: random.Random, most: int) -> bytes:
    for _ in range(dice.randint(0, most)):
        payload = dice.choice(MUTATIONS)(payload, dice) if payload else payload
    return payload


def case(number: int) -> tuple[str, bytes]:
    """Return name and bytes of file `number`: mutated inside its container, then the container, then as packed."""
    dice = random.Random(number)
    ending, seed, container = dice.choice(CONTAINERS)
    inside = dice.random() < 0.5
    parts = [mutated(seed.encode(), dice, 2 if inside else 0) for _ in range(1 if container is whole else 2)]
    payload = mutated(container(parts), dice, 0 if inside else 2)
    payload = dice.choice(PACKINGS if dice.random() < 0.95 else NESTINGS)(payload)
    payload = mutated(payload, dice, 1) if dice.random() < 0.1 else payload
    return f"{number}{ending}", payload
