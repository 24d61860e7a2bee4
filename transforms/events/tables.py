"""Reading the lookup files of the event rules: rows once per process, words by class."""

import csv
from functools import cache
from importlib import resources


@cache
def rows(name: str) -> tuple[dict[str, str], ...]:
    """Return the rows of `transforms/lookups/<name>.csv`, values as text, empty where nothing is stated."""
    text = resources.files("transforms").joinpath("lookups", f"{name}.csv").read_text(encoding="utf-8")
    return tuple(csv.DictReader(text.splitlines()))


@cache
def words(name: str, column: str) -> frozenset[str]:
    """Return the values of one column of a lookup file."""
    return frozenset(row[column] for row in rows(name))


@cache
def mapping(name: str, key: str, value: str) -> dict[str, str]:
    """Return one column of a lookup file by another; the first row of a key counts."""
    found: dict[str, str] = {}
    for row in rows(name):
        found.setdefault(row[key], row[value])
    return found


@cache
def word_class(name: str) -> frozenset[str]:
    """Return the lemmas of a class in `word_classes.csv`; empty where there is no such class."""
    return frozenset(row["word"] for row in rows("word_classes") if row["class"] == name)
