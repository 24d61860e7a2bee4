"""What became of one document, as an HTML page."""

from html import escape
from typing import Any

from spacy import displacy

from flows.inspection import Inspection, head, rows

ENTITY, EVENT = "#d9ead3", "#f4cccc"
Marks = list[dict[str, Any]]


def page(found: Inspection) -> str:
    """Return the page: raw lines on the left, removed ones struck through with label, reason and confidence.

    On the right stands the clean text of each line, in which displaCy marks entities and events.
    """
    marks = _apart(_events(found) + _mentions(found))
    body = "".join(_row(row, why, str(found.document["text"]), marks) for row, why in rows(found))
    title = escape(str(found.document["title"] or found.document["source_uri"]))
    return PAGE.format(title=title, head=escape(head(found)), rows=body, events=_table(found))


def _row(row: dict[str, Any], why: str, text: str, marks: Marks) -> str:
    raw = escape(row["text"].strip())
    left = raw if row["kept"] else f"<del>{raw}</del>"
    right = _marked(text, marks, row["start"], row["end"]) if row["start"] is not None else ""
    kind = "kept" if row["kept"] else "gone"
    return (
        f'<tr class="{kind}"><td class="number">{row["line_number"]}</td>'
        f'<td>{left}<div class="why">{escape(why)}</div></td><td>{right}</td></tr>\n'
    )


def _marked(text: str, marks: Marks, start: int, end: int) -> str:
    inside = [
        {**mark, "start": mark["start"] - start, "end": mark["end"] - start}
        for mark in marks
        if start <= mark["start"] and mark["end"] <= end
    ]
    colours = {mark["label"]: mark["colour"] for mark in inside}
    given = {"text": text[start:end], "ents": inside, "title": None}
    return str(displacy.render(given, style="ent", manual=True, options={"colors": colours}, jupyter=False))


def _mentions(found: Inspection) -> Marks:
    return [
        {"start": row["start"], "end": row["end"], "label": f"{row['entity_type']}: {row['name']}", "colour": ENTITY}
        for row in found.mentions.iter_rows(named=True)
    ]


def _events(found: Inspection) -> Marks:
    return [
        {
            "start": row["trigger_start"],
            "end": row["trigger_end"],
            "label": f"{row['event_type']} ({row['status']})",
            "colour": EVENT,
        }
        for row in found.events.iter_rows(named=True)
    ]


def _apart(spans: Marks) -> Marks:
    """Return the spans in order, without those that overlap one named before them: displaCy shows no overlaps."""
    kept: Marks = []
    for span in spans:
        if all(span["end"] <= other["start"] or span["start"] >= other["end"] for other in kept):
            kept.append(span)
    return sorted(kept, key=lambda span: span["start"])


def _table(found: Inspection) -> str:
    cells = [
        (row["event_type"], row["status"], row["happened_from"], row["actor_name"] or row["actor_text"],
         row["recipient_name"] or row["recipient_text"], row["sentence"])
        for row in found.events.iter_rows(named=True)
    ]  # fmt: skip
    return "".join("<tr>" + "".join(f"<td>{escape(str(cell or ''))}</td>" for cell in row) + "</tr>\n" for row in cells)


PAGE = """<!doctype html>
<html lang="en"><head><meta charset="utf-8"><title>{title}</title>
<style>
body{{font:15px/1.5 system-ui,sans-serif;max-width:1400px;margin:2em auto;padding:0 1.5em;color:#222}}
h1{{font-size:1.4em}} h2{{font-size:1.1em;margin-top:2em}} pre{{white-space:pre-wrap;color:#555}}
table{{border-collapse:collapse;width:100%}} th{{text-align:left;border-bottom:2px solid #ccc}}
td,th{{vertical-align:top;padding:.35em .7em;overflow-wrap:anywhere}} tr{{border-bottom:1px solid #eee}}
.lines{{table-layout:fixed}} .number{{color:#999;text-align:right}} .gone{{background:#f7f7f7}} del{{color:#888}}
.why{{font-size:.8em;color:#999}} .gone .why{{color:#a33;display:inline;margin-left:.8em}}
.entities{{line-height:1.6!important}} mark{{padding:.1em .25em!important;line-height:1.4!important}}
mark span{{font-size:.7em!important;font-weight:normal!important;color:#555}}
</style></head><body>
<h1>{title}</h1>
<pre>{head}</pre>
<table class="lines"><colgroup><col style="width:3.5em"><col><col></colgroup>
<thead><tr><th></th><th>raw line, and why it is kept or removed</th><th>clean text</th></tr></thead>
<tbody>
{rows}</tbody></table>
<h2>Events</h2>
<table><thead><tr><th>type</th><th>status</th><th>day</th><th>actor</th><th>recipient</th><th>sentence</th></tr></thead>
<tbody>
{events}</tbody></table>
</body></html>
"""
