"""What a run would do, without doing it: stages fresh, stale because of what, or depending on another's outcome."""

from dataclasses import dataclass

from flows import codekey, graph
from flows.runner import Runner


@dataclass(frozen=True)
class StagePlan:
    """What is known of a stage before a run: state is `fresh`, `stale` or `depends`; because says why."""

    stage: str
    state: str
    because: str


def plan(runner: Runner) -> list[StagePlan]:
    """Return the plan of every stage, in order. Nothing is read or written but the indexes of work that is there."""
    plans: list[StagePlan] = []
    for name in graph.ORDER:
        open_ = [p.stage for p in plans if p.state != "fresh" and p.stage in _needs(name)]
        plans.append(_open(name, open_) if open_ else _known(runner, name))
    return plans


def _needs(name: str) -> tuple[str, ...]:
    return graph.parents(name)


def _open(name: str, parents: list[str]) -> StagePlan:
    return StagePlan(name, "depends", f"on the outcome of {', '.join(parents)}")


def _known(runner: Runner, name: str) -> StagePlan:
    if name in runner.options.refresh:
        return StagePlan(name, "stale", "it is to be refreshed")
    if name == graph.PUBLISH:
        return _publish(runner)
    stage, _, work = runner.prepared(name)
    wanted = runner.wanted(stage)
    found = work.found(wanted)
    missing = wanted.height - found.entries.height
    runner.state.data[name] = found
    if not missing:
        return StagePlan(name, "fresh", f"{wanted.height} documents" if stage.kind == "map" else "")
    changed = _changes(runner, name)
    if changed:
        return StagePlan(name, "stale", "; ".join(changed))
    what = f"{missing} new or changed documents" if stage.kind == "map" else "its inputs changed"
    return StagePlan(name, "stale", what)


def _publish(runner: Runner) -> StagePlan:
    stage, params, _ = runner.prepared(graph.PUBLISH)
    versions = runner.dataset.versions
    latest = versions.latest()
    if latest is None:
        return StagePlan(graph.PUBLISH, "stale", "nothing is published yet")
    if runner.dataset.is_settled(runner.inputs_key(stage, params)):
        return StagePlan(graph.PUBLISH, "fresh", f"version {latest}")
    changed = _changes(runner, graph.PUBLISH)
    return StagePlan(graph.PUBLISH, "stale", "; ".join(changed) or "its inputs changed")


def _changes(runner: Runner, name: str) -> list[str]:
    """Return what differs from the code key that the latest version was made with."""
    versions = runner.dataset.versions
    latest = versions.latest()
    record = versions.manifest(latest).stages.get(name) if latest is not None else None
    stage = graph.stage(name)
    new = codekey.components(stage, runner.params(stage))
    return codekey.difference(record.components, new) if record else []


def dry_run(runner: Runner) -> list[StagePlan]:
    """Return the plan of a run whose inputs would be read first.

    Raises:
        UsageError: an input does not exist.
    """
    from flows.reading.inputs import parse_input

    counts = [sum(1 for _ in parse_input(text).files()) for text in runner.options.inputs]
    head = [StagePlan("read", "stale", f"{sum(counts)} files")] if counts else []
    return [*head, *plan(runner)]
