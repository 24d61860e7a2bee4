"""Which documents tell the same story: found by heavy terms in common, decided by cosine in order of publication."""

from collections.abc import Sequence
from dataclasses import dataclass
from itertools import combinations

import numpy as np
import numpy.typing as npt

from transforms.components import Components
from transforms.duplicates.comparing import Comparisons, Figures
from transforms.duplicates.neighbours import Numbers, Pairs, neighbours
from transforms.duplicates.rulings import joined, obeyed
from transforms.duplicates.stories import StoryParams
from transforms.duplicates.words import mixed
from transforms.rulings import Rulings

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
        together: each document that goes on with a story, on the right, and the one that it follows.
        nearest: the cosine of each of these.
        apart: documents on the right, and of those before them in other stories the nearest.
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
    ranks: Numbers,
    comparisons: Comparisons,
    params: StoryParams,
    copied: Sequence[tuple[int, int]],
    rulings: Rulings,
) -> Stories:
    """Return the stories of documents.

    A document goes on with the story of the one before it that is nearest to it, if that is near enough, else it
    begins a story (first story detection: Allan et al. 1998). So what is published later neither parts what was one
    story nor, as single links do, makes one of two; only copies and the user do that.

    Args:
        terms: the terms of each document.
        days: the day of publication of each, `UNKNOWN` where it is not known.
        ranks: the place of each in the order of publication, those of unknown days first.
        comparisons: compares documents as `compare` does.
        params: see the class.
        copied: pairs that are one story whatever their words.
        rulings: what the user has decided.
    """
    pairs = candidates(terms, days, ranks, params)
    cosines = comparisons.all(pairs)[:, 0]
    enough = np.flatnonzero(cosines >= params.reported_story_similarity)
    nearest = enough[np.lexsort((-cosines[enough], ranks[pairs.right[enough]]))]
    pairs, cosines = pairs.where(nearest), cosines[nearest]
    followed = _followed(pairs, np.flatnonzero(cosines >= params.story_similarity), days, params)
    near = zip(cosines[followed].tolist(), pairs.where(followed).rows(), strict=True)
    ties = [(1.0, *pair) for pair in copied] + [(cosine, *pair) for cosine, pair in near]
    components = Components(len(terms))
    for left, right in (*joined(rulings), *(tie[1:] for tie in ties)):
        components.join(left, right)
    roots = obeyed(components.roots(), rulings, lambda members: [tie for tie in ties if tie[1] in members])
    return Stories(roots, *_told(np.array(roots, dtype=np.int64), pairs, cosines, followed))


def _followed(pairs: Pairs, near: Numbers, days: Numbers, params: StoryParams) -> Numbers:
    """Which of the near pairs are a document and the one before it whose story it goes on with.

    The pairs are in the order of the later document, the nearest first. A story that has gone on for long takes no
    more documents.
    """
    story, began, followed = list(range(len(days))), days.tolist(), []
    for place, (before, document) in zip(near.tolist(), pairs.where(near).rows(), strict=True):
        first, day = story[before], int(days[document])
        if story[document] == document and (began[first] == UNKNOWN or day - began[first] <= params.length):
            story[document] = first
            began[first] = day if began[first] == UNKNOWN else began[first]
            followed.append(place)
    return np.array(followed, dtype=np.int64)


def _told(roots: Numbers, pairs: Pairs, cosines: Figures, followed: Numbers) -> tuple[Pairs, Figures, Pairs, Figures]:
    same = roots[pairs.left] == roots[pairs.right]
    together, apart = followed[same[followed]], np.flatnonzero(~same)
    apart = apart[np.unique(pairs.right[apart], return_index=True)[1]]
    return pairs.where(together), cosines[together], pairs.where(apart), cosines[apart]


def candidates(terms: Sequence[Terms], days: Numbers, ranks: Numbers, params: StoryParams) -> Pairs:
    """Return pairs of documents of about the same days with two of their heaviest terms in common.

    In a block, a document is paired with those of the next days.

    Args:
        terms: the terms of each document.
        days: the day of publication of each.
        ranks: the place of each in the order of publication.
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
    pairs = neighbours(blocks.astype(np.uint32), owners, ranks, params.story_window)
    before, after = days[pairs.left], days[pairs.right]
    return pairs.where((before == UNKNOWN) | (after - before <= params.days))


def published(terms: Sequence[Terms], days: Numbers) -> Numbers:
    """Return the place of each document in the order of publication: unknown days first, by heaviest term on a day.

    Args:
        terms: the terms of each document.
        days: the day of publication of each.
    """
    heaviest = np.array([own[:1].sum() for own in terms], dtype=np.uint64)
    return np.argsort(np.lexsort((heaviest, days)))


def _columns(params: StoryParams) -> list[tuple[int, int]]:
    return list(combinations(range(params.block_terms), 2))


def compare(pairs: Pairs, terms: Sequence[Terms]) -> Figures:
    """Return the cosine of pairs of documents."""
    sides = [terms[number] for pair in pairs.rows() for number in pair]
    owners = np.repeat(np.arange(len(sides), dtype=np.uint64) >> np.uint64(1), [len(side) for side in sides])
    ordered = np.sort(owners << _PAIR | np.concatenate(sides))
    equal = np.flatnonzero(ordered[1:] >> _BITS == ordered[:-1] >> _BITS)
    heaviest = np.uint64(HEAVIEST)
    products = (ordered[equal] & heaviest) * (ordered[equal + 1] & heaviest)
    sums = np.bincount((ordered[equal] >> _PAIR).astype(np.int64), weights=products, minlength=len(pairs.left))
    return np.minimum(sums / HEAVIEST**2, 1.0).astype(np.float32)[:, None]
