"""Running the map stages of the language on rows of a bench: one document a row, through the stages themselves."""

from collections.abc import Sequence
from datetime import date
from typing import Any

import polars as pl

from schemas.table import Table
from schemas.work import Fields, Texts
from transforms.contract import Tables
from transforms.entities import names
from transforms.events import reports
from transforms.language import parses

Row = dict[str, Any]
SIDES = ("actor", "recipient")


def tables(rows: Sequence[tuple[str, date | None]], model: str = "en_annals") -> Tables:
    """Return all work tables up to `reports` for texts with their days of publication; the key is the row number."""
    found: dict[str, pl.DataFrame] = {
        "texts": _frame(
            Texts, [{"document_id": key(i), "text": text, "language": "en"} for i, (text, _) in enumerate(rows)]
        ),
        "fields": _frame(
            Fields,
            [
                {"document_id": key(i), "published_on": day, "published_on_basis": "metadata" if day else "none"}
                for i, (_, day) in enumerate(rows)
            ],
        ),
    }
    found |= parses.STAGE.function(found, parses.Params(model=model))
    found |= names.STAGE.function(found, names.STAGE.params())
    found |= reports.STAGE.function(found, reports.Params())
    return found


def key(number: int) -> str:
    """Return the document id of a row."""
    return f"{number:016x}"


def _frame(schema: type[Table], rows: list[Row]) -> pl.DataFrame:
    return pl.DataFrame(rows, schema={name: column.dtype for name, column in schema.columns().items()})


def events(rows: Sequence[tuple[str, date | None]], model: str = "en_annals") -> list[list[Row]]:
    """Return the reports of each text, with the chains (`actors`, `recipients`) that stand on both sides."""
    found = tables(rows, model)
    chain = found["names"].join(found["chains"], on=["document_id", "chain"], suffix="_of_chain")
    chains = {(row["document_id"], row["mention"]): row for row in chain.iter_rows(named=True)}
    each: dict[tuple[str, int], Row] = {
        (row["document_id"], row["report"]): row | {f"{side}s": [] for side in SIDES}
        for row in found["reports"].iter_rows(named=True)
    }
    for row in found["report_arguments"].iter_rows(named=True):
        known = chains.get((row["document_id"], row["mention"]))
        if row["role"] in SIDES and known is not None:
            each[row["document_id"], row["report"]][f"{row['role']}s"].append(known)
    by_row: list[list[Row]] = [[] for _ in rows]
    for (document, _), report in each.items():
        by_row[int(document, 16)].append(report)
    return by_row
