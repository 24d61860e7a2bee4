"""Which decisions hold in a version, and which are without effect."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import polars as pl

from flows.deciding.ledger import LEVELS, Ledger
from flows.deciding.naming import known_as
from schemas import published
from transforms.lookups.decisions import Decision, Level, of

NOT_YET = "not in version {}: start `annals run`"


@dataclass(frozen=True)
class Listed:
    """A decision and what came of it.

    Attributes:
        decision: the row of the file.
        state: whether it holds, and if not, why.
        left: its left side in words, empty where nothing has the key.
        right: its right side in words.
        ids: what both sides stand under now.
    """

    decision: Decision
    state: str
    left: str
    right: str
    ids: tuple[str, ...]


def listed(ledger: Ledger, decisions: Sequence[Decision]) -> list[Listed]:
    """Return what came of each decision, in the order of the file."""
    found = [one for level in LEVELS for one in _of_level(ledger, of(decisions, level))]
    return sorted(found, key=lambda one: one.decision.line)


def about(ledger: Ledger, decisions: Sequence[Decision], level: Level, id_: str) -> list[Listed]:
    """Return what came of the decisions that name an id of a level."""
    return [one for one in _of_level(ledger, of(decisions, level)) if id_ in one.ids]


def _of_level(ledger: Ledger, decisions: Sequence[Decision]) -> Iterator[Listed]:
    if not decisions:
        return
    decisions = ledger.moved(decisions)
    void, named = ledger.void(decisions), ledger.named(decisions)
    for one in decisions:
        sides = [named.get(key, []) for key in (one.left, one.right)]
        left, right = (known_as(ledger, one.level, ids) for ids in sides)
        state = f"without effect, {void[one.line]}" if one.line in void else _state(ledger, one, *sides)
        yield Listed(one, state, left, right, (*sides[0], *sides[1]))


def _state(ledger: Ledger, decision: Decision, left: list[str], right: list[str]) -> str:
    if decision.level == "document":
        left, right = (_originals(ledger, ids) for ids in (left, right))
    holds = left == right and len(left) == 1 if decision.decision == "same" else not {*left} & {*right}
    return "holds" if holds else NOT_YET.format(ledger.version.number)


def _originals(ledger: Ledger, ids: list[str]) -> list[str]:
    rows = ledger.version.rows(published.Documents, document_id=ids)
    return sorted(set(rows.select(pl.coalesce("duplicate_of", "document_id"))["duplicate_of"]))
