"""Stories: documents about the same happening, by the rare words that they share, above all by names.

Two earthquakes share their vocabulary, not their places and people. Words weigh by a frozen table of inverse document
frequencies (Sparck Jones 1972), never by the corpus at hand, so that a new document cannot move old ones from one story
to another; how often a text says a word makes no difference.
"""

import csv
import math
import re
from collections import Counter
from collections.abc import Mapping
from functools import cache
from importlib import resources

from transforms.contract import Params
from transforms.duplicates.words import listed

WEIGHTS = "lookups/word_weights.csv"
Vector = Mapping[str, float]
_SMALL = re.compile(r"\b[^\W\d_A-Z]\w*")
_NAME = re.compile(r"(?:(?<=\w )|(?<=, ))[A-Z]\w+")


class StoryParams(Params):
    """When two documents tell the same story; the values are measured with tests/bench/coreference.py.

    Attributes:
        terms: with how many of its heaviest terms a document is compared.
        block_terms: how many of these make the pairs of terms by which documents are found.
        story_window: with how many of those that follow it in a block a document is compared.
        least_weight: terms that weigh less, in nats, count nothing.
        unknown_weight: what a word weighs that the table lacks, in nats.
        name_factor: how many times as much a name weighs.
        story_similarity: least cosine of a document and the one whose story it goes on with.
        reported_story_similarity: from this cosine on it is told that two documents are of two stories.
        days: how many days may lie between the two.
        length: for how many days after its first document a story takes others.
    """

    terms: int = 80
    block_terms: int = 12
    story_window: int = 4
    least_weight: float = 3.0
    unknown_weight: float = 7.5
    name_factor: float = 3.0
    story_similarity: float = 0.2
    reported_story_similarity: float = 0.15
    days: int = 5
    length: int = 30


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
        for word in set(listed(text))
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
