"""Many texts at once as folded, hashed words: a table of numbers instead of lists of strings."""

import re
import unicodedata
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

import numpy as np
import numpy.typing as npt

Hashes = npt.NDArray[np.uint64]
Places = npt.NDArray[np.int64]

# An odd base has an inverse modulo 2^64, and so a difference of two sums over a text can be shifted to a word.
BASE = 0x9E3779B97F4A7C15
INVERSE = pow(BASE, -1, 1 << 64)
ASCII = 128
_WORD = re.compile(r"\w+")


@dataclass(frozen=True)
class Words:
    """The words of some texts, one after another.

    Attributes:
        hashes: a 64-bit hash of each folded word, the same on every machine and in every run.
        numbers: whether the word starts with a digit.
        starts: where the words of each text start; one more than there are texts, the last is the number of words.
    """

    hashes: Hashes
    numbers: npt.NDArray[np.bool_]
    starts: Places


def words(texts: Sequence[str]) -> Words:
    """Return the words of texts: runs of letters, digits and `_`; width, ligatures and case make no difference.

    The hash is the polynomial of Karp and Rabin (1987) modulo 2^64 over the code points, mixed as in SplitMix64 (Steele
    et al. 2014): the polynomials of all words are differences of one running sum.
    """
    folded = [_folded(text) for text in texts]
    points = np.frombuffer("\n".join([*folded, ""]).encode("utf-32-le", "surrogatepass"), dtype=np.uint32)
    inside = np.concatenate([[False], _in_word(points), [False]])
    edges = np.flatnonzero(inside[1:] != inside[:-1])
    first, last = edges[::2], edges[1::2]
    ends = np.cumsum([0, *(len(text) + 1 for text in folded)])
    return Words(
        hashes=_hashes(points, first, last),
        numbers=(points[first] >= ord("0")) & (points[first] <= ord("9")),
        starts=np.searchsorted(first, ends),
    )


def listed(text: str) -> list[str]:
    """Return the folded words of one text themselves."""
    return _WORD.findall(_folded(text))


def mixed(numbers: Hashes) -> Hashes:
    """Return numbers whose bits all depend on all bits of the given ones (the last steps of SplitMix64)."""
    numbers = (numbers ^ (numbers >> np.uint64(30))) * np.uint64(0xBF58476D1CE4E5B9)
    numbers = (numbers ^ (numbers >> np.uint64(27))) * np.uint64(0x94D049BB133111EB)
    return numbers ^ (numbers >> np.uint64(31))


def _folded(text: str) -> str:
    return text.lower() if text.isascii() else unicodedata.normalize("NFKC", text).casefold()


def _in_word(points: npt.NDArray[np.uint32]) -> npt.NDArray[np.bool_]:
    inside = _ascii_in_word().take(points, mode="clip")
    others = np.flatnonzero(points >= ASCII)
    if len(others):
        kinds, kind = np.unique(points[others], return_inverse=True)
        inside[others] = np.array([chr(point).isalnum() for point in kinds.tolist()])[kind]
    return inside


@cache
def _ascii_in_word() -> npt.NDArray[np.bool_]:
    return np.array([chr(point).isalnum() or chr(point) == "_" for point in range(ASCII + 1)])


def _hashes(points: npt.NDArray[np.uint32], first: Places, last: Places) -> Hashes:
    powers, inverses = _powers(len(points).bit_length())
    sums = np.zeros(len(points) + 1, dtype=np.uint64)
    np.cumsum(points * powers[: len(points)], out=sums[1:])
    return mixed((sums[last] - sums[first]) * inverses[first])


@lru_cache(maxsize=2)
def _powers(bits: int) -> tuple[Hashes, Hashes]:
    """The powers of the base and of its inverse, fewer than 2^bits."""
    powers = np.full((2, 1 << bits), [[BASE], [INVERSE]], dtype=np.uint64)
    powers[:, 0] = 1
    np.cumprod(powers, axis=1, out=powers)
    return powers[0], powers[1]
