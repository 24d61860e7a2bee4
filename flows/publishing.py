"""Publishing: the join, the checks, and one step in which all tables of a version appear."""

import importlib.metadata
import json
import os
import time
from collections.abc import Callable
from datetime import UTC, datetime
from pathlib import Path

import polars as pl

from flows import graph, pool
from flows.observer import Outcome
from flows.runner import Runner
from flows.store import catalogue, parquet
from flows.store.diff import diff
from flows.store.files import new_folder
from flows.store.hashing import rows_hash
from flows.store.versions import MANIFEST, same_rows
from schemas.dictionary import markdown
from schemas.errors import CheckError
from schemas.manifest import Finding, Manifest, StageRecord, TableRecord
from schemas.published import SCHEMA_VERSION, TABLES, Identity, IdentityChanges, Sources, Versions
from schemas.work import Rejects
from transforms.attributions import attributions
from transforms.checks import check
from transforms.contract import Params, Stage

Frames = dict[str, pl.DataFrame]
# A new version always adds a row to `versions`; whether anything changed is seen in the other tables.
CLOCKED = frozenset({Versions.table})


def publish(runner: Runner, now: Callable[[], datetime] = lambda: datetime.now(UTC)) -> tuple[Outcome, int | None]:
    """Publish a new version unless nothing changed; return the outcome and the number of the new version, if any.

    Raises:
        CheckError: an error-level check failed; nothing is published.
    """
    began = time.perf_counter()
    stage, params, _ = runner.prepared(graph.PUBLISH)
    versions = runner.dataset.versions
    parent = versions.latest()
    before = versions.manifest(parent) if parent is not None else None
    key = runner.inputs_key(stage, params)
    if before and runner.dataset.is_settled(key) and graph.PUBLISH not in runner.options.refresh:
        rows = sum(record.rows for record in before.tables.values())
        return runner.told(Outcome(stage.name, rows, rows, 0, 0, 1, time.perf_counter() - began)), None
    number = versions.next_number()
    inputs = _inputs(runner, stage, parent)
    tables = pool.run_stage(stage.name, inputs, params.model_copy(update={"version": number}))
    findings = _require_sound(tables)
    hashes = {name: rows_hash(frame) for name, frame in tables.items()}
    outcome = Outcome(
        stage.name,
        sum(frame.height for frame in inputs.values()),
        sum(frame.height for frame in tables.values()),
        tables[Rejects.table].height,
        1,
        0,
        time.perf_counter() - began,
    )
    if same_rows(hashes, before, CLOCKED):
        runner.dataset.settle(key)
        return runner.told(outcome), None
    stamp = now()
    tables[Versions.table] = _versions(runner, parent, number, stamp, tables, findings)
    hashes[Versions.table] = rows_hash(tables[Versions.table])
    records = {
        name: TableRecord(rows=frame.height, data_version=hashes[name], unchanged=_unchanged(before, hashes, name))
        for name, frame in tables.items()
    }
    manifest = _manifest(runner, (stage, params), key, number, parent, stamp, records, findings)
    _write(runner, manifest, tables)
    return runner.told(outcome), number


def _inputs(runner: Runner, stage: Stage, parent: int | None) -> Frames:
    makers = graph.makers()
    loaded = {s.table: runner.data_of(s).load(s) for s in stage.inputs if s.table in makers}
    rejected = [data.load(Rejects) for data in runner.state.data.values()]
    versions = runner.dataset.versions
    return {
        **loaded,
        Rejects.table: pl.concat([runner.state.intake_rejects, *rejected]).sort(*Rejects.sort_by),
        Sources.table: runner.state.sources,
        Identity.table: versions.read(Identity, parent),
        IdentityChanges.table: versions.read(IdentityChanges, parent),
    }


def _require_sound(tables: Frames) -> list[Finding]:
    findings = check(tables)
    errors = [finding for finding in findings if finding.severity == "error"]
    if errors:
        listed = "\n  ".join(map(str, errors))
        raise CheckError(
            f"{len(errors)} checks failed, nothing is published:\n  {listed}\n",
            where="publish",
            remedy="The rows named point to the stage to mend; `latest` still is the version before",
        )
    return [finding for finding in findings if finding.severity == "warning"]


def _unchanged(before: Manifest | None, hashes: dict[str, str], name: str) -> bool:
    return (
        before is not None
        and name in before.tables
        and before.schema_version == SCHEMA_VERSION
        and before.tables[name].data_version == hashes[name]
    )


def _versions(
    runner: Runner, parent: int | None, number: int, stamp: datetime, tables: Frames, findings: list[Finding]
) -> pl.DataFrame:
    row = {
        "version": number,
        "parent": parent,
        "published_at": stamp,
        "documents": tables["documents"].height,
        "events": tables["events"].height,
        "schema_version": SCHEMA_VERSION,
        "warnings": len(findings),
    }
    new = pl.DataFrame([row], schema=Versions.polars_schema())
    return Versions.arrange(pl.concat([runner.dataset.versions.read(Versions, parent), new]))


def _manifest(
    runner: Runner,
    stage: tuple[Stage, Params],
    key: str,
    number: int,
    parent: int | None,
    stamp: datetime,
    tables: dict[str, TableRecord],
    findings: list[Finding],
) -> Manifest:
    from flows import codekey

    parts = codekey.components(*stage)
    own = StageRecord(code_key=codekey.key_of(parts), components=parts, data_versions={})
    model = runner.settings.model.name
    return Manifest(
        version=number,
        parent=parent,
        published_at=stamp.isoformat(timespec="seconds"),
        annals=importlib.metadata.version("annals"),
        schema_version=SCHEMA_VERSION,
        inputs=[*runner.options.inputs, *(["--retract-missing"] if runner.options.retract_missing else [])],
        model={"name": model, "hash": codekey.model_hash(model)},
        publish_key=key,
        stages={**runner.state.records, graph.PUBLISH: own},
        tables=tables,
        findings=findings,
    )


def _write(runner: Runner, manifest: Manifest, tables: Frames) -> None:
    """Write all files of the version aside; the folder appears with its manifest, then `latest` moves."""
    versions, observer = runner.dataset.versions, runner.observer
    with new_folder(versions.folder(manifest.version)) as aside:
        for schema in TABLES:
            target = aside / f"{schema.table}.parquet"
            if manifest.tables[schema.table].unchanged and manifest.parent is not None:
                _link(versions.folder(manifest.parent) / target.name, target)
            else:
                parquet.write(tables[schema.table], schema, target)
        observer.reached("publish:tables")
        changes = diff(
            manifest.parent, manifest.version, lambda s: versions.read(s, manifest.parent), lambda s: tables[s.table]
        )
        (aside / "diff.json").write_text(json.dumps(changes, indent=1) + "\n", encoding="utf-8")
        if runner.settings.catalogue:
            catalogue.build(aside)
        (aside / "dictionary.md").write_text(markdown(TABLES, attributions()), encoding="utf-8")
        (aside / MANIFEST).write_text(manifest.model_dump_json(indent=1) + "\n", encoding="utf-8")
        observer.reached("publish:manifest")
    observer.reached("publish:folder")
    versions.switch(manifest.version)
    observer.reached("publish:latest")


def _link(source: Path, target: Path) -> None:
    """Link an unchanged table to the version before; copy where links do not work."""
    try:
        os.link(source, target)
    except OSError:
        target.write_bytes(source.read_bytes())
