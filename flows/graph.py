"""All stages in order, and how to name some of them."""

import difflib
from functools import cache

from schemas.errors import UsageError
from transforms.contract import Stage

ORDER = (
    "raw", "site_lines", "lines", "bodies", "parses", "names", "reports", "prints", "duplicates", "entities",
    "events", "publish",
)  # fmt: skip
PUBLISH = "publish"
MODULES = {
    "raw": "transforms.read.raw",
    "site_lines": "transforms.clean.site_lines",
    "lines": "transforms.clean.lines",
    "bodies": "transforms.clean.bodies",
    "parses": "transforms.language.parses",
    "names": "transforms.entities.names",
    "reports": "transforms.events.reports",
    "prints": "transforms.duplicates.prints",
    "duplicates": "transforms.duplicates.duplicates",
    "entities": "transforms.entities.entities",
    "events": "transforms.events.merging",
    "publish": "transforms.publish.publish",
}
SUMMARIES = {
    "raw": "decoded text of each archived source, and what its container states",
    "site_lines": "lines that repeat across documents of one site",
    "lines": "every raw line: label, reason, confidence, offsets",
    "bodies": "clean text, its segments, and the fields that removed lines stated",
    "parses": "spaCy documents, found again by the hash of the clean text",
    "names": "mentions of entities, with chains inside the document",
    "reports": "events reported by a sentence, with their arguments",
    "prints": "hashes of words, by which documents are compared",
    "duplicates": "exact and near duplicates, and stories",
    "entities": "who the chains are, across documents",
    "events": "which reports tell the same event",
    "publish": "published tables, ledger, manifest, diff, catalogue",
}


@cache
def stage(name: str) -> Stage:
    """Return the stage; its module is imported only now.

    Raises:
        UsageError: no stage has this name; the message names the nearest ones.
    """
    from importlib import import_module

    require(name)
    found: Stage = import_module(MODULES[name]).STAGE
    return found


@cache
def makers() -> dict[str, str]:
    """Return which stage makes which table that others read."""
    return {schema.table: name for name in ORDER if name != PUBLISH for schema in stage(name).outputs}


def parents(name: str) -> tuple[str, ...]:
    """Return the stages whose tables the stage reads, in order."""
    wanted = {makers()[schema.table] for schema in stage(name).inputs if schema.table in makers()}
    return tuple(other for other in ORDER if other in wanted)


def before(name: str) -> set[str]:
    """Return all stages that the stage builds on, itself not among them."""
    return {other for parent in parents(name) for other in (parent, *before(parent))}


def after(name: str) -> set[str]:
    """Return all stages that build on the stage, itself not among them."""
    return {other for other in ORDER if name in before(other)}


def require(name: str) -> str:
    """Return the name if a stage has it.

    Raises:
        UsageError: none has; the message names the nearest ones.
    """
    if name in ORDER:
        return name
    near = difflib.get_close_matches(name, ORDER, n=3, cutoff=0.4) or list(ORDER)
    raise UsageError(f"no stage is called {name!r}", where="stage", remedy=f"Did you mean {', '.join(near)}?")


def select(expressions: tuple[str, ...], first: str | None = None, last: str | None = None) -> set[str]:
    """Return the stages that expressions as in dbt (`name`, `+name`, `name+`) and a range name; else all."""
    chosen: set[str] = set() if expressions else set(ORDER)
    for expression in expressions:
        name = require(expression.strip("+"))
        chosen |= {name}
        chosen |= before(name) if expression.startswith("+") else set()
        chosen |= after(name) if expression.endswith("+") else set()
    start = ORDER.index(require(first)) if first else 0
    stop = ORDER.index(require(last)) if last else len(ORDER) - 1
    return {name for name in chosen if start <= ORDER.index(name) <= stop}
