"""Commands that look at a dataset: show, inspect, explain, doctor."""

import json
from pathlib import Path

import click

from flows.commands import options


@click.command()
@click.argument("table")
@options.dataset_options
@options.version
@click.option("--where", "condition", metavar="EXPR", help="SQL condition, such as \"event_type = 'REJECT'\"")
@click.option("--limit", type=click.IntRange(0), default=20, show_default=True, help="Rows at the most; 0 for all")
@click.option("--format", "form", type=click.Choice(["table", "csv", "json"]), default="table", show_default=True)
def show(
    table: str,
    output: Path | None,
    settings: Path | None,
    version: int | None,
    condition: str | None,
    limit: int,
    form: str,
) -> None:
    """Print rows of TABLE."""
    from flows.looking import as_text, rows
    from flows.settings import load
    from flows.store.dataset import Dataset

    dataset = Dataset(load(settings, output=output).output)
    frame = rows(dataset, table, version, condition, limit or None)
    click.echo(as_text(frame, form), nl=form != "csv")


@click.command()
@click.argument("document")
@options.dataset_options
@options.version
@click.option("--html", type=click.Path(path_type=Path, dir_okay=False), help="Write a page to this file instead")
def inspect(document: str, output: Path | None, settings: Path | None, version: int | None, html: Path | None) -> None:
    """Show what became of DOCUMENT: an id or uri, or the beginning of one.

    Every raw line, removed ones struck through; beside it the clean text with entities and events marked, or the
    label, reason and confidence with which it was removed.
    """
    from flows import inspection
    from flows.console import standard_output
    from flows.settings import load
    from flows.store.dataset import Dataset

    found = inspection.load(Dataset(load(settings, output=output).output), document, version)
    if html is not None:
        from flows.inspection_page import page

        html.write_text(page(found), encoding="utf-8")
        click.echo(f"written: {html}")
    else:
        inspection.print_to(standard_output(), found)


@click.command()
@click.argument("name", metavar="ID")
@options.dataset_options
@options.version
@click.option("--reports", type=click.IntRange(0), default=10, show_default=True, help="Reports at the most; 0 for all")
@click.option("--json", "as_json", is_flag=True, help="Print JSON, for other programs")
def explain(
    name: str, output: Path | None, settings: Path | None, version: int | None, reports: int, as_json: bool
) -> None:
    """Show what ID rests on: an event_id or event_mention_id, an entity_id, a document_id, or the beginning of one.

    Of an event each report with its sentence and where that stands, the row of the lexicon that decided and what came
    close, what made its status and date, the arcs between its words; who its parties are; why its reports are one event
    and others are not. Of an entity or a document: where else it stands, and why that is the same.
    """
    from flows.console import standard_output
    from flows.evidence.text import print_to
    from flows.evidence.what import explained
    from flows.settings import load
    from flows.store.dataset import Dataset

    known = load(settings, output=output)
    found = explained(Dataset(known.output), known, name, version, reports or None)
    if as_json:
        click.echo(json.dumps(found.as_dict(), ensure_ascii=False, indent=1, default=str))
        return
    print_to(standard_output(), found)


@click.command()
@options.dataset_options
def doctor(output: Path | None, settings: Path | None) -> None:
    """Check the environment, the language model and the dataset; exit 1 if something is wrong."""
    from flows.doctor import examine
    from flows.settings import load

    findings = examine(load(settings, output=output))
    for finding in findings:
        click.echo(f"{'ok  ' if finding.sound else 'WRONG'} {finding.subject}: {finding.detail}")
    if not all(finding.sound for finding in findings):
        raise SystemExit(1)


COMMANDS = (show, inspect, explain, doctor)
