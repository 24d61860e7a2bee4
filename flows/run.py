"""A whole run under the dataset's lock, with a record of how it went."""

import os
from collections.abc import Callable
from dataclasses import asdict, dataclass
from datetime import UTC, datetime

from flows import graph, publishing
from flows.observer import Observer, Outcome
from flows.runner import Options, Runner
from flows.settings import Settings
from flows.store.dataset import Dataset


@dataclass(frozen=True)
class RunResult:
    """How a run ended: the outcomes in order, the new version if there is one, and the latest version."""

    outcomes: tuple[Outcome, ...]
    published: int | None
    latest: int | None


def execute(
    settings: Settings,
    options: Options,
    observer: Observer | None = None,
    call: Callable[[str, Callable[[], Outcome]], Outcome] = lambda _, work: work(),
    wait_seconds: float = 0,
) -> RunResult:
    """Read, work through the selected stages and what they need, publish if `publish` is selected.

    Args:
        settings: where the dataset is, and the parameters of stages.
        options: what the run is asked to do.
        observer: is told how the run goes.
        call: carries out a piece of the run by name; Prefect puts a task around each.
        wait_seconds: how long to wait for another run on the same dataset.

    Raises:
        AnnalsError: the run failed; the dataset is as it was, and the record says why.
    """
    dataset = Dataset(settings.output)
    began = datetime.now(UTC)
    record = {"began": began, "options": asdict(options), "settings": settings.model_dump(mode="json")}
    with dataset.writing(wait_seconds):
        runner = Runner(dataset, settings, options, observer)
        try:
            result = _execute(runner, call)
        except BaseException as error:
            _write(dataset, began, {**record, "error": f"{type(error).__name__}: {error}"})
            raise
        finally:
            runner.pool.close()
        _write(dataset, began, {**record, **asdict(result)})
    return result


def _execute(runner: Runner, call: Callable[[str, Callable[[], Outcome]], Outcome]) -> RunResult:
    published: list[int | None] = [None]

    def publish() -> Outcome:
        outcome, published[0] = publishing.publish(runner)
        return outcome

    outcomes = [call("read", runner.read)]
    chosen = runner.options.stages
    for name in graph.ORDER:
        if name == graph.PUBLISH:
            if name in chosen:
                outcomes.append(call(name, publish))
        elif any(name == other or name in graph.before(other) for other in chosen):
            outcomes.append(call(name, lambda name=name: runner.run(name)))  # type: ignore[misc]
    return RunResult(tuple(outcomes), published[0], runner.dataset.versions.latest())


def _write(dataset: Dataset, began: datetime, record: dict[str, object]) -> None:
    ended = datetime.now(UTC)
    name = f"{began:%Y%m%dT%H%M%S%f}-{os.getpid()}"
    dataset.record_run(name, {**record, "ended": ended, "seconds": (ended - began).total_seconds()})
