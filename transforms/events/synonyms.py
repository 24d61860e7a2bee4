"""Words that name one act: the groups of synonyms of triggers."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from transforms.events import tables as lookups

NONE: frozenset[str] = frozenset()


def named_alike(left: str, right: str) -> bool:
    """Return whether two lemmas are equal or in one group of synonyms."""
    groups = trigger_groups()
    return left == right or not groups.get(left, NONE).isdisjoint(groups.get(right, NONE))


@cache
def trigger_groups() -> Mapping[str, frozenset[str]]:
    """Return the groups of synonyms of each lemma; a word of several senses is in several."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in lookups.rows("trigger_groups"):
        found[row["lemma"]].add(row["group"])
    return {lemma: frozenset(groups) for lemma, groups in found.items()}
