"""The weights that choose headline, authors and day are learned by one command, and measured by one bench script."""

import csv
import json
import subprocess
import sys
from pathlib import Path

import polars as pl
import pytest
from click.testing import CliRunner

from flows.commands.model import model
from flows.training import fields
from schemas.errors import InputError

ROOT = Path(__file__).parents[2]
PARAGRAPH = (
    "The ferry to Port {place} will stop on Monday, said its owner, who had asked the council for money in vain. "
    "Travellers to {place} must take the bus along the coast from then on, which takes them an hour longer."
)
PLACES = ("Ellery", "Arden", "Corran", "Dunmore", "Farley", "Garvan", "Hollin", "Inver", "Kerris", "Lomond")


def row(place: str) -> dict[str, str | None]:
    title = f"Ferry to Port {place} will stop on Monday"
    body = PARAGRAPH.format(place=place)
    text = (
        f"Home\nNews\n\n{title}\n\nBy Emma {place}\nMarch 3, 2020\n\n{body}\n\n{body.replace('bus', 'tram')}\n\nShare\n"
    )
    return {
        "id": place, "site": f"{place.lower()}.example", "url": None, "raw_text": text, "title": title,
        "author": f"Emma {place}", "published": "2020-03-03" if place < "L" else None,
        "rendering": "wet" if place < "F" else "plain",
    }  # fmt: skip


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    path = tmp_path / "pages.parquet"
    pl.DataFrame([row(place) for place in PLACES]).write_parquet(path)
    return path


def test_weights_are_learned_by_one_command(pages: Path, tmp_path: Path) -> None:
    out = tmp_path / "weights.csv"
    done = CliRunner().invoke(model, ["train-fields", str(pages), "--out", str(out)])
    assert done.exit_code == 0, done.output
    assert "10 of 10 pages read" in done.output
    with out.open(encoding="utf-8", newline="") as file:
        rows = list(csv.DictReader(file))
    assert [line["feature"] for line in rows[:3]] == ["none"] * 3
    weights = {(line["field"], line["feature"]): float(line["weight"]) for line in rows}
    assert weights["authors", "by"] > 0 < weights["title", "body"]
    assert rows[-1]["basis"] == "10 pages of pages"


def test_a_file_without_the_columns_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "pages.parquet"
    pl.DataFrame({"raw_text": ["a"], "title": ["b"]}).write_parquet(path)
    with pytest.raises(InputError, match="site, url, author, published"):
        fields.train([path], tmp_path / "weights.csv")


def test_a_page_without_text_asks_nothing() -> None:
    nothing = dict.fromkeys(fields.COLUMNS)
    first, second = fields.pages_of([{**nothing, "raw_text": "   "}, {**nothing, **row("Ellery")}])
    assert first is None or not any(fields.asked_of(first).values())
    assert second is not None
    assert second.raw["url"] is None


def test_the_bench_measures_on_sites_held_out(pages: Path) -> None:
    command = [sys.executable, str(ROOT / "tests" / "bench" / "fields_folds.py"), str(pages)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    found = json.loads(done.stdout.splitlines()[-1])
    assert set(found["by_rendering"]) == {"wet", "plain"}
    assert found["ceiling"] == {"title": 1.0, "author": 1.0, "date": 1.0}
    assert (found["n"], found["date"]) == (10, 1.0)
    assert {"title", "author", "seconds", "per_second"} <= set(found)
