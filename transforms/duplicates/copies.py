"""Copies: which documents have the same words, and which are edits of one another."""

import hashlib
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

from transforms.components import Components
from transforms.contract import Params
from transforms.duplicates import minhash
from transforms.duplicates.shingles import Hashes, bigrams, words


class CopyParams(Params):
    """When two documents are copies; the values are measured with tests/bench/near_duplicates.py."""

    bands: int = 42
    rows: int = 3
    seed: int = 7
    window: int = 30
    lead_share: float = 0.7
    lead_similarity: float = 0.25
    reported_similarity: float = 0.15


@dataclass(frozen=True)
class Comparison:
    """What comparing two documents gave: their numbers, the similarity of their leads, whether they are copies."""

    left: int
    right: int
    similarity: float
    same: bool


@dataclass(frozen=True)
class Copies:
    """The copies among documents: the root of each document's cluster, its digest of words, what was compared."""

    roots: list[int]
    digests: list[bytes]
    shingles: list[Hashes]
    compared: list[Comparison]


def copies(texts: Sequence[str], params: CopyParams) -> Copies:
    """Return the clusters of copies among texts.

    Equal words make an exact copy. For the others, MinHash bands give the candidates; a pair is a copy when the leads
    agree: the Jaccard similarity of the word 2-grams in the same first part of both. An edit or a cut leaves the lead
    alone, whereas background paragraphs at the end are shared by articles that are no copies.
    """
    folded = [words(text) for text in texts]
    digests = [hashlib.sha256(" ".join(words_).encode()).digest() for words_ in folded]
    shingles = [bigrams(words_) for words_ in folded]
    components = Components(len(texts))
    firsts = _join_exact(components, digests, folded)
    matrix = minhash.signatures([shingles[number] for number in firsts], params.bands * params.rows, params.seed)
    pairs = minhash.candidates(matrix, params.rows, params.window).tolist()
    compared = [
        comparison
        for left, right in ((firsts[a], firsts[b]) for a, b in pairs)
        if (comparison := _compared(left, right, shingles, components, params))
    ]
    return Copies(components.roots(), digests, shingles, compared)


def _join_exact(components: Components, digests: Sequence[bytes], folded: Sequence[list[str]]) -> list[int]:
    """Join documents of equal words; return the first of each kind. Documents without words copy nothing."""
    first: dict[bytes, int] = {}
    for number, digest in enumerate(digests):
        if folded[number]:
            components.join(first.setdefault(digest, number), number)
    return list(first.values())


def _compared(
    left: int, right: int, shingles: Sequence[Hashes], components: Components, params: CopyParams
) -> Comparison | None:
    """Compare two documents unless they are in one cluster already; None when there is nothing to tell."""
    if components.joined(left, right):
        return None
    lead = max(1, int(params.lead_share * min(len(shingles[left]), len(shingles[right]))))
    similarity = jaccard(shingles[left][:lead], shingles[right][:lead])
    same = similarity >= params.lead_similarity
    if same:
        components.join(left, right)
    return Comparison(left, right, similarity, same) if similarity >= params.reported_similarity else None


def jaccard(left: Hashes, right: Hashes) -> float:
    """Return the Jaccard similarity of two sets of shingles, 0 where both are empty."""
    a, b = set(left.tolist()), set(right.tolist())
    return len(a & b) / len(a | b) if a or b else 0.0


def clusters(roots: Sequence[int]) -> list[list[int]]:
    """Return the members of every cluster with more than one."""
    members: defaultdict[int, list[int]] = defaultdict(list)
    for number, root in enumerate(roots):
        members[root].append(number)
    return [numbers for numbers in members.values() if len(numbers) > 1]
