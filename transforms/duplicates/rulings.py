"""Clusters of documents that obey what the user has decided."""

from collections import defaultdict
from collections.abc import Callable, Iterable

from transforms.components import Components
from transforms.rulings import NO_MARKS, Marks, Rulings, clash

Pair = tuple[int, int]
Tie = tuple[float, int, int]


def joined(rulings: Rulings) -> list[Pair]:
    """Return pairs of documents that make one of all that the user has joined."""
    return [(group[0], other) for group in rulings.joined for other in group[1:]]


def obeyed(roots: list[int], rulings: Rulings, ties: Callable[[set[int]], Iterable[Tie]]) -> list[int]:
    """Return the roots of clusters in which no two documents are that are different.

    Only a cluster with such documents is made again: ties join from the strongest to the weakest, but for those that
    would bring different documents together; of equal ties the one with the smaller documents is first.

    Args:
        roots: the root of the cluster of each document.
        rulings: what the user has decided.
        ties: returns the score and the documents of each tie among some documents.
    """
    inside: defaultdict[int, Marks] = defaultdict(frozenset)
    for position, marks in (rulings.marks or {}).items():
        inside[roots[position]] |= marks
    broken = {root for root, marks in inside.items() if clash(marks, marks)}
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
        self._marks = dict(rulings.marks or {})
        for left, right in joined(rulings):
            self.join(left, right)

    def join(self, left: int, right: int) -> None:
        """Make one component of two, unless different members would be in it."""
        left, right = self.root(left), self.root(right)
        ours, theirs = self._marks.get(left, NO_MARKS), self._marks.get(right, NO_MARKS)
        if not clash(ours, theirs):
            super().join(left, right)
            self._marks[min(left, right)] = ours | theirs
