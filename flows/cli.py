"""The command line `annals`. Only here a process exits: 0 done, 1 failed, 2 wrong use, 3 a check blocked publishing."""

import os
import sys

import click

from flows.commands import cleaning, deciding, looking, model, running, versions
from schemas.errors import AnnalsError

COMMANDS = (
    *running.COMMANDS, *cleaning.COMMANDS, *looking.COMMANDS, *deciding.COMMANDS, *versions.COMMANDS, *model.COMMANDS,
)  # fmt: skip


@click.group(context_settings={"help_option_names": ["-h", "--help"]})
@click.version_option(package_name="annals")
def annals() -> None:
    """Turn scraped news text into tables: who did what to whom, when, where, and which sentence says so."""


for _command in COMMANDS:
    annals.add_command(_command)


def main() -> None:
    """Run the command line and exit."""
    try:
        annals()
    except AnnalsError as error:
        click.echo(f"annals: {error}", err=True)
        sys.exit(error.exit_code)
    except BrokenPipeError:
        # The reader of a pipe, such as `head`, has seen enough.
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())


if __name__ == "__main__":
    main()
