"""Running a stage over batches, here or in other processes. Which of the two, and how many, changes no row."""

import logging
import os
import threading
from collections import deque
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import Future, ProcessPoolExecutor
from multiprocessing import get_context, parent_process

import polars as pl

from flows import graph
from schemas.table import Table
from schemas.work import Rejects
from transforms.contract import Params, Stage, rejects

log = logging.getLogger(__name__)
Frames = dict[str, pl.DataFrame]
AHEAD = 2


def run_stage(name: str, tables: Mapping[str, pl.DataFrame], params: Params) -> Frames:
    """Return the checked and sorted tables of a stage, `rejects` among them, and its memory as it is.

    A document that makes a map stage fail is rejected with the error; the others of its batch are worked on again.
    """
    stage = graph.stage(name)
    try:
        made = stage.function(tables, params)
    except Exception:
        if stage.kind != "map":
            raise
        made = _one_by_one(stage, tables, params)
    return _checked(stage, made) | {schema.table: made[schema.table] for schema in stage.memory if schema.table in made}


def _one_by_one(stage: Stage, tables: Mapping[str, pl.DataFrame], params: Params) -> Frames:
    parts: list[Frames] = []
    for document in tables[stage.inputs[0].table]["document_id"].unique(maintain_order=True):
        try:
            parts.append(stage.function(_of(tables, document), params))
        except Exception as error:
            log.exception("stage %s failed on document %s", stage.name, document)
            detail = f"{type(error).__name__}: {error}; the document is left out, please report it"
            row = {"source_uri": None, "document_id": document, "reason": "stage_failed", "detail": detail}
            parts.append({Rejects.table: rejects(stage.name, [row])})
    names = {name for part in parts for name in part}
    return {name: pl.concat(part[name] for part in parts if name in part) for name in names}


def _of(tables: Mapping[str, pl.DataFrame], document: str) -> Frames:
    return {name: rows.filter(pl.col("document_id") == document) for name, rows in tables.items()}


def _checked(stage: Stage, made: Mapping[str, pl.DataFrame]) -> Frames:
    """Return all tables of the stage, sorted; rows that break a rule of their schema become rejects."""
    frames: Frames = {}
    failed = [made.get(Rejects.table, Rejects.create_empty())]
    for schema in stage.outputs:
        rows = made.get(schema.table, schema.create_empty())
        valid, failure = schema.filter(rows.select(schema.column_names()), cast=True)
        frames[schema.table] = schema.arrange(valid)
        failed.append(_broken(stage.name, schema, failure.invalid(), failure.counts()))
    frames[Rejects.table] = Rejects.arrange(pl.concat(failed))
    return frames


def _broken(stage: str, schema: type[Table], rows: pl.DataFrame, counts: Mapping[str, int]) -> pl.DataFrame:
    documents = rows["document_id"] if "document_id" in rows.columns else [None] * rows.height
    detail = f"{schema.table} breaks {', '.join(sorted(counts))}: the row is left out, please report it"
    return rejects(
        stage,
        [
            {"source_uri": None, "document_id": d, "reason": "schema", "detail": detail}
            for d in dict.fromkeys(documents)
        ],
    )


class Pool:
    """Worker processes, started when they are first needed and kept for the whole run: each takes seconds to start."""

    def __init__(self, workers: int) -> None:
        self.workers = workers
        self._executor: ProcessPoolExecutor | None = None

    def run_batches(
        self, name: str, params: Params, batches: Iterable[tuple[str, Mapping[str, pl.DataFrame]]], count: int
    ) -> Iterator[tuple[str, Frames]]:
        """Yield name and tables of each of `count` batches, in order; input frames are made as they are needed."""
        if min(self.workers, count) == 1:
            yield from ((batch, run_stage(name, tables, params)) for batch, tables in batches)
            return
        waiting: deque[tuple[str, Future[Frames]]] = deque()
        for batch, tables in batches:
            waiting.append((batch, self._processes().submit(run_stage, name, tables, params)))
            if len(waiting) >= self.workers * AHEAD:
                first, future = waiting.popleft()
                yield first, future.result()
        yield from ((batch, future.result()) for batch, future in waiting)

    def close(self) -> None:
        """End the processes; what they have not begun is dropped."""
        if self._executor is not None:
            self._executor.shutdown(cancel_futures=True)
            self._executor = None

    def _processes(self) -> ProcessPoolExecutor:
        if self._executor is None:
            context = get_context("spawn")
            self._executor = ProcessPoolExecutor(self.workers, mp_context=context, initializer=_end_with_parent)
        return self._executor


def _end_with_parent() -> None:
    """End this worker when the run is killed: a pool's workers would wait for work for ever."""
    threading.Thread(target=_exit_after_parent, daemon=True).start()


def _exit_after_parent() -> None:
    parent = parent_process()
    if parent is not None:
        parent.join()
        os._exit(1)
