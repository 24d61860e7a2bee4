"""The branch of the network that reads events: the upper layers of the encoder a second time, with heads of their own.

The lower layers are those of the shipped network and stay as they are, so that one pass serves both. Heads: the type of
event that a word names, its mode and status, and for both sides a biaffine scorer of who fills it (Dozat and Manning
2017), nobody included.
"""

import onnx
import torch
from onnx import numpy_helper
from torch import Tensor, nn
from torch.nn import functional

from flows.training.network import NEVER, pretrained, vectors_of
from transforms.language.cues import SIDES
from transforms.language.wordpieces import SHAPE_COUNT

SHARED = 3
HIDDEN = 256
DROPOUT = 0.2
HEADS = ("event_type", "event_mode", "event_status")


class EventNetwork(nn.Module):
    """The encoder with heads for events. `forward` returns the scores of every task for padded windows.

    Args:
        network: the shipped model as ONNX bytes, whose weights are read back into floating point.
        sizes: the number of labels by head.
    """

    def __init__(self, network: bytes, sizes: dict[str, int]) -> None:
        super().__init__()
        self.encoder, _ = pretrained()
        width = self.encoder.config.hidden_size
        self.shapes = nn.Embedding(SHAPE_COUNT, width)
        _restore(self, network)
        for part in (self.encoder.embeddings, self.shapes, *self.encoder.encoder.layer[:SHARED]):
            part.requires_grad_(False)
        self.event = nn.Linear(2 * width, HIDDEN)
        self.event_type = nn.Linear(HIDDEN, sizes["event_type"] + 1)
        self.event_mode = nn.Linear(HIDDEN, sizes["event_mode"])
        self.event_status = nn.Linear(HIDDEN, sizes["event_status"])
        self.trigger = nn.Linear(2 * width, HIDDEN)
        self.filler = nn.Linear(2 * width, HIDDEN)
        self.pair = nn.Linear(HIDDEN, len(SIDES) * HIDDEN)
        self.event_nobody = nn.Linear(HIDDEN, len(SIDES))
        self.dropout = nn.Dropout(DROPOUT)

    def words(self, ids: Tensor, shapes: Tensor, mask: Tensor, first: Tensor, last: Tensor) -> Tensor:
        """Return a vector a word: the encoder's output at its first and its last piece."""
        return self.dropout(vectors_of(self.encoder, self.shapes, ids, shapes, mask, first, last))

    def forward(self, vectors: Tensor) -> dict[str, Tensor]:
        """Return scores for the vectors of words: by head, and "event_side" (sides by words by words)."""
        event = self._hidden(self.event, vectors)
        triggers, fillers = self._hidden(self.trigger, vectors), self._hidden(self.filler, vectors)
        pairs = self.pair(triggers).unflatten(-1, (len(SIDES), HIDDEN))
        scores = {head: getattr(self, head)(event) for head in HEADS}
        scores["event_nobody"] = self.event_nobody(triggers)
        scores["event_side"] = torch.einsum("bwsh,bfh->bswf", pairs, fillers)
        return {task: values.float() for task, values in scores.items()}

    def _hidden(self, layer: nn.Linear, vectors: Tensor) -> Tensor:
        return self.dropout(functional.gelu(layer(vectors)))


def _restore(network: EventNetwork, model: bytes) -> None:
    """Read the weights of an exported network back into floating point (see `flows.training.export`)."""
    arrays = {part.name: numpy_helper.to_array(part) for part in onnx.load_from_string(model).graph.initializer}
    values = {name: torch.from_numpy(array.copy()) for name, array in arrays.items()}
    table = network.encoder.embeddings
    table.word_embeddings = nn.Embedding.from_pretrained(values["pieces"].float() * values["pieces_scale"])
    table.position_embeddings.weight.data.fill_(NEVER)
    table.position_embeddings.weight.data[: len(values["places"])] = values["places"]
    table.token_type_embeddings.weight.data.zero_()
    network.shapes.weight.data.copy_(values["shape_vectors"])
    _restore_norm(table.LayerNorm, values, "embedded")
    for number, layer in enumerate(network.encoder.encoder.layer):
        name, attention = f"layer{number}", layer.attention
        parts = (attention.self.query, attention.self.key, attention.self.value)
        _restore_linear(parts, values, f"{name}_qkv")
        _restore_linear((attention.output.dense,), values, f"{name}_dense")
        _restore_linear((layer.intermediate.dense,), values, f"{name}_wide")
        _restore_linear((layer.output.dense,), values, f"{name}_narrow")
        _restore_norm(attention.output.LayerNorm, values, f"{name}_middle")
        _restore_norm(layer.output.LayerNorm, values, f"{name}_out")


def _restore_linear(parts: tuple[nn.Linear, ...], values: dict[str, Tensor], name: str) -> None:
    weight = values[f"{name}_w"].float().T * values[f"{name}_s"].unsqueeze(1)
    sizes = [part.out_features for part in parts]
    for part, rows, bias in zip(parts, weight.split(sizes), values[f"{name}_b"].split(sizes), strict=True):
        part.weight.data.copy_(rows)
        part.bias.data.copy_(bias)


def _restore_norm(part: nn.LayerNorm, values: dict[str, Tensor], name: str) -> None:
    part.weight.data.copy_(values[f"{name}_g"])
    part.bias.data.copy_(values[f"{name}_c"])
