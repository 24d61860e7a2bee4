"""Training the line model from pages of which it is known what is article, and measuring it on sites held out."""

import json
import random
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from functools import cache
from pathlib import Path
from statistics import fmean

import numpy as np
import torch
from torch import Tensor
from torch.nn import functional

from flows.training import pages
from flows.training.line_network import Batch, LineNetwork, Size, exported
from flows.training.pages import Page, Variety
from transforms.clean import line_model, lookup
from transforms.clean.features import Features
from transforms.clean.split import split_lines


@dataclass(frozen=True)
class Recipe:
    """How the networks learn.

    Attributes:
        networks: how many are trained; the model answers with their mean.
        epochs: how often each page's sites are seen.
        renderings: renderings of one page that are seen in an epoch, drawn anew each time.
        rate, decay: of AdamW, the rate going up and down once.
        lines: pages with more are not learned from.
        pages, paragraphs: the most of a batch.
        words: share of words that are left out.
        address: share of pages whose address is known.
        seed: of all chance.
    """

    networks: int = 2
    epochs: int = 11
    renderings: int = 2
    rate: float = 2e-3
    decay: float = 0.01
    lines: int = 3000
    pages: int = 16
    paragraphs: int = 6000
    words: float = 0.3
    address: float = 0.7
    seed: int = 1
    size: Size = field(default_factory=Size)
    variety: Variety = field(default_factory=Variety)


@dataclass(frozen=True)
class Example:
    """Features of a page, and for each paragraph the share that is article and its number of words."""

    features: Features
    shares: np.ndarray
    sizes: np.ndarray


@cache
def kinds() -> tuple[str, ...]:
    """Return the kinds of phrase in lookups/phrases.csv in order."""
    return tuple(sorted({line_model.kind_of(phrase) for phrase in lookup.phrases()}))


def example(page: Page, dice: random.Random | None = None, address: float = 1.0) -> Example | None:
    """Return a page as the network sees it, None for a page without a word; with dice the address may stay unknown."""
    lines = split_lines("\n".join(page.lines))
    phrases = lookup.phrases_of(lines)
    groups = line_model.paragraphs(lines, phrases)
    words = [[line.words for line in group] for group in groups]
    if not any(map(any, words)):
        return None
    held = [
        sum(page.shares[line.number - 1] * count for line, count in zip(group, counts, strict=True))
        / max(sum(counts), 1)
        for group, counts in zip(groups, words, strict=True)
    ]
    shares, sizes = np.array(held, np.float32), np.array([sum(counts) for counts in words], np.float32)
    url = page.url if dice is None or dice.random() < address else None
    return Example(line_model.page_features(groups, phrases, kinds(), url=url), shares, sizes)


def batch_of(examples: Sequence[Example], words: float = 0.0, dice: random.Random | None = None) -> Batch:
    """Return the examples as one batch, a share of their words left out."""
    shapes, kept, counts = [], [], []
    chances = np.random.default_rng(dice.getrandbits(32) if dice else 0)
    for item in examples:
        keep = chances.random(len(item.features.words)) >= words
        owner = np.repeat(np.arange(len(item.features.counts)), item.features.counts)
        shapes.append(item.features.shape)
        kept.append(item.features.words[keep])
        counts.append(np.bincount(owner[keep], minlength=len(item.features.counts)))
    return Batch(shapes, kept, counts)


def loss_of(network: LineNetwork, examples: Sequence[Example], batch: Batch) -> Tensor:
    """Return the mean over pages of the cross-entropy, weighed by words, and half of what a soft F1 lacks to 1."""
    odds, mask = network(batch), batch.mask[:, :, 0]
    shares, sizes = torch.zeros_like(mask), torch.zeros_like(mask)
    for row, item in enumerate(examples):
        shares[row, : len(item.shares)] = torch.from_numpy(item.shares)
        sizes[row, : len(item.sizes)] = torch.from_numpy(item.sizes)
    weights = (sizes + 3) * mask
    entropy = functional.binary_cross_entropy_with_logits(odds, shares, reduction="none") * weights
    found = torch.sigmoid(odds) * mask
    both = (found * shares * sizes).sum(1)
    f1 = 2 * both / ((found * sizes).sum(1) + (shares * sizes).sum(1) + 1)
    return (entropy.sum(1) / weights.sum(1)).mean() + 0.5 * (1 - f1).mean()


def fitted(known: Sequence[Page], recipe: Recipe, seed: int) -> LineNetwork:
    """Return a network that learned from the pages; progress goes to standard output."""
    torch.manual_seed(seed)
    dice = random.Random(seed)
    by_rendering, by_address = defaultdict(list), defaultdict(list)
    for page in known:
        by_rendering[page.rendering].append(page)
        by_address[page.url or page.article].append(page)
    first = next(made for page in known if (made := example(page)))
    network = LineNetwork(first.features.shape.shape[1], recipe.size)
    optimizer = torch.optim.AdamW(network.parameters(), lr=recipe.rate, weight_decay=recipe.decay)
    schedule = None
    for epoch in range(recipe.epochs):
        drawn = [p for group in by_address.values() for p in dice.sample(group, min(recipe.renderings, len(group)))]
        batches = _batches(drawn, by_rendering, recipe, dice)
        if schedule is None:
            steps = int(len(batches) * recipe.epochs * 1.05) + 10
            schedule = torch.optim.lr_scheduler.OneCycleLR(optimizer, recipe.rate, total_steps=steps, pct_start=0.15)
        losses = []
        for examples in batches:
            loss = loss_of(network, examples, batch_of(examples, recipe.words, dice))
            optimizer.zero_grad()
            loss.backward()
            torch.nn.utils.clip_grad_norm_(network.parameters(), 1.0)
            optimizer.step()
            schedule.step()
            losses.append(loss.item())
        print(f"epoch {epoch + 1}: loss {fmean(losses):.4f}", flush=True)  # noqa: T201
    network.eval()
    return network


def _batches(
    drawn: list[Page], others: dict[str, list[Page]], recipe: Recipe, dice: random.Random
) -> list[list[Example]]:
    """Pages of like length together."""
    changed = (pages.varied(page, others[page.rendering], dice, recipe.variety) for page in drawn)
    examples = [made for page in changed if (made := example(page, dice, recipe.address))]
    examples.sort(key=lambda item: len(item.shares) * dice.uniform(0.8, 1.25))
    batches: list[list[Example]] = [[]]
    for item in examples:
        if batches[-1] and (len(batches[-1]) + 1) * len(item.shares) > recipe.paragraphs:
            batches.append([])
        batches[-1].append(item)
        if len(batches[-1]) == recipe.pages:
            batches.append([])
    batches = [batch for batch in batches if batch]
    dice.shuffle(batches)
    return batches


def train(paths: Iterable[Path], out: Path, recipe: Recipe | None = None) -> None:
    """Train the line model on Parquet files of pages (see `pages.read`) and write it to a folder (see `write`).

    Raises:
        InputError: a file lacks columns.
    """
    write(networks_for(pages.read(paths), recipe or Recipe()), out)


def networks_for(known: Iterable[Page], recipe: Recipe) -> list[LineNetwork]:
    """Return networks that learned from the pages, those without an article and the very long ones set aside."""
    learnable = [page for page in known if len(page.lines) < recipe.lines and any(page.shares)]
    return [fitted(learnable, recipe, recipe.seed + number) for number in range(recipe.networks)]


def write(networks: Sequence[LineNetwork], out: Path) -> None:
    """Write lines.onnx and lines.json, the model that `transforms.clean.line_model` reads, to a folder."""
    out.mkdir(parents=True, exist_ok=True)
    (out / "lines.onnx").write_bytes(exported(networks))
    (out / "lines.json").write_text(json.dumps({"kinds": kinds()}, indent=1) + "\n", "utf-8")
