"""Which of several candidates for a field is the right one: trained weights over their features."""

import math
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from typing import Generic, TypeVar

from transforms.clean import lookup

Value = TypeVar("Value")
Features = Mapping[str, float]


@dataclass(frozen=True)
class Candidate(Generic[Value]):
    """A value that a line offers for a field, and what speaks for it. Features that are 0 need not be there."""

    line: int
    value: Value
    features: Features


@cache
def weights(field: str) -> dict[str, float]:
    """Return feature -> weight of a field, from lookups/field_weights.csv; other features weigh nothing."""
    return {row["feature"]: float(row["weight"]) for row in lookup.rows("field_weights") if row["field"] == field}


def best(field: str, candidates: Sequence[Candidate[Value]]) -> tuple[Candidate[Value], float] | None:
    """Return the likeliest candidate and its probability, or None where "none of them" is likelier.

    A conditional logit (McFadden 1974): the probability of a candidate is the share of its exponential weight in that
    of all candidates and of none, whose weight is the feature `none` of the field.
    """
    learned = weights(field)
    least = learned.get("none", 0.0)
    scores = [score(learned, candidate.features) for candidate in candidates]
    top = max(scores, default=least)
    if top <= least:
        return None
    whole = math.exp(least - top) + sum(math.exp(value - top) for value in scores)
    return candidates[scores.index(top)], 1.0 / whole


def top(field: str, candidates: Sequence[Candidate[Value]]) -> Candidate[Value]:
    """Return the candidate that weighs most, the first of equals; there must be one."""
    return max(candidates, key=lambda candidate: score(weights(field), candidate.features))


def score(learned: Mapping[str, float], features: Features) -> float:
    """Return the weighted sum of the features."""
    return sum([learned.get(name, 0.0) * value for name, value in features.items() if value])


def share(part: Iterable[str], whole: frozenset[str] | set[str]) -> float:
    """Return the share of the words of a part that stand in the whole; 0 without words."""
    words = list(part)
    return sum(word in whole for word in words) / len(words) if words else 0.0
