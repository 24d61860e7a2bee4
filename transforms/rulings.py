"""What a user's own decisions come to among the members of a stage: who is joined, who is kept apart, what is void."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

import polars as pl

from transforms.components import Components
from transforms.lookups.decisions import ANYWHERE, PARTS, Decision
from transforms.publish.recognition import recognised

Row = dict[str, Any]
Marks = frozenset[int]
NO_MARKS: Marks = frozenset()
REMEDIES: Mapping[str, str] = {
    "decision_without_member": "Name it anew with `annals decide`, or delete the row",
    "decision_contradicted": "Delete one of the rows",
}


@dataclass(frozen=True)
class Rulings:
    """Decisions of one level as positions among the members of a stage.

    Attributes:
        joined: groups of positions, apart from each other, that are one whatever forbids it.
        marks: what keeps positions apart: two clusters stay two where `clash` holds of the marks of their members.
        verdicts: each decision that holds and a member of either side.
        void: each decision that does not hold: the reason, and what stands against it.
    """

    joined: tuple[tuple[int, ...], ...] = ()
    marks: Mapping[int, Marks] | None = None
    verdicts: tuple[tuple[int, int, Decision], ...] = ()
    void: tuple[tuple[Decision, str, str], ...] = ()

    def of(self, position: int) -> Marks:
        """Return the marks of a position."""
        return (self.marks or {}).get(position, NO_MARKS)


def clash(left: Marks, right: Marks) -> bool:
    """Return whether a decision keeps apart what has these marks: +n on one side of it and -n on the other."""
    return bool(left) and bool(right) and any(-mark in right for mark in left)


def ruled(decisions: Sequence[Decision], members: pl.Series) -> Rulings:
    """Return what decisions come to.

    Where decisions cannot hold together (A and B the same, B and C the same, A and C different) the later row of the
    file wins, since who wrote it knew the earlier one. A member that both sides name, one of them by `*`, counts on
    the side that names its document.

    Args:
        decisions: those of one level, in the order of the file.
        members: the member key of each position; null where there is none.
    """
    if not decisions:
        return Rulings()
    places = positions(decisions, members)
    groups = _Groups(sorted({position for found in places.values() for position in found}))
    for number in reversed(range(len(decisions))):
        groups.add(number + 1, decisions[number], places)
    return groups.rulings()


def judgement_rows(rulings: Rulings, keys: Sequence[str]) -> list[Row]:
    """Return a row of judgements for each decision that holds, sides named by the key of their position."""
    return [
        {
            "level": decision.level,
            "left_id": keys[left],
            "right_id": keys[right],
            "decision": decision.decision,
            "rule": f"own:{decision.decision}",
            "score": 1.0,
        }
        for left, right, decision in rulings.verdicts
    ]


def reject_rows(rulings: Rulings) -> list[Row]:
    """Return a row of `rejects` for each decision that does not hold, without the stage."""
    return [
        {
            "source_uri": None,
            "document_id": None,
            "reason": reason,
            "detail": f"{decision.words}: {what}. {REMEDIES[reason]}",
        }
        for decision, reason, what in rulings.void
    ]


def positions(decisions: Sequence[Decision], members: pl.Series) -> Mapping[str, list[int]]:
    """Return the positions of each key that decisions of one level name; a key with `*` has those of all documents.

    Args:
        decisions: at least one.
        members: the member key of each position; null where there is none.
    """
    wanted = sorted({key for decision in decisions for key in (decision.left, decision.right)})
    # The number that tells equal keys of one document apart is no part of what `*` stands for.
    rest = rf"^[^:]*((?::[^:]*){{{PARTS[decisions[0].level] - 1}}})"
    exact = pl.DataFrame({"key": members}, schema={"key": pl.String}).with_row_index("position")
    anywhere = exact.with_columns(key=ANYWHERE + pl.col("key").str.extract(rest))
    found = pl.concat([exact, anywhere]).filter(pl.col("key").is_in(wanted))
    found = pl.concat([found, _recognised(decisions[0].level, sorted({*wanted} - {*found["key"]}), exact)])
    return dict(found.group_by("key").agg(pl.col("position").sort()).iter_rows())


def _recognised(level: str, missing: Sequence[str], members: pl.DataFrame) -> pl.DataFrame:
    """Return positions of keys that changed with an edit or with code: known as ids are, by what is left of them."""
    document = pl.col("key").str.extract("^([^:]*)")
    near = members.filter(document.is_in(sorted({key.partition(":")[0] for key in missing})))
    pairs = recognised(level, pl.Series(missing, dtype=pl.String), near["key"])
    return pairs.join(near, left_on="after", right_on="key").select("position", key="before")


class _Groups:
    """Joins and keeps apart as decisions are added, those that win first."""

    def __init__(self, positions: Sequence[int]) -> None:
        self._positions = positions
        self._number = {position: number for number, position in enumerate(positions)}
        self._parts = Components(len(positions))
        self._marks: dict[int, Marks] = {}
        self._verdicts: list[tuple[int, int, Decision]] = []
        self._void: list[tuple[Decision, str, str]] = []

    def add(self, number: int, decision: Decision, positions: Mapping[str, list[int]]) -> None:
        """Let a decision hold unless a side has no member or a decision added before forbids it."""
        missing = [side for side in (decision.left, decision.right) if side not in positions]
        if missing:
            self._void.append((decision, "decision_without_member", f"nothing has the key {' or '.join(missing)}"))
            return
        left, right = _sides(decision, positions)
        fits = self._join(left + right) if decision.decision == "same" else self._part(number, left, right)
        if not fits:
            self._void.append((decision, "decision_contradicted", "later rows say the contrary"))
        elif left and right:
            self._verdicts.append((left[0], right[0], decision))

    def _join(self, positions: Sequence[int]) -> bool:
        roots = self._roots(positions)
        marks = frozenset[int]().union(*(self._marks.get(root, NO_MARKS) for root in roots))
        if clash(marks, marks):
            return False
        for root in roots[1:]:
            self._parts.join(roots[0], root)
        self._marks[roots[0]] = marks
        return True

    def _part(self, number: int, left: Sequence[int], right: Sequence[int]) -> bool:
        ours, theirs = self._roots(left), self._roots(right)
        if set(ours) & set(theirs):
            return False
        for roots, mark in ((ours, number), (theirs, -number)):
            for root in roots:
                self._marks[root] = self._marks.get(root, NO_MARKS) | {mark}
        return True

    def _roots(self, positions: Sequence[int]) -> list[int]:
        return sorted({self._parts.root(self._number[position]) for position in positions})

    def rulings(self) -> Rulings:
        """Return what the decisions added came to, in the order of the file."""
        roots = self._parts.roots()
        groups: defaultdict[int, list[int]] = defaultdict(list)
        for position, root in zip(self._positions, roots, strict=True):
            groups[root].append(position)
        marks = {p: self._marks[root] for p, root in zip(self._positions, roots, strict=True) if self._marks.get(root)}
        return Rulings(
            joined=tuple(tuple(group) for group in groups.values() if len(group) > 1),
            marks=marks,
            verdicts=tuple(reversed(self._verdicts)),
            void=tuple(reversed(self._void)),
        )


def _sides(decision: Decision, positions: Mapping[str, list[int]]) -> tuple[list[int], list[int]]:
    """The positions of both sides; one that both have stays with the side that names its document, if one does."""
    left, right = positions[decision.left], positions[decision.right]
    both = set(left) & set(right)
    if not both:
        return left, right
    starred = left if decision.left.startswith(ANYWHERE) else right
    others = [position for position in starred if position not in both]
    return (others, right) if starred is left else (left, others)
