"""Fitting the network: batches of windows, AdamW, a rate that rises and falls linearly."""

import random
import time
from collections.abc import Callable
from dataclasses import dataclass
from typing import Any

import torch
from torch import Tensor, nn

from flows.training.examples import (
    MISSING,
    TASKS,
    Labels,
    Noise,
    Sentence,
    Window,
    batches,
    padded,
    windows,
)
from flows.training.network import Network
from transforms.language.wordpieces import Vocabulary


@dataclass(frozen=True)
class Recipe:
    """How the network is trained.

    Attributes:
        epochs: how often every window is seen.
        batch: pieces a step, padding counted.
        encoder_rate, head_rate: highest learning rates.
        weight_decay: of AdamW.
        warmup: share of the steps in which the rate rises.
        steepest: largest norm of a gradient.
        news: share of the texts labelled by a teacher that an epoch sees.
        seed: of every random choice.
    """

    epochs: int
    batch: int = 3072
    encoder_rate: float = 1e-4
    head_rate: float = 1e-3
    weight_decay: float = 0.01
    warmup: float = 0.1
    steepest: float = 1.0
    news: float = 1 / 4
    seed: int = 7


def fit(
    network: Network, gold: list[list[Sentence]], news: list[list[Sentence]], vocabulary: Vocabulary, labels: Labels,
    recipe: Recipe, say: Callable[[str], None] = print,
) -> None:  # fmt: skip
    """Train the network in place.

    An epoch sees all gold documents and a share of the news. Windows, their order and noise are drawn anew each time.
    """
    rng = random.Random(recipe.seed)
    optimizer = torch.optim.AdamW(_groups(network, recipe), weight_decay=recipe.weight_decay, fused=True)
    rates = [group["lr"] for group in optimizer.param_groups]
    network.train()
    began = time.monotonic()
    for epoch in range(recipe.epochs):
        documents = gold + rng.sample(news, round(recipe.news * len(news)))
        some = list(windows(documents, vocabulary, labels, rng, noise=Noise()))
        total, drawn = 0.0, batches(some, recipe.batch, rng)
        for number, batch in enumerate(drawn):
            done = (epoch + (number + 1) / len(drawn)) / recipe.epochs
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * slope(done, recipe.warmup)
            loss = _loss(network, batch)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), recipe.steepest)
            optimizer.step()
            optimizer.zero_grad()
            total += float(loss.detach())
        seconds = time.monotonic() - began
        say(f"epoch {epoch + 1} of {recipe.epochs}: loss {total / len(drawn):.3f}, {seconds:.0f} s")


def slope(done: float, warmup: float) -> float:
    """Return the factor on the learning rates once a share of the training is done: up linearly, then down to 0."""
    return min(done / warmup, (1 - done) / (1 - warmup))


def _groups(network: Network, recipe: Recipe) -> list[dict[str, Any]]:
    encoder = list(network.encoder.parameters())
    inside = set(map(id, encoder))
    heads = [parameter for parameter in network.parameters() if id(parameter) not in inside]
    return [{"params": encoder, "lr": recipe.encoder_rate}, {"params": heads, "lr": recipe.head_rate}]


def _loss(network: Network, batch: list[Window]) -> Tensor:
    gold = {task: torch.from_numpy(padded([w.labels[task] for w in batch], MISSING)) for task in TASKS}
    gold["head"] = torch.from_numpy(padded([window.heads for window in batch], MISSING))
    gold["start"] = torch.from_numpy(padded([window.starts for window in batch], MISSING))
    mask = torch.from_numpy(padded([[1] * len(window.heads) for window in batch], 0)).bool()
    with torch.autocast("cpu", torch.bfloat16):
        return network.loss(scores_of(network, batch), gold, mask)


def scores_of(network: Network, batch: list[Window]) -> dict[str, Tensor]:
    """Return the scores of all tasks for windows, padded to the longest."""
    ids, shapes, first, last = (
        torch.from_numpy(padded([getattr(window.pieces, name) for window in batch], 0))
        for name in ("ids", "shapes", "first", "last")
    )
    mask = torch.from_numpy(padded([[1] * len(window) for window in batch], 0))
    scores: dict[str, Tensor] = network(network.words(ids, shapes, mask, first, last))
    return scores
