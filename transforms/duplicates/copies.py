"""Copies: which documents have the same words, and which are edits of one another."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import polars as pl

from transforms.components import Components
from transforms.contract import Params
from transforms.duplicates.comparing import Comparisons, Figures
from transforms.duplicates.neighbours import Numbers, Pairs, neighbours
from transforms.duplicates.rulings import Tie, joined, obeyed
from transforms.duplicates.shingles import LEAD, MARKS, RARE, Shingles
from transforms.rulings import Rulings

SIMILARITY, LEADS, JACCARD = range(3)
"""The figures of two documents: shares of shingles in common."""


class CopyParams(Params):
    """When two documents are copies; the values are measured with tests/bench/near_duplicates.py.

    Attributes:
        window: with how many neighbours in a block of a rare shingle a document is paired.
        shared_keys: least share of the rare shingles of the shorter lead that makes two documents worth comparing.
        similarity: least share of the shingles of the shorter document that a copy has in common with the other.
        lead_similarity: the same of their leads.
        reported_similarity: from this share of both on it is told that two documents are no copies.
    """

    window: int = 16
    shared_keys: float = 0.15
    similarity: float = 0.4
    lead_similarity: float = 0.32
    reported_similarity: float = 0.25


@dataclass(frozen=True)
class Copies:
    """The copies among documents.

    Attributes:
        roots: the smallest document of the cluster of each document.
        apart: documents that were compared and are in different clusters.
        similarities: the smaller share of each of these, of the texts or of their leads.
    """

    roots: list[int]
    apart: Pairs
    similarities: Figures


def copies(
    digests: pl.Series,
    shingles: Sequence[Shingles],
    ranks: Numbers,
    comparisons: Comparisons,
    params: CopyParams,
    rulings: Rulings,
) -> Copies:
    """Return the clusters of copies among documents.

    Equal words make an exact copy. A near copy has a share of the shorter text in common (containment, Broder 1997: so
    cuts and text around it do not matter), and of the shorter lead: an edit or a cut leaves the lead alone, whereas
    background at the end is shared by articles that are no copies. Compared are those that share rare shingles.

    Args:
        digests: the digest of the words of each document, empty without words.
        shingles: the shingles of each document.
        ranks: the place of each document in the order of publication.
        comparisons: compares documents as `compare` does.
        params: see the class.
        rulings: what the user has decided.
    """
    exact = _exact(digests, ranks)
    copied = {copy for _, copy in exact}
    firsts = [number for number in range(len(digests)) if number not in copied and len(shingles[number])]
    pairs = candidates(np.array(firsts, dtype=np.int64), shingles, ranks, params)
    components = Components(len(digests))
    for left, right in (*joined(rulings), *exact):
        components.join(left, right)
    figures = comparisons.joined(pairs, lambda some: _least(some, params) >= 0, components)

    def ties(members: set[int]) -> list[Tie]:
        among = np.isin(pairs.left, list(members))
        inside = pairs.where(among)
        least = _least(comparisons.filled(inside, figures[among]), params)
        near = zip(least.tolist(), inside.left.tolist(), inside.right.tolist(), strict=True)
        return [*((1.0, *pair) for pair in exact), *(tie for tie in near if tie[0] >= 0)]

    roots = obeyed(components.roots(), rulings, ties)
    owner = np.array(roots, dtype=np.int64)
    apart = owner[pairs.left] != owner[pairs.right]
    return Copies(roots, *_told(pairs.where(apart), figures[apart], comparisons, params))


def _exact(digests: pl.Series, ranks: Numbers) -> list[tuple[int, int]]:
    """The first document with some words, and each other one with the same. Documents without words copy nothing."""
    numbered = pl.DataFrame({"digest": digests, "rank": ranks}).with_row_index("number").sort("rank")
    worded = numbered.filter(pl.col("digest") != b"")
    first = worded.with_columns(first=pl.col("number").first().over("digest"))
    return first.filter(pl.col("first") != pl.col("number")).select("first", "number").rows()


def candidates(documents: Numbers, shingles: Sequence[Shingles], ranks: Numbers, params: CopyParams) -> Pairs:
    """Return the pairs of documents worth comparing, those first that share most of their rare shingles.

    Args:
        documents: the numbers of the documents; their words differ.
        shingles: the shingles of each document.
        ranks: the place of each document in the order of publication.
        params: see the class.
    """
    all_ = np.concatenate([np.zeros(0, dtype=np.uint32), *(shingles[number] for number in documents)])
    owners = np.repeat(documents, [len(shingles[number]) for number in documents])
    kept = all_ & (LEAD | RARE) == (LEAD | RARE)
    keys, owners = all_[kept] >> MARKS, owners[kept]
    pairs = neighbours(keys, owners, ranks, params.window)
    counts = np.bincount(owners, minlength=len(shingles))
    shares = pairs.keys / np.minimum(counts[pairs.left], counts[pairs.right])
    enough = np.flatnonzero(shares >= params.shared_keys)
    return pairs.where(enough[np.argsort(-shares[enough], kind="stable")])


def compare(pairs: Pairs, shingles: Sequence[Shingles]) -> Figures:
    """Return containment, containment of the leads and Jaccard similarity of pairs of documents with shingles."""
    sides = [shingles[number] for pair in pairs.rows() for number in pair]
    owners = np.repeat(np.arange(len(sides), dtype=np.uint64) >> np.uint64(1), [len(side) for side in sides])
    ordered = np.sort(owners << np.uint64(32) | np.concatenate(sides))
    equal = np.flatnonzero(ordered[1:] >> np.uint64(MARKS) == ordered[:-1] >> np.uint64(MARKS))
    pair = (ordered[equal] >> np.uint64(32)).astype(np.int64)
    in_leads = (ordered[equal] & ordered[equal + 1] & np.uint64(LEAD)) > 0
    sizes = np.array([len(side) for side in sides]).reshape(-1, 2)
    leads = np.array([np.count_nonzero(side & LEAD) for side in sides]).reshape(-1, 2)
    shared, shared_leads = np.bincount(pair, minlength=len(sizes)), np.bincount(pair[in_leads], minlength=len(sizes))
    whole = np.stack([sizes.min(axis=1), leads.min(axis=1), sizes.sum(axis=1) - shared], axis=1)
    figures: Figures = (np.stack([shared, shared_leads, shared], axis=1) / np.maximum(whole, 1)).astype(np.float32)
    return figures


def _least(figures: Figures, params: CopyParams) -> Figures:
    """The smaller share of each pair of copies, -1 for others."""
    same = (figures[:, SIMILARITY] >= params.similarity) & (figures[:, LEADS] >= params.lead_similarity)
    return np.where(same, figures[:, :JACCARD].min(axis=1), np.float32(-1))


def _told(pairs: Pairs, figures: Figures, comparisons: Comparisons, params: CopyParams) -> tuple[Pairs, Figures]:
    similarities = comparisons.filled(pairs, figures)[:, :JACCARD].min(axis=1)
    told = similarities >= params.reported_similarity
    return pairs.where(told), similarities[told]
