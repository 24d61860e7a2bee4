"""Stories: documents about the same happening, by the rare words that they share, above all by names.

Two earthquakes share their vocabulary, not their places and people. Words weigh by a frozen table of inverse document
frequencies (Sparck Jones 1972), never by the corpus at hand, so that a new document cannot move old ones from one story
to another; how often a text says a word makes no difference.
"""

import csv
import math
import re
from collections import Counter
from collections.abc import Iterator, Mapping, Sequence
from datetime import date
from functools import cache
from importlib import resources
from itertools import combinations

from transforms.components import Components
from transforms.contract import Params
from transforms.duplicates.shingles import words

WEIGHTS = "lookups/word_weights.csv"
Vector = Mapping[str, float]
_SMALL = re.compile(r"\b[^\W\d_A-Z]\w*")
_NAME = re.compile(r"(?:(?<=\w )|(?<=, ))[A-Z]\w+")


class StoryParams(Params):
    """When two documents tell the same story; the values are measured with tests/bench/coreference.py."""

    terms: int = 80
    block_terms: int = 10
    story_window: int = 30
    least_weight: float = 3.0
    unknown_weight: float = 7.5
    name_factor: float = 3.0
    story_similarity: float = 0.3
    reported_story_similarity: float = 0.25
    days: int = 5


@cache
def word_weights() -> dict[str, float]:
    """Return the inverse document frequency of each folded word of the table, in nats."""
    text = (resources.files("transforms") / WEIGHTS).read_text("utf-8")
    return {row["word"]: float(row["weight"]) for row in csv.DictReader(text.splitlines())}


def vector(text: str, params: StoryParams) -> Vector:
    """Return the heaviest terms of a text, heaviest first, weighted to a vector of length 1; empty without terms."""
    table, named = word_weights(), _names(text)
    weighted = {
        word: weight * (params.name_factor if word in named else 1.0)
        for word in set(words(text))
        if (weight := table.get(word, params.unknown_weight)) >= params.least_weight and not word.isdigit()
    }
    heaviest = sorted(weighted.items(), key=lambda item: (-item[1], item[0]))[: params.terms]
    length = math.sqrt(sum(weight * weight for _, weight in heaviest))
    return {word: weight / length for word, weight in heaviest}


def _names(text: str) -> set[str]:
    """The folded words that stand inside sentences with a capital letter more often than without."""
    capital = Counter(word.casefold() for word in _NAME.findall(text))
    small = Counter(_SMALL.findall(text))
    return {word for word, count in capital.items() if count > small[word]}


def stories(
    vectors: Sequence[Vector], days: Sequence[date | None], params: StoryParams, joined: Sequence[tuple[int, int]] = ()
) -> tuple[list[int], list[tuple[int, int, float, bool]]]:
    """Return the root of each document's story, and what was compared: left, right, cosine, same.

    Args:
        vectors: what `vector` returned for each document.
        days: the day of publication of each document, None where unknown.
        params: see the class.
        joined: pairs that are one story whatever their words, such as copies.
    """
    components = Components(len(vectors))
    for left, right in joined:
        components.join(left, right)
    compared = []
    for left, right in candidates(vectors, days, params):
        if components.joined(left, right):
            continue
        cosine = _cosine(vectors[left], vectors[right])
        same = cosine >= params.story_similarity
        if same:
            components.join(left, right)
        if cosine >= params.reported_story_similarity:
            compared.append((left, right, cosine, same))
    return components.roots(), compared


def candidates(vectors: Sequence[Vector], days: Sequence[date | None], params: StoryParams) -> list[tuple[int, int]]:
    """Return pairs of documents with two heavy terms in common, each with the next of its block by day."""
    blocks: dict[tuple[str, str], list[int]] = {}
    order = sorted(range(len(vectors)), key=lambda number: (days[number] or date.min, number))
    for number in order:
        for pair in _keys(vectors[number], params.block_terms):
            blocks.setdefault(pair, []).append(number)
    found = {
        (min(left, right), max(left, right))
        for members in blocks.values()
        for place, left in enumerate(members)
        for right in members[place + 1 : place + 1 + params.story_window]
        if _near(days[left], days[right], params.days)
    }
    return sorted(found)


def _keys(vector_: Vector, block_terms: int) -> Iterator[tuple[str, str]]:
    heaviest = [word for word, _ in zip(vector_, range(block_terms), strict=False)]
    return combinations(sorted(heaviest), 2)


def _near(left: date | None, right: date | None, days: int) -> bool:
    return left is None or right is None or abs((left - right).days) <= days


def _cosine(left: Vector, right: Vector) -> float:
    if len(left) > len(right):
        left, right = right, left
    return min(1.0, sum(weight * right[word] for word, weight in left.items() if word in right))
