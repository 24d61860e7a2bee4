"""The command about a user's own decisions: decide same, decide different, decide list."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from flows.commands import options

if TYPE_CHECKING:
    from flows.deciding.ledger import Ledger
    from flows.settings import Settings

file = click.option(
    "--file", type=click.Path(path_type=Path, dir_okay=False), help="File of decisions [setting `decisions`]"
)


def _two(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add what `same` and `different` take."""
    note = click.option("--note", default="", metavar="TEXT", help="Why, for those who read the file later")
    ids = click.argument("left"), click.argument("right")
    return ids[0](ids[1](note(file(options.dataset_options(command)))))


@click.group()
def decide() -> None:
    """Say which documents, entities or events are one and which are not, whatever the stages think.

    A decision is a row of a file, decisions.csv beside the settings file if the setting `decisions` names no other. It
    counts from the next run on, survives every later one, and stands in the table `judgements`.

    LEFT and RIGHT are ids of one kind, or their beginning: a document_id or source_uri; an entity_id, or a mention_id
    for who is named there; an event_id, or an event_mention_id for what is told there.
    """


@decide.command()
@_two
def same(left: str, right: str, note: str, **given: Any) -> None:
    """Take LEFT and RIGHT for one."""
    _decide("same", left, right, note, **given)


@decide.command()
@_two
def different(left: str, right: str, note: str, **given: Any) -> None:
    """Keep LEFT and RIGHT apart.

    To part what was joined wrongly, name a mention_id or event_mention_id of either half.
    """
    _decide("different", left, right, note, **given)


@decide.command("list")
@file
@options.dataset_options
def listing(output: Path | None, settings: Path | None, file: Path | None) -> None:
    """Show the decisions of the file: which hold in the latest version, which are without effect and why."""
    from flows.deciding.listing import listed
    from flows.settings import decisions_in, stated

    known = stated(settings, output=output)
    path = _path(known, settings, file)
    found = listed(_ledger(known), decisions_in(path))
    click.echo(f"{path}: {len(found)} decision{'' if len(found) == 1 else 's'}")
    for one in found:
        click.echo(f"\nline {one.decision.line}: {one.decision.level} {one.decision.decision}, {one.state}")
        for key, words in ((one.decision.left, one.left), (one.decision.right, one.right)):
            click.echo(f"  {key}\n    {words or 'nothing'}")
        click.echo(f"  note: {one.decision.note}" if one.decision.note else "", nl=bool(one.decision.note))


def _decide(
    verdict: str, left: str, right: str, note: str, output: Path | None, settings: Path | None, file: Path | None
) -> None:
    from flows.deciding.file import add
    from flows.deciding.naming import decision, side
    from flows.settings import stated

    known = stated(settings, output=output)
    ledger = _ledger(known)
    sides = side(ledger, left), side(ledger, right)
    path = _path(known, settings, file)
    written = add(path, decision(verdict, *sides, note))
    done = "written" if written.is_new else "there already"
    click.echo(f"{path}, line {written.decision.line}, {done}: {written.decision.level} {verdict}")
    for one in sides:
        click.echo(f"  {one.words}\n    as {one.key}")
    if known.decisions is None or known.decisions.resolve() != path.resolve():
        from_there = Path(os.path.relpath(path, settings.parent if settings else None)).as_posix()
        click.echo(f'The file counts once {settings or "annals.toml"} says: decisions = "{from_there}"')
    click.echo("It holds from the next `annals run` on.")


def _ledger(settings: "Settings") -> "Ledger":
    from flows.deciding.ledger import Ledger
    from flows.evidence.version import Version
    from flows.store.dataset import Dataset

    return Ledger(Version(Dataset(settings.output), None))


def _path(known: "Settings", settings: Path | None, file: Path | None) -> Path:
    """The file named, else that of the settings, else the usual one beside them."""
    return file or known.decisions or (settings.parent if settings else Path()) / "decisions.csv"


COMMANDS = (decide,)
