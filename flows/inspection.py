"""What became of one document: its raw lines with their labels, its text with entities and events marked."""

from dataclasses import dataclass
from html import escape

import polars as pl
from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from flows.store.dataset import Dataset
from schemas.errors import UsageError
from schemas.published import Documents, Entities, EventMentions, Events, Lines, Mentions
from schemas.table import Table

COLOURS = {"actor": "#ffd966", "entity": "#d9ead3", "event": "#f4cccc"}


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


def print_to(console: Console, found: Inspection) -> None:
    """Print the document: raw lines, marked text, events."""
    console.print(_head(found))
    grid = Grid("line", "label", "reason", "raw line", box=None)
    for row in found.lines.iter_rows(named=True):
        if row["label"] != "blank":
            style = "" if row["kept"] else "dim"
            grid.add_row(str(row["line_number"]), row["label"], row["reason"], Text(row["text"], style))
    console.print(grid)
    console.print(_marked(found))
    console.print(_events(found))


def _head(found: Inspection) -> str:
    names = (
        "document_id",
        "source_uri",
        "outlet",
        "title",
        "authors",
        "published_on",
        "published_on_basis",
        "url",
        "language",
    )
    return "\n".join(f"{name}: {found.document[name]}" for name in names if found.document[name] is not None)


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
        grid.add_row(
            row["event_type"], row["status"], str(row["happened_from"] or ""), row["actor_name"] or row["actor_text"],
            row["recipient_name"] or row["recipient_text"], row["sentence"],
        )  # fmt: skip
    return grid


def page(found: Inspection) -> str:
    """Return an HTML page: the raw lines beside the text, in which displaCy marks entities and events."""
    from spacy import displacy

    spans = [
        {"start": row["start"], "end": row["end"], "label": f"{row['entity_type']}: {row['name']}"}
        for row in found.mentions.iter_rows(named=True)
    ]
    triggers = [
        {"start": row["trigger_start"], "end": row["trigger_end"], "label": f"{row['event_type']} ({row['status']})"}
        for row in found.events.iter_rows(named=True)
    ]
    colours = {item["label"]: COLOURS["entity"] for item in spans} | {
        item["label"]: COLOURS["event"] for item in triggers
    }
    text = {"text": found.document["text"], "ents": _apart(triggers + spans), "title": None}
    body = displacy.render(text, style="ent", manual=True, options={"colors": colours}, jupyter=False)
    rows = "".join(
        f'<tr class="{"kept" if row["kept"] else "gone"}"><td>{row["line_number"]}</td><td>{row["label"]}</td>'
        f"<td>{escape(row['reason'])}</td><td>{escape(row['text'])}</td></tr>"
        for row in found.lines.filter(pl.col("label") != "blank").iter_rows(named=True)
    )
    title = escape(str(found.document["source_uri"]))
    return PAGE.format(title=title, head=escape(_head(found)), rows=rows, body=body)


def _apart(spans: list[dict[str, object]]) -> list[dict[str, object]]:
    """Return the spans in order, without those that overlap one named before them: displaCy shows no overlaps."""
    kept: list[dict[str, object]] = []
    for span in spans:
        if all(span["end"] <= other["start"] or span["start"] >= other["end"] for other in kept):  # type: ignore[operator]
            kept.append(span)
    return sorted(kept, key=lambda span: span["start"])  # type: ignore[arg-type, return-value]


PAGE = """<!doctype html><meta charset="utf-8"><title>{title}</title>
<style>body{{font:14px/1.5 sans-serif;margin:2em}}main{{display:grid;grid-template-columns:1fr 1fr;gap:2em}}
td{{vertical-align:top;padding:2px 6px}}.gone{{color:#999}}pre{{white-space:pre-wrap}}</style>
<h1>{title}</h1><pre>{head}</pre><main><table>{rows}</table><div>{body}</div></main>
"""
