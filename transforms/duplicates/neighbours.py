"""Pairs of documents that share keys: a sorted window over each block, so that pairs grow with the documents."""

from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

Numbers = npt.NDArray[np.int64]
_SHIFT, _LOW = np.uint64(32), np.uint64(0xFFFFFFFF)


@dataclass(frozen=True)
class Pairs:
    """Pairs of documents.

    Attributes:
        left: the document that comes first in the order of all.
        right: the other one.
        keys: how many keys they share, as far as the windows show it.
        block_sizes: how many documents the blocks have that the pairs come from.
    """

    left: Numbers
    right: Numbers
    keys: Numbers
    block_sizes: Numbers = field(default_factory=lambda: np.zeros(0, dtype=np.int64))

    def where(self, kept: npt.NDArray[np.bool_] | Numbers) -> "Pairs":
        """Return the pairs that a mask keeps or that an order names."""
        return Pairs(self.left[kept], self.right[kept], self.keys[kept])

    def rows(self) -> list[tuple[int, int]]:
        """Return the two documents of each pair."""
        return list(zip(self.left.tolist(), self.right.tolist(), strict=True))


def neighbours(keys: npt.NDArray[np.uint32], owners: Numbers, ranks: Numbers, window: int) -> Pairs:
    """Return the pairs of documents that stand within a window of some block, each once, in the order of their ranks.

    A block is the documents with one key, in the order of their ranks. The order is the same in all blocks: so large
    blocks of alike documents name the same pairs again and again, not new ones. What comes after all others in that
    order parts no pair of them.

    Args:
        keys: a key.
        owners: the document that has it; each key of a document once.
        ranks: the place of each document in the order of all, from 0.
        window: with how many of those that follow it in a block a document is paired.
    """
    block = np.sort(keys.astype(np.uint64) << _SHIFT | ranks[owners].astype(np.uint64))
    parts = [block[:0]]
    for gap in range(1, min(window, len(block) - 1) + 1):
        first, then = block[:-gap], block[gap:]
        equal = np.flatnonzero(first >> _SHIFT == then >> _SHIFT)
        parts.append(first[equal] << _SHIFT | then[equal] & _LOW)
    told = np.sort(np.concatenate(parts))
    starts = np.flatnonzero(np.diff(told, prepend=~told[:1]))
    pairs, counts = told[starts], np.diff(starts, append=len(told))
    owner = np.argsort(ranks)
    one, other = owner[(pairs >> _SHIFT).astype(np.int64)], owner[(pairs & _LOW).astype(np.int64)]
    sizes = np.diff(np.flatnonzero(np.diff(block >> _SHIFT, prepend=np.uint64(0), append=np.uint64(0))))
    return Pairs(one, other, counts, sizes)
