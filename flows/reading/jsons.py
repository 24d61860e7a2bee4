"""Whole files, JSON lines, and JSON: one object, or an array of objects of any length."""

import io
import json
import re
from collections.abc import Iterator
from datetime import date
from functools import partial
from typing import Any

from flows.reading.protocol import SKIPPED, Item, Limits, Record, Refusal, too_large
from transforms.read.decoding import decode, storable
from transforms.read.raw import UnreadableError

_GAP = re.compile(r"[\s,]*")
_LINES = re.compile(rb"\s*\{[^\n]*\}[ \t\r]*\n\s*\{")
_OBJECT = re.compile(rb"(\xef\xbb\xbf)?\s*\{")
CHUNK = 1 << 16


def whole(stream: io.BufferedReader, limits: Limits, *, format: str) -> Iterator[Item]:
    """Yield the file as one document."""
    payload = stream.read(limits.document + 1)
    yield too_large(0, limits) if len(payload) > limits.document else Record(payload, format)


def lines(stream: io.BufferedReader, limits: Limits) -> Iterator[Item]:
    """Yield each line as a record; of a line over the limit no more is held than the limit.

    What does not even begin like an object is counted, not listed: a file of a million words has one reject.
    """
    number = other = 0
    while line := stream.readline(limits.document + 1):
        number += 1
        if len(line) > limits.document:
            yield too_large(number, limits)
            while line and not line.endswith(b"\n"):
                line = stream.readline(limits.document)
        elif _OBJECT.match(line):
            yield Record(line.rstrip(b"\r\n"), "jsonl", number)
        else:
            other += bool(line.strip())
    if other:
        yield Refusal(SKIPPED, f"{other} lines that do not begin with {{: mend them or remove them")


def json_file(stream: io.BufferedReader, limits: Limits) -> Iterator[Item]:
    """Yield the one object of a JSON file, or each object of an array; JSON lines under a wrong name are read too."""
    head = stream.peek(CHUNK).lstrip(b"\xef\xbb\xbf \t\r\n")
    if head.startswith(b"["):
        return elements(stream, limits)
    return lines(stream, limits) if _LINES.match(head) else whole(stream, limits, format="jsonl")


def elements(stream: io.BufferedReader, limits: Limits) -> Iterator[Item]:
    """Yield the objects of an array as records. No more of the text is held than one object and a chunk.

    Elements that are no objects are counted, not listed.

    Raises:
        UnreadableError: the array breaks off, or is broken.
    """
    text = io.TextIOWrapper(stream, encoding=encoding_of(stream), errors="replace")
    decoder, buffer, place = json.JSONDecoder(), text.read(CHUNK).lstrip("\ufeff \t\r\n")[1:], 0
    number, other = 1, 0
    while not buffer.startswith("]", place := _end_of_gap(buffer, place)):
        try:
            value, end = decoder.raw_decode(buffer, place)
        except RecursionError:
            raise UnreadableError("too_deep", f"element {number} is nested too deep: flatten it") from None
        except ValueError as error:
            value, end = error, len(buffer) if _may_go_on(error, buffer) else -1
        # What ends with the buffer may go on after it.
        if end == len(buffer) and (piece := text.read(max(CHUNK, end - place))):
            buffer, place = buffer[place:] + piece, 0
            if len(buffer) > 2 * limits.document + 2 * CHUNK:
                raise UnreadableError("too_large", f"element {number}: {too_large(0, limits).detail}")
            continue
        if isinstance(value, ValueError):
            raise UnreadableError("broken_json", f"element {number}: {value}: mend the file")
        if isinstance(value, dict):
            yield row(value, number, limits)
        else:
            other += 1
        place, number = end, number + 1
    if other:
        yield Refusal(SKIPPED, f"{other} elements that are no objects: mend them or remove them")


def _may_go_on(error: ValueError, buffer: str) -> bool:
    """Tell whether more text could mend the error: a string has no end yet, or the error is where the text ends."""
    if not isinstance(error, json.JSONDecodeError):
        return False
    return error.msg.startswith("Unterminated string") or error.pos >= len(buffer) - len("-Infinity")


def _end_of_gap(buffer: str, place: int) -> int:
    found = _GAP.match(buffer, place)
    return found.end() if found else place


def encoding_of(stream: io.BufferedReader) -> str:
    """Return the character encoding of a text file by its first lines; `-sig` takes off a byte order mark."""
    head = stream.peek(CHUNK)
    encoding = decode(head[: head.rfind(b"\n") + 1] or head).encoding
    return "utf-8-sig" if encoding == "utf-8" else encoding


def row(values: dict[str, Any], number: int, limits: Limits) -> Item:
    """Return a row of a table as a record: JSON with sorted keys, so that its id is the same in every container."""
    try:
        payload = storable(_dump(values)).encode()
    except (RecursionError, ValueError, TypeError) as error:
        return Refusal("broken_row", f"{error}: no JSON can be made of it", number)
    return too_large(number, limits) if len(payload) > limits.document else Record(payload, "jsonl", number)


def _plain(value: Any) -> Any:
    if isinstance(value, bytes):
        return decode(value).text
    return value.isoformat() if isinstance(value, date) else str(value)


_dump = partial(json.dumps, ensure_ascii=False, sort_keys=True, default=_plain)
