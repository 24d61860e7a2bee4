"""One run: read, work through the stages, publish. Our manifests decide what is done again; Prefect only shows it."""

import logging
import time
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

import polars as pl

from flows import codekey, graph, pool
from flows.intake import Reading, intake, merge_rejects, merge_sources, read
from flows.observer import Observer, Outcome
from flows.reading.inputs import parse_input
from flows.settings import Settings
from flows.store.dataset import Dataset
from flows.store.hashing import digest, rows_hash
from flows.store.work import NOTHING, StageData, Work
from schemas.errors import UsageError
from schemas.manifest import StageRecord
from schemas.table import Table
from schemas.work import Intake, Rejects
from transforms.contract import Params, Stage
from transforms.lookups.decisions import moved
from transforms.publish.identity import successors

log = logging.getLogger(__name__)
# What the stage `raw` is told of a document: when one of them changes, it is read again.
STATED = ("sha256", "source_uri", "format", "stated_url", "stated_encoding")


@dataclass(frozen=True)
class Options:
    """What a run is asked to do.

    Attributes:
        inputs: files, folders and globs to read, `-` for standard input; none works from the archive alone.
        stages: stages to run; the others must be fresh.
        refresh: stages to execute although they are fresh.
        retract_missing: take out documents whose source is gone from the inputs.
    """

    inputs: tuple[str, ...] = ()
    stages: frozenset[str] = frozenset(graph.ORDER)
    refresh: frozenset[str] = frozenset()
    retract_missing: bool = False

    @classmethod
    def of(
        cls,
        inputs: Iterable[str] = (),
        *,
        select: Iterable[str] = (),
        first: str | None = None,
        last: str | None = None,
        refresh: Iterable[str] = (),
        cascade: bool = False,
        retract_missing: bool = False,
    ) -> "Options":
        """Return the options that a person's words stand for.

        Raises:
            UsageError: a stage does not exist.
        """
        again = {graph.require(name) for name in refresh}
        if cascade:
            again |= {other for name in again for other in graph.after(name)}
        chosen = frozenset(graph.select(tuple(select), first, last))
        return cls(tuple(inputs), chosen | again, frozenset(again), retract_missing)


@dataclass
class State:
    """What a run knows so far."""

    sources: pl.DataFrame
    intake_rejects: pl.DataFrame
    data: dict[str, StageData] = field(default_factory=dict)
    records: dict[str, StageRecord] = field(default_factory=dict)


class Runner:
    """Works on a dataset as the settings and options say."""

    def __init__(
        self, dataset: Dataset, settings: Settings, options: Options, observer: Observer | None = None
    ) -> None:
        self.dataset, self.settings, self.options = dataset, settings, options
        self.observer = observer or Observer()
        self.state = State(*dataset.sources())
        self.pool = pool.Pool(settings.workers)

    def read(self) -> Outcome:
        """Archive the inputs and take them into `sources`."""
        began = time.perf_counter()
        inputs = [parse_input(text) for text in self.options.inputs]
        reading = Reading()
        for note in read(inputs, self.dataset.archive, self.settings, reading):
            log.info(note)
            self.observer.noted(note)
        known = set(self.state.sources["document_id"])
        new = {source.document_id for source in reading.sources.values()} - known
        self.state.sources = merge_sources(
            self.state.sources, reading, inputs, retract_missing=self.options.retract_missing
        )
        self.state.intake_rejects = merge_rejects(self.state.intake_rejects, reading)
        if inputs:
            self.dataset.keep_pending(self.state.sources, self.state.intake_rejects)
        self.observer.reached("read")
        rows = len(reading.sources)
        return self.told(
            Outcome("read", rows, rows, len(reading.rejects), len(new), rows - len(new), time.perf_counter() - began)
        )

    def run(self, name: str) -> Outcome:
        """Run a stage: find what is there, compute what is not.

        Raises:
            UsageError: the stage is not selected and not fresh, but another needs it.
        """
        began = time.perf_counter()
        stage, params, work = self.prepared(name)
        wanted = self.wanted(stage)
        if name in self.options.refresh:
            work.forget()
        found = work.found(wanted)
        missing = wanted.join(found.entries, on="document_id", how="anti")
        if missing.height and name not in self.options.stages:
            raise UsageError(
                "is stale and not selected", where=f"stage {name}", remedy=f"Select it too, such as with +{name}"
            )
        if missing.height:
            self._compute(stage, params, work, missing)
            found = work.found(wanted)
        self.state.data[name] = found
        self._record(stage, params, found)
        self.observer.reached(name)
        return self.told(self._outcome(stage, found, missing.height, began))

    def prepared(self, name: str) -> tuple[Stage, Params, Work]:
        """Return a stage, its parameters, and the work folder of its code key."""
        stage = graph.stage(name)
        params = self.params(stage)
        key = codekey.key_of(codekey.components(stage, params))
        work = Work(
            self.dataset.work,
            name,
            key,
            stage.outputs,
            content_keyed=stage.content_keyed,
            whole=stage.kind == "reduce",
        )
        return stage, params, work

    def params(self, stage: Stage) -> Params:
        """Return the parameters of a stage; the user's decisions follow documents that were edited."""
        params = self.settings.params(stage.name, stage.params)
        given = getattr(params, codekey.DECISIONS, ())
        if not given:
            return params
        replaced = dict(successors(self.state.sources).iter_rows())
        return params.model_copy(update={codekey.DECISIONS: moved(given, replaced)})

    def wanted(self, stage: Stage) -> pl.DataFrame:
        """Return document_id and input_hash of all that the stage has to have made: a row a document.

        The stage's first input says which documents there are. A reduce stage has one hash for the whole corpus, and
        a row with an empty document_id for its tables that are not by document.
        """
        if stage.inputs[0] is Intake:
            rows = intake(self.state.sources)
            return rows.select("document_id", input_hash=pl.concat_str(STATED, separator=" ", ignore_nulls=True))
        if stage.kind == "reduce":
            whole = digest(self.data_of(schema).version(schema.table) for schema in stage.inputs)
            documents = ["", *self._documents(stage)]
            return pl.DataFrame({"document_id": documents, "input_hash": [whole] * len(documents)})
        return self._wanted_by_document(stage)

    def data_of(self, schema: type[Table]) -> StageData:
        """Return what the stage that makes the table has made."""
        return self.state.data[graph.makers()[schema.table]]

    def _documents(self, stage: Stage) -> list[str]:
        first = stage.inputs[0].table
        entries = self.data_of(stage.inputs[0]).entries
        return entries.filter((pl.col(first) != NOTHING) & (pl.col("document_id") != ""))["document_id"].to_list()

    def _wanted_by_document(self, stage: Stage) -> pl.DataFrame:
        frame = pl.DataFrame({"document_id": self._documents(stage)}, schema={"document_id": pl.String})
        for schema in stage.inputs:
            entries = self.data_of(schema).entries.select("document_id", schema.table)
            frame = frame.join(entries, on="document_id", how="left", maintain_order="left")
        hashes = [pl.col(schema.table).fill_null(NOTHING) for schema in stage.inputs]
        own = [] if stage.content_keyed else [pl.col("document_id")]
        return frame.select("document_id", input_hash=pl.concat_str(*own, *hashes, separator=" "))

    def _compute(self, stage: Stage, params: Params, work: Work, missing: pl.DataFrame) -> None:
        work.describe(codekey.components(stage, params))
        if stage.kind == "reduce":
            self.observer.started(stage.name, 1)
            tables = pool.run_stage(stage.name, self._inputs(stage, None) | work.remembered(stage.memory), params)
            work.keep(missing, tables)
            work.remember({schema.table: tables[schema.table] for schema in stage.memory})
            return
        todo = missing.unique("input_hash", maintain_order=True) if stage.content_keyed else missing
        self.observer.started(stage.name, todo.height)
        size = self.settings.batch_documents
        slices = {str(start): todo.slice(start, size) for start in range(0, todo.height, size)}
        batches = self._batches(stage, slices)
        for batch, tables in self.pool.run_batches(stage.name, params, batches, len(slices)):
            work.keep(slices[batch], tables)
            self.observer.advanced(slices[batch].height)
            self.observer.reached(f"{stage.name}:{batch}")

    def _batches(self, stage: Stage, slices: dict[str, pl.DataFrame]) -> Iterator[tuple[str, dict[str, pl.DataFrame]]]:
        for batch, rows in slices.items():
            yield batch, self._inputs(stage, rows["document_id"].to_list())

    def _inputs(self, stage: Stage, documents: list[str] | None) -> dict[str, pl.DataFrame]:
        if stage.inputs[0] is Intake:
            rows = intake(self.state.sources).filter(pl.col("document_id").is_in(documents or []))
            payloads = [self.dataset.archive.get(digest_) for digest_ in rows["sha256"]]
            return {Intake.table: rows.with_columns(payload=pl.Series(payloads, dtype=pl.Binary))}
        return {schema.table: self.data_of(schema).load(schema, documents) for schema in stage.inputs}

    def _record(self, stage: Stage, params: Params, found: StageData) -> None:
        parts = codekey.components(stage, params)
        made: tuple[type[Table], ...] = (*stage.outputs, Rejects)
        versions = {schema.table: found.version(schema.table) for schema in made}
        self.state.records[stage.name] = StageRecord(
            code_key=codekey.key_of(parts), components=parts, data_versions=versions
        )

    def _outcome(self, stage: Stage, found: StageData, computed: int, began: float) -> Outcome:
        if stage.inputs[0] is Intake:
            rows_in = found.entries.height
        else:
            rows_in = sum(self.data_of(schema).rows(schema.table) for schema in stage.inputs)
        rows_out = sum(found.rows(schema.table) for schema in stage.outputs)
        units = found.entries.height if stage.kind == "map" else 1
        computed = computed if stage.kind == "map" else min(computed, 1)
        seconds = time.perf_counter() - began
        return Outcome(stage.name, rows_in, rows_out, found.rows(Rejects.table), computed, units - computed, seconds)

    def told(self, outcome: Outcome) -> Outcome:
        """Tell the observer and the log of an outcome; return it."""
        self.observer.done(outcome)
        log.info(
            "%s: %d rows out, %d rejected, %d computed, %d reused, %.1f s",
            outcome.stage, outcome.rows_out, outcome.rejected, outcome.computed, outcome.reused, outcome.seconds,
        )  # fmt: skip
        return outcome

    def inputs_key(self, stage: Stage, params: Params) -> str:
        """Return the hash of all that the published tables are made from, but for the ledger of the parent version."""
        versions = [self.data_of(s).version(s.table) for s in stage.inputs if s.table in graph.makers()]
        rejected = [data.version(Rejects.table) for data in self.state.data.values()]
        read_ = [rows_hash(self.state.sources), rows_hash(self.state.intake_rejects)]
        return digest([codekey.key_of(codekey.components(stage, params)), *versions, *rejected, *read_])
