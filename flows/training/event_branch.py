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
from flows.training.event_examples import Example
from flows.training.event_network import EventNetwork
from transforms.language import analyser, parses
from transforms.language.analyser import Weights
from transforms.language.pipeline import OWN_MODEL
from transforms.language.wordpieces import Vocabulary

NEWS_EPOCHS, EPOCHS = 2, 5
NEWS = 10_000
HELD_OUT = 0.12
CALIBRATION = 400
SEED = 7
Written = tuple[str, Example]


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
    written = _written()
    random.Random(SEED).shuffle(written)
    count = round(HELD_OUT * len(written))
    held_out, learned = written[:count], [one for _, one in written[count:]]
    labels = events.labels_of(one for _, one in written)
    vocabulary = Vocabulary(weights.pieces)
    torch.manual_seed(SEED)
    network = EventNetwork(weights.network, {head: len(values) for head, values in labels.items()})
    texts = _news(data, news)
    for examples, rounds in ((list(event_examples.coded(texts)), epochs[0]), (learned, epochs[1])):
        if examples:
            events.fit(network, examples, vocabulary, labels, events.Recipe(rounds))
    _write(network, learned, weights, labels, out)
    _fit_weights(shipped, held_out, out)


def _written() -> list[Written]:
    params = parses.Params()
    rows = event_examples.written(sorted(event_examples.WRITTEN.glob("*.txt")))
    return [(sentence, event_examples.example(sentence, told, params)) for sentence, told in rows]


def _news(data: Path, count: int) -> list[str]:
    nlp = spacy.blank("en")
    paths = corpora.files_of(data, corpora.NAMES_FILES)
    texts = [doc.text for path in paths for doc in corpora.names(path, nlp, unclear=True)]
    return random.Random(SEED).sample(texts, min(count, len(texts)))


def _write(
    network: EventNetwork, examples: Sequence[Example], weights: Weights, labels: dict[str, list[str]], out: Path
) -> None:
    rng = random.Random(SEED)
    sample = rng.sample(list(examples), min(CALIBRATION, len(examples)))
    windows = list(events.windows(sample, Vocabulary(weights.pieces), rng))
    (out / analyser.EVENTS).write_bytes(event_export.exported(network, windows))
    text = json.dumps(weights.labels | labels, indent=0, ensure_ascii=False) + "\n"
    (out / "labels.json").write_text(text, "utf-8")


def _fit_weights(shipped: Path, held_out: Sequence[Written], out: Path) -> None:
    """Fit the weights with a copy of the shipped pipeline that reads events as the files in `out` have it."""
    model = out / "held_out"
    shutil.copytree(shipped, model, dirs_exist_ok=True)
    for name in (analyser.EVENTS, "labels.json"):
        shutil.copy(out / name, model / "analyser" / name)
    texts, examples = [text for text, _ in held_out], [one for _, one in held_out]
    event_weights.fit(texts, examples, str(model), out / "event_weights.csv")
    shutil.rmtree(model)
