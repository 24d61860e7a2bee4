"""Training of the weights that choose headline, authors and day of publication among the lines of a page."""

import csv
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import polars as pl

from transforms.clean import authors, headline, published
from transforms.clean.around import Around
from transforms.clean.choice import Candidate
from transforms.clean.split import folded

Array = np.ndarray[Any, np.dtype[np.float64]]
Candidates = Sequence[Candidate[Any]]
FIELDS = ("title", "authors", "published_on")
NONE = "none"


@dataclass(frozen=True)
class Question:
    """The candidates of one page for one field, which of them are right (perhaps none), and what the page counts."""

    candidates: Candidates
    right: tuple[bool, ...]
    weight: float = 1.0


def is_right(field: str, value: Any, gold: Mapping[str, Any]) -> bool:
    """Whether a candidate says what the page's row in the collection states: a last name in common is enough."""
    if field == "title":
        return folded(value) == folded(gold["title"] or "")
    if field == "published_on":
        return bool(gold["published"]) and value.isoformat().startswith(gold["published"][:10])
    return bool(_last_names("; ".join(value)) & _last_names(gold["author"] or ""))


def _last_names(people: str) -> set[str]:
    pieces = re.split(r"[;,|&]|\band\b", people.casefold())
    return {words[-1] for piece in pieces if (words := re.findall(r"\w+", piece))}


def questions(around: Around, barred: Iterable[int], gold: Mapping[str, Any]) -> dict[str, list[Question]]:
    """Return the questions that a page asks, field by field; the headline also as if the address were unknown.

    Authors and day are asked near the true headline, where the page has one, as the product asks near the chosen one.
    """
    bar = set(barred)
    titles = headline.candidates(around, bar)
    true = next((item.line for item in titles if is_right("title", item.value, gold)), None)
    bare = Around(around.page, around.first, around.last, None)
    asked: dict[str, list[tuple[Candidates, float]]] = {
        "title": [(titles, 1.0), (headline.candidates(bare, bar), 0.3)],
        "authors": [(authors.candidates(around, around.zones(true)), 1.0)],
        "published_on": [(published.candidates(around, around.zones(true)), 1.0)],
    }
    return {
        field: [
            Question(found, tuple(is_right(field, item.value, gold) for item in found), weight)
            for found, weight in sets
            if found
        ]
        for field, sets in asked.items()
    }


def fit(asked: Sequence[Question], *, ridge: float = 1e-3, steps: int = 400, rate: float = 0.05) -> dict[str, float]:
    """Return feature -> weight of a conditional logit with "none of them" at weight 0 (McFadden 1974), by Adam.

    Several right candidates of a page share its likelihood.
    """
    names = sorted({name for question in asked for item in question.candidates for name in item.features})
    place = {name: number for number, name in enumerate(names)}
    items = [item for question in asked for item in question.candidates]
    matrix = np.zeros((len(items), len(names)))
    for row, item in enumerate(items):
        for name, value in item.features.items():
            matrix[row, place[name]] = value
    group = np.repeat(np.arange(len(asked)), [len(question.candidates) for question in asked])
    right = np.array([value for question in asked for value in question.right], dtype=float)
    weight = np.array([question.weight for question in asked])
    learned = _adam(lambda w: _slope(w, matrix, group, right, weight) + ridge * w, len(names), steps, rate)
    return dict(zip(names, learned.tolist(), strict=True))


def _slope(w: Array, matrix: Array, group: Any, right: Array, weight: Array) -> Array:
    """Slope of the mean negative log-likelihood."""
    scores = matrix @ w
    top = np.zeros(len(weight))
    np.maximum.at(top, group, scores)
    mass, none = np.exp(scores - top[group]), np.exp(-top)
    answered = np.bincount(group, right, len(weight)) > 0
    whole = none + np.bincount(group, mass, len(weight))
    true = np.where(answered, np.bincount(group, mass * right, len(weight)), none)
    slope = mass / whole[group] - mass * right / true[group]
    return np.asarray(matrix.T @ (slope * weight[group]) / weight.sum())


def _adam(slope: Callable[[Array], Array], size: int, steps: int, rate: float) -> Array:
    """Minimise by Adam (Kingma and Ba 2015)."""
    w, first, second = np.zeros(size), np.zeros(size), np.zeros(size)
    for step in range(1, steps + 1):
        g = slope(w)
        first, second = 0.9 * first + 0.1 * g, 0.999 * second + 0.001 * g * g
        w = w - rate * (first / (1 - 0.9**step)) / (np.sqrt(second / (1 - 0.999**step)) + 1e-8)
    return w


def write(path: Path, learned: Mapping[str, Mapping[str, float]], basis: str) -> None:
    """Write lookups/field_weights.csv. What a candidate must outweigh (feature `none`) is set by hand and kept."""
    kept = pl.read_csv(path).filter(pl.col("feature") == NONE).rows() if path.exists() else []
    with path.open("w", encoding="utf-8", newline="") as file:
        rows = csv.writer(file, lineterminator="\n")
        rows.writerow(["field", "feature", "weight", "basis"])
        rows.writerows(kept)
        for field, weights in learned.items():
            rows.writerows([field, name, f"{weight:.3f}", basis] for name, weight in sorted(weights.items()))
