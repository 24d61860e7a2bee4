"""The Prefect flow: shows and schedules what our runner decides. One task a stage, references instead of frames."""

import logging
import os
from collections.abc import Callable
from dataclasses import asdict
from pathlib import Path
from typing import Any

# Prefect reads these when it is imported: a run needs no network, a slow machine has time.
os.environ.setdefault("PREFECT_SERVER_ANALYTICS_ENABLED", "false")
os.environ.setdefault("PREFECT_SERVER_EPHEMERAL_STARTUP_TIMEOUT_SECONDS", "120")

from prefect import flow, task
from prefect.artifacts import create_table_artifact
from prefect.cache_policies import NO_CACHE
from prefect.context import FlowRunContext, TaskRunContext
from prefect.logging.handlers import APILogHandler

from flows import graph
from flows import settings as settings_
from flows.observer import Outcome, watching
from flows.run import RunResult, execute
from flows.runner import Options
from schemas.errors import AnnalsError

LOGGERS = ("flows", "transforms")
RETRIED = {"read": 2, "publish": 2}
RETRY_SECONDS = 5


@flow(name="annals")
def annals(  # noqa: PLR0913  each is an option of `annals run` or `annals rerun`
    inputs: list[str] | None = None,
    output: str | None = None,
    select: list[str] | None = None,
    from_stage: str | None = None,
    to_stage: str | None = None,
    refresh: list[str] | None = None,
    cascade: bool = False,
    retract_missing: bool = False,
    workers: int | None = None,
    settings: str | None = None,
    wait_seconds: float = 0,
) -> RunResult:
    """Turn scraped news into tables: read the inputs, run the stages that are not fresh, publish a version.

    Args:
        inputs: files, folders and globs to read, `-` for standard input; none works on what the archive holds.
        output: the dataset folder.
        select: stages to run, as `name`, `+name` (with what it needs) or `name+` (with what follows); none is all.
        from_stage: first stage to run.
        to_stage: last stage to run.
        refresh: stages to execute again although they are fresh.
        cascade: with `refresh`, also execute again whatever follows.
        retract_missing: take out documents whose source is gone from the inputs.
        workers: processes for stages that work document by document.
        settings: path of a settings file, instead of annals.toml.
        wait_seconds: how long to wait for another run on the same dataset.
    """
    _log_into_run()
    loaded = settings_.load(Path(settings) if settings else None, output=output, workers=workers)
    options = Options.of(
        inputs or (),
        select=select or (),
        first=from_stage,
        last=to_stage,
        refresh=refresh or (),
        cascade=cascade,
        retract_missing=retract_missing,
    )
    result = execute(loaded, options, watching(), call=_in_task, wait_seconds=wait_seconds)
    _show(result)
    return result


def _log_into_run() -> None:
    """Send what stages log to Prefect.

    Prefect's own setting for that is read too late in a worker, which imports Prefect first, and it warns of every
    line that is logged outside a run.
    """
    for name in LOGGERS:
        logger = logging.getLogger(name)
        logger.setLevel(logging.INFO)
        if not any(isinstance(handler, APILogHandler) for handler in logger.handlers):
            handler = APILogHandler()
            handler.addFilter(lambda _: (FlowRunContext.get() or TaskRunContext.get()) is not None)
            logger.addHandler(handler)


def _in_task(name: str, work: Callable[[], Outcome]) -> Outcome:
    in_prefect = task(
        name=name,
        description=graph.SUMMARIES.get(name),
        task_run_name=name,
        cache_policy=NO_CACHE,
        retries=RETRIED.get(name, 0),
        retry_delay_seconds=RETRY_SECONDS,
        retry_condition_fn=_passing,
    )(work)
    return in_prefect()


def _passing(_task: Any, _run: Any, state: Any) -> bool:
    """Tell whether a failure may pass: a full disk or a lost mount may, what a person must mend does not."""
    try:
        state.result()
    except AnnalsError:
        return False
    except OSError:
        return True
    except Exception:
        return False
    return False


def _show(result: RunResult) -> None:
    number = f"version {result.published}" if result.published else "nothing changed, no new version"
    create_table_artifact(
        table=[{**asdict(outcome), "seconds": round(outcome.seconds, 1)} for outcome in result.outcomes],
        key="annals-run",
        description=f"Annals: {number}",
    )
