"""Lookup files as rows: those that ship, then a user's own, which win where both name the same."""

import csv
import hashlib
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cached_property, lru_cache, wraps
from importlib import resources
from typing import Any, TypeVar, cast

from schemas.errors import LookupFileError
from transforms.contract import Params

KEPT = 200_000
Row = dict[str, str]
F = TypeVar("F", bound=Callable[..., Any])


class Own(Params):
    """A user's own rows by the name of the lookup that they add to, such as "organisations" (setting `lookups`)."""

    rows: dict[str, tuple[Row, ...]] = {}

    @cached_property
    def digest(self) -> str:
        """What tells these rows from others."""
        return hashlib.sha256(self.model_dump_json().encode()).hexdigest() if self.rows else ""


NONE = Own()
_own: ContextVar[Own | None] = ContextVar("own", default=None)


@contextmanager
def with_own(own: Own) -> Iterator[None]:
    """Read lookups with a user's own rows as long as the block lasts."""
    token = _own.set(own)
    try:
        yield
    finally:
        _own.reset(token)


def cached(function: F) -> F:
    """Keep what a function of the lookups returned, apart for each set of own rows."""

    @lru_cache(maxsize=KEPT)
    def kept(digest: str, *args: Any) -> Any:
        return function(*args)

    @wraps(function)
    def found(*args: Any) -> Any:
        return kept((_own.get() or NONE).digest, *args)

    return cast(F, found)


@cached
def rows(name: str) -> tuple[Row, ...]:
    """Return the rows of lookups/NAME.csv, and then a user's own.

    Raises:
        LookupFileError: a row has too few or too many cells, or no basis.
    """
    text = resources.files("transforms").joinpath("lookups", f"{name}.csv").read_text("utf-8")
    found = tuple(csv.DictReader(text.splitlines()))
    for number, row in enumerate(found, start=2):
        if None in row or None in row.values() or not row["basis"]:
            raise bad(name, number, "the row has too few or too many cells, or no basis")
    return found + (_own.get() or NONE).rows.get(name, ())


def bad(name: str, number: int, what: str) -> LookupFileError:
    """Return the error of a line of a lookup that ships."""
    return LookupFileError(what, where=f"transforms/lookups/{name}.csv, line {number}", remedy="Mend the row.")


@cached
def words(name: str, of: str = "text", value: str | None = None) -> dict[str, str]:
    """Return column `of` of a small lookup mapped to its column `value`, or to its basis where none is named."""
    return {row[of]: row[value or "basis"] for row in rows(name)}


@cached
def words_of(name: str, kind: str) -> frozenset[str]:
    """Return the texts of one kind in a small lookup with the columns `text` and `kind`."""
    return frozenset(row["text"] for row in rows(name) if row["kind"] == kind)
