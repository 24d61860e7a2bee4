"""Whether two words can name one act: a word and its derivation, or two words of one group of synonyms."""

from functools import cache

from transforms.events import tables as lookups
from transforms.events.merging_params import MergingParams
from transforms.events.synonyms import named_alike


def same_trigger(left: str, right: str, params: MergingParams) -> bool:
    """Return whether two lemmas can name one act: they are equal, a verb and its noun, or in one group of synonyms.

    Args:
        left: lemma of one trigger.
        right: lemma of the other one.
        params: `stem_share` and `stem_length` say how much a verb and its noun have in common.
    """
    return named_alike(left, right) or related(left, right, params.stem_share, params.stem_length)


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
