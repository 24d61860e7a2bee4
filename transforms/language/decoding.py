"""From the scores of single words to annotation that holds together: sentences, trees, names."""

from collections.abc import Iterator

import numpy as np
import numpy.typing as npt

Floats = npt.NDArray[np.float32]
Ints = npt.NDArray[np.int64]
NEVER = np.float32(-1e4)


def sentences(starts: Floats) -> list[tuple[int, int]]:
    """Return sentences as first word and end, given each word's score for beginning one; the first always does."""
    begins = [0, *(int(at) for at in np.flatnonzero(starts > 0) if at)]
    return list(zip(begins, [*begins[1:], len(starts)], strict=True))


def heads(arcs: Floats) -> Ints:
    """Return the heads of a sentence's words as the best tree with one root; a root is its own head.

    Args:
        arcs: the score of each word (row) for each head (column); on the diagonal that of being the root.

    The best heads of single words mostly are a tree; where not, the maximum spanning tree is searched (Chu and Liu
    1965, Edmonds 1967), for each of the words that want to be the root.
    """
    best: Ints = arcs.argmax(1).astype(np.int64)
    roots = np.flatnonzero(best == np.arange(len(best)))
    if len(roots) == 1 and not _cycle(best):
        return best
    candidates = roots if len(roots) else np.array([arcs.diagonal().argmax()])
    trees = [_tree(arcs, int(root)) for root in candidates]
    scores = [arcs[np.arange(len(tree)), tree].sum() for tree in trees]
    return trees[int(np.argmax(scores))]


def _tree(arcs: Floats, root: int) -> Ints:
    """Return the maximum spanning tree with this root."""
    scores = arcs.copy()
    np.fill_diagonal(scores, NEVER * 2)
    scores[root] = NEVER * 2
    scores[root, root] = 0
    return _spanning(scores)


def _spanning(scores: Floats) -> Ints:
    best: Ints = scores.argmax(1).astype(np.int64)
    cycle = _cycle(best)
    if not cycle:
        return best
    inside = np.array(sorted(cycle))
    outside = np.setdiff1d(np.arange(len(best)), inside)
    ring = scores[inside, best[inside]]
    size = len(outside)
    smaller = np.full((size + 1, size + 1), NEVER * 4, dtype=np.float32)
    smaller[:size, :size] = scores[np.ix_(outside, outside)]
    out = scores[np.ix_(outside, inside)]
    smaller[:size, size] = out.max(1)
    into = scores[np.ix_(inside, outside)] - ring[:, None]
    smaller[size, :size] = into.max(0)
    found = _spanning(smaller)
    result = best.copy()
    for place, word in enumerate(outside):
        head = found[place]
        result[word] = inside[out[place].argmax()] if head == size else outside[head]
    entry = int(into[:, found[size]].argmax())
    result[inside[entry]] = outside[found[size]]
    return result


def _cycle(best: Ints) -> set[int]:
    """Return the words of one cycle of more than a word, or none."""
    done: set[int] = set()
    for first in range(len(best)):
        path: list[int] = []
        at = first
        while at not in done and at not in path:
            path.append(at)
            at = int(best[at])
        if at in path and int(best[at]) != at:
            return set(path[path.index(at) :])
        done.update(path)
    return set()


def chain(scores: Floats, moves: Floats, begin: Floats) -> Ints:
    """Return the best sequence of labels (Viterbi 1967).

    Args:
        scores: of each word (row) for each label.
        moves: from label (row) to label.
        begin: of each label for the first word.
    """
    total = begin + scores[0]
    came = np.zeros(scores.shape, dtype=np.int64)
    for at in range(1, len(scores)):
        paths = total[:, None] + moves
        came[at] = paths.argmax(0)
        total = paths[came[at], np.arange(len(total))] + scores[at]
    labels = np.zeros(len(scores), dtype=np.int64)
    labels[-1] = total.argmax()
    for at in range(len(scores) - 1, 0, -1):
        labels[at - 1] = came[at, labels[at]]
    return labels


def allowed(labels: list[str]) -> tuple[Floats, Floats]:
    """Return scores that forbid a name to continue what did not begin: of moves, and of first labels."""
    inner = np.array([label.startswith("I-") for label in labels])
    kinds = np.array([label[2:] for label in labels])
    opens = inner[None, :] & (kinds[:, None] != kinds[None, :])
    return np.where(opens, NEVER, 0).astype(np.float32), np.where(inner, NEVER, 0).astype(np.float32)


def names(labels: list[str]) -> Iterator[tuple[int, int, str]]:
    """Yield the names in a sequence of labels as first word, end and type."""
    start = 0
    for at, label in enumerate([*labels, "O"]):
        if not label.startswith("I-"):
            if at and labels[at - 1] != "O":
                yield start, at, labels[at - 1][2:]
            start = at
