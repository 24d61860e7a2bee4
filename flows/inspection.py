"""What became of one document: its raw lines, beside each the clean text with its marks, or why it was removed."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

import polars as pl
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from flows.store.dataset import Dataset
from schemas.errors import UsageError
from schemas.published import Documents, Entities, EventMentions, Events, Lines, Mentions, PublishedRejects
from schemas.table import Table

REMOVED = "dim strike"


@dataclass(frozen=True)
class Inspection:
    """A document and the rows about it."""

    document: dict[str, object]
    lines: pl.DataFrame
    mentions: pl.DataFrame
    events: pl.DataFrame


def load(dataset: Dataset, name: str, version: int | None) -> Inspection:
    """Return what a version knows of the document with this id or uri, or the beginning of one.

    Raises:
        UsageError: no document, or more than one, is meant.
    """
    number = dataset.versions.require(version)
    documents = dataset.versions.read(Documents, number)
    named = pl.col("document_id").str.starts_with(name) | pl.col("source_uri").str.starts_with(name)
    found = documents.filter(pl.col("source_uri") == name)
    found = documents.filter(named) if found.is_empty() else found
    if found.is_empty():
        _require_accepted(dataset, name, number)
    if found.height != 1:
        listed = ", ".join(documents["source_uri"].head(10))
        raise UsageError(f"{found.height} documents match", where=name, remedy=f"Name one by id or uri: {listed}")
    document = found.row(0, named=True)

    def of(schema: type[Table]) -> pl.DataFrame:
        rows = dataset.versions.read(schema, number)
        return rows.filter(pl.col("document_id") == document["document_id"])

    entities = dataset.versions.read(Entities, number).select("entity_id", "name", "country", "sector")
    events = dataset.versions.read(Events, number).select("event_id", "actor_name", "recipient_name", "started_on")
    return Inspection(
        document, of(Lines), of(Mentions).join(entities, on="entity_id"), of(EventMentions).join(events, on="event_id")
    )


def _require_accepted(dataset: Dataset, name: str, number: int) -> None:
    rejects = dataset.versions.read(PublishedRejects, number)
    refused = rejects.filter((pl.col("source_uri") == name) | (pl.col("document_id") == name)).to_dicts()
    if refused:
        what = f"was rejected by {refused[0]['stage']}: {refused[0]['reason']}, {refused[0]['detail']}"
        remedy = "Its lines and their labels: annals explain-cleaning FILE"
        raise UsageError(what, where=name, remedy=remedy)


def print_to(console: Console, found: Inspection) -> None:
    """Print the document: what its page says, each raw line beside what became of it, events."""
    console.print(head(found), highlight=False, markup=False)
    console.print(_beside(found))
    if found.events.height:
        console.print(_events(found))


def head(found: Inspection) -> str:
    """Return what is known of the document, and how many lines were kept and removed under which label."""
    names = (
        "document_id",
        "source_uri",
        "site",
        "outlet",
        "title",
        "authors",
        "published_on",
        "published_on_basis",
        "url",
        "language",
    )
    facts = [f"{name}: {found.document[name]}" for name in names if found.document[name] is not None]
    counts = found.lines.filter(pl.col("label") != "blank").group_by("label").agg(number=pl.len())
    kept = counts.filter(pl.col("label") == "body")["number"].sum()
    gone = counts.filter(pl.col("label") != "body").sort("number", "label", descending=[True, False])
    removed = ", ".join(f"{label} {number}" for label, number in gone.iter_rows()) or "none"
    return "\n".join([*facts, f"lines kept: {kept}", f"lines removed: {removed}"])


def rows(found: Inspection) -> Iterator[tuple[dict[str, Any], str]]:
    """Yield each line that is not blank, and why it is what it is: label, reason and confidence."""
    for row in found.lines.filter(pl.col("label") != "blank").iter_rows(named=True):
        label = "" if row["kept"] else f"{row['label']}, "
        yield row, f"{label}{row['reason']}, {row['confidence']:.2f}"


def _beside(found: Inspection) -> Grid:
    """Raw lines on the left, removed ones struck through; on the right the clean text, or why there is none."""
    grid = Grid("", "raw line", "clean text, or why the line is removed", box=None, pad_edge=False, expand=True)
    grid.columns[0].justify = "right"
    for column in grid.columns[1:]:
        column.ratio, column.overflow = 1, "fold"
    marked = _marked(found)
    for row, why in rows(found):
        left = Text(row["text"].strip(), "" if row["kept"] else REMOVED)
        here = row["start"] is not None
        right = marked[row["start"] : row["end"]].append(f" ({why})", "dim") if here else Text(why, "dim")
        grid.add_row(str(row["line_number"]), left, right)
    return grid


def _marked(found: Inspection) -> Text:
    text = Text(str(found.document["text"]))
    for row in found.mentions.iter_rows(named=True):
        text.stylize("green", row["start"], row["end"])
    for row in found.events.iter_rows(named=True):
        text.stylize("bold red", row["trigger_start"], row["trigger_end"])
    return text


def _events(found: Inspection) -> Grid:
    grid = Grid("type", "status", "day", "actor", "recipient", "sentence")
    for row in found.events.iter_rows(named=True):
        cells = (
            row["event_type"], row["status"], row["happened_from"], row["actor_name"] or row["actor_text"],
            row["recipient_name"] or row["recipient_text"], row["sentence"],
        )  # fmt: skip
        # As Text, or brackets in a sentence would count as markup.
        grid.add_row(*(Text(str(cell or "")) for cell in cells))
    return grid
