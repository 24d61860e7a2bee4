"""The command about cleaning: explain-cleaning."""

import json
from pathlib import Path

import click

from flows.commands import options


@click.command("explain-cleaning")
@click.argument("inputs", nargs=-1, required=True, metavar="INPUT...")
@options.settings
@click.option("--site", "sites", multiple=True, metavar="SITE", help="Only this site: its domain, outlet or folder")
@click.option("--top", type=click.IntRange(1), default=20, show_default=True, help="Lines of each kind for a site")
@click.option("--format", "form", type=click.Choice(["table", "json"]), default="table", show_default=True)
@options.workers
def explain_cleaning(
    inputs: tuple[str, ...], settings: Path | None, sites: tuple[str, ...], top: int, form: str, workers: int | None
) -> None:
    """Show what cleaning removes from INPUTs (files, folders, globs, - for standard input), and why.

    Totals of each label, and for each site the lines that are removed most often and the longest ones that read like
    sentences. No dataset is read or written.
    """
    from rich.console import Console

    from flows import explained
    from flows.console import ConsoleObserver, standard_output
    from flows.explaining import explain
    from flows.settings import load

    with ConsoleObserver(Console(stderr=True)) as observer:
        found = explain(load(settings, workers=workers), inputs, sites, top, observer)
    if form == "json":
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1))
        return
    explained.print_to(standard_output(), found, every_site=bool(sites))


COMMANDS = (explain_cleaning,)
