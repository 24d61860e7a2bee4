"""Fitting the weights by which reports of the lexicon and cues of the network are weighed.

See `transforms.events.weighing`. The sentences must be ones that the network has not learned from, or its cues look
surer than they are.
"""

import csv
from collections.abc import Iterable, Iterator
from pathlib import Path

import torch
from torch.nn import functional

from flows.training.event_examples import Example, Told, documents
from transforms.entities import names
from transforms.events import assembly, deontic, mentions, triggers, weighing
from transforms.events.mentions import MentionIndex
from transforms.language import cues, parses

BASIS = "fitted on sentences written for this project (transforms/events/written)"
PENALTY = 1e-3
HARD_SHARE = 0.5
"""Weight of a sentence in which a rule goes wrong: the written ones are meant to mislead rules, as news is not."""
STEPS = 100
Features = dict[str, float]


def fit(texts: list[str], examples: list[Example], model: str, out: Path) -> None:
    """Write event_weights.csv: a logistic regression of whether a type is right on its features, slightly penalised.

    Args:
        texts: written sentences.
        examples: the same with their events; offsets are those of `model`'s tokens.
        model: a pipeline that reads cues and has not learned from the sentences.
        out: the file to write.
    """
    rows = [row for index, one in zip(indexes(texts, model), examples, strict=True) for row in labelled(index, one)]
    columns = list(weighing.FEATURES)
    given = torch.tensor([[values.get(name, 0.0) for name in columns] for values, _ in rows])
    wanted = torch.tensor([float(right) for _, right in rows])
    counted = torch.tensor([HARD_SHARE if values["rule"] and not right else 1.0 for values, right in rows])
    weights = torch.zeros(len(columns), requires_grad=True)
    optimizer = torch.optim.LBFGS([weights], max_iter=STEPS)

    def loss() -> torch.Tensor:
        optimizer.zero_grad()
        value = functional.binary_cross_entropy_with_logits(given @ weights, wanted, counted)
        value = value + PENALTY * weights[1:].square().mean()
        value.backward()
        return value

    optimizer.step(loss)
    with out.open("w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(("feature", "weight", "basis"))
        writer.writerows((name, f"{value:.3f}", BASIS) for name, value in zip(columns, weights.tolist(), strict=True))


def indexes(texts: list[str], model: str) -> Iterator[MentionIndex]:
    """Yield the mentions of texts, each a document of its own, with its parse."""
    keys, tables = documents(texts)
    tables |= parses.STAGE.function(tables, parses.Params(model=model))
    docs = {key: parses.parse_of(parse) for key, parse in tables["parses"].select("document_id", "parse").iter_rows()}
    tables |= names.STAGE.function(tables, names.STAGE.params())
    found = {name: tables[name].partition_by("document_id", as_dict=True) for name in ("names", "chains")}
    for key in keys:
        rows = [found[name][key,].to_dicts() if (key,) in found[name] else [] for name in ("names", "chains")]
        yield MentionIndex(docs[key], mentions.mentions_of(*rows))


def labelled(index: MentionIndex, example: Example) -> Iterator[tuple[Features, bool]]:
    """Yield the features of every type that comes into question in a sentence, and whether it is right."""
    read = cues.of(index.doc) or {}
    for sentence in index.doc.sents:
        words = [*triggers.triggers(sentence, index), *deontic.requests(sentence, index)]
        found = [one for word in words if (one := assembly.report_of(word, index, frozenset())) is not None]
        for report, cue, token in weighing.candidates(sentence, found, read):
            near = (
                {token.i} | ({cue.token} if cue else set()) | (weighing.near_words(report.trigger) if report else set())
            )
            right = {kind for told in _at(example.events, near) for kind in told.types}
            for kind in weighing.kinds(report, cue):
                yield weighing.features(kind, report, cue, token), kind in right


def _at(events: Iterable[Told], words: set[int]) -> list[Told]:
    return [told for told in events if told.token in words]
