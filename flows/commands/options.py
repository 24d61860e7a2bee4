"""Options that several commands share."""

from collections.abc import Callable
from pathlib import Path
from typing import Any

import click

output = click.option("--output", type=click.Path(path_type=Path, file_okay=False), help="Dataset folder [output]")
settings = click.option("--settings", type=click.Path(path_type=Path), help="Settings file [annals.toml]")
workers = click.option("--workers", type=click.IntRange(1), help="Processes for stages that work document by document")
wait = click.option("--wait", type=click.FloatRange(0), default=0, help="Seconds to wait for another run to end")
plain = click.option("--plain", is_flag=True, help="Run without Prefect: no record in its database, a faster start")
version = click.option("--version", type=int, help="Number of the version [the latest]")


def dataset_options(command: Callable[..., Any]) -> Callable[..., Any]:
    """Add --output and --settings."""
    return output(settings(command))
