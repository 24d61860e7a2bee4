"""Coreference metrics of two clusterings of the same mentions, singletons kept: MUC, B3, CEAFe, LEA, CoNLL."""

from collections import Counter, defaultdict

Clustering = list[set[str]]


def scores(gold: Clustering, predicted: Clustering) -> dict[str, float]:
    """Return the F1 of each metric between 0 and 1 under muc, b3, ceafe, conll and lea.

    MUC: Vilain et al. 1995; B3: Bagga and Baldwin 1998; CEAFe: Luo 2005 (phi 4); LEA: Moosavi and Strube 2016, a
    singleton having one link to itself; CoNLL: the mean of the first three (Pradhan et al. 2012).
    """
    muc, b3, ceafe = _both(_muc, gold, predicted), _both(_b3, gold, predicted), _ceafe(gold, predicted)
    return {"muc": muc, "b3": b3, "ceafe": ceafe, "conll": (muc + b3 + ceafe) / 3, "lea": _both(_lea, gold, predicted)}


def _both(recall, gold: Clustering, predicted: Clustering) -> float:
    return _harmonic(recall(gold, predicted), recall(predicted, gold))


def _harmonic(a: float, b: float) -> float:
    return 2 * a * b / (a + b) if a + b else 0.0


def _parts(clustering: Clustering, other: Clustering) -> list[tuple[int, list[int]]]:
    """Size of each cluster, and the sizes of the parts into which the other clustering cuts it."""
    owner = {member: number for number, members in enumerate(other) for member in members}
    cut = []
    for members in clustering:
        parts = Counter(owner[member] for member in members if member in owner)
        lost = sum(member not in owner for member in members)
        cut.append((len(members), [*parts.values(), *[1] * lost]))
    return cut


def _muc(clustering: Clustering, other: Clustering) -> float:
    cut = _parts(clustering, other)
    links = sum(size - 1 for size, _ in cut)
    return sum(size - len(parts) for size, parts in cut) / links if links else 0.0


def _b3(clustering: Clustering, other: Clustering) -> float:
    cut = _parts(clustering, other)
    mentions = sum(size for size, _ in cut)
    return sum(part * part / size for size, parts in cut for part in parts) / mentions if mentions else 0.0


def _lea(clustering: Clustering, other: Clustering) -> float:
    alone = {next(iter(members)) for members in other if len(members) == 1}
    resolved = 0.0
    for members, (size, parts) in zip(clustering, _parts(clustering, other), strict=True):
        if size == 1:
            resolved += float(members <= alone)
        else:
            resolved += size * sum(part * (part - 1) for part in parts) / (size * (size - 1))
    mentions = sum(map(len, clustering))
    return resolved / mentions if mentions else 0.0


def _ceafe(gold: Clustering, predicted: Clustering) -> float:
    if not gold or not predicted:
        return 0.0
    similarity = _similarities(gold, predicted)
    total = sum(_best_assignment(similarity, rows, columns) for rows, columns in _components(similarity))
    return _harmonic(total / len(gold), total / len(predicted))


def _similarities(gold: Clustering, predicted: Clustering) -> dict[int, dict[int, float]]:
    owner = {member: number for number, members in enumerate(predicted) for member in members}
    similarity: dict[int, dict[int, float]] = {}
    for row, members in enumerate(gold):
        shared = Counter(owner[member] for member in members if member in owner)
        similarity[row] = {
            column: 2 * count / (len(members) + len(predicted[column])) for column, count in shared.items()
        }
    return similarity


def _components(similarity: dict[int, dict[int, float]]) -> list[tuple[list[int], list[int]]]:
    """Rows and columns that touch each other: the assignment falls apart into these small problems."""
    by_column = defaultdict(list)
    for row, cells in similarity.items():
        for column in cells:
            by_column[column].append(row)
    seen: set[int] = set()
    components = []
    for first in similarity:
        rows, columns, open_rows = set(), set(), [first] if first not in seen else []
        while open_rows:
            row = open_rows.pop()
            if row in rows:
                continue
            rows.add(row)
            columns |= similarity[row].keys()
            open_rows += [other for column in similarity[row] for other in by_column[column] if other not in rows]
        seen |= rows
        if columns:
            components.append((sorted(rows), sorted(columns)))
    return components


def _best_assignment(similarity: dict[int, dict[int, float]], rows: list[int], columns: list[int]) -> float:
    """Greatest sum of a one-to-one assignment, by the Hungarian method with potentials (Kuhn 1955, Munkres 1957)."""
    values = [[similarity[row].get(column, 0.0) for column in columns] for row in rows]
    if len(rows) > len(columns):
        values = [list(column) for column in zip(*values, strict=True)]
    matched = _hungarian([[-value for value in row] for row in values])
    return sum(values[row][column] for column, row in matched.items())


def _hungarian(cost: list[list[float]]) -> dict[int, int]:
    """Column -> row of the cheapest assignment of every row; at most as many rows as columns."""
    width = len(cost[0])
    of_row, of_column = [0.0] * (len(cost) + 1), [0.0] * (width + 1)
    owner = [0] * (width + 1)
    for row in range(1, len(cost) + 1):
        owner[0], column = row, 0
        slack, previous, used = [float("inf")] * (width + 1), [0] * (width + 1), [False] * (width + 1)
        while owner[column]:
            used[column] = True
            column = _relax(cost, column, owner, of_row, of_column, slack, previous, used)
        while column:
            owner[column] = owner[previous[column]]
            column = previous[column]
    return {column - 1: owner[column] - 1 for column in range(1, width + 1) if owner[column]}


def _relax(cost, column, owner, of_row, of_column, slack, previous, used) -> int:
    row, best, delta = owner[column], 0, float("inf")
    for other in range(1, len(slack)):
        if used[other]:
            continue
        reduced = cost[row - 1][other - 1] - of_row[row] - of_column[other]
        if reduced < slack[other]:
            slack[other], previous[other] = reduced, column
        if slack[other] < delta:
            delta, best = slack[other], other
    for other in range(len(slack)):
        if used[other]:
            of_row[owner[other]] += delta
            of_column[other] -= delta
        else:
            slack[other] -= delta
    return best
