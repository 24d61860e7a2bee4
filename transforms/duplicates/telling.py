"""Which documents tell the same story: candidates by heavy terms in common, decided by cosine and days."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from transforms.components import Components
from transforms.duplicates.comparing import Comparisons, Figures
from transforms.duplicates.neighbours import Numbers, Pairs, neighbours
from transforms.duplicates.rulings import Rulings, Tie, obeyed
from transforms.duplicates.stories import StoryParams
from transforms.duplicates.words import mixed

Terms = npt.NDArray[np.uint64]
"""The terms of a document, heaviest first: 32 bits of hash, then its weight in steps of 1 / HEAVIEST."""
WEIGHT_BITS = 16
HEAVIEST = (1 << WEIGHT_BITS) - 1
UNKNOWN = -(1 << 31)
_BITS, _PAIR = np.uint64(WEIGHT_BITS), np.uint64(32 + WEIGHT_BITS)


@dataclass(frozen=True)
class Stories:
    """The stories of documents.

    Attributes:
        roots: the smallest document of the story of each document.
        together: for each document, the one of its story with which it shares most.
        nearest: the cosine of each of these.
        apart: documents that were compared and are in different stories.
        cosines: the cosine of each of these.
    """

    roots: list[int]
    together: Pairs
    nearest: Figures
    apart: Pairs
    cosines: Figures


def stories(
    terms: Sequence[Terms],
    days: Numbers,
    comparisons: Comparisons,
    params: StoryParams,
    copied: Sequence[tuple[int, int]],
    rulings: Rulings,
) -> Stories:
    """Return the stories of documents.

    Args:
        terms: the terms of each document.
        days: the day of publication of each, `UNKNOWN` where it is not known.
        comparisons: compares documents as `compare` does.
        params: see the class.
        copied: pairs that are one story whatever their words.
        rulings: what the user has decided.
    """
    pairs = candidates(terms, days, params)
    components = Components(len(terms))
    for left, right in (*rulings.same, *copied):
        components.join(left, right)
    figures = comparisons.joined(pairs, lambda some: some[:, 0] >= params.story_similarity, components)

    def ties(members: set[int]) -> list[Tie]:
        among = np.isin(pairs.left, list(members))
        inside = pairs.where(among)
        cosines = comparisons.filled(inside, figures[among])[:, 0].tolist()
        told = zip(cosines, inside.rows(), strict=True)
        near = ((cosine, *pair) for cosine, pair in told if cosine >= params.story_similarity)
        return [*((1.0, *pair) for pair in copied), *near]

    roots = obeyed(components.roots(), rulings, ties)
    return Stories(roots, *_told(np.array(roots, dtype=np.int64), pairs, figures, comparisons))


def _told(
    roots: Numbers, pairs: Pairs, figures: Figures, comparisons: Comparisons
) -> tuple[Pairs, Figures, Pairs, Figures]:
    same = roots[pairs.left] == roots[pairs.right]
    together = pairs.where(same)
    first = [np.unique(side, return_index=True)[1] for side in (together.left, together.right)]
    nearest = np.unique(np.concatenate(first))
    near, apart = together.where(nearest), pairs.where(~same)
    cosines = comparisons.filled(near, figures[same][nearest]), comparisons.filled(apart, figures[~same])
    return near, cosines[0][:, 0], apart, cosines[1][:, 0]


def candidates(terms: Sequence[Terms], days: Numbers, params: StoryParams) -> Pairs:
    """Return pairs of documents of about the same days with two of their heaviest terms in common, most terms first.

    In a block, a document is paired with those of the next days.

    Args:
        terms: the terms of each document.
        days: the day of publication of each.
        params: see the class.
    """
    heaviest = np.zeros((len(terms), params.block_terms), dtype=np.uint64)
    for number, own in enumerate(terms):
        heaviest[number, : len(own)] = own[: params.block_terms] >> _BITS
    heaviest.sort(axis=1)
    keys = [mixed(heaviest[:, one] << np.uint64(32) | heaviest[:, other]) for one, other in _columns(params)]
    filled = [heaviest[:, one] > 0 for one, _ in _columns(params)]
    owners = np.concatenate([np.flatnonzero(there) for there in filled])
    blocks = np.concatenate([key[there] for key, there in zip(keys, filled, strict=True)]) >> np.uint64(32)
    tie_breakers = np.array([own[:1].sum() for own in terms], dtype=np.uint64)
    ranks = np.argsort(np.lexsort((tie_breakers, days)))
    pairs = neighbours(blocks.astype(np.uint32), owners, ranks, params.story_window)
    left, right = days[pairs.left], days[pairs.right]
    near = pairs.where((left == UNKNOWN) | (right == UNKNOWN) | (abs(left - right) <= params.days))
    return near.where(np.lexsort((near.right, near.left, -near.keys)))


def _columns(params: StoryParams) -> list[tuple[int, int]]:
    return list(combinations(range(params.block_terms), 2))


def compare(pairs: Pairs, terms: Sequence[Terms]) -> Figures:
    """Return the cosine of pairs of documents."""
    sides = [terms[number] for pair in pairs.rows() for number in pair]
    owners = np.repeat(np.arange(len(sides), dtype=np.uint64) >> np.uint64(1), [len(side) for side in sides])
    ordered = np.sort(owners << _PAIR | np.concatenate(sides))
    equal = np.flatnonzero(ordered[1:] >> _BITS == ordered[:-1] >> _BITS)
    weights = (ordered & np.uint64(HEAVIEST)) / HEAVIEST
    products = weights[equal] * weights[equal + 1]
    cosines = np.bincount((ordered[equal] >> _PAIR).astype(np.int64), weights=products, minlength=len(pairs.left))
    return np.minimum(cosines, 1.0).astype(np.float32)[:, None]
