"""Clusters of reports: the pairs that tell the same event, joined in the order of their evidence.

Joining is greedy and constrained: a pair is passed over when the clusters that it would join exclude each other, so
that one vague report cannot chain two events that are known to be different. Where all that ties connect agrees, no
order could change the outcome, and the states of clusters are not looked at.
"""

from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import Any

import polars as pl

from transforms.components import Components
from transforms.events.merging_params import MergingParams
from transforms.rulings import NO_MARKS, Marks, Rulings, clash

Span = tuple[int, int]
Told = tuple[tuple[int, str], ...]
"""Reports of one sentence: number and trigger."""
JOINED, PASSED = "", "passed"


@dataclass(frozen=True)
class Clusters:
    """The clusters of reports and what made them.

    Attributes:
        roots: the smallest number of the cluster of each report.
        kept: what each tie came to: left, right, same, rule, score; a tie inside a cluster that others made is none.
    """

    roots: pl.Series
    kept: pl.DataFrame


@dataclass
class _State:
    """What its reports say about a cluster: when (in days), how many, in which ways; whether it is a lasting situation.

    Days that a text states are not narrowed by those that publication leaves to other reports.
    """

    possible: Span | None = None
    stated: bool = False
    hull: Span | None = None
    standing: bool = False
    quantities: dict[str, tuple[float, float]] = field(default_factory=dict)
    modes: set[str] = field(default_factory=set)
    sentences: dict[int, Told] = field(default_factory=dict)

    def absorb(self, other: "_State") -> None:
        """Take in what is known about another cluster that becomes part of this one."""
        if self.stated == other.stated:
            self.possible = _overlap(self.possible, other.possible)
        elif other.stated:
            self.possible, self.stated = other.possible, True
        self.hull = _hull(self.hull, other.hull)
        self.standing |= other.standing
        for unit, theirs in other.quantities.items():
            both = (*theirs, *self.quantities.get(unit, theirs))
            self.quantities[unit] = (min(both), max(both))
        self.modes |= other.modes
        for place, told in other.sentences.items():
            self.sentences[place] = (*self.sentences.get(place, ()), *told)


def clustered(
    reports: pl.DataFrame, ties: pl.DataFrame, copied: pl.Series, rulings: Rulings, params: MergingParams
) -> Clusters:
    """Return the clusters of the reports, and what each tie came to.

    Args:
        reports: all reports as `Facts` has them.
        ties: pairs that tell one event, in the order in which they are joined: left, right, rule, score.
        copied: numbers of the reports whose sentence is a copy of that of another one, which they follow into its
            cluster: they say nothing of their own about it.
        rulings: the user's own decisions by number of the report: they join whole clusters and part them, whatever else
            there is.
        params: see the class.
    """
    pairs = list(ties.select("left", "right").iter_rows())
    growing = _Growing(reports.height, _contested(reports, pairs, copied, rulings, params), pairs, rulings, params)
    outcomes = pl.Series("outcome", [growing.join(left, right) for left, right in pairs], dtype=pl.String)
    roots = pl.Series("root", growing.bound.roots(), dtype=pl.Int64)
    same = pl.col("outcome") == JOINED
    apart = roots.gather(ties["left"]) != roots.gather(ties["right"])
    kept = ties.with_columns(outcome=outcomes).filter((pl.col("outcome") != PASSED) & (same | apart))
    return Clusters(
        roots,
        kept.select("left", "right", same=same, rule=pl.when(same).then("rule").otherwise("outcome"), score="score"),
    )


def _contested(
    reports: pl.DataFrame,
    pairs: Iterable[tuple[int, int]],
    copied: pl.Series,
    rulings: Rulings,
    params: MergingParams,
) -> dict[int, _State]:
    """The states of the reports that ties connect to some that do not go with them."""
    connected = Components(reports.height)
    for left, right in pairs:
        connected.join(left, right)
    for group in rulings.joined:
        for member in group[1:]:
            connected.join(group[0], member)
    placed = reports.with_columns(
        root=pl.Series(connected.roots(), dtype=pl.Int64), copied=pl.col("number").is_in(copied.implode())
    )
    marked = {connected.root(number) for number in rulings.marks or {}}
    conflicts = _in_conflict(placed.filter(~pl.col("copied")), params)
    roots = pl.concat([conflicts, pl.Series("root", sorted(marked), dtype=pl.Int64)]).unique()
    first, last = (pl.col(f"possible_{end}").to_physical() for end in ("from", "to"))
    rows = placed.filter(pl.col("root").is_in(roots.implode())).select(
        "number", "copied", first, last, pl.col("stated_from").is_not_null(), "standing", "quantity", "quantity_unit",
        "event_mode", pl.struct("document_id", "sentence_start").hash(), "lemma",
    )  # fmt: skip
    return {number: _State() if silent else _state(number, *facts) for number, silent, *facts in rows.iter_rows()}


def _in_conflict(placed: pl.DataFrame, params: MergingParams) -> pl.Series:
    """The roots of the components in which some two reports may exclude each other."""
    several = placed.filter(pl.len().over("root") > 1)
    quantity = several.filter(pl.col("quantity").is_not_null() & pl.col("quantity_unit").is_not_null())
    lowest, highest = pl.col("quantity").min(), pl.col("quantity").max()
    conflicts = [
        (several, ("root",), pl.col("possible_from").max() > pl.col("possible_to").min()),
        (several, ("root",), pl.col("event_mode").drop_nulls().n_unique() > 1),
        (quantity, ("root", "quantity_unit"), lowest < params.quantity_ratio * highest),
        (several, ("root", "document_id", "sentence_start"), pl.col("lemma").n_unique() > 1),
    ]
    found = [rows.group_by(by).agg(conflict=conflict).filter("conflict")["root"] for rows, by, conflict in conflicts]
    return pl.concat(found)


def _state(number: int, *facts: Any) -> _State:
    first, last, stated, standing, quantity, unit, mode, sentence, lemma = facts
    span = None if first is None or last is None else (first, last)
    return _State(
        possible=span,
        stated=stated,
        hull=span,
        standing=standing,
        quantities={unit: (quantity, quantity)} if quantity is not None and unit else {},
        modes={mode} if mode else set(),
        sentences={sentence: ((number, lemma),)},
    )


class _Growing:
    """Clusters that grow pair by pair.

    What the user joined is bound from the start: it ends as one and obeys the same decisions. But each side grows by
    its own days and numbers, so that it brings along all that it would be one with anyway.
    """

    def __init__(
        self,
        size: int,
        states: dict[int, _State],
        pairs: Iterable[tuple[int, int]],
        rulings: Rulings,
        params: MergingParams,
    ) -> None:
        self.components = Components(size)
        self.bound = Components(size) if rulings.joined else self.components
        self._states = states
        self._tied = {pair for pair in pairs if pair[0] in states}
        self._params = params
        self._marks = dict(rulings.marks or {})
        for group in rulings.joined:
            for member in group[1:]:
                self._bind(group[0], member)

    def join(self, left: int, right: int) -> str:
        """Join the clusters of two reports; return `JOINED`, `PASSED` if they are one, or what keeps them apart."""
        a, b = self.components.root(left), self.components.root(right)
        if a == b or self.bound.joined(a, b):
            return PASSED
        obstacle = self._obstacle(a, b) if a in self._states else None
        if obstacle is None:
            self._grow(a, b)
        return obstacle or JOINED

    def _grow(self, a: int, b: int) -> None:
        if a in self._states:
            large, small = self._states.pop(a), self._states.pop(b)
            if len(large.sentences) < len(small.sentences):
                large, small = small, large
            large.absorb(small)
            self._states[min(a, b)] = large
        self._bind(a, b)
        self.components.join(a, b)

    def _bind(self, left: int, right: int) -> None:
        if self._marks:
            marks = self._marks_of(left) | self._marks_of(right)
            self.bound.join(left, right)
            if marks:
                self._marks[self.bound.root(left)] = marks
        else:
            self.bound.join(left, right)

    def _marks_of(self, member: int) -> Marks:
        return self._marks.get(self.bound.root(member), NO_MARKS)

    def _obstacle(self, a: int, b: int) -> str | None:
        if self._marks and clash(self._marks_of(a), self._marks_of(b)):
            return "own:different"
        left, right = self._states[a], self._states[b]
        if self._dates_differ(left, right):
            return "cluster_dates_differ"
        if left.modes and right.modes and left.modes.isdisjoint(right.modes):
            return "cluster_modes_differ"
        if any(
            self._differ(left.quantities[unit], right.quantities[unit])
            for unit in left.quantities.keys() & right.quantities.keys()
        ):
            return "cluster_quantities_differ"
        shared = left.sentences.keys() & right.sentences.keys()
        if any(self._beside(left.sentences[place], right.sentences[place]) for place in shared):
            return "cluster_told_side_by_side"
        return None

    def _beside(self, ours: Told, theirs: Told) -> bool:
        """Whether one sentence tells two acts: in two words, which no tie takes for one act."""
        return any(
            lemma != other and (min(number, second), max(number, second)) not in self._tied
            for number, lemma in ours
            for second, other in theirs
        )

    def _dates_differ(self, left: _State, right: _State) -> bool:
        if left.standing or right.standing:
            return _gap(left.hull, right.hull) > self._params.standing_days
        return _gap(left.possible, right.possible) > 0

    def _differ(self, ours: tuple[float, float], theirs: tuple[float, float]) -> bool:
        return min(ours[0], theirs[0]) < self._params.quantity_ratio * max(ours[1], theirs[1])


def _gap(left: Span | None, right: Span | None) -> int:
    """Days between two spans; 0 where they overlap or one is unknown."""
    if left is None or right is None:
        return 0
    return max(0, left[0] - right[1], right[0] - left[1])


def _overlap(left: Span | None, right: Span | None) -> Span | None:
    if left is None or right is None:
        return left or right
    first, last = max(left[0], right[0]), min(left[1], right[1])
    return (first, last) if first <= last else _hull(left, right)


def _hull(left: Span | None, right: Span | None) -> Span | None:
    if left is None or right is None:
        return left or right
    return min(left[0], right[0]), max(left[1], right[1])
