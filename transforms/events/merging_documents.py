"""How much two documents tell of the same things, by the heaviest of their words."""

from functools import lru_cache

import numpy as np

from transforms.duplicates.telling import HEAVIEST, WEIGHT_BITS


@lru_cache(maxsize=1 << 16)
def likeness(left: bytes, right: bytes) -> float:
    """Return the cosine of two documents, 0 to 1; 0 where one has no words.

    Args:
        left: column `terms` of `prints` of one document.
        right: that of the other one.
    """
    ours, theirs = _weights(left), _weights(right)
    return min(1.0, sum(weight * theirs[term] for term, weight in ours.items() if term in theirs))


@lru_cache(maxsize=1 << 12)
def _weights(terms: bytes) -> dict[int, float]:
    packed = np.frombuffer(terms, dtype=np.uint64)
    weights = (packed & np.uint64(HEAVIEST)) / HEAVIEST
    return dict(zip((packed >> np.uint64(WEIGHT_BITS)).tolist(), weights.tolist(), strict=True))
