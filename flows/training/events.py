"""Training the branch that reads events: first on texts that the rules have coded, then on sentences written for it."""

import random
import time
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import torch
from torch import Tensor, nn
from torch.nn import functional

from flows.training.event_examples import STATUSES, Example, Told
from flows.training.event_network import EventNetwork
from flows.training.examples import Noise, Sentence, noisy, padded
from flows.training.fitting import Recipe, slope
from flows.training.network import NEVER
from schemas import ontology
from transforms.language.analyser import MAX_PIECES
from transforms.language.cues import SIDES
from transforms.language.wordpieces import Pieces, Vocabulary, shape_of

GROUPS = (1, 1, 2, 3)
NOISE = Noise(upper=0.02, title=0.03, lower=0.08, bare_end=0.0, other_quote=0.0, lost_apostrophe=0.0)
OTHER_SHARE = 0.25
TYPE_WEIGHT, STATUS_WEIGHT, MODE_WEIGHT = 10.0, 0.5, 0.5


@dataclass(frozen=True)
class Window:
    """Sentences as the network reads them: pieces, number of words, events with the words that their sentence spans."""

    pieces: Pieces
    count: int
    events: tuple[tuple[Told, int, int], ...]


def labels_of(examples: Iterable[Example]) -> dict[str, list[str]]:
    """Return the labels by head: all types and statuses of PLOVER, and the modes that the examples have."""
    modes = {f"{told.types[0]}.{told.mode}" for one in examples for told in one.events if told.mode}
    return {"event_type": list(ontology.EVENT_TYPES), "event_mode": sorted(modes), "event_status": list(STATUSES)}


def fit(
    network: EventNetwork,
    examples: Sequence[Example],
    vocabulary: Vocabulary,
    labels: dict[str, list[str]],
    recipe: Recipe,
) -> None:
    """Train the network in place; progress goes to standard output."""
    rng = random.Random(recipe.seed)
    torch.manual_seed(recipe.seed)
    optimizer = torch.optim.AdamW(_groups(network, recipe), weight_decay=recipe.weight_decay, fused=True)
    rates = [group["lr"] for group in optimizer.param_groups]
    network.train()
    began = time.monotonic()
    for epoch in range(recipe.epochs):
        drawn = _batches(list(windows(examples, vocabulary, rng)), recipe.batch, rng)
        total = 0.0
        for number, batch in enumerate(drawn):
            done = (epoch + (number + 1) / len(drawn)) / recipe.epochs
            for group, rate in zip(optimizer.param_groups, rates, strict=True):
                group["lr"] = rate * slope(done, recipe.warmup)
            with torch.autocast("cpu", torch.bfloat16):
                loss = _loss(scores_of(network, batch), batch, labels)
            loss.backward()
            nn.utils.clip_grad_norm_(network.parameters(), recipe.steepest)
            optimizer.step()
            optimizer.zero_grad()
            total += float(loss.detach())
        seconds = time.monotonic() - began
        print(f"epoch {epoch + 1} of {recipe.epochs}: loss {total / len(drawn):.3f}, {seconds:.0f} s", flush=True)  # noqa: T201


def _groups(network: EventNetwork, recipe: Recipe) -> list[dict[str, object]]:
    layers = [part for part in network.encoder.parameters() if part.requires_grad]
    inside = set(map(id, network.encoder.parameters())) | set(map(id, network.shapes.parameters()))
    heads = [part for part in network.parameters() if id(part) not in inside]
    return [{"params": layers, "lr": recipe.encoder_rate}, {"params": heads, "lr": recipe.head_rate}]


def windows(examples: Sequence[Example], vocabulary: Vocabulary, rng: random.Random) -> Iterator[Window]:
    """Yield the sentences in random order, now alone and now several in a window, some of them in other letters."""
    order = rng.sample(list(examples), len(examples))
    while order:
        group = [order.pop() for _ in range(min(rng.choice(GROUPS), len(order)))]
        words: list[str] = []
        shapes: list[str] = []
        events: list[tuple[Told, int, int]] = []
        for one in group:
            start, end = len(words), len(words) + len(one.words)
            if start and sum(len(vocabulary.of_word(word)) for word in words + one.words) > MAX_PIECES:
                break
            words += one.words
            shapes += noisy(Sentence(one.words, [shape_of(word) for word in one.words]), NOISE, rng).shapes
            events += [(told.shifted(start), start, end) for told in one.events]
        pieces = vocabulary.encode(words, shapes)
        if len(pieces.ids) <= MAX_PIECES + 2:
            yield Window(pieces, len(words), tuple(events))


def _batches(some: list[Window], size: int, rng: random.Random) -> list[list[Window]]:
    found: list[list[Window]] = [[]]
    for window in sorted(some, key=lambda window: len(window.pieces.ids)):
        if found[-1] and (len(found[-1]) + 1) * len(window.pieces.ids) > size:
            found.append([])
        found[-1].append(window)
    return rng.sample(found, len(found))


def scores_of(network: EventNetwork, batch: list[Window]) -> dict[str, Tensor]:
    """Return the scores of all heads for windows, padded to the longest."""
    ids, shapes, first, last = (
        torch.from_numpy(padded([getattr(window.pieces, name) for window in batch], 0))
        for name in ("ids", "shapes", "first", "last")
    )
    mask = torch.from_numpy(padded([[1] * len(window.pieces.ids) for window in batch], 0))
    scores: dict[str, Tensor] = network(network.words(ids, shapes, mask, first, last))
    return scores


def _loss(scores: dict[str, Tensor], batch: list[Window], labels: dict[str, list[str]]) -> Tensor:
    """Return the weighted sum of the losses: types a mean over words, the others over events."""
    events = [(row, *told) for row, window in enumerate(batch) for told in window.events]
    kinds = scores["event_type"].log_softmax(-1)
    target, known = torch.zeros_like(kinds), torch.zeros(kinds.shape[:2])
    target[..., 0] = 1.0
    for row, window in enumerate(batch):
        known[row, : window.count] = 1.0
    for row, told, _, _ in events:
        target[row, told.token] = _wanted(told, labels["event_type"])
    losses = [-TYPE_WEIGHT * ((target * kinds).sum(-1) * known).sum() / known.sum()]
    if events:
        losses.append(
            STATUS_WEIGHT
            * _chosen(scores["event_status"], [(r, t, t.status) for r, t, _, _ in events], labels["event_status"])
        )
        losses.append(
            torch.stack([_side_loss(scores, side, *event) for event in events for side in range(len(SIDES))]).mean()
        )
    moded = [(row, told, f"{told.types[0]}.{told.mode}") for row, told, _, _ in events if told.mode]
    moded = [entry for entry in moded if entry[2] in labels["event_mode"]]
    if moded:
        losses.append(MODE_WEIGHT * _chosen(scores["event_mode"], moded, labels["event_mode"]))
    return torch.stack(losses).sum()


def _wanted(told: Told, types: list[str]) -> Tensor:
    first, *others = told.types
    wanted = torch.zeros(len(types) + 1)
    wanted[types.index(first) + 1] = 1 - OTHER_SHARE * bool(others)
    for other in others:
        wanted[types.index(other) + 1] += OTHER_SHARE / len(others)
    return wanted


def _chosen(scores: Tensor, events: list[tuple[int, Told, str]], labels: list[str]) -> Tensor:
    rows = torch.stack([scores[row, told.token] for row, told, _ in events])
    return functional.cross_entropy(rows, torch.tensor([labels.index(label) for _, _, label in events]))


def _side_loss(scores: dict[str, Tensor], side: int, row: int, told: Told, start: int, end: int) -> Tensor:
    """Return the loss of one side of an event over nobody and the words of its own sentence."""
    fillers = scores["event_side"][row, side, told.token, start:end]
    inside = torch.cat([scores["event_nobody"][row, told.token, side : side + 1], fillers])
    wanted = torch.zeros_like(inside)
    wanted[[word - start + 1 for word in told.sides[side]] or [0]] = 1 / max(len(told.sides[side]), 1)
    itself = torch.zeros_like(inside)
    itself[told.token - start + 1] = NEVER
    return -(wanted * (inside + itself).log_softmax(-1)).sum()
