import json
import subprocess
import sys
from pathlib import Path

import pytest
from clusters import scores

HERE = Path(__file__).parent
EVERY = {"n", "seconds", "per_second"}


@pytest.mark.parametrize(
    ("script", "files", "keys"),
    [
        ("actors", ["actors.jsonl"], {"country", "sector", "country_interval"}),
        ("name_coreference", ["names.jsonl", "names_documents.jsonl"], {"person", "org", "person_interval"}),
    ],
)
def test_bench_prints_its_keys(script, files, keys, tmp_path):
    predictions = tmp_path / "predictions.jsonl"
    paths = [HERE / "tiny" / file for file in files]
    command = [sys.executable, HERE / f"{script}.py", *paths, "--predictions", predictions]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=HERE.parent.parent)
    result = json.loads(done.stdout.strip().split("\n")[-1])
    assert keys | EVERY == set(result)
    assert predictions.read_text("utf-8").count("\n") == result["n"]


def test_equal_clusterings_score_one_and_splitting_costs():
    gold = [{"a", "b", "c"}, {"d"}, {"e", "f"}]
    assert set(scores(gold, gold).values()) == {1.0}
    assert all(0 < value < 1 for value in scores(gold, [{"a", "b"}, {"c", "d"}, {"e", "f"}]).values())
    assert scores([], []) == {"muc": 0.0, "b3": 0.0, "ceafe": 0.0, "conll": 0.0, "lea": 0.0}


def test_scores_of_the_published_example():
    """Luo 2005, figure 1 (a) and (b): B3 0.865 and CEAFe 0.865 to 0.733."""
    gold = [set("12345"), set("67"), set("89abc")]
    joined = scores(gold, [set("12345"), set("6789abc")])
    assert joined["b3"] == pytest.approx(0.865, abs=0.001)
    assert joined["ceafe"] == pytest.approx(0.733, abs=0.001)
