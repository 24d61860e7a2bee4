"""What a run looks like: progress bars on a terminal, plain lines elsewhere, and the closing table."""

from collections.abc import Iterable
from pathlib import Path

from rich.console import Console
from rich.progress import BarColumn, MofNCompleteColumn, Progress, TaskID, TextColumn, TimeElapsedColumn
from rich.table import Table as Grid

from flows.observer import Observer, Outcome

HEADS = ("stage", "rows in", "rows out", "rejected", "computed", "reused", "seconds")


def standard_output() -> Console:
    """Return a console of a terminal's width; a log file or a pipe has room for whole tables."""
    return Console() if Console().is_terminal else Console(width=120)


class ConsoleObserver(Observer):
    """Shows how a run goes."""

    def __init__(self, console: Console) -> None:
        columns = (TextColumn("{task.description:>12}"), BarColumn(), MofNCompleteColumn(), TimeElapsedColumn())
        self.progress = Progress(*columns, console=console, disable=not console.is_terminal, transient=True)
        self.console = console
        self.task: TaskID | None = None

    def __enter__(self) -> "ConsoleObserver":
        """Start the bars."""
        self.progress.start()
        return self

    def __exit__(self, *_: object) -> None:
        """Stop the bars."""
        self.progress.stop()

    def started(self, stage: str, total: int) -> None:
        """Show a bar, or say what begins."""
        self.task = self.progress.add_task(stage, total=total)
        if not self.console.is_terminal:
            self.console.print(f"{stage}: {total} to compute")

    def advanced(self, documents: int) -> None:
        """Move the bar."""
        if self.task is not None:
            self.progress.advance(self.task, documents)

    def noted(self, text: str) -> None:
        """Print it, as it stands."""
        self.console.print(text, markup=False, highlight=False)

    def done(self, outcome: Outcome) -> None:
        """Take the bar away."""
        if self.task is not None:
            self.progress.remove_task(self.task)
            self.task = None


def closing_table(outcomes: Iterable[Outcome]) -> Grid:
    """Return the table at the end of a run: what each stage read, made, rejected, computed and reused, and how long."""
    grid = Grid(*HEADS, box=None, pad_edge=False)
    for column in grid.columns[1:]:
        column.justify = "right"
    for o in outcomes:
        numbers = (o.rows_in, o.rows_out, o.rejected, o.computed, o.reused)
        grid.add_row(o.stage, *map(str, numbers), f"{o.seconds:.1f}")
    return grid


def where(folder: Path, rows: dict[str, int]) -> str:
    """Return the lines that say where the tables are and what is in them."""
    lines = [f"  {name}.parquet: {count} rows" for name, count in rows.items()]
    return "\n".join([f"Tables in {folder}:", *lines])
