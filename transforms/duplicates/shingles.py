"""Texts as sets of hashed word 3-grams (shingles: Broder 1997), each with two marks, in one array of numbers a text.

A shingle is 32 bits: 30 of its hash, then whether it stands in the lead of the text, then whether its words are rare.
"""

from typing import Any

import numpy as np
import numpy.typing as npt

from transforms.contract import Params
from transforms.duplicates.words import Hashes, Words, mixed

Shingles = npt.NDArray[np.uint32]
LEAD, RARE = 2, 1
MARKS = 2
_FACTORS = np.array([0x9E3779B97F4A7C15, 0xC2B2AE3D27D4EB4F, 0x165667B19E3779F9], dtype=np.uint64)
_OWNER, _DROPPED = np.uint64(32), np.uint64(34)


class ShingleParams(Params):
    """What is marked in a text.

    Attributes:
        lead_share: how much of a text is its lead.
        rare_weight: how much the words of a shingle weigh together, in nats, where it is rare.
    """

    lead_share: float = 0.65
    rare_weight: float = 17.0


def shingles(found: Words, weights: npt.NDArray[np.float64], params: ShingleParams) -> list[Shingles]:
    """Return the shingles of each text, each once and in ascending order; a text of one or two words has one shingle.

    Args:
        found: the words of some texts.
        weights: the weight of each word.
        params: see the class.
    """
    counts = np.diff(found.starts)
    owners = np.repeat(np.arange(len(counts)), counts)
    places = np.arange(len(owners)) - found.starts[owners]
    grams = np.maximum(counts - 2, 1)[owners]
    inside = places[:, None] + np.arange(3) < counts[owners][:, None]
    hashes = mixed((_windows(found.hashes) * inside) @ _FACTORS) >> _DROPPED << np.uint64(MARKS)
    leads = places < params.lead_share * grams
    rare = (_windows(weights) * inside).sum(axis=1) >= params.rare_weight
    marked = owners.astype(np.uint64) << _OWNER | hashes | leads * np.uint64(LEAD) | rare * np.uint64(RARE)
    return _each_once(np.sort(marked[places < grams]), len(counts))


def _windows(numbers: npt.NDArray[Any]) -> npt.NDArray[Any]:
    padded = np.concatenate([numbers, np.zeros(3, dtype=numbers.dtype)])
    return np.lib.stride_tricks.sliding_window_view(padded, 3)[: len(numbers)]


def _each_once(marked: Hashes, texts: int) -> list[Shingles]:
    """Keep the last of equal shingles, which is one in the lead if any is."""
    last = np.ones(len(marked), dtype=np.bool_)
    last[:-1] = marked[1:] >> np.uint64(MARKS) != marked[:-1] >> np.uint64(MARKS)
    kept = marked[last]
    borders = np.searchsorted(kept, np.arange(1, texts, dtype=np.uint64) << _OWNER)
    return np.split(kept.astype(np.uint32), borders)[:texts]
