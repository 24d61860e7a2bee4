"""Rows of one version of a dataset."""

from typing import Any

import polars as pl

from flows.store.dataset import Dataset
from schemas import published
from schemas.table import Table
from transforms.publish.identity import heirs

Row = dict[str, Any]
SIDES = ("left_id", "right_id")
"""The columns of `judgements` that name what was judged."""


class Version:
    """The tables of a version.

    Raises:
        UsageError: there is no such version.
    """

    def __init__(self, dataset: Dataset, number: int | None) -> None:
        self.number = dataset.versions.require(number)
        self.manifest = dataset.versions.manifest(self.number)
        self._versions = dataset.versions

    def rows(self, schema: type[Table], **equal: object) -> pl.DataFrame:
        """Return the rows of a table whose columns have the values given, or one of the values of a list."""
        conditions = [
            pl.col(name).is_in(value) if isinstance(value, list) else pl.col(name) == value
            for name, value in equal.items()
        ]
        return self._versions.read(schema, self.number).filter(*conditions)

    def event(self, event_id: str | None) -> Row | None:
        """Return the row of an event, None where there is none."""
        found = self.rows(published.Events, event_id=event_id) if event_id else None
        return found.row(0, named=True) if found is not None and found.height else None

    def gone(self, old_id: str) -> str | None:
        """Return what became of an id that stands for nothing any more; None for one that never was."""
        rows = self.rows(published.IdentityChanges, old_id=old_id).to_dicts()
        if not rows:
            return None
        now = heirs(self.rows(published.IdentityChanges), old_id)
        stands = f"{', '.join(now) or 'nothing'} {'stand' if len(now) > 1 else 'stands'} for it now"
        return f"This id was {rows[-1]['kind']} in version {rows[-1]['version']}: {stands}"

    def judged(self, level: str, ids: list[str]) -> list[Row]:
        """Return the judgements of a level that name one of the ids, the surest first."""
        rows = self.rows(published.Judgements, level=level)
        touched = pl.any_horizontal(pl.col(side).is_in(ids) for side in SIDES)
        return rows.filter(touched).sort("score", descending=True, maintain_order=True).to_dicts()
