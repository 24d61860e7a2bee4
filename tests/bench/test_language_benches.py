import json
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.errors import ModelError
from transforms.language import pipeline

HERE = Path(__file__).parent


@pytest.mark.parametrize(
    ("script", "file", "keys"),
    [
        (
            "parsing",
            "parsing.conllu",
            {"tag", "uas", "las", "lemma", "verb_argument_f1", "sentence_f1", "tag_interval"},
        ),
        ("entities", "entities.jsonl", {"f1", "overlap_f1", "by_source", "steps", "f1_interval"}),
        (
            "dates",
            "dates.jsonl",
            {"accuracy", "underspecified", "underspecified_alone", "absolute", "accuracy_interval"},
        ),
    ],
)
def test_bench_prints_its_keys(script, file, keys, tmp_path):
    try:
        pipeline.load()
    except ModelError:
        pytest.skip("en_annals is not in this checkout")
    predictions = tmp_path / "predictions.jsonl"
    command = [sys.executable, HERE / f"{script}.py", HERE / "tiny" / file, "--predictions", predictions]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parent.parent)
    result = json.loads(done.stdout.strip().split("\n")[-1])
    assert keys | {"n", "seconds", "per_second"} == set(result)
    assert predictions.read_text("utf-8").count("\n") in (1, result["n"])
