"""Training examples of the event branch: sentences written for this project, and news texts that the rules coded."""

import random
import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from importlib.resources import files
from pathlib import Path
from typing import Any

import polars as pl
from spacy.tokens import Doc, Token

from schemas import ontology
from schemas.errors import InputError
from schemas.work import Fields, Texts
from transforms.entities import names
from transforms.events import reports
from transforms.language import parses

STATUSES = ("happened", "ongoing", "planned", "threatened", "denied")
FIELDS = 5
WRITTEN = Path(str(files("transforms.events") / "written"))
BATCH = 500
HELD_OUT = 0.12
SEED = 7
Row = dict[str, Any]
Sentence = tuple[str, tuple[tuple[str, ...], ...]]


@dataclass(frozen=True)
class Told:
    """An event that a sentence tells.

    Attributes:
        token: index of the word that names it.
        types: PLOVER types that a coder may choose, the best first.
        mode: PLOVER mode of the first type, "" where none is given.
        status: happened, ongoing, planned, threatened or denied.
        sides: indices of the head words of actors and of recipients.
    """

    token: int
    types: tuple[str, ...]
    mode: str
    status: str
    sides: tuple[tuple[int, ...], tuple[int, ...]]

    def shifted(self, by: int) -> "Told":
        """Return the event for a sentence that begins so many words later."""
        actors, recipients = (tuple(word + by for word in side) for side in self.sides)
        return replace(self, token=self.token + by, sides=(actors, recipients))


@dataclass(frozen=True)
class Example:
    """The words of a sentence and the events that it tells."""

    words: list[str]
    events: tuple[Told, ...]


def written(paths: Iterable[Path]) -> Iterator[Sentence]:
    """Yield sentences with their events as the files have them: trigger, types, status, actor, recipient.

    A file has a sentence a line and below it a line an event, "> trigger | TYPE.mode/OTHER | status | actor |
    recipient"; lines that begin with "#" are comments.

    Raises:
        InputError: a line has another form, or names words that the sentence has not.
    """
    for path in paths:
        sentence, events = "", []
        for number, line in enumerate([*path.read_text("utf-8").splitlines(), ""], start=1):
            if line.startswith(">"):
                events.append(_checked(line, sentence, f"{path.name}:{number}"))
            elif not line.startswith("#"):
                if sentence:
                    yield sentence, tuple(events)
                sentence, events = line.strip(), []


def split() -> tuple[list[Sentence], list[Sentence]]:
    """Return the written sentences on which the weights are fitted, and those that the network learns from."""
    rows = list(written(sorted(WRITTEN.glob("*.txt"))))
    random.Random(SEED).shuffle(rows)
    count = round(HELD_OUT * len(rows))
    return rows[:count], rows[count:]


def _checked(line: str, sentence: str, where: str) -> tuple[str, ...]:
    fields = tuple(part.strip() for part in line[1:].split("|"))
    if len(fields) != FIELDS:
        raise InputError(
            "an event needs five fields", where=where, remedy="Write trigger | type | status | actor | recipient"
        )
    trigger, types, status, *sides = fields
    first, *others = types.split("/")
    named = {first.partition(".")[0], *others}
    phrases = [phrase for side in sides for phrase in side.split(" ; ") if phrase]
    if not named <= set(ontology.EVENT_TYPES) or status not in STATUSES:
        raise InputError(f"no such type or status: {types}, {status}", where=where, remedy="Use PLOVER's types")
    if place(sentence, trigger) is None or not all(phrase in sentence for phrase in phrases):
        raise InputError("the sentence lacks a word of the event", where=where, remedy="Copy words as they stand")
    return fields


def place(sentence: str, trigger: str) -> int | None:
    """Return the offset of a trigger, "word" or "word#2" for its second occurrence; None where it does not stand."""
    word, _, number = trigger.partition("#")
    found = [match.start() for match in re.finditer(rf"(?<!\w){re.escape(word)}(?!\w)", sentence)]
    at = int(number or 1) - 1
    return found[at] if at < len(found) else None


def example(sentence: str, events: Iterable[tuple[str, ...]], params: parses.Params) -> Example:
    """Return a written sentence as words with events; an event on a word that the tokeniser lacks is left out."""
    doc = parses.parse(sentence, params)
    told = []
    for trigger, types, status, *sides in events:
        offset = place(sentence, trigger)
        token = None if offset is None else _head(doc, offset, offset + 1)
        if token is None:
            continue
        first, *others = types.split("/")
        kind, _, mode = first.partition(".")
        actors, recipients = (tuple(_heads(doc, sentence, side, token)) for side in sides)
        told.append(Told(token.i, (kind, *others), mode, status, (actors, recipients)))
    return Example([token.text for token in doc], tuple(told))


def _heads(doc: Doc, sentence: str, side: str, trigger: Token) -> Iterator[int]:
    """Yield the head words of phrases; of several occurrences the one nearest to the trigger counts."""
    for phrase in filter(None, (part.strip() for part in side.split(" ; "))):
        found = [match.start() for match in re.finditer(re.escape(phrase), sentence)]
        start = min(found, key=lambda at: abs(at - trigger.idx))
        head = _head(doc, start, start + len(phrase))
        if head is not None and head.i != trigger.i:
            yield head.i


def _head(doc: Doc, start: int, end: int) -> Token | None:
    span = doc.char_span(start, end, alignment_mode="expand")
    return None if span is None else span.root


def coded(texts: list[str]) -> Iterator[Example]:
    """Yield texts with the events that the rules find in them, for a first training: they know the whole lexicon."""
    for at in range(0, len(texts), BATCH):
        yield from _coded(texts[at : at + BATCH])


def documents(texts: list[str]) -> tuple[list[str], dict[str, pl.DataFrame]]:
    """Return the keys and the tables `texts` and `fields` of texts that are a document each."""
    keys = [f"{number:016x}" for number in range(len(texts))]
    fields = [{"document_id": key, "published_on_basis": "none"} for key in keys]
    return keys, {
        "texts": pl.DataFrame({"document_id": keys, "text": texts, "language": "en"}, schema=Texts.polars_schema()),
        "fields": pl.DataFrame(fields, schema=Fields.polars_schema()),
    }


def _coded(texts: list[str]) -> Iterator[Example]:
    _, tables = documents(texts)
    for stage in (parses.STAGE, names.STAGE, reports.STAGE):
        tables |= stage.function(tables, stage.params())
    found = tables["reports"].partition_by("document_id", as_dict=True)
    fillers = tables["report_arguments"].partition_by("document_id", "report", as_dict=True)
    for key, parse in tables["parses"].select("document_id", "parse").sort("document_id").iter_rows():
        doc = parses.parse_of(parse)
        rows = found[key,].iter_rows(named=True) if (key,) in found else ()
        told = [_told(row, fillers.get((key, row["report"])), doc) for row in rows]
        yield Example([token.text for token in doc], tuple(told))


def _told(row: Row, arguments: pl.DataFrame | None, doc: Doc) -> Told:
    token = _head(doc, row["trigger_start"], row["trigger_end"])
    assert token is not None
    sides: dict[str, list[int]] = {"actor": [], "recipient": []}
    for argument in [] if arguments is None else arguments.iter_rows(named=True):
        head = _head(doc, argument["start"], argument["end"])
        if argument["role"] in sides and head is not None and head.i != token.i:
            sides[argument["role"]].append(head.i)
    return Told(
        token.i, (row["event_type"],), row["event_mode"] or "", row["status"],
        (tuple(sides["actor"]), tuple(sides["recipient"])),
    )  # fmt: skip
