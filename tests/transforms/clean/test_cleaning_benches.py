"""The two bench scripts of cleaning run on a tiny file and answer in the form that bench/FORMATS.md asks for."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[3]
BENCH = ROOT / "tests" / "bench"


def run(script, *arguments):
    command = [sys.executable, str(BENCH / script), *map(str, arguments)]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    return json.loads(done.stdout.splitlines()[-1])


@pytest.mark.parametrize("options", [(), ("--batch",)])
def test_cleaning_scores_every_rendering(options, tmp_path):
    predictions = tmp_path / "predicted.jsonl"
    found = run("cleaning.py", BENCH / "tiny" / "cleaning.jsonl", *options, "--predictions", predictions)
    assert list(found)[:4] == ["f1", "precision", "recall", "by_rendering"]
    assert (found["n"], found["title"], found["author"], found["date"]) == (3, 1.0, 1.0, 1.0)
    assert found["f1"] == 1.0
    assert set(found["by_rendering"]) == {"plain", "html"}
    assert {"f1", "title", "author"} <= set(found["baseline"])
    assert [json.loads(line)["id"] for line in predictions.read_text("utf-8").splitlines()] == ["a", "b", "c"]
