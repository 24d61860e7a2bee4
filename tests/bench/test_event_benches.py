import json
import subprocess
import sys
from pathlib import Path

import pytest

from schemas.errors import ModelError
from transforms.language import pipeline

HERE = Path(__file__).parent
ALWAYS = {"n", "seconds", "per_second"}


@pytest.mark.parametrize(
    ("script", "keys"),
    [
        (
            "sentences",
            {"precision", "recall", "f1", "status", "actor", "recipient", "silent", "ece", "precision_interval"},
        ),
        ("dyads", {"root", "quad", "binary", "root_interval"}),
        ("triples", {"country_root", "root", "country_root_interval"}),
    ],
)
def test_bench_prints_its_keys(script, keys, tmp_path):
    try:
        pipeline.load()
    except ModelError:
        pytest.skip("en_annals is not in this checkout")
    predictions = tmp_path / "predictions.jsonl"
    command = [sys.executable, HERE / f"{script}.py", HERE / "tiny" / f"{script}.jsonl", "--predictions", predictions]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parent.parent)
    result = json.loads(done.stdout.strip().split("\n")[-1])
    assert keys | ALWAYS == set(result)
    assert predictions.read_text("utf-8").count("\n") == result["n"]


def test_sentences_are_matched_once_each():
    sys.path.insert(0, str(HERE))
    try:
        from sentences import counts  # noqa: PLC0415
    finally:
        sys.path.remove(str(HERE))
    event = {"status": "happened", "actor_text": "Norway", "recipient_text": None, "actors": [], "recipients": []}
    gold = {"event_type": "ACCUSE", "acceptable_types": ["REJECT"], "status": "ongoing", "actor": "Norway",
            "recipient": "Chad"}  # fmt: skip
    predicted = [event | {"event_type": kind} for kind in ("REJECT", "ACCUSE")]
    found = counts({"events": [gold], "unsure": False}, predicted)
    assert (found["right"], found["predicted"], found["gold"]) == (1, 2, 1)
    assert (found["status"], found["actor"], found["recipient"]) == (1, 1, 0)
