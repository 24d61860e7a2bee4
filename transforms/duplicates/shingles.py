"""Texts as folded words and hashed word 2-grams, in the order of the text."""

import hashlib
import re
import unicodedata
from functools import lru_cache

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
_WORD = re.compile(r"\w+")
_LEFT, _RIGHT = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


def words(text: str) -> list[str]:
    """Return the words of a text, folded: compatibility forms, case and punctuation make no difference."""
    return _WORD.findall(unicodedata.normalize("NFKC", text).casefold())


def bigrams(folded: list[str]) -> Hashes:
    """Return a 64-bit hash of each pair of neighbouring words, in order; of the word itself where there is only one.

    The hash is BLAKE2b, so that it is the same on every machine and in every version of the libraries.
    """
    hashed = np.array([_hash(word) for word in folded], dtype=np.uint64)
    return hashed[:-1] * _LEFT + hashed[1:] * _RIGHT if len(hashed) > 1 else hashed


@lru_cache(maxsize=1 << 20)
def _hash(word: str) -> int:
    return int.from_bytes(hashlib.blake2b(word.encode(), digest_size=8).digest(), "little")
