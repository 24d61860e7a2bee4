"""The network of the line model in PyTorch, and the same as an ONNX graph."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Any, cast

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import Tensor, nn

from transforms.clean.line_model import BUCKETS

OPSET = 18


@dataclass(frozen=True)
class Size:
    """Numbers of the network: width of a paragraph and of a word, steps between the neighbours that a layer sees."""

    width: int = 40
    word: int = 10
    steps: tuple[int, ...] = (1, 2, 4, 8, 1)
    dropout: float = 0.3
    word_dropout: float = 0.4


class Batch:
    """Pages padded to one length: features (b, n, k), word buckets (w,), word offsets (b * n,), mask (b, n, 1)."""

    def __init__(self, shapes: list[np.ndarray], words: list[np.ndarray], counts: list[np.ndarray]) -> None:
        """Pad and join."""
        rows = max(len(shape) for shape in shapes)
        table = np.zeros((len(shapes), rows, shapes[0].shape[1]), np.float32)
        mask = np.zeros((len(shapes), rows, 1), np.float32)
        sizes = np.zeros((len(shapes), rows), np.int64)
        for place, (shape, count) in enumerate(zip(shapes, counts, strict=True)):
            table[place, : len(shape)], mask[place, : len(shape)], sizes[place, : len(shape)] = shape, 1, count
        flat = sizes.ravel()
        self.features, self.mask = torch.from_numpy(table), torch.from_numpy(mask)
        self.words = torch.from_numpy(np.concatenate([*words, np.zeros(1, np.int64)]) % BUCKETS)
        self.begins = torch.from_numpy(np.cumsum(flat) - flat)
        self.filled = torch.from_numpy(flat > 0)


class Layer(nn.Module):
    """A gated convolution over three paragraphs, added to what came in."""

    def __init__(self, width: int, step: int, dropout: float) -> None:
        """Build it."""
        super().__init__()
        self.norm = nn.LayerNorm(width)
        self.convolution = nn.Conv1d(width, 2 * width, 3, padding=step, dilation=step)
        self.dropout = nn.Dropout(dropout)

    def forward(self, x: Tensor, mask: Tensor) -> Tensor:
        """Return (b, n, width) for (b, n, width)."""
        y = self.convolution((self.norm(x) * mask).transpose(1, 2)).transpose(1, 2)
        value, gate = y.chunk(2, dim=2)
        return x + torch.as_tensor(self.dropout(value * torch.sigmoid(gate)))


class LineNetwork(nn.Module):
    """Log-odds that a paragraph is article."""

    def __init__(self, features: int, size: Size) -> None:
        """Build it for so many features."""
        super().__init__()
        self.size = size
        self.words = nn.EmbeddingBag(BUCKETS, size.word, mode="mean")
        nn.init.normal_(self.words.weight, std=0.1)
        self.input = nn.Linear(features + 2 * size.word, size.width)
        self.page = nn.Linear(2 * size.width, size.width)
        self.layers = nn.ModuleList(Layer(size.width, step, size.dropout) for step in size.steps)
        self.norm = nn.LayerNorm(size.width)
        self.output = nn.Linear(size.width, 1)

    def forward(self, batch: Batch) -> Tensor:
        """Return (b, n)."""
        shape = (*batch.features.shape[:2], -1)
        # The word that closes the list belongs to no paragraph: an empty one at the end must have a place.
        offsets = torch.cat([batch.begins, batch.begins.new_tensor([len(batch.words) - 1])])
        said = self.words(batch.words, offsets)[:-1].view(shape)
        first = (self.words.weight[batch.words[batch.begins]] * batch.filled[:, None]).view(shape)
        rate, mask = self.size.word_dropout, batch.mask
        said, first = (nn.functional.dropout(x, rate, self.training) for x in (said, first))
        x = torch.tanh(self.input(torch.cat([batch.features, said, first], dim=2))) * mask
        mean, most = x.sum(1) / mask.sum(1), (x - 2 * (1 - mask)).amax(1)
        x = x + self.page(torch.cat([mean, most], dim=1))[:, None]
        for layer in self.layers:
            x = layer(x, mask)
        x = nn.functional.dropout(self.norm(x), self.size.dropout, self.training)
        return torch.as_tensor(self.output(x)[:, :, 0])


def exported(networks: Sequence[LineNetwork]) -> bytes:
    """Return one ONNX model that gives the mean log-odds of the networks; inputs as `line_model.inputs` makes them.

    The networks are one batch in it, since a node costs more than its numbers: (b networks, n paragraphs, width).
    """
    graph = _Graph([network.eval() for network in networks])
    graph.write()
    whole = [("words", ["w"]), ("begins", ["n"]), ("ends", ["n"])]
    takes = [helper.make_tensor_value_info(name, TensorProto.INT64, shape) for name, shape in whole]
    shape = helper.make_tensor_value_info("shape", TensorProto.FLOAT, ["n", None])
    odds = helper.make_tensor_value_info("odds", TensorProto.FLOAT, ["n"])
    made = helper.make_graph(graph.nodes, "line_model", [shape, *takes], [odds], graph.constants)
    model = helper.make_model(made, opset_imports=[helper.make_opsetid("", OPSET)], ir_version=9)
    onnx.checker.check_model(model)
    return bytes(model.SerializeToString())


class _Graph:
    """Nodes and constants as they are written down."""

    def __init__(self, networks: Sequence[LineNetwork]) -> None:
        self.networks = networks
        self.nodes: list[onnx.NodeProto] = []
        self.constants: list[onnx.TensorProto] = []

    def node(self, kind: str, *takes: str, **attributes: Any) -> str:
        """Write down a node and return the name of what it gives."""
        name = f"{kind}{len(self.nodes)}"
        self.nodes.append(helper.make_node(kind, list(takes), [name], **attributes))
        return name

    def constant(self, values: Any, kind: type = np.float32) -> str:
        name = f"constant{len(self.constants)}"
        self.constants.append(numpy_helper.from_array(np.ascontiguousarray(values, kind), name))
        return name

    def stacked(self, part: Callable[[LineNetwork], Tensor], *shape: int) -> str:
        """The same part of each network, in a shape that goes with (b, n, width)."""
        parts = [np.reshape(part(network).detach().numpy(), shape) for network in self.networks]
        return self.constant(np.stack(parts))

    def linear(self, takes: str, module: Callable[[LineNetwork], nn.Linear]) -> str:
        width, out = module(self.networks[0]).in_features, module(self.networks[0]).out_features
        product = self.node("MatMul", takes, self.stacked(lambda net: module(net).weight.T, width, out))
        return self.node("Add", product, self.stacked(lambda net: module(net).bias, 1, out))

    def norm(self, takes: str, module: Callable[[LineNetwork], nn.LayerNorm]) -> str:
        width = self.networks[0].size.width
        plain = self.node("LayerNormalization", takes, self.constant(np.ones(width)), axis=-1)
        scaled = self.node("Mul", plain, self.stacked(lambda net: module(net).weight, 1, width))
        return self.node("Add", scaled, self.stacked(lambda net: module(net).bias, 1, width))

    def write(self) -> None:
        """Write down the networks; the mean of their answers is called odds."""
        look = self.node("Unsqueeze", "shape", self.constant([0], np.int64))
        count = self.constant([len(self.networks), 1, 1], np.int64)
        look = self.node("Tile", look, count)
        x = self.node("Tanh", self.linear(self.node("Concat", look, *self._words(), axis=2), lambda net: net.input))
        one = self.constant([1], np.int64)
        mean, most = (self.node(kind, x, one, keepdims=1) for kind in ("ReduceMean", "ReduceMax"))
        page = self.linear(self.node("Concat", mean, most, axis=2), lambda net: net.page)
        x = self.node("Add", x, page)
        for number, step in enumerate(self.networks[0].size.steps):
            x = self._layer(x, number, step)
        odds = self.linear(self.norm(x, lambda net: net.norm), lambda net: net.output)
        mean = self.node("ReduceMean", odds, self.constant([0, 2], np.int64), keepdims=0)
        self.nodes.append(helper.make_node("Identity", [mean], ["odds"]))

    def _words(self) -> tuple[str, str]:
        """Mean of a paragraph's words, by the difference of running sums, and its first word."""
        word, count = self.networks[0].size.word, len(self.networks)
        table = np.concatenate([net.words.weight.detach().numpy() for net in self.networks], axis=1)
        vectors = self.node("Gather", self.constant(table), "words")
        none = self.constant(np.zeros((1, word * count)))
        sums = self.node("CumSum", self.node("Concat", none, vectors, axis=0), self.constant(0, np.int64))
        said = self.node("Sub", *(self.node("Gather", sums, at) for at in ("ends", "begins")))
        number = self.node("Cast", self.node("Sub", "ends", "begins"), to=TensorProto.FLOAT)
        number, one = self.node("Unsqueeze", number, self.constant([1], np.int64)), self.constant(1.0)
        mean = self.node("Div", said, self.node("Max", number, one))
        first = self.node("Gather", self.node("Concat", vectors, none, axis=0), "begins")
        first = self.node("Mul", first, self.node("Min", number, one))
        apart = self.constant([-1, count, word], np.int64)
        mean, first = (self.node("Transpose", self.node("Reshape", x, apart), perm=[1, 0, 2]) for x in (mean, first))
        return mean, first

    def _layer(self, x: str, number: int, step: int) -> str:
        """The convolution as one product: each paragraph beside those `step` before and after it, zeros at the ends."""
        width = self.networks[0].size.width
        normed = self.norm(x, lambda net: _layer_of(net, number).norm)
        padded = self.node("Pad", normed, self.constant([0, step, 0, 0, step, 0], np.int64))
        axis, far = self.constant([1], np.int64), np.iinfo(np.int64).max
        cuts = ((0, -2 * step), (step, -step), (2 * step, far))
        seen = [
            self.node("Slice", padded, self.constant([first], np.int64), self.constant([last], np.int64), axis)
            for first, last in cuts
        ]
        beside = self.node("Concat", *seen, axis=2)
        kernel = self.stacked(
            lambda net: _layer_of(net, number).convolution.weight.permute(2, 1, 0), 3 * width, 2 * width
        )
        bias = self.stacked(lambda net: _layer_of(net, number).convolution.bias, 1, 2 * width)
        both = self.node("Add", self.node("MatMul", beside, kernel), bias)
        halves = [
            self.node("Slice", both, *(self.constant([at], np.int64) for at in (first, first + width, 2)))
            for first in (0, width)
        ]
        return self.node("Add", x, self.node("Mul", halves[0], self.node("Sigmoid", halves[1])))


def _layer_of(network: LineNetwork, number: int) -> Layer:
    return cast(Layer, network.layers[number])
