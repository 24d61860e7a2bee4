"""What the bench scripts share: reading rows, arguments, CPU time, bootstrap intervals, the JSON line at the end."""

import argparse
import gzip
import json
import random
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from typing import Any

import polars as pl

Row = dict[str, Any]
SMALL = 2000
RESAMPLES = 300


def read_rows(path: str | Path) -> list[Row]:
    """Return the rows of a jsonl, jsonl.gz or parquet file."""
    path = Path(path)
    if path.suffix == ".parquet":
        return pl.read_parquet(path).to_dicts()
    text = gzip.decompress(path.read_bytes()).decode() if path.suffix == ".gz" else path.read_text("utf-8")
    return [json.loads(line) for line in text.split("\n") if line.strip()]


def arguments(description: str) -> argparse.ArgumentParser:
    """Return a parser that takes FILE [...] and --predictions OUT.jsonl."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("file", nargs="+", type=Path)
    parser.add_argument(
        "--predictions", type=Path, help="also write what was predicted for each row here, as JSON lines"
    )
    return parser


def bootstrap(items: Sequence[Any], measure: Callable[[Sequence[Any]], float] | None = None) -> list[float]:
    """Return the 95 % interval [low, high] of a measure (default: the mean) over resampled items; the seed is fixed."""
    if not items:
        return [0.0, 0.0]
    measured = measure or _mean
    random_ = random.Random(7)
    values = sorted(measured(random_.choices(items, k=len(items))) for _ in range(RESAMPLES))
    return [round(values[int(0.025 * RESAMPLES)], 4), round(values[int(0.975 * RESAMPLES) - 1], 4)]


def _mean(values: Sequence[Any]) -> float:
    return float(sum(values)) / len(values)


def f1(precision: float, recall: float) -> float:
    """Return the harmonic mean of precision and recall, 0 where both are 0."""
    return 2 * precision * recall / (precision + recall) if precision + recall else 0.0


def counted(right: float, predicted: float, gold: float) -> tuple[float, float, float]:
    """Return precision, recall and F1 of counts."""
    precision, recall = right / predicted if predicted else 0.0, right / gold if gold else 0.0
    return precision, recall, f1(precision, recall)


class Clock:
    """CPU seconds of this process since it was made."""

    def __init__(self) -> None:
        self._started = time.process_time()

    def seconds(self) -> float:
        """Return the CPU seconds so far."""
        return time.process_time() - self._started


def finish(result: Row, *, n: int, seconds: float, interval: list[float] | None = None) -> None:
    """Print the result as one JSON line, with n, seconds, per_second and, where n < 2000, the first key's interval."""
    first = next(iter(result))
    line = {key: _rounded(value) for key, value in result.items()}
    line |= {"n": n, "seconds": round(seconds, 3), "per_second": round(n / seconds, 2) if seconds else 0.0}
    if interval is not None and n < SMALL:
        line[f"{first}_interval"] = interval
    print(json.dumps(line, ensure_ascii=False))


def write_predictions(path: Path | None, rows: Iterable[Row]) -> None:
    """Write predictions as JSON lines, if a path was given."""
    if path is not None:
        path.write_text("".join(json.dumps(row, ensure_ascii=False, default=str) + "\n" for row in rows), "utf-8")


def _rounded(value: Any) -> Any:
    if isinstance(value, dict):
        return {key: _rounded(inner) for key, inner in value.items()}
    return round(value, 4) if isinstance(value, float) else value
