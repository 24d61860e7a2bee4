"""Commands that run stages: run, plan, rerun, serve."""

from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.commands import options

if TYPE_CHECKING:
    from flows.plan import StagePlan
    from flows.run import RunResult


@click.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@options.dataset_options
@click.option(
    "--select",
    multiple=True,
    metavar="STAGE",
    help="Only this stage; +STAGE with what it needs, STAGE+ with what follows",
)
@click.option("--from", "from_stage", metavar="STAGE", help="First stage to run")
@click.option("--to", "to_stage", metavar="STAGE", help="Last stage to run")
@click.option("--refresh", multiple=True, metavar="STAGE", help="Execute this stage again although it is fresh")
@click.option("--retract-missing", is_flag=True, help="Take out documents whose source is gone from the inputs")
@options.workers
@click.option("--dry-run", is_flag=True, help="Say what would be done, and do nothing")
@options.wait
@options.plain
def run(dry_run: bool, plain: bool, **given: Any) -> None:
    """Read INPUTs (files, folders, globs, - for standard input), bring every stage up to date, publish a version.

    Documents join the dataset and stay. Without INPUT the documents of the archive are worked on again.
    """
    if dry_run:
        _print_plan(given)
        return
    _run(plain, given)


@click.command()
@options.dataset_options
def plan(**given: Any) -> None:
    """Show which stages are fresh, which are stale and why, and which depend on another's outcome."""
    _print_plan(given)


@click.command()
@click.argument("stage")
@options.dataset_options
@click.option("--cascade", is_flag=True, help="Execute whatever follows again too, even if no row changed")
@options.workers
@options.wait
@options.plain
def rerun(stage: str, plain: bool, **given: Any) -> None:
    """Execute STAGE again; what follows runs if its rows changed."""
    _run(plain, {**given, "refresh": (stage,)})


@click.command()
@click.argument("inputs", nargs=-1, metavar="[INPUT]...")
@options.dataset_options
@click.option("--cron", required=True, help='When to run, such as "0 6 * * *"')
@options.workers
def serve(cron: str, inputs: tuple[str, ...], output: Path | None, settings: Path | None, workers: int | None) -> None:
    """Register the flow with a Prefect server and run it on a schedule, until stopped."""
    from flows import deployments
    from flows.reading.inputs import STANDARD_INPUT
    from schemas.errors import UsageError

    if STANDARD_INPUT in inputs:
        raise UsageError("nobody pipes into a schedule", where="-", remedy="Name files, folders or globs")
    parameters = {
        "inputs": [str(Path(text).absolute()) for text in inputs],
        "output": str((output or Path("output")).absolute()),
        "settings": str(settings.absolute()) if settings else None,
        "workers": workers,
    }
    deployments.serve(cron, {name: value for name, value in parameters.items() if value is not None})


def _run(plain: bool, given: dict[str, Any]) -> None:
    from flows.console import ConsoleObserver, closing_table, standard_output, where

    _require_sense(given)
    console = standard_output()
    with ConsoleObserver(console) as observer:
        result = _plain(given, observer) if plain else _in_prefect(given, observer)
    console.print(closing_table(result.outcomes))
    dataset, rows = _published(given, result)
    if result.published is None:
        click.echo("Nothing changed: no new version." if rows else "Nothing is published.")
    if rows:
        click.echo(where(dataset, rows))


def _require_sense(given: dict[str, Any]) -> None:
    """Answer wrong use before a server is started for it."""
    from flows.reading.inputs import parse_input
    from flows.settings import load

    load(given.get("settings"))
    for text in _options(given).inputs:
        parse_input(text)


def _published(given: dict[str, Any], result: "RunResult") -> tuple[Path, dict[str, int]]:
    from flows.settings import load
    from flows.store.dataset import Dataset

    dataset = Dataset(load(given.get("settings"), output=given.get("output")).output)
    if result.latest is None:
        return dataset.root, {}
    manifest = dataset.versions.manifest(result.latest)
    for finding in manifest.findings:
        click.echo(str(finding), err=True)
    return dataset.versions.link, {name: record.rows for name, record in manifest.tables.items()}


def _plain(given: dict[str, Any], observer: Any) -> "RunResult":
    from flows.run import execute
    from flows.settings import load

    settings = load(given.get("settings"), output=given.get("output"), workers=given.get("workers"))
    return execute(settings, _options(given), observer, wait_seconds=given.get("wait", 0))


def _in_prefect(given: dict[str, Any], observer: Any) -> "RunResult":
    import os

    # What fails is said once, by the command line; the run in Prefect has the whole trace.
    os.environ.setdefault("PREFECT_LOGGING_HANDLERS_CONSOLE_LEVEL", "CRITICAL")
    from flows.observer import watch
    from flows.tasks import annals

    watch(observer)
    renamed = {"wait": "wait_seconds"}
    kept = {renamed.get(name, name): _plain_value(value) for name, value in given.items()}
    result: RunResult = annals(**kept)
    return result


def _plain_value(value: Any) -> Any:
    """Return the value as Prefect's database and its UI can hold it."""
    if isinstance(value, Path):
        return str(value)
    return list(value) if isinstance(value, tuple) else value


def _options(given: dict[str, Any]) -> Any:
    from flows.runner import Options

    return Options.of(
        given.get("inputs", ()),
        select=given.get("select", ()),
        first=given.get("from_stage"),
        last=given.get("to_stage"),
        refresh=given.get("refresh", ()),
        cascade=given.get("cascade", False),
        retract_missing=given.get("retract_missing", False),
    )


def _print_plan(given: dict[str, Any]) -> None:
    from flows.plan import dry_run
    from flows.runner import Runner
    from flows.settings import load
    from flows.store.dataset import Dataset

    settings = load(given.get("settings"), output=given.get("output"), workers=given.get("workers"))
    plans: list[StagePlan] = dry_run(Runner(Dataset(settings.output), settings, _options(given)))
    for item in plans:
        click.echo(f"{item.stage:<12}{item.state:<9}{item.because}".rstrip())


COMMANDS = (run, plan, rerun, serve)
