"""Training of the line model; what needs torch is skipped where the extra "training" is not installed."""

import json
import subprocess
import sys
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from unittest.mock import patch

import numpy as np
import polars as pl
import pytest
from click.testing import CliRunner

from flows import training as models
from flows.commands.model import model
from schemas.errors import InputError
from transforms.clean import line_model, lookup
from transforms.clean.line_model import Weights
from transforms.clean.split import split_lines

ROOT = Path(__file__).parents[2]
ARTICLE = (
    "The ferry to Port Ellery will stop on Monday, said its owner, who had asked for money in vain.\n"
    "Travellers must take the bus along the coast from then on, which takes them an hour longer."
)
PAGE = f"Home\nNews\nSport\n\n{ARTICLE}\n\nRelated stories\nCup goes to the North\nShare\n"


@pytest.fixture
def pages(tmp_path: Path) -> Path:
    rows = [
        {"id": str(n), "site": f"site{n}.example", "raw_text": PAGE.replace("Ellery", f"Ellery{n}"),
         "gold_body": ARTICLE.replace("Ellery", f"Ellery{n}")}
        for n in range(12)
    ]  # fmt: skip
    path = tmp_path / "pages.parquet"
    pl.DataFrame(rows).write_parquet(path)
    return path


@pytest.fixture
def libraries() -> None:
    for library in ("torch", "onnx"):
        pytest.importorskip(library, reason="the extra 'training' is not installed")


@pytest.mark.usefixtures("libraries")
def test_what_is_trained_reads_a_page_as_the_networks_do(pages: Path, tmp_path: Path) -> None:
    training, reading, network = (
        import_module(f"flows.training.{name}") for name in ("line_model", "pages", "line_network")
    )
    recipe = replace(training.Recipe(), networks=2, epochs=2, size=network.Size(width=8, word=4, steps=(1, 2)))
    known = reading.read([pages])
    networks = training.networks_for(known, recipe)
    training.write(networks, tmp_path / "model")
    weights = Weights.read(tmp_path / "model")
    lines = split_lines(PAGE)
    phrases = lookup.phrases_of(lines)
    groups = line_model.paragraphs(lines, phrases)
    found = line_model.page_features(groups, phrases, weights.kinds)
    odds = [net(training.batch_of([training.Example(found, found.counts, found.counts)])).detach() for net in networks]
    mean = sum(value[0].numpy() for value in odds) / len(odds)
    with patch.object(line_model, "shipped", return_value=weights):
        assert np.allclose(line_model.probabilities(found), 1 / (1 + np.exp(-mean)), atol=1e-5)


@pytest.mark.usefixtures("libraries")
def test_a_model_is_trained_by_one_command(pages: Path, tmp_path: Path) -> None:
    training = import_module("flows.training.line_model")
    quick = replace(training.Recipe(), networks=1, epochs=1)
    with patch.object(training, "Recipe", return_value=quick):
        done = CliRunner().invoke(model, ["train-lines", str(pages), "--out", str(tmp_path / "model")])
    assert done.exit_code == 0, done.output
    assert json.loads((tmp_path / "model" / "lines.json").read_text("utf-8"))["kinds"]


@pytest.mark.usefixtures("libraries")
def test_the_bench_cleans_pages_of_sites_held_out(pages: Path) -> None:
    script = ROOT / "tests" / "bench" / "cleaning_folds.py"
    command = [sys.executable, str(script), str(pages), "--folds", "0,1", "--networks", "1", "--epochs", "1"]
    done = subprocess.run(command, capture_output=True, text=True, check=True, cwd=ROOT, env={"PYTHONPATH": str(ROOT)})
    found = json.loads(done.stdout.splitlines()[-1])
    assert {"f1", "precision", "recall", "by_rendering", "n"} <= set(found)
    assert 0 < found["n"] < 12


def test_without_the_libraries_the_command_says_what_to_install(
    pages: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.delattr(models, "line_model", raising=False)
    monkeypatch.setitem(sys.modules, "flows.training.line_model", None)
    with pytest.raises(InputError, match=r"annals\[training\]"):
        models.train_lines([pages], tmp_path / "model")
