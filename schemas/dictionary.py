"""The data dictionary, generated from the schemas."""

import re
from collections.abc import Iterable

import dataframely as dy

from schemas.table import Table

TYPES = {
    "String": "string",
    "Bool": "bool",
    "Int32": "int32",
    "Float64": "float64",
    "Date": "date32",
    "Datetime": "timestamp[us, UTC]",
}


def markdown(tables: Iterable[type[Table]], attributions: Iterable[str] = ()) -> str:
    """Return every table and column in Markdown: type, unit, meaning, example; then who made the shipped data."""
    parts = ["# Dictionary", *(_table(schema) for schema in tables)]
    lines = list(attributions)
    if lines:
        parts.append("## Attributions\n\n" + "\n".join(f"- {line}" for line in lines))
    return "\n\n".join(parts) + "\n"


def _table(schema: type[Table]) -> str:
    doc = " ".join((schema.__doc__ or "").split())
    head = f"## {schema.table}\n\n{doc}\n\n| column | type | meaning | example |\n|---|---|---|---|"
    return "\n".join([head, *(_row(name, column) for name, column in schema.columns().items())])


def _row(name: str, column: dy.Column) -> str:
    metadata = column.metadata or {}
    unit = f" [{metadata['unit']}]" if "unit" in metadata else ""
    key = " (key)" if column.primary_key else " (may be null)" if column.nullable else ""
    cells = (f"`{name}`", TYPES[type(column).__name__], f"{column.description}{unit}{key}", metadata.get("example", ""))
    return "| " + " | ".join(re.sub(r"\|", "\\|", cell) for cell in cells) + " |"


if __name__ == "__main__":
    from schemas.published import TABLES

    print(markdown(TABLES), end="")
