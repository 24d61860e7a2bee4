"""The trained network as an ONNX graph in whole numbers: eight-bit inputs with fixed scales, seven-bit weights.

The scales come from a sample of the training texts, so that the result of a text depends on nothing but that text.
Weights have seven bits because processors without VNNI add two products in sixteen.
"""

from collections.abc import Callable, Iterable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial

import numpy as np
import onnx
import torch
from onnx import TensorProto, helper, numpy_helper
from torch import nn

from flows.training.examples import Window
from flows.training.fitting import scores_of
from flows.training.network import NEVER, Network
from transforms.language.analyser import MAX_PIECES

OPSET, IR_VERSION = 21, 10
LARGEST = 63
LARGEST_EMBEDDED = 127
LEVELS = 255
QUANTILE = 0.99995
EDGES = 2
SAMPLE = 6_007
SMALLEST = 1e-8
BENT = ("grammar", "names", "arc_word", "arc_head")
PLAIN = ("dep_word", "dep_head")
EXTENSION = "com.microsoft"


def ranges_of(network: nn.Module, runs: Iterable[Callable[[], object]]) -> dict[str, tuple[float, float]]:
    """Return the range of the inputs of each linear layer in some runs of a network, a few outliers left out."""
    seen: dict[str, list[np.ndarray]] = {}
    network.eval()
    with _watched(network, seen), torch.no_grad():
        for run in runs:
            run()
    found = {}
    for name, values in seen.items():
        low, high = np.quantile(np.concatenate(values), [1 - QUANTILE, QUANTILE])
        found[name] = (min(float(low), 0.0), max(float(high), 0.0))
    return found


@contextmanager
def _watched(network: nn.Module, seen: dict[str, list[np.ndarray]]) -> Iterator[None]:
    """Collect inputs of the linear layers, of each window as many numbers as SAMPLE, evenly spread."""

    def watch(name: str) -> Callable[[nn.Module, tuple[torch.Tensor, ...]], None]:
        def hook(_: nn.Module, inputs: tuple[torch.Tensor, ...]) -> None:
            values = inputs[0].numpy().ravel()
            seen.setdefault(name, []).append(values[:: -(-len(values) // SAMPLE)])

        return hook

    linear = {name: part for name, part in network.named_modules() if isinstance(part, nn.Linear)}
    handles = [part.register_forward_pre_hook(watch(name)) for name, part in linear.items()]
    try:
        yield
    finally:
        for handle in handles:
            handle.remove()


@dataclass
class Graph:
    """An ONNX graph that grows from its inputs to its outputs; every value has a name."""

    nodes: list[onnx.NodeProto] = field(default_factory=list)
    weights: list[onnx.TensorProto] = field(default_factory=list)

    def weight(self, name: str, values: np.ndarray) -> str:
        """Add an array; return its name."""
        self.weights.append(numpy_helper.from_array(np.ascontiguousarray(values), name))
        return name

    def node(self, kind: str, inputs: list[str], output: str, *, domain: str = "", **options: object) -> str:
        """Add an operation; return the name of its output."""
        self.nodes.append(helper.make_node(kind, inputs, [output], name=output, domain=domain, **options))
        return output

    def split(self, whole: str, names: list[str], sizes: list[int]) -> list[str]:
        """Add the parts of a value along its last axis; return their names."""
        parts = self.weight(f"{names[0]}_sizes", np.array(sizes, dtype=np.int64))
        self.nodes.append(helper.make_node("Split", [whole, parts], names, axis=-1))
        return names

    def quantized(self, given: str, span: tuple[float, float]) -> tuple[str, str, str]:
        """Return the input in eight bits with the names of its scale and its zero point."""
        scale = (span[1] - span[0]) / LEVELS or 1.0
        zero = round(-span[0] / scale)
        name = f"{given}_q"
        scales = self.weight(f"{name}_scale", np.array(scale, dtype=np.float32))
        zeros = self.weight(f"{name}_zero", np.array(zero, dtype=np.uint8))
        return self.node("QuantizeLinear", [given, scales, zeros], name), scales, zeros

    def linear(self, given: tuple[str, str, str], weight: np.ndarray, bias: np.ndarray, output: str) -> str:
        """Return given @ weight.T + bias, computed in whole numbers."""
        scale = np.maximum(np.abs(weight).max(1), SMALLEST) / LARGEST
        rounded = np.round(weight / scale[:, None]).astype(np.int8)
        inputs = [
            given[0],
            self.weight(f"{output}_w", rounded.T),
            given[1],
            self.weight(f"{output}_s", scale.astype(np.float32)),
            given[2],
            "",
            self.weight(f"{output}_b", bias.astype(np.float32)),
        ]
        return self.node("MatMulIntegerToFloat", inputs, output, domain=EXTENSION)

    def exact(self, weight: np.ndarray, bias: np.ndarray, given: str, output: str) -> str:
        """Return given @ weight.T + bias in floating point, for small layers that decide much."""
        inputs = [given, self.weight(f"{output}_w", weight.T), self.weight(f"{output}_b", bias)]
        return self.node("Gemm", inputs, output)

    def model(self, inputs: dict[str, int], outputs: dict[str, int]) -> bytes:
        """Return the graph as a model, given its inputs and outputs with their types."""
        ranks = {name: 2 if name in PLAIN else 1 for name in inputs}
        given = [
            helper.make_tensor_value_info(name, kind, [f"{name}_{axis}" for axis in range(ranks[name])])
            for name, kind in inputs.items()
        ]
        made = [helper.make_tensor_value_info(name, kind, None) for name, kind in outputs.items()]
        graph = helper.make_graph(self.nodes, "en_annals", given, made, self.weights)
        opsets = [helper.make_opsetid("", OPSET), helper.make_opsetid(EXTENSION, 1)]
        return bytes(helper.make_model(graph, opset_imports=opsets, ir_version=IR_VERSION).SerializeToString())


def arrays(part: nn.Module) -> tuple[np.ndarray, np.ndarray]:
    """Return weight and bias of a layer."""
    return part.weight.detach().numpy(), part.bias.detach().numpy()


def exported(network: Network, sample: list[Window]) -> bytes:
    """Return the network as an ONNX model.

    Inputs: `ids`, `shapes` of pieces, places of each word's `first` and `last` piece (all int64, one dimension).
    Outputs, one row a word: `tag`, `morph` (numbers of labels), `start`, `arc` (words by heads), `name` (scores),
    `dep_word`, `dep_head` (vectors for the model that `relations` makes).
    """
    ranges = ranges_of(network, (partial(scores_of, network, [window]) for window in sample))
    graph = Graph()
    state = _embedded(graph, network)
    for number, layer in enumerate(network.encoder.encoder.layer):
        state = layer_of(graph, layer, state, ranges, number)
    vectors = words_of(graph, state)
    outputs = _heads(graph, network, vectors, ranges)
    return graph.model(dict.fromkeys(("ids", "shapes", "first", "last"), TensorProto.INT64), outputs)


def relations(network: Network, root: int) -> bytes:
    """Return the choice of relations as an ONNX model.

    Inputs: `dep_word`, `dep_head` of a window's words and the places of their `heads`. Output: `dep`, the number of the
    best label but for `root`.
    """
    graph = Graph()
    graph.node("Gather", ["dep_head", "heads"], "of_heads")
    graph.node("Add", ["dep_word", "of_heads"], "pair")
    graph.node("Relu", ["pair"], "hidden")
    weight, bias = arrays(network.dep)
    bias = np.where(np.arange(len(bias)) == root, NEVER, bias).astype(np.float32)
    scores = graph.exact(weight, bias, "hidden", "scores")
    graph.node("ArgMax", [scores], "dep", axis=-1, keepdims=0)
    inputs = {"dep_word": TensorProto.FLOAT, "dep_head": TensorProto.FLOAT, "heads": TensorProto.INT64}
    return graph.model(inputs, {"dep": TensorProto.INT64})


def _embedded(graph: Graph, network: Network) -> str:
    part = network.encoder.embeddings
    table = part.word_embeddings.weight.detach().numpy()
    scale = np.maximum(np.abs(table).max(1, keepdims=True), SMALLEST) / LARGEST_EMBEDDED
    graph.weight("pieces", np.round(table / scale).astype(np.int8))
    graph.weight("pieces_scale", scale.astype(np.float32))
    graph.weight("shape_vectors", network.shapes.weight.detach().numpy())
    places = (
        part.position_embeddings.weight.detach().numpy()[: MAX_PIECES + EDGES]
        + part.token_type_embeddings.weight.detach().numpy()[0]
    )
    graph.weight("places", places)
    graph.node("Gather", ["pieces", "ids"], "piece_q")
    graph.node("Cast", ["piece_q"], "piece_f", to=TensorProto.FLOAT)
    graph.node("Gather", ["pieces_scale", "ids"], "piece_s")
    graph.node("Mul", ["piece_f", "piece_s"], "piece")
    graph.node("Gather", ["shape_vectors", "shapes"], "shape")
    graph.node("Shape", ["ids"], "length")
    graph.node("Slice", ["places", graph.weight("zero", np.array([0])), "length"], "place")
    graph.node("Add", ["piece", "shape"], "piece_shape")
    graph.node("Add", ["piece_shape", "place"], "embedded_flat")
    graph.node("Unsqueeze", ["embedded_flat", "zero"], "embedded_sum")
    return _norm(graph, part.LayerNorm, "embedded_sum", "embedded")


def _norm(graph: Graph, part: nn.LayerNorm, given: str, output: str) -> str:
    weight, bias = arrays(part)
    inputs = [given, graph.weight(f"{output}_g", weight), graph.weight(f"{output}_c", bias)]
    return graph.node("LayerNormalization", inputs, output, axis=-1, epsilon=part.eps)


def layer_of(
    graph: Graph, layer: nn.Module, given: str, ranges: dict[str, tuple[float, float]], number: int, prefix: str = ""
) -> str:
    """Add a layer of the encoder to a graph; return the name of its output."""
    path, name = f"encoder.encoder.layer.{number}", f"{prefix}layer{number}"
    attention = layer.attention
    parts = [arrays(getattr(attention.self, kind)) for kind in ("query", "key", "value")]
    weight, bias = (np.concatenate(values) for values in zip(*parts, strict=True))
    packed = graph.quantized(given, ranges[f"{path}.attention.self.query"])
    whole = graph.linear(packed, weight, bias, f"{name}_qkv")
    width = weight.shape[1]
    query = graph.split(whole, [f"{name}_{kind}" for kind in ("query", "key", "value")], [width] * 3)
    heads = attention.self.num_attention_heads
    mixed = graph.node("MultiHeadAttention", query, f"{name}_mixed", domain=EXTENSION, num_heads=heads)
    packed = graph.quantized(mixed, ranges[f"{path}.attention.output.dense"])
    dense = graph.linear(packed, *arrays(attention.output.dense), f"{name}_dense")
    summed = graph.node("Add", [dense, given], f"{name}_summed")
    middle = _norm(graph, attention.output.LayerNorm, summed, f"{name}_middle")
    packed = graph.quantized(middle, ranges[f"{path}.intermediate.dense"])
    wide = graph.linear(packed, *arrays(layer.intermediate.dense), f"{name}_wide")
    bent = graph.node("Gelu", [wide], f"{name}_bent")
    packed = graph.quantized(bent, ranges[f"{path}.output.dense"])
    narrow = graph.linear(packed, *arrays(layer.output.dense), f"{name}_narrow")
    added = graph.node("Add", [narrow, middle], f"{name}_added")
    return _norm(graph, layer.output.LayerNorm, added, f"{name}_out")


def words_of(graph: Graph, state: str, prefix: str = "") -> str:
    """Add the vectors of words, from those of their first and last pieces; return the name of the output."""
    flat = graph.node("Squeeze", [state, "zero"], f"{prefix}flat")
    ends = [graph.node("Gather", [flat, end], f"{prefix}{end}_vectors") for end in ("first", "last")]
    return graph.node("Concat", ends, f"{prefix}vectors", axis=-1)


def _heads(graph: Graph, network: Network, vectors: str, ranges: dict[str, tuple[float, float]]) -> dict[str, int]:
    parts = {name: getattr(network, name) for name in (*BENT, *PLAIN)}
    sizes = {name: part.out_features for name, part in parts.items()}
    weight, bias = (np.concatenate(values) for values in zip(*map(arrays, parts.values()), strict=True))
    whole = graph.linear(graph.quantized(vectors, ranges["grammar"]), weight, bias, "all_hidden")
    graph.split(whole, ["straight", *PLAIN], [sum(sizes[name] for name in BENT), *(sizes[name] for name in PLAIN)])
    graph.split(graph.node("Gelu", ["straight"], "bent"), list(BENT), [sizes[name] for name in BENT])
    grammar = graph.quantized("grammar", ranges["tag"])
    for task in ("tag", "morph"):
        scores = graph.linear(grammar, *arrays(getattr(network, task)), f"{task}_scores")
        graph.node("ArgMax", [scores], task, axis=-1, keepdims=0)
    graph.exact(*arrays(network.start), "grammar", "start_column")
    graph.node("Squeeze", ["start_column", graph.weight("one", np.array([1]))], "start")
    graph.exact(*arrays(network.name), "names", "name")
    _arcs(graph, network)
    numbers = dict.fromkeys(("tag", "morph"), TensorProto.INT64)
    return numbers | dict.fromkeys(("start", "arc", "name", *PLAIN), TensorProto.FLOAT)


def _arcs(graph: Graph, network: Network) -> None:
    graph.exact(*arrays(network.arc_pair), "arc_word", "arc_pair")
    graph.node("Transpose", ["arc_head"], "arc_head_t", perm=[1, 0])
    graph.node("MatMul", ["arc_pair", "arc_head_t"], "arc_plain")
    graph.exact(*arrays(network.root), "arc_word", "root")
    graph.node("Shape", ["arc_plain"], "arc_shape")
    graph.node("ConstantOfShape", ["arc_shape"], "arc_zeros")
    graph.node("EyeLike", ["arc_zeros"], "diagonal")
    graph.node("Mul", ["diagonal", "root"], "roots")
    graph.node("Add", ["arc_plain", "roots"], "arc")
