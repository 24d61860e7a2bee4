"""Smoke runs of the benches on duplicates, event coreference, the seeds and speed, on invented inputs."""

import json
import shutil
import subprocess
import sys
from pathlib import Path

import pytest
import stability

from schemas.errors import ModelError
from transforms.language import pipeline

HERE = Path(__file__).parent
COUNTS = {"n", "seconds", "per_second"}


def bench(script, *arguments):
    command = [sys.executable, HERE / f"{script}.py", *arguments]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parent.parent)
    return json.loads(done.stdout.strip().split("\n")[-1])


@pytest.mark.parametrize(
    ("script", "keys", "perfect"),
    [
        ("near_duplicates", {"precision", "recall", "f1", "precision_interval"}, {"precision": 1.0, "recall": 1.0}),
        ("coreference", {"muc", "b3", "ceafe", "conll", "lea", "muc_interval"}, {"conll": 1.0, "lea": 1.0}),
    ],
)
def test_clustering_benches_print_their_keys(script, keys, perfect, tmp_path):
    predictions = tmp_path / "predictions.jsonl"
    result = bench(script, HERE / "tiny" / f"{script}.jsonl", "--predictions", predictions)
    assert keys | COUNTS == set(result)
    assert {key: result[key] for key in perfect} == perfect
    assert predictions.read_text("utf-8").count("\n") == result["n"]


@pytest.fixture
def model():
    try:
        pipeline.load()
    except ModelError:
        pytest.skip("en_annals is not in this checkout")


def test_seeds_scores_a_published_version(model, small_run):
    result = bench("seeds", HERE / "tiny" / "seeds", "--latest", small_run.latest, "--docs", "900")
    assert result["documents"] == 1
    assert result["must_not_merge_broken"] == "0/1"
    assert (result["forbidden_in_text"], result["authors_as_actors"]) == ([], [])
    assert 0 <= result["event_recall"] <= 1


def test_speed_times_a_run_and_an_increment(model, corpus):
    result = bench("speed", corpus, "--more", "0.25", "--workers", "1")
    assert result["n"] == 4
    assert result["more"]["documents"] == 1
    assert {"parses", "events", "publish"} <= set(result["stages"])
    assert result["words_per_second"] > 0 < result["ratio_to_bare_model"]


def test_stability_tells_what_became_of_clusters_and_ids(model, small_run, tmp_path, monkeypatch, capsys):
    shutil.copytree(small_run.settings.output, tmp_path / "all", symlinks=True)
    words = ["stability.py", small_run.inputs, "--share", ".25", "--output", tmp_path, "--predictions", tmp_path / "p"]
    monkeypatch.setattr(sys, "argv", [str(word) for word in words])
    stability.main()
    result = json.loads(capsys.readouterr().out)
    assert (result["documents"], result["differing"]) == ({"before": 3, "added": 1}, [])
    assert result["same_clusters"] and result["kept"] == result["together"] == 1.0
    assert {"n", "together", "kept", "identity_changes", "same_clusters"} == set(result["event"])
    assert (tmp_path / "p").read_text("utf-8") == ""
