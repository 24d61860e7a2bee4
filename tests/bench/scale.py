"""Time, memory and pairs of the stages over the corpus on generated news of growing size.

usage: scale.py [SIZE ...] [--more SHARE] [--spread] [--dense] [--seed N] [--limit SECONDS] [--folder F [--only STAGE]]

Sizes are numbers of documents, by default 1,000, 10,000 and 100,000. Every stage of every size runs in a process of its
own, through the function that the runner calls; seconds are CPU seconds of that call. `slope` is the exponent by which
they grow between two sizes: 1 is in proportion. `--more SHARE` then adds that share of documents (the newest; with
`--spread` of any day) with the memory of the first run, and compares with a run from scratch. `--folder` keeps all
tables, and takes those that it finds there for the stages that `--only` does not name.
"""

import argparse
import math
import resource
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import wraps
from importlib import import_module
from itertools import pairwise
from multiprocessing import get_context
from multiprocessing.connection import Connection
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
import polars as pl
from common import Clock, Row, finish

from flows import graph
from flows.pool import run_stage
from transforms.contract import Stage

SIZES = (1_000, 10_000, 100_000)
BATCH = 500
# What compares two things, and what returns the sizes of the blocks of such things, by stage: module and function.
COMPARING = {
    "duplicates": ("transforms.duplicates.copies.compare", "transforms.duplicates.telling.compare"),
    "entities": (
        "transforms.entities.persons.same_full",
        "transforms.entities.persons.shortens",
        "transforms.entities.organisations.same_words",
        "transforms.entities.organisations.shortens",
    ),
    "events": ("transforms.events.merging_pairs.decide",),
}
BLOCKING = {
    "entities": ("transforms.entities.matching.candidates",),
    "duplicates": ("transforms.duplicates.copies.neighbours", "transforms.duplicates.telling.neighbours"),
    "events": ("transforms.events.merging_blocks.candidates",),
}


def main() -> None:
    options = _arguments()
    with tempfile.TemporaryDirectory() as folder:
        base = options.folder or Path(folder)
        sizes = {size: measured(base / str(size), size, options) for size in options.sizes}
    seconds = {size: _seconds(found["stages"]) for size, found in sizes.items()}
    slopes = {
        f"{small}-{large}": _slopes(sizes[small], sizes[large], large / small) for small, large in pairwise(sizes)
    }
    largest = max((slope["all"] for slope in slopes.values() if "all" in slope), default=0.0)
    result = {"slope": largest, "slopes": slopes, "sizes": {str(size): found for size, found in sizes.items()}}
    finish(result, n=max(sizes), seconds=sum(seconds.values()))


def _arguments() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description="Time the stages over the corpus on generated news.")
    parser.add_argument("sizes", nargs="*", type=int, default=SIZES, metavar="SIZE", help="numbers of documents")
    parser.add_argument("--more", type=float, default=0.0, metavar="SHARE", help="also add this share to the others")
    parser.add_argument("--spread", action="store_true", help="those added are of any day, not the newest")
    parser.add_argument("--dense", action="store_true", help="put all documents into one month")
    parser.add_argument("--seed", type=int, default=7, help="all that is random follows from it")
    parser.add_argument("--folder", type=Path, help="keep the tables here")
    parser.add_argument("--only", nargs="*", metavar="STAGE", help="run these, take what --folder has for the others")
    parser.add_argument("--limit", type=float, default=3600.0, help="stop a stage after so many seconds")
    return parser.parse_args()


def measured(folder: Path, size: int, options: argparse.Namespace) -> Row:
    """Return what one size took: by stage, in all, and for the documents that come later."""
    folder.mkdir(parents=True, exist_ok=True)
    prepared = {} if options.only else in_process(prepare, (folder, size, options), options.limit)
    stages = _runs(folder, "full", options)
    found: Row = {"seconds": _seconds(stages), "peak_mb": _peak(stages), "stages": stages, "prepared": prepared}
    if options.more and _is_done(stages):
        found["more"] = _increment(folder, size, stages, options)
    return found


def _increment(folder: Path, size: int, full: dict[str, Row], options: argparse.Namespace) -> Row:
    more, again = _runs(folder, "more", options), _runs(folder, "again", options)
    seconds = _seconds(more)
    differing = [name for stage in again for name in _differing(folder, stage)]
    return {
        "documents": round(size * options.more), "seconds": seconds, "share": seconds / _seconds(full),
        "peak_mb": _peak(more), "differing": differing, "stages": more, "from_scratch_seconds": _seconds(again),
    }  # fmt: skip


def _differing(folder: Path, stage: str) -> list[str]:
    tables = [schema.table for schema in graph.stage(stage).outputs]
    both = {name: [pl.read_parquet(folder / run / f"{name}.parquet") for run in ("more", "again")] for name in tables}
    return [name for name, (more, again) in both.items() if not more.equals(again)]


def _runs(folder: Path, run: str, options: argparse.Namespace) -> dict[str, Row]:
    found: dict[str, Row] = {}
    for stage in options.only or reduces():
        found[stage] = in_process(run_one, (folder, run, stage), options.limit)
        if not _is_done(found):
            break
    return found


def _is_done(stages: dict[str, Row]) -> bool:
    """Return whether no stage failed or took too long."""
    return all("seconds" in stage for stage in stages.values())


def _seconds(stages: dict[str, Row]) -> float:
    return float(sum(stage.get("seconds", 0.0) for stage in stages.values()))


def _peak(stages: dict[str, Row]) -> float:
    return max(stage.get("peak_mb", 0.0) for stage in stages.values())


def _slopes(small: Row, large: Row, ratio: float) -> Row:
    """Return the exponents by stage, and of all where all were done."""
    before, after = small["stages"], large["stages"]
    done = [name for name in before if _is_done({name: before[name], "": after.get(name, {})})]
    pairs = {name: (before[name]["seconds"], after[name]["seconds"]) for name in done}
    if len(done) == len(before):
        pairs["all"] = (small["seconds"], large["seconds"])
    return {name: math.log(later / earlier) / math.log(ratio) for name, (earlier, later) in pairs.items()}


def reduces() -> list[str]:
    """Return the stages over the corpus that read what documents say, in order."""
    return [name for name in graph.ORDER if graph.stage(name).kind == "reduce" and "bodies" in graph.before(name)]


def prepare(folder: Path, size: int, options: argparse.Namespace) -> Row:
    """Write the input tables, also those that map stages make of them, and which documents come later."""
    from generated_tables import generate  # noqa: PLC0415 - with it comes spaCy, which would count as the stages' memory

    clock = Clock()
    more = round(size * options.more)
    tables = generate(size + more, options.seed, dense=options.dense)
    generated = clock.seconds()
    later = tables["fields"].sort("document_id" if options.spread else "published_on", "document_id").tail(more)
    later.select("document_id").write_parquet(folder / "later.parquet")
    tables |= _mapped(tables)
    for name, rows in tables.items():
        rows.write_parquet(folder / f"{name}.parquet")
    return {"generated_seconds": generated, "mapped_seconds": clock.seconds() - generated} | {
        name: rows.height for name, rows in tables.items()
    }


def _mapped(tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """The tables of map stages that the reduce stages read and nobody generates."""
    parents = {parent for stage in reduces() for parent in graph.parents(stage)}
    stages = [graph.stage(name) for name in graph.ORDER if name in parents and graph.stage(name).kind == "map"]
    made = [_batches(stage, tables) for stage in stages if not {s.table for s in stage.outputs} & set(tables)]
    return {name: rows for frames in made for name, rows in frames.items()}


def _batches(stage: Stage, tables: dict[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    documents = tables[stage.inputs[0].table].select("document_id")
    parts = []
    for start in range(0, documents.height, BATCH):
        batch = documents.slice(start, BATCH)
        inputs = {s.table: tables[s.table].join(batch, on="document_id", how="semi") for s in stage.inputs}
        parts.append(run_stage(stage.name, inputs, stage.params()))
    return {s.table: s.arrange(pl.concat(part[s.table] for part in parts)) for s in stage.outputs}


def run_one(folder: Path, run: str, name: str) -> Row:
    """Run a stage over the documents of a run ("full", "more", "again"), keep its tables, tell what it took."""
    stage = graph.stage(name)
    tables = {schema.table: _read(folder, run, schema.table) for schema in stage.inputs}
    tables |= {s.table: _remembered(folder, s.table) if run == "more" else s.create_empty() for s in stage.memory}
    with counting(name) as counts:
        wall, clock = time.perf_counter(), Clock()
        made = run_stage(name, tables, stage.params())
        spent = {"seconds": clock.seconds(), "wall_seconds": time.perf_counter() - wall}
    peak = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    (folder / run).mkdir(exist_ok=True)
    for table, rows in made.items():
        rows.write_parquet(folder / run / f"{table}.parquet")
    remembered = sum(made[schema.table].estimated_size("mb") for schema in stage.memory)
    return spent | {
        "peak_mb": peak, "rows_in": sum(rows.height for rows in tables.values()),
        "rows_out": sum(made[schema.table].height for schema in stage.outputs), "memory_mb": remembered, **counts,
    }  # fmt: skip


def _read(folder: Path, run: str, table: str) -> pl.DataFrame:
    if not (folder / f"{table}.parquet").exists():
        return pl.read_parquet(folder / run / f"{table}.parquet")
    rows = pl.read_parquet(folder / f"{table}.parquet")
    later = pl.read_parquet(folder / "later.parquet")
    return rows if run != "full" else rows.join(later, on="document_id", how="anti", maintain_order="left")


def _remembered(folder: Path, table: str) -> pl.DataFrame:
    return pl.read_parquet(folder / "full" / f"{table}.parquet")


@contextmanager
def counting(stage: str) -> Iterator[Row]:
    """Count calls of what compares, and the largest of the blocks, as long as the context lasts."""
    counts: Row = {"pairs": 0, "largest_block": 0}

    def compared(result: Any) -> None:
        counts["pairs"] += len(result) if isinstance(result, np.ndarray) else 1

    def blocked(result: Any) -> None:
        counts["largest_block"] = max(counts["largest_block"], _largest(result))

    patches = [_told(path, compared) for path in COMPARING.get(stage, ())]
    patches += [_told(path, blocked) for path in BLOCKING.get(stage, ())]
    for each in patches:
        each.start()
    try:
        yield counts
    finally:
        for each in patches:
            each.stop()


def _largest(found: Any) -> int:
    """The size of the largest block of those found: things in one block, or an object with the sizes of several."""
    return len(found) if isinstance(found, list) else int(np.max(found.block_sizes, initial=0))


def _told(path: str, tell: Callable[[Any], None]) -> Any:
    """A patch under which a function tells what it returns."""
    module, name = path.rsplit(".", 1)
    owner = import_module(module)
    function = getattr(owner, name)

    @wraps(function)
    def telling(*args: Any, **named: Any) -> Any:
        result = function(*args, **named)
        tell(result)
        return result

    return patch.object(owner, name, telling)


def in_process(function: Callable[..., Row], arguments: tuple[Any, ...], limit: float) -> Row:
    """Return what a function returns in a process of its own; {"over_limit": seconds} when it takes longer."""
    context = get_context("spawn")
    ours, theirs = context.Pipe(duplex=False)
    process = context.Process(target=_answer, args=(theirs, function, arguments))
    process.start()
    theirs.close()
    try:
        answer: Row = ours.recv() if ours.poll(limit) else {"over_limit": limit}
    except EOFError:
        answer = {"failed": "see above"}
    if "over_limit" in answer:
        process.kill()
    process.join()
    return answer


def _answer(pipe: Connection, function: Callable[..., Row], arguments: tuple[Any, ...]) -> None:
    pipe.send(function(*arguments))


if __name__ == "__main__":
    main()
