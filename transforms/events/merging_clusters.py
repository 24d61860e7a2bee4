"""Clusters of reports: the pairs that tell the same event, joined in the order of their evidence.

Joining is greedy and constrained: a pair is passed over when the clusters that it would join exclude each other, so
that one vague report cannot chain two events that are known to be different.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from transforms.components import Components
from transforms.events.merging_decisions import DONE, Decision, decide
from transforms.events.merging_params import MergingParams
from transforms.events.merging_reports import Span, Told

Judged = tuple[int, int, Decision]


@dataclass
class _State:
    """What is known about a cluster: when, how many, in which ways; whether it is a situation that goes on."""

    possible: Span | None
    hull: Span | None
    standing: bool
    quantities: dict[str, tuple[float, float]]
    modes: set[str]
    sentences: dict[tuple[str, int], str] = field(default_factory=dict)


def _state(report: Told) -> _State:
    unit, value, mode = report.quantity_unit, report.quantity, report.event_mode
    return _State(
        possible=report.possible,
        hull=report.possible,
        standing=report.status == "ongoing",
        quantities={unit: (value, value)} if value is not None and unit else {},
        modes={mode} if mode else set(),
        sentences={(report.document_id, report.sentence_start): report.lemma},
    )


class Clusters:
    """Reports in clusters that grow pair by pair."""

    def __init__(self, reports: Sequence[Told], params: MergingParams) -> None:
        self._reports = reports
        self._states: dict[int, _State] = {}
        self._components = Components(len(reports))
        self._params = params

    def join(self, left: int, right: int) -> str | None:
        """Join the clusters of two reports; return what keeps them apart if that is impossible."""
        a, b = self._components.root(left), self._components.root(right)
        if a == b:
            return None
        ours, theirs = self._state(a), self._state(b)
        obstacle = self._obstacle(ours, theirs)
        if obstacle is None:
            self._states[min(a, b)] = _joined(ours, theirs)
            self._components.join(a, b)
        return obstacle

    def _state(self, root: int) -> _State:
        return self._states.get(root) or _state(self._reports[root])

    def joined(self, left: int, right: int) -> bool:
        """Return whether two reports are in one cluster."""
        return self._components.joined(left, right)

    def roots(self) -> list[int]:
        """Return the smallest report of the cluster of each report."""
        return self._components.roots()

    def _obstacle(self, left: _State, right: _State) -> str | None:
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
        if any(left.sentences[place] != right.sentences[place] for place in shared):
            return "cluster_told_side_by_side"
        return None

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
    return max(0, (left[0] - right[1]).days, (right[0] - left[1]).days)


def _joined(left: _State, right: _State) -> _State:
    units = left.quantities | right.quantities
    for unit in left.quantities.keys() & right.quantities.keys():
        both = (*left.quantities[unit], *right.quantities[unit])
        units[unit] = (min(both), max(both))
    return _State(
        possible=_overlap(left.possible, right.possible),
        hull=_hull(left.hull, right.hull),
        standing=left.standing or right.standing,
        quantities=units,
        modes=left.modes | right.modes,
        sentences=left.sentences | right.sentences,
    )


def _overlap(left: Span | None, right: Span | None) -> Span | None:
    if left is None or right is None:
        return left or right
    first, last = max(left[0], right[0]), min(left[1], right[1])
    return (first, last) if first <= last else _hull(left, right)


def _hull(left: Span | None, right: Span | None) -> Span | None:
    if left is None or right is None:
        return left or right
    return min(left[0], right[0]), max(left[1], right[1])


def compare(
    reports: Sequence[Told], pairs: Iterable[tuple[int, int]], params: MergingParams
) -> tuple[list[Judged], list[Judged]]:
    """Return the decisions that tie reports together, and for each report the nearest one that stayed apart.

    Ties are decisions for one event, and those that one event carries out another.
    """
    ties: list[Judged] = []
    apart: dict[int, Judged] = {}
    for left, right in pairs:
        decision = decide(reports[left], reports[right], params)
        if decision.same or decision.follows:
            ties.append((left, right, decision))
        elif decision.score >= params.reported_score:
            for number in (left, right):
                if number not in apart or apart[number][2].score < decision.score:
                    apart[number] = (left, right, decision)
    nearest = {(left, right): decision for left, right, decision in apart.values()}
    return ties, [(left, right, decision) for (left, right), decision in sorted(nearest.items(), key=itemgetter(0))]


def cluster(
    reports: Sequence[Told], copied: Sequence[tuple[int, int]], ties: Sequence[Judged], params: MergingParams
) -> tuple[Clusters, list[Judged]]:
    """Return the clusters of the reports, and what each tie came to.

    Args:
        reports: all reports.
        copied: pairs that stand in copies of one sentence, joined whatever else.
        ties: the decisions for one event.
        params: see the class.
    """
    clusters = Clusters(reports, params)
    kept: list[Judged] = []
    for left, right in copied:
        obstacle = clusters.join(left, right)
        kept.append((left, right, Decision(obstacle is None, obstacle or "copied_sentence", 1.0)))
    for left, right, decision in sorted(ties, key=lambda item: (-item[2].score, item[0], item[1])):
        if decision.follows:
            kept.append((left, right, decision))
        elif not clusters.joined(left, right):
            obstacle = clusters.join(left, right)
            kept.append((left, right, Decision(obstacle is None, obstacle or decision.rule, decision.score)))
    return clusters, kept


def followed(reports: Sequence[Told], roots: Sequence[int], judged: Sequence[Judged]) -> dict[int, int]:
    """Return, by the root of a cluster that took place, the root of the plan or threat that it carries out."""
    best: dict[int, tuple[float, int]] = {}
    for left, right, decision in judged:
        if decision.follows:
            done, ahead = (left, right) if reports[left].status in DONE else (right, left)
            claim = (-decision.score, roots[ahead])
            best[roots[done]] = min(best.get(roots[done], claim), claim)
    return {done: ahead for done, (_, ahead) in best.items()}
