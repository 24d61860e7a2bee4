"""Whether two words can name one act: a word and its derivation, or two words of one group of synonyms."""

from collections import defaultdict
from collections.abc import Mapping
from functools import cache

from transforms.events import tables as lookups
from transforms.events.merging_params import MergingParams

NONE: frozenset[str] = frozenset()


def same_trigger(left: str, right: str, params: MergingParams) -> bool:
    """Return whether two lemmas can name one act: they are equal, a verb and its noun, or in one group of synonyms.

    Args:
        left: lemma of one trigger.
        right: lemma of the other one.
        params: `stem_share` and `stem_length` say how much a verb and its noun have in common.
    """
    if left == right:
        return True
    groups = trigger_groups()
    grouped = not groups.get(left, NONE).isdisjoint(groups.get(right, NONE))
    return grouped or related(left, right, params.stem_share, params.stem_length)


@cache
def related(left: str, right: str, share: float, length: int) -> bool:
    """Return whether two lemmas begin alike and end as a word and its derivation do: annex, annexation.

    Args:
        left: one lemma.
        right: the other one.
        share: the least share of the shorter one that both begin with.
        length: the least letters that both begin with.
    """
    shorter = min(len(left), len(right))
    same = next((at for at, (a, b) in enumerate(zip(left, right, strict=False)) if a != b), shorter)
    return same >= max(length, share * shorter) and _is_ending(left[same:]) and _is_ending(right[same:])


def _is_ending(rest: str) -> bool:
    return not rest or rest in lookups.words("derivations", "ending")


@cache
def trigger_groups() -> Mapping[str, frozenset[str]]:
    """Return the groups of synonyms of each lemma; a word of several senses is in several."""
    found: defaultdict[str, set[str]] = defaultdict(set)
    for row in lookups.rows("trigger_groups"):
        found[row["lemma"]].add(row["group"])
    return {lemma: frozenset(groups) for lemma, groups in found.items()}
