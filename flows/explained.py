"""How an explanation of cleaning looks on a terminal."""

from collections.abc import Sequence
from typing import Any

from rich.console import Console
from rich.table import Table as Grid
from rich.text import Text

from flows.explaining import Explanation, Site

LISTED = 30
"""Sites of the table at the most."""
SITES = 10
"""Sites whose lines are printed; the others are counted, and `--site` prints them."""
REASON = 24
BEGINNING = 180
"""Characters of a reason, and of a line, that are printed at the most."""


def print_to(console: Console, found: Explanation, *, every_site: bool) -> None:
    """Print totals, then the removed lines of the sites with most documents, or of every site."""
    console.print(Text(_head(found)))
    console.print(_totals(found), "", _sites(found.sites), sep="\n")
    shown = found.sites if every_site else found.sites[:SITES]
    for site in shown:
        _print_site(console, site)
    if len(shown) < len(found.sites):
        rest = len(found.sites) - len(shown)
        console.print(f"{rest} sites more: name one with --site, or ask for --format json", highlight=False)


def _head(found: Explanation) -> str:
    lines = [f"{_documents(found.documents)}, {len(found.without_body)} of them without body"]
    lines += [f"  without body: {uri}" for uri in found.without_body[:SITES]]
    lines += [f"  rejected by {row['stage']}: {row['count']}, {row['reason']}" for row in found.rejects]
    return "\n".join(lines) + "\n"


def _documents(number: int) -> str:
    return f"{number:,} document{'' if number == 1 else 's'}"


def _totals(found: Explanation) -> Grid:
    grid = _grid(("label", "lines", "words", "share of words"), right=(1, 2, 3))
    for row in found.labels:
        style = "bold" if row["label"] == "body" else ""
        grid.add_row(row["label"], f"{row['lines']:,}", f"{row['words']:,}", f"{row['share']:.1%}", style=style)
    return grid


def _sites(sites: Sequence[Site]) -> Grid:
    grid = _grid(("site", "documents", "without body", "words kept"), right=(1, 2, 3))
    for site in sites[:LISTED]:
        bare = str(site.without_body) if site.without_body else ""
        grid.add_row(Text(site.site), str(site.documents), bare, f"{site.kept_share:.1%}")
    return grid


def _print_site(console: Console, site: Site) -> None:
    console.print()
    console.rule(Text(f"{site.site}: {_documents(site.documents)}", style="bold"), align="left")
    if not site.frequent:
        console.print("nothing was removed")
        return
    console.print(_lines("Removed most often", site.frequent, ("count", "documents"), wrapped=False))
    if site.sentences:
        title = "Removed, and reads like a sentence: is one of these the article's?"
        console.print(_lines(title, site.sentences, ("words", "documents"), wrapped=True))


def _lines(title: str, rows: Sequence[dict[str, Any]], numbers: tuple[str, str], *, wrapped: bool) -> Grid:
    grid = _grid((numbers[0], "docs", "label", "reason", "line"), right=(0, 1), title=title)
    grid.columns[3].max_width = REASON
    # The one column that may wrap gives way where the terminal is narrow.
    grid.columns[4].no_wrap = False
    for row in rows:
        text = row["text"] if len(row["text"]) <= BEGINNING else row["text"][:BEGINNING] + " …"
        line = Text(text, no_wrap=not wrapped, overflow="fold" if wrapped else "ellipsis")
        grid.add_row(*(str(row[name]) for name in numbers), row["label"], row["reason"], line)
    return grid


def _grid(heads: tuple[str, ...], right: tuple[int, ...], title: str | None = None) -> Grid:
    grid = Grid(title=title, title_justify="left", box=None, pad_edge=False)
    for number, head in enumerate(heads):
        grid.add_column(head, justify="right" if number in right else "left", no_wrap=True, overflow="ellipsis")
    return grid
