"""Who made the data that Annals ships with."""

import csv
from importlib.resources import files


def attributions() -> list[str]:
    """Return a line for each source: its name, its licence, what of it is used."""
    with (files("transforms") / "lookups" / "attributions.csv").open(encoding="utf-8") as stream:
        return [f"{row['source']} ({row['licence']}): {row['used_for']}" for row in csv.DictReader(stream)]
