"""Speed and memory of the whole pipeline, beside the bare language model on the same clean texts with the same workers.

`--more SHARE` then adds new documents, made of halves of those at hand, and times the increment.
"""

import argparse
import resource
import tempfile
import time
from collections.abc import Sequence
from concurrent.futures import ProcessPoolExecutor
from multiprocessing import get_context
from os import times
from pathlib import Path
from typing import Any

import polars as pl
from common import finish

from flows import settings as flow_settings
from flows.run import RunResult, execute
from flows.runner import Options
from flows.settings import Settings
from transforms.language.pipeline import load


def main() -> None:
    options = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        settings = flow_settings.load(options.settings, output=Path(folder) / "output", workers=options.workers)
        began = times()
        result, seconds = _timed(settings, options.file)
        cpu = _cpu(times()) - _cpu(began)
        peak = _peak_mb(settings.workers)
        texts = _texts(settings)
        more = _increment(settings, options.file, texts, options.more, Path(folder)) if options.more else {}
    bare = _bare_seconds(texts, settings)
    words = sum(len(text.split()) for text in texts)
    figures = {
        "words_per_second": words / seconds,
        "ratio_to_bare_model": seconds / bare if bare else 0.0,
        "peak_mb": peak,
        "stages": {outcome.stage: outcome.seconds for outcome in result.outcomes},
        "words": words,
        "workers": settings.workers,
        "wall_seconds": seconds,
        "bare_seconds": bare,
    }
    if more:
        more["share_of_full_run"] = more["seconds"] / seconds
        figures["more"] = more
    finish(figures, n=len(texts), seconds=cpu)


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time the pipeline.")
    parser.add_argument("file", nargs="+", help="any input of the pipeline")
    parser.add_argument("--more", type=float, default=0.0, metavar="SHARE", help="add this share of new documents")
    parser.add_argument("--workers", type=int, help="processes, as for `annals run`")
    parser.add_argument("--settings", type=Path, help="settings file, as for `annals run`")
    return parser.parse_args()


def _timed(settings: Settings, inputs: Sequence[str]) -> tuple[RunResult, float]:
    began = time.perf_counter()
    result = execute(settings, Options.of(inputs))
    return result, time.perf_counter() - began


def _cpu(at: Any) -> float:
    return float(at.user + at.system + at.children_user + at.children_system)


def _peak_mb(workers: int) -> float:
    """Peak of this process, and of as many workers as there were, each as large as the largest."""
    own = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss
    child = resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss
    return (own + child * workers) / 1024


def _texts(settings: Settings) -> list[str]:
    documents = pl.read_parquet(settings.output / "latest" / "documents.parquet", columns=["document_id", "text"])
    return list(documents.sort("document_id")["text"])


def _increment(
    settings: Settings, inputs: Sequence[str], texts: Sequence[str], share: float, folder: Path
) -> dict[str, Any]:
    """Add share * n documents, each the first half of one text and the second half of another, and time the run."""
    new = folder / "more"
    new.mkdir()
    count = max(1, round(share * len(texts)))
    for number in range(count):
        first, second = texts[number % len(texts)], texts[(number + 1) % len(texts)]
        text = f"{first[: len(first) // 2]}\n\n{second[len(second) // 2 :]}\n"
        (new / f"{number:06}.txt").write_text(text, "utf-8")
    result, seconds = _timed(settings, [*inputs, str(new)])
    stages = {outcome.stage: outcome.seconds for outcome in result.outcomes}
    return {"documents": count, "seconds": seconds, "stages": stages}


def _bare_seconds(texts: Sequence[str], settings: Settings) -> float:
    """Seconds that the language model alone needs for the texts, loading not counted."""
    name, workers = settings.model.name, settings.workers
    if workers == 1:
        load(name)
        return _parse_all(name, texts)
    shares = [texts[start::workers] for start in range(workers)]
    with ProcessPoolExecutor(workers, mp_context=get_context("spawn")) as pool:
        list(pool.map(_parse_all, [name] * workers, [["Ready."]] * workers))
        return max(pool.map(_parse_all, [name] * workers, shares))


def _parse_all(name: str, texts: Sequence[str]) -> float:
    nlp = load(name)
    began = time.perf_counter()
    for _ in nlp.pipe(texts):
        pass
    return time.perf_counter() - began


if __name__ == "__main__":
    main()
