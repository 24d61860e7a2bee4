"""MinHash signatures and the pairs of documents that share a band of them (Broder 1997)."""

from collections.abc import Sequence

import numpy as np
import numpy.typing as npt
import rensa

from transforms.duplicates.shingles import Hashes

Pairs = npt.NDArray[np.int64]
CHUNK = 4096


def signatures(shingles: Sequence[Hashes], size: int, seed: int) -> npt.NDArray[np.uint64]:
    """Return a matrix with the signature of one document a row.

    Args:
        shingles: hashed shingles of each document.
        size: numbers in a signature.
        seed: seed of the permutations.
    """
    chunks = [_signatures(shingles[start : start + CHUNK], size, seed) for start in range(0, len(shingles), CHUNK)]
    return np.concatenate(chunks) if chunks else np.zeros((0, size), dtype=np.uint64)


def _signatures(shingles: Sequence[Hashes], size: int, seed: int) -> npt.NDArray[np.uint64]:
    offsets = np.cumsum([0, *map(len, shingles)]).astype(np.uint64)
    flat = np.concatenate([*shingles, np.zeros(0, dtype=np.uint64)])
    matrix = rensa.RMinHash.digest_matrix_from_flat_token_hashes(flat, offsets, size, seed)
    return np.array(matrix.to_rows(), dtype=np.uint64).reshape(len(shingles), size)


def candidates(matrix: npt.NDArray[np.uint64], rows: int, window: int) -> Pairs:
    """Return the pairs (smaller number first, sorted) that agree in all rows of some band.

    In a band, a document is paired with the next `window` documents of its bucket only, so that the number of pairs
    grows with the number of documents; a larger bucket is still connected, neighbour by neighbour.
    """
    found = [_in_band(matrix[:, start : start + rows], window) for start in range(0, matrix.shape[1], rows)]
    return np.unique(np.concatenate([*found, np.zeros((0, 2), dtype=np.int64)]), axis=0)


def _in_band(band: npt.NDArray[np.uint64], window: int) -> Pairs:
    order = np.lexsort([*band.T[::-1]])
    ordered = band[order]
    pairs = [np.zeros((0, 2), dtype=np.int64)]
    for gap in range(1, min(window, len(order) - 1) + 1):
        equal = np.flatnonzero((ordered[gap:] == ordered[:-gap]).all(axis=1))
        pairs.append(np.stack([order[equal], order[equal + gap]], axis=1))
    return np.sort(np.concatenate(pairs), axis=1)
