"""Clusters as the user decided: those that a decision touches are put together anew, chain by chain."""

from itertools import chain

import polars as pl

from transforms.components import Components
from transforms.rulings import NO_MARKS, Marks, Rulings, clash

APART = "apart:"
Step = tuple[int, int]


def parted(chains: pl.DataFrame, rulings: Rulings) -> pl.DataFrame:
    """Return the chains with the clusters that obey the user's decisions.

    A chain holds to the chains of its story with the same name, these hold to their node, nodes to their cluster. What
    the user joined is joined first; then all that was together stays together, unless a decision keeps it apart: the
    left side of the decision keeps the cluster and its name, the right side leaves with what holds to it more nearly.

    Args:
        chains: columns id, story, form, node and cluster, in the order of the positions that the rulings speak of.
        rulings: what `rulings.ruled` returned.
    """
    touched = sorted({*chain.from_iterable(rulings.joined), *(rulings.marks or {})})
    if not touched:
        return chains
    ours = set(chains["cluster"].gather(touched))
    rows = chains.with_row_index("position").filter(pl.col("cluster").is_in(list(ours)))
    owned = _Parting(rows, rulings).clusters()
    numbered = chains.with_row_index("position").join(owned, on="position", how="left", maintain_order="left")
    return numbered.with_columns(cluster=pl.coalesce("own_cluster", "cluster")).drop("position", "own_cluster")


class _Parting:
    """The chains of the clusters touched, with what they hold to, from near to far."""

    def __init__(self, rows: pl.DataFrame, rulings: Rulings) -> None:
        self.positions, self.ids = rows["position"].to_list(), rows["id"].to_list()
        near = rows.select(pl.concat_str("story", "form", "node", separator="\t", ignore_nulls=True)).to_series()
        levels = [column.to_list() for column in (near, rows["node"], rows["cluster"])]
        self.steps: list[list[Step]] = []
        self.owners: dict[int, str] = {}
        below, size = list(range(rows.height)), rows.height
        for level in levels:
            number = {name: size + place for place, name in enumerate(dict.fromkeys(level))}
            above = [number[name] for name in level]
            self.steps.append(list(dict.fromkeys(zip(below, above, strict=True))))
            below, size = above, size + len(number)
            self.owners = {place: name for name, place in number.items()}
        self.components = Components(size)
        self.marks: dict[int, Marks] = {
            row: rulings.of(position) for row, position in enumerate(self.positions) if rulings.of(position)
        }
        row_of = {position: row for row, position in enumerate(self.positions)}
        for group in rulings.joined:
            for position in group[1:]:
                self._join(row_of[group[0]], row_of[position])

    def clusters(self) -> pl.DataFrame:
        """Return position and own_cluster of each chain."""
        for steps in self.steps:
            for lower, upper in sorted(steps, key=self._order):
                if not clash(self._marks(lower), self._marks(upper)):
                    self._join(lower, upper)
        names = self._names()
        own = [names[self.components.root(row)] for row in range(len(self.ids))]
        columns = {"position": pl.UInt32, "own_cluster": pl.String}
        return pl.DataFrame({"position": self.positions, "own_cluster": own}, schema=columns)

    def _order(self, step: Step) -> tuple[bool, bool, Step]:
        """Left sides of decisions come first and right sides last, so that the former keep the cluster."""
        marks = self._marks(step[0])
        return any(mark < 0 for mark in marks), not marks, step

    def _marks(self, member: int) -> Marks:
        return self.marks.get(self.components.root(member), NO_MARKS)

    def _join(self, left: int, right: int) -> None:
        marks = self._marks(left) | self._marks(right)
        self.components.join(left, right)
        if marks:
            self.marks[self.components.root(left)] = marks

    def _names(self) -> dict[int, str]:
        """The cluster that a component holds, the first of several; without one it is named by its first chain."""
        names: dict[int, str] = {}
        for member, name in sorted(self.owners.items(), key=lambda owner: owner[1]):
            names.setdefault(self.components.root(member), name)
        for row, id_ in enumerate(self.ids):
            names.setdefault(self.components.root(row), f"{APART}{id_}")
        return names
