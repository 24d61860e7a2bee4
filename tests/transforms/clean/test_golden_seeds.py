"""What cleaning makes of the five seeds, line by line: a change of any label shows here and in the diff of the file.

Write it anew with `python tests/transforms/clean/test_golden_seeds.py` after reading what changed.
"""

from pathlib import Path

import polars as pl

from transforms.clean import bodies, lines, site_lines
from transforms.contract import Stage
from transforms.read import raw

ROOT = Path(__file__).parents[3]
GOLDEN = ROOT / "tests" / "golden"
STAGES: tuple[Stage, ...] = (raw.STAGE, site_lines.STAGE, lines.STAGE, bodies.STAGE)


def cleaned() -> dict[str, pl.DataFrame]:
    seeds = sorted((ROOT / "seeds").glob("*.txt"))
    rows = [
        {
            "document_id": f"{number:016x}",
            "sha256": "0" * 64,
            "source_uri": path.name,
            "format": "text",
            "payload": path.read_bytes(),
        }
        for number, path in enumerate(seeds)
    ]
    tables = {"intake": pl.DataFrame(rows)}
    for stage in STAGES:
        tables |= stage.function(tables, stage.params())
    return tables


def labels(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    names = tables["raw"].select("document_id", "source_uri")
    return (
        tables["lines"]
        .filter(pl.col("label") != "blank")
        .join(names, on="document_id")
        .select("source_uri", "line_number", "label", "reason", "kept", pl.col("text").str.slice(0, 40))
        .sort("source_uri", "line_number")
    )


def fields(tables: dict[str, pl.DataFrame]) -> pl.DataFrame:
    names = tables["raw"].select("document_id", "source_uri")
    return tables["fields"].join(names, on="document_id").drop("document_id").sort("source_uri")


def test_labels_of_every_line():
    golden = (GOLDEN / "seed_lines.csv").read_text(encoding="utf-8")
    assert labels(cleaned()).write_csv() == golden


def test_fields_of_every_page():
    golden = (GOLDEN / "seed_fields.csv").read_text(encoding="utf-8")
    assert fields(cleaned()).write_csv() == golden


if __name__ == "__main__":
    made = cleaned()
    (GOLDEN / "seed_lines.csv").write_text(labels(made).write_csv(), encoding="utf-8")
    (GOLDEN / "seed_fields.csv").write_text(fields(made).write_csv(), encoding="utf-8")
