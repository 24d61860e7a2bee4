"""Score cleaning: FILE of rows with gold_body and raw_text or html, through the stages of the pipeline."""

import hashlib
import json
import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl
import trafilatura
from common import Clock, Row, arguments, bootstrap, f1, finish, read_rows, write_predictions

from schemas.work import Intake, SiteLines
from transforms.clean import bodies, lines, site_lines
from transforms.read import raw

WORD = re.compile(r"\w+")
Counts = tuple[int, int, int]


def shingles(text: str, size: int = 4) -> Counter[tuple[str, ...]]:
    """Return the multiset of word 4-grams of a text; a shorter text is one shingle."""
    words = WORD.findall(text or "")
    if len(words) < size:
        return Counter([tuple(words)] if words else [])
    return Counter(zip(*(words[place:] for place in range(size)), strict=False))


def counts(gold: str, predicted: str) -> Counts:
    """Return shared, predicted and gold shingles of one document."""
    left, right = shingles(gold), shingles(predicted)
    return sum((left & right).values()), sum(right.values()), sum(left.values())


def macro(rows: Sequence[Counts]) -> tuple[float, float, float]:
    """Return macro precision, macro recall and the F1 of the two."""
    precisions = [shared / predicted for shared, predicted, _ in rows if predicted]
    recalls = [shared / gold for shared, _, gold in rows if gold]
    precision = sum(precisions) / len(precisions) if precisions else 0.0
    recall = sum(recalls) / len(recalls) if recalls else 0.0
    return precision, recall, f1(precision, recall)


def document_of(row: Row, number: int) -> Row:
    """Return the row as the intake row of a document: HTML as it is, text as a JSON record with its url."""
    if row.get("html"):
        payload, kind = row["html"].encode(), "html"
    else:
        record = {"text": row["raw_text"], "url": row.get("url"), "row": number}
        payload, kind = json.dumps({k: v for k, v in record.items() if v is not None}).encode(), "jsonl"
    digest = hashlib.sha256(payload).hexdigest()
    uri = f"{row.get('site') or 'rows'}/{number}"
    return {"document_id": digest[:16], "sha256": digest, "source_uri": uri, "format": kind, "payload": payload}


def clean(documents: Sequence[Row], *, batch: bool) -> dict[str, Row]:
    """Return text and fields by document_id; without `batch` no document knows of another."""
    schema = Intake.polars_schema()
    intake = pl.DataFrame([{**dict.fromkeys(schema, ""), **document} for document in documents], schema=schema)
    read = raw.STAGE.function({"intake": intake.unique("document_id", maintain_order=True)}, raw.STAGE.params())["raw"]
    sites = site_lines.STAGE.function({"raw": read}, site_lines.STAGE.params())
    if not batch:
        sites["site_lines"] = SiteLines.create_empty()
    labelled = lines.STAGE.function({"raw": read, **sites}, lines.STAGE.params())["lines"]
    made = bodies.STAGE.function({"raw": read, "lines": labelled}, bodies.STAGE.params())
    rows = made["texts"].join(made["fields"], on="document_id").to_dicts()
    return {row["document_id"]: row for row in rows}


def folded(text: Any) -> str:
    """Return the text without case, blanks and quotes."""
    return re.sub(r"[\s\"'‘’“”«»]+", "", str(text or "").casefold())


def same_author(gold: str, predicted: str | None) -> bool:
    """Whether a last name is in common."""
    return bool(_last_names(gold) & _last_names(predicted or ""))


def _last_names(people: str) -> set[str]:
    names = re.split(r"[;,|&]|\band\b", people.casefold())
    return {words[-1] for name in names if (words := WORD.findall(name))}


def same_date(gold: Any, predicted: Any) -> bool:
    """Whether the dates are equal at the precision given."""
    stated = str(gold)[:10]
    return str(predicted or "")[: len(stated)] == stated


def metadata(rows: Sequence[Row], found: Sequence[Row]) -> dict[str, float]:
    """Return title, author and date accuracy over the rows in which a value is given."""
    tests = {
        "title": ("title", lambda gold, row: folded(gold) == folded(row.get("title"))),
        "author": ("author", lambda gold, row: same_author(gold, row.get("authors"))),
        "date": ("published", lambda gold, row: same_date(gold, row.get("published_on"))),
    }
    result = {}
    for name, (key, test) in tests.items():
        hits = [test(row[key], made) for row, made in zip(rows, found, strict=True) if row.get(key)]
        if hits:
            result[name] = sum(hits) / len(hits)
    return result


def baseline(rows: Sequence[Row]) -> dict[str, float]:
    """Return the figures of trafilatura's precision mode on the HTML rows."""
    found = []
    dates = {"original_date": True, "extensive_search": True, "max_date": date(2099, 12, 31).isoformat()}
    for row in rows:
        made = trafilatura.bare_extraction(
            row["html"], favor_precision=True, include_comments=False, with_metadata=True, date_extraction_params=dates
        )
        page = made.as_dict() if made else {}
        stated = {"title": page.get("title"), "authors": page.get("author"), "published_on": page.get("date")}
        found.append({"text": page.get("text") or "", **stated})
    precision, recall, score = macro([counts(r["gold_body"], f["text"]) for r, f in zip(rows, found, strict=True)])
    return {"f1": score, "precision": precision, "recall": recall, **metadata(rows, found)}


def predict(rows: Sequence[Row], *, batch: bool) -> list[Row]:
    """Return text and fields of each row, empty where the pipeline rejects it."""
    documents = [document_of(row, number) for number, row in enumerate(rows)]
    groups: dict[str, list[Row]] = defaultdict(list)
    for row, document in zip(rows, documents, strict=True):
        groups[str(row.get("rendering")) if batch else "all"].append(document)
    made: dict[str, Row] = {}
    for group in groups.values():
        made |= clean(group, batch=batch)
    return [made.get(document["document_id"], {"text": ""}) for document in documents]


def by_rendering(rows: Sequence[Row], scored: Sequence[Counts]) -> dict[str, float]:
    """Return F1 by rendering."""
    groups: dict[str, list[Counts]] = defaultdict(list)
    for row, item in zip(rows, scored, strict=True):
        groups[row.get("rendering") or ("html" if row.get("html") else "text")].append(item)
    return {name: macro(items)[2] for name, items in sorted(groups.items())}


def main() -> None:
    """Run the benchmark."""
    parser = arguments(__doc__ or "")
    parser.add_argument("--batch", action="store_true", help="all rows of one rendering are one corpus")
    options = parser.parse_args()
    rows = [row for path in options.file for row in read_rows(path)]
    clock = Clock()
    found = predict(rows, batch=options.batch)
    seconds = clock.seconds()
    scored = [counts(row["gold_body"], made["text"]) for row, made in zip(rows, found, strict=True)]
    precision, recall, score = macro(scored)
    result: Row = {"f1": score, "precision": precision, "recall": recall, "by_rendering": by_rendering(rows, scored)}
    result |= metadata(rows, found)
    html = [row for row in rows if row.get("html")]
    if html:
        result["baseline"] = baseline(html)
    write_predictions(
        options.predictions,
        (
            {"id": row.get("id", number), "rendering": row.get("rendering"), **made}
            for number, (row, made) in enumerate(zip(rows, found, strict=True))
        ),
    )
    finish(result, n=len(rows), seconds=seconds, interval=bootstrap(scored, lambda items: macro(items)[2]))


if __name__ == "__main__":
    main()
