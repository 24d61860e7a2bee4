"""Commands about versions: versions, diff, rollback, prune."""

import json
from pathlib import Path
from typing import TYPE_CHECKING

import click

from flows.commands import options

if TYPE_CHECKING:
    from flows.store.dataset import Dataset


@click.command()
@options.dataset_options
def versions(output: Path | None, settings: Path | None) -> None:
    """List the versions of the dataset; * marks the one that people read."""
    dataset = _dataset(output, settings)
    latest = dataset.versions.latest()
    for number in dataset.versions.numbers():
        manifest = dataset.versions.manifest(number)
        rows = {name: record.rows for name, record in manifest.tables.items()}
        mark = "*" if number == latest else " "
        parent = f"from {manifest.parent}" if manifest.parent else "from nothing"
        counts = f"{rows['documents']} documents, {rows['events']} events, {len(manifest.findings)} warnings"
        click.echo(f"{mark} {number:>4}  {manifest.published_at}  {parent}  {counts}")


@click.command()
@click.argument("old", type=int)
@click.argument("new", type=int)
@options.dataset_options
def diff(old: int, new: int, output: Path | None, settings: Path | None) -> None:
    """Show what differs between version OLD and version NEW: schema, and rows added, changed, removed."""
    from flows.store.diff import diff as compare

    found = _dataset(output, settings).versions
    before, after = found.require(old), found.require(new)
    result = compare(before, after, lambda s: found.read(s, before), lambda s: found.read(s, after))
    click.echo(f"{'table':<18}{'added':>8}{'changed':>9}{'removed':>9}")
    for table, counts in result["tables"].items():
        click.echo(f"{table:<18}{counts['added']:>8}{counts['changed']:>9}{counts['removed']:>9}")
    if result["schema"]:
        click.echo(json.dumps(result["schema"], indent=1))


@click.command()
@click.argument("version", type=int)
@options.dataset_options
def rollback(version: int, output: Path | None, settings: Path | None) -> None:
    """Let people read VERSION again. The next run continues from it, under a number that no version has had."""
    dataset = _dataset(output, settings)
    with dataset.writing():
        dataset.roll_back(dataset.versions.require(version))
    click.echo(f"latest is version {version}")


@click.command()
@click.option("--keep", type=click.IntRange(1), required=True, help="How many of the newest versions stay")
@options.dataset_options
def prune(keep: int, output: Path | None, settings: Path | None) -> None:
    """Remove old versions, and the work that no version that stays was made from. The latest version always stays."""
    from flows.store.pruning import prune_work

    dataset = _dataset(output, settings)
    with dataset.writing():
        gone = dataset.versions.prune(keep)
        folders = prune_work(dataset)
    click.echo(f"removed versions: {', '.join(map(str, gone)) or 'none'}; removed work folders: {folders}")


def _dataset(output: Path | None, settings: Path | None) -> "Dataset":
    from flows.settings import load
    from flows.store.dataset import Dataset

    return Dataset(load(settings, output=output).output)


COMMANDS = (versions, diff, rollback, prune)
