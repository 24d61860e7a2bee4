"""The whole training of the branch that reads events, from written sentences and news texts to files in a folder."""

import json
import random
import shutil
from collections.abc import Sequence
from importlib.resources import files
from pathlib import Path

import spacy
import torch

from flows.training import corpora, event_examples, event_export, event_weights, events
from flows.training.event_examples import Example, Sentence
from flows.training.event_network import EventNetwork
from flows.training.fitting import Recipe
from transforms.language import analyser, parses
from transforms.language.analyser import Weights
from transforms.language.pipeline import OWN_MODEL
from transforms.language.wordpieces import Vocabulary

NEWS_EPOCHS, EPOCHS = 2, 5
NEWS = 10_000
BATCH, ENCODER_RATE = 1024, 2e-4
CALIBRATION = 400


def train(data: Path, out: Path, *, news: int = NEWS, epochs: tuple[int, int] = (NEWS_EPOCHS, EPOCHS)) -> None:
    """Train the branch and write events.onnx, labels.json and event_weights.csv to a folder.

    The news texts, coded by the rules, teach the network the lexicon; then it learns from most of the written
    sentences. The weights are fitted on the others.

    Args:
        data: a folder whose names files may have rows with the source "gmb" (see `flows.training.train`).
        out: the folder to write.
        news: how many of the news texts are used.
        epochs: how often news and written sentences are seen; fewer make a trial.
    """
    out.mkdir(parents=True, exist_ok=True)
    shipped = Path(str(files("transforms.language") / OWN_MODEL))
    weights = Weights.read(shipped / "analyser")
    held_out, learned = event_examples.split()
    params = parses.Params()
    examples = [event_examples.example(*row, params) for row in learned]
    labels = events.labels_of(examples)
    vocabulary = Vocabulary(weights.pieces)
    torch.manual_seed(event_examples.SEED)
    network = EventNetwork(weights.network, {head: len(values) for head, values in labels.items()})
    texts = _news(data, news)
    for some, rounds in ((list(event_examples.coded(texts)), epochs[0]), (examples, epochs[1])):
        if some:
            events.fit(network, some, vocabulary, labels, Recipe(rounds, batch=BATCH, encoder_rate=ENCODER_RATE))
    _write(network, examples, weights, labels, out)
    _fit_weights(shipped, held_out, out)


def _news(data: Path, count: int) -> list[str]:
    nlp = spacy.blank("en")
    paths = corpora.files_of(data, corpora.NAMES_FILES)
    texts = [doc.text for path in paths for doc in corpora.names(path, nlp, unclear=True)]
    return random.Random(event_examples.SEED).sample(texts, min(count, len(texts)))


def _write(
    network: EventNetwork, examples: Sequence[Example], weights: Weights, labels: dict[str, list[str]], out: Path
) -> None:
    rng = random.Random(event_examples.SEED)
    sample = rng.sample(list(examples), min(CALIBRATION, len(examples)))
    windows = list(events.windows(sample, Vocabulary(weights.pieces), rng))
    (out / analyser.EVENTS).write_bytes(event_export.exported(network, windows))
    text = json.dumps(weights.labels | labels, indent=0, ensure_ascii=False) + "\n"
    (out / "labels.json").write_text(text, "utf-8")


def _fit_weights(shipped: Path, held_out: Sequence[Sentence], out: Path) -> None:
    """Fit the weights with a copy of the shipped pipeline that reads events as the files in `out` have it."""
    model = out / "held_out"
    shutil.copytree(shipped, model, dirs_exist_ok=True)
    for name in (analyser.EVENTS, "labels.json"):
        shutil.copy(out / name, model / "analyser" / name)
    examples = [event_examples.example(*row, parses.Params()) for row in held_out]
    event_weights.fit([text for text, _ in held_out], examples, str(model), out / "event_weights.csv")
    shutil.rmtree(model)
