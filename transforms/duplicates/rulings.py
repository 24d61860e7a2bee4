"""What the user has decided about documents, and how clusters obey it."""

from collections.abc import Callable, Iterable
from dataclasses import dataclass
from typing import Any

import polars as pl

from transforms import rulings as shared
from transforms.components import Components
from transforms.lookups.decisions import Decision, of

Row = dict[str, Any]
Pair = tuple[int, int]
Tie = tuple[float, int, int]


@dataclass(frozen=True)
class Rulings:
    """Pairs of documents by number that are the same, and such that are not; rows of rejects for void decisions."""

    same: tuple[Pair, ...] = ()
    different: tuple[Pair, ...] = ()
    void: tuple[Row, ...] = ()


def ruled(decisions: Iterable[Decision], documents: pl.Series) -> Rulings:
    """Return the decisions about these documents; those about others, and those that later ones overrule, are void.

    Args:
        decisions: the user's own, in the order of the file.
        documents: the ids of all documents.
    """
    found = shared.ruled(of(decisions, "document"), documents)
    pairs: dict[str, set[Pair]] = {"same": set(), "different": set()}
    for left, right, one in found.verdicts:
        pairs[one.decision].add((min(left, right), max(left, right)))
    same, different = (tuple(sorted(pairs[decision])) for decision in ("same", "different"))
    return Rulings(same, different, tuple(shared.reject_rows(found)))


def obeyed(roots: list[int], rulings: Rulings, ties: Callable[[set[int]], Iterable[Tie]]) -> list[int]:
    """Return the roots of clusters in which no two documents are that are different.

    Only a cluster with such documents is made again: ties join from the strongest to the weakest, but for those that
    would bring different documents together; of equal ties the one with the smaller documents is first.

    Args:
        roots: the root of the cluster of each document.
        rulings: what the user has decided.
        ties: returns the score and the documents of each tie among some documents.
    """
    broken = {roots[left] for left, right in rulings.different if roots[left] == roots[right]}
    if not broken:
        return roots
    again = {number for number, root in enumerate(roots) if root in broken}
    components = _Apart(len(roots), rulings)
    for _, left, right in sorted(ties(again), key=lambda tie: (-tie[0], *tie[1:])):
        components.join(left, right)
    return [components.root(number) if number in again else root for number, root in enumerate(roots)]


class _Apart(Components):
    """Components that keep different members apart."""

    def __init__(self, size: int, rulings: Rulings) -> None:
        super().__init__(size)
        for left, right in rulings.same:
            super().join(left, right)
        self._different = rulings.different

    def join(self, left: int, right: int) -> None:
        """Make one component of two, unless different members would be in it."""
        two = {self.root(left), self.root(right)}
        if not any({self.root(one), self.root(other)} == two for one, other in self._different):
            super().join(left, right)
