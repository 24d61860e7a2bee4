"""Comparing pairs of documents once: what was compared in the run before is found again by the hash of both sides."""

import hashlib
from collections.abc import Callable

import numpy as np
import numpy.typing as npt
import polars as pl

from schemas.table import Table
from transforms.components import Components
from transforms.duplicates.neighbours import Pairs
from transforms.duplicates.words import Hashes, mixed

Figures = npt.NDArray[np.float32]
Mask = npt.NDArray[np.bool_]
TOGETHER = 256
"""So many pairs are compared at once: their numbers fit into the processor's cache."""
BATCH, BATCHES = 1024, 4
"""After so many pairs, or such a part of them, those that are joined by now are left out."""
_LESS, _MORE = np.uint64(0x9E3779B97F4A7C15), np.uint64(0xC2B2AE3D27D4EB4F)


class Comparisons:
    """Compares pairs of documents, and remembers what came of it.

    Args:
        compare: returns a row of figures for each pair, the same whichever side is left; what it returns for a pair
            depends on nothing but what is hashed of both sides.
        hashes: the hash of all that `compare` looks at, for each document.
        pairs: the hashes of pairs that were compared before, ascending.
        figures: what came of them, a row a pair.
    """

    def __init__(self, compare: Callable[[Pairs], Figures], hashes: Hashes, pairs: Hashes, figures: Figures) -> None:
        self._compare, self._hashes = compare, hashes
        self._pairs, self._figures = pairs, figures
        self._kept: list[tuple[Hashes, Figures]] = [(np.zeros(0, dtype=np.uint64), figures[:0])]

    @classmethod
    def of(cls, compare: Callable[[Pairs], Figures], compared: pl.Series, known: pl.DataFrame) -> "Comparisons":
        """Return comparisons of documents.

        Args:
            compare: see the class.
            compared: all that `compare` looks at, as bytes, for each document.
            known: a table of memory: pair, and the figures.
        """
        hashes = b"".join(hashlib.blake2b(value, digest_size=8).digest() for value in compared.to_list())
        figures = known.drop("pair").to_numpy().reshape(-1, known.width - 1).astype(np.float32)
        return cls(compare, np.frombuffer(hashes, dtype=np.uint64), known["pair"].to_numpy(), figures)

    def known(self, pairs: Pairs) -> Figures:
        """Return the figures of pairs from memory, NaN where there are none."""
        wanted = self._hashed(pairs)
        found = np.full((len(wanted), self._figures.shape[1]), np.nan, dtype=np.float32)
        if len(self._pairs):
            places = np.searchsorted(self._pairs, wanted).clip(max=len(self._pairs) - 1)
            equal = self._pairs[places] == wanted
            found[equal] = self._figures[places[equal]]
        return found

    def filled(self, pairs: Pairs, figures: Figures) -> Figures:
        """Return the figures of pairs, those that are NaN worked out, and remember them."""
        figures = figures.copy()
        missing = np.flatnonzero(np.isnan(figures[:, 0]))
        for start in range(0, len(missing), TOGETHER):
            some = missing[start : start + TOGETHER]
            figures[some] = self._compare(pairs.where(some))
        self._kept.append((self._hashed(pairs), figures))
        return figures

    def all(self, pairs: Pairs) -> Figures:
        """Return the figures of all pairs, from memory where they are there."""
        return self.filled(pairs, self.known(pairs))

    def joined(self, pairs: Pairs, holds: Callable[[Figures], Mask], components: Components) -> Figures:
        """Join the pairs whose figures hold; return the figures, NaN for pairs that others had joined already.

        The components are the same in any order and with any memory; the likeliest pairs should come first.

        Args:
            pairs: the candidates.
            holds: which figures make a tie.
            components: what is joined.
        """
        figures = np.full((len(pairs.left), self._figures.shape[1]), np.nan, dtype=np.float32)
        rest = np.arange(len(figures))
        while len(rest):
            some, rest = np.split(rest, [max(BATCH, len(rest) // BATCHES)])
            figures[some] = self.all(pairs.where(some))
            for left, right in pairs.where(some[holds(figures[some])]).rows():
                components.join(left, right)
            roots = np.array(components.roots())
            rest = rest[roots[pairs.left[rest]] != roots[pairs.right[rest]]]
        return figures

    def remembered(self, schema: type[Table]) -> pl.DataFrame:
        """Return the table of memory for the next run: all pairs that were asked for in this one."""
        pairs, figures = (np.concatenate(parts) for parts in zip(*self._kept, strict=True))
        pairs, first = np.unique(pairs, return_index=True)
        names = [name for name in schema.column_names() if name != "pair"]
        return schema.arrange(pl.DataFrame({"pair": pairs, **dict(zip(names, figures[first].T, strict=True))}))

    def _hashed(self, pairs: Pairs) -> Hashes:
        one, other = self._hashes[pairs.left], self._hashes[pairs.right]
        lesser: Hashes = np.minimum(one, other)
        greater: Hashes = np.maximum(one, other)
        return mixed(lesser * _LESS + greater * _MORE)
