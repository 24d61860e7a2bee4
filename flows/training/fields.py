"""Pages of which headline, authors and day of publication are known, and the weights learned from them."""

import hashlib
import json
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from importlib.resources import as_file, files
from pathlib import Path
from shutil import copyfile
from typing import Any

import polars as pl

from flows.training import headlines
from flows.training.headlines import Question
from schemas.errors import InputError
from schemas.work import Intake
from transforms.clean import head, lines
from transforms.clean.labels import Labels
from transforms.clean.split import RawLine, split_lines
from transforms.read import raw

Row = Mapping[str, Any]
COLUMNS = ("raw_text", "site", "url", "title", "author", "published")
_AT_ONCE = 200


@dataclass(frozen=True)
class KnownPage:
    """A page as the choice of its fields meets it.

    Attributes:
        stated: the row of the collection: site, title, author, published.
        raw: its row of `raw`.
        lines: its lines.
        labels: label of every line, before it is known which lines state fields.
    """

    stated: Row
    raw: Row
    lines: Sequence[RawLine]
    labels: Labels


def read(paths: Iterable[Path]) -> list[Row]:
    """Return the rows of Parquet files; all columns are text and, but for raw_text, may be null.

    Raises:
        InputError: a column is missing.
    """
    rows: list[Row] = []
    for path in paths:
        found = pl.read_parquet(path)
        if missing := [name for name in COLUMNS if name not in found.columns]:
            raise InputError(
                f"pages to learn from lack {', '.join(missing)}",
                where=str(path),
                remedy=f"Give it {', '.join(COLUMNS)}",
            )
        rows += found.with_columns(pl.col(COLUMNS).cast(pl.String)).to_dicts()
    return rows


def pages_of(rows: Sequence[Row]) -> Iterator[KnownPage | None]:
    """Return the page of each row as the stages `raw` and `lines` read it, None where `raw` rejects it.

    No page knows of another, so that no line counts as repeated.
    """
    params = lines.LinesParams()
    for start in range(0, len(rows), _AT_ONCE):
        some = rows[start : start + _AT_ONCE]
        known = _raw(some)
        for row in some:
            found = known.get(_id(_payload(row)))
            page = split_lines(found["raw_text"]) if found else []
            labels = lines.article_labels(page, set(), params, url=found["url"]) if found else {}
            yield KnownPage(row, found, page, labels) if found else None


def _raw(rows: Sequence[Row]) -> dict[str, Row]:
    """Rows of `raw` by document_id."""
    schema = Intake.polars_schema()
    payloads = {_id(payload): payload for payload in map(_payload, rows)}
    intake = [
        {**dict.fromkeys(schema, ""), "document_id": i, "source_uri": i, "format": "jsonl", "payload": payload}
        for i, payload in payloads.items()
    ]
    made = raw.STAGE.function({"intake": pl.DataFrame(intake, schema=schema)}, raw.STAGE.params())["raw"]
    return {row["document_id"]: row for row in made.iter_rows(named=True)}


def _payload(row: Row) -> bytes:
    return json.dumps({"text": row["raw_text"] or "", **({"url": row["url"]} if row["url"] else {})}).encode()


def _id(payload: bytes) -> str:
    return hashlib.sha256(payload).hexdigest()[:16]


def asked_of(page: KnownPage) -> dict[str, list[Question]]:
    """Return what is asked about a page, field by field."""
    labels = [page.labels[line.number].label for line in page.lines]
    around = head.around_of(page.lines, labels, page.raw["url"])
    return headlines.questions(around, head.no_headlines(page.labels), page.stated)


def learned(asked: Iterable[Mapping[str, Sequence[Question]]]) -> dict[str, dict[str, float]]:
    """Return field -> feature -> weight, learned from what is asked about pages."""
    pages = list(asked)
    return {
        field: headlines.fit([question for page in pages for question in page.get(field, ())])
        for field in headlines.FIELDS
    }


def train(paths: Sequence[Path], out: Path) -> None:
    """Write weights like those of lookups/field_weights.csv, learned from Parquet files of pages; see `read`.

    Progress goes to standard output. What "none of them" weighs is set by hand and copied from the shipped file, if
    `out` does not exist.

    Raises:
        InputError: a column is missing.
    """
    rows = read(paths)
    asked = []
    for number, page in enumerate(pages_of(rows), 1):
        asked += [asked_of(page)] if page else []
        if number % _AT_ONCE == 0 or number == len(rows):
            print(f"{number} of {len(rows)} pages read", flush=True)  # noqa: T201
    if not out.exists():
        with as_file(files("transforms") / "lookups" / "field_weights.csv") as shipped:
            copyfile(shipped, out)
    headlines.write(out, learned(asked), f"{len(asked)} pages of {', '.join(path.stem for path in paths)}")
    print(f"{out} written", flush=True)  # noqa: T201
