"""What differs between two versions, row by row."""

from collections.abc import Callable
from typing import Any

import polars as pl

from schemas.published import TABLES
from schemas.table import Table

APART = frozenset({"versions"})


Reader = Callable[[type[Table]], pl.DataFrame]


def diff(old: int | None, new: int, before: Reader, after: Reader) -> dict[str, Any]:
    """Return schema changes and, for each table, the number of rows added, changed and removed.

    Args:
        old: number of the one version, None for the empty one.
        new: number of the other.
        before: gives a table of the one.
        after: gives a table of the other.
    """
    result: dict[str, Any] = {"old": old, "new": new, "schema": {}, "tables": {}}
    for schema in TABLES:
        if schema.table in APART:
            continue
        rows_before, rows_after = before(schema), after(schema)
        if changed := _schema_changes(rows_before, rows_after):
            result["schema"][schema.table] = changed
        result["tables"][schema.table] = compare(rows_before, rows_after, schema)
    return result


def compare(before: pl.DataFrame, after: pl.DataFrame, schema: type[Table]) -> dict[str, int]:
    """Return how many rows were added, changed and removed, by the table's key (all columns where it has none)."""
    key = schema.primary_key() or list(schema.column_names())
    common = [name for name in after.columns if name in before.columns]
    added = after.join(before, on=key, how="anti", nulls_equal=True).height
    removed = before.join(after, on=key, how="anti", nulls_equal=True).height
    kept = after.join(before, on=key, how="semi", nulls_equal=True).select(common)
    same = kept.join(before.select(common), on=common, how="semi", nulls_equal=True).height
    return {"added": added, "changed": kept.height - same, "removed": removed}


def _schema_changes(before: pl.DataFrame, after: pl.DataFrame) -> dict[str, list[str]]:
    old = {f"{name}: {dtype}" for name, dtype in before.schema.items()}
    new = {f"{name}: {dtype}" for name, dtype in after.schema.items()}
    changes = {"added": sorted(new - old), "removed": sorted(old - new)}
    return {kind: names for kind, names in changes.items() if names}
