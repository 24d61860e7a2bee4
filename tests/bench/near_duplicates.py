"""Near duplicates: pairs in the same predicted cluster against pairs in the same group. Texts go in as they are."""

from collections import Counter
from collections.abc import Iterable, Sequence
from functools import partial

import numpy as np
import polars as pl
from common import Clock, Row, arguments, bootstrap, counted, finish, read_rows, write_predictions

from schemas.memory import DocumentPairs
from transforms.duplicates.comparing import Comparisons
from transforms.duplicates.copies import CopyParams, compare, copies
from transforms.duplicates.prints import printed
from transforms.duplicates.shingles import ShingleParams
from transforms.rulings import Rulings


def main() -> None:
    options = arguments("Score near duplicates.").parse_args()
    rows = [row for path in options.file for row in read_rows(path)]
    clock = Clock()
    roots = predict([row["text"] for row in rows])
    seconds = clock.seconds()
    groups = [row["group"] for row in rows]
    precision, recall, f1 = counted(*_pair_counts(list(zip(roots, groups, strict=True))))
    write_predictions(options.predictions, _predictions(rows, roots))
    interval = bootstrap(_by_group(roots, groups), _precision) if rows else None
    finish({"precision": precision, "recall": recall, "f1": f1}, n=len(rows), seconds=seconds, interval=interval)


def predict(texts: Sequence[str]) -> list[int]:
    """Return the cluster of each text, by the functions of the stages `prints` and `duplicates`."""
    made = list(printed(texts, ShingleParams()))
    digests = pl.Series([digest for digest, _ in made], dtype=pl.Binary)
    shingles = [found for _, found in made]
    comparisons = Comparisons.of(partial(compare, shingles=shingles), digests, DocumentPairs.create_empty())
    ranks = digests.arg_sort().arg_sort().to_numpy().astype(np.int64)
    return copies(digests, shingles, ranks, comparisons, CopyParams(), Rulings()).roots


def _pairs(sizes: Iterable[int]) -> int:
    return sum(size * (size - 1) // 2 for size in sizes)


def _pair_counts(owners: Sequence[tuple[int, int]]) -> tuple[int, int, int]:
    """Right, predicted and gold pairs of documents given as (predicted cluster, gold group)."""
    right = _pairs(Counter(owners).values())
    return (
        right,
        _pairs(Counter(root for root, _ in owners).values()),
        _pairs(Counter(group for _, group in owners).values()),
    )


def _by_group(roots: Sequence[int], groups: Sequence[int]) -> list[tuple[int, int]]:
    """Right and predicted pairs by predicted cluster, the unit that the bootstrap draws."""
    members: dict[int, list[int]] = {}
    for root, group in zip(roots, groups, strict=True):
        members.setdefault(root, []).append(group)
    return [(_pairs(Counter(inside).values()), _pairs([len(inside)])) for inside in members.values()]


def _precision(counts: Sequence[tuple[int, int]]) -> float:
    predicted = sum(count for _, count in counts)
    return sum(right for right, _ in counts) / predicted if predicted else 0.0


def _predictions(rows: Sequence[Row], roots: Sequence[int]) -> list[Row]:
    return [
        {"id": row.get("id", number), "cluster": root}
        for number, (row, root) in enumerate(zip(rows, roots, strict=True))
    ]


if __name__ == "__main__":
    main()
