"""The branch that reads events as the rest of the shipped graph: bytes that are joined to those of the network."""

from collections.abc import Sequence
from functools import partial

import numpy as np
import onnx
from onnx import TensorProto, helper

from flows.training.event_network import HEADS, HIDDEN, SHARED, EventNetwork
from flows.training.events import Window, scores_of
from flows.training.export import Graph, arrays, layer_of, ranges_of, words_of
from transforms.language.cues import SIDES

PREFIX = "event_"
BENT = ("event", "trigger", "filler")


def exported(network: EventNetwork, sample: Sequence[Window]) -> bytes:
    """Return the branch as part of an ONNX model, to be joined to the network whose lower layers it shares.

    Outputs, one row a word: `event_type`, `event_status`, `event_mode`, `event_nobody` (scores), and `event_side`
    (sides by words by words).
    """
    ranges = ranges_of(network, (partial(scores_of, network, [window]) for window in sample))
    graph = Graph()
    state = graph.node("Identity", [f"layer{SHARED - 1}_out"], f"{PREFIX}given")
    for number in range(SHARED, len(network.encoder.encoder.layer)):
        state = layer_of(graph, network.encoder.encoder.layer[number], state, ranges, number, PREFIX)
    vectors = graph.quantized(words_of(graph, state, PREFIX), ranges["event"])
    weight, bias = (np.concatenate(values) for values in zip(*(arrays(getattr(network, n)) for n in BENT), strict=True))
    bent = graph.node("Gelu", [graph.linear(vectors, weight, bias, f"{PREFIX}straight")], f"{PREFIX}bent")
    event, trigger, filler = graph.split(bent, [f"{PREFIX}{name}" for name in BENT], [HIDDEN] * len(BENT))
    for head in HEADS:
        graph.exact(*arrays(getattr(network, head)), event, head)
    graph.exact(*arrays(network.event_nobody), trigger, "event_nobody")
    _sides(graph, network, trigger, filler)
    made = [
        helper.make_tensor_value_info(name, TensorProto.FLOAT, None) for name in (*HEADS, "event_nobody", "event_side")
    ]
    part = onnx.GraphProto(node=graph.nodes, initializer=graph.weights, output=made)
    return bytes(onnx.ModelProto(graph=part).SerializeToString())


def _sides(graph: Graph, network: EventNetwork, trigger: str, filler: str) -> None:
    pairs = graph.exact(*arrays(network.pair), trigger, f"{PREFIX}pairs")
    shape = graph.weight(f"{PREFIX}shape", np.array([0, len(SIDES), HIDDEN], dtype=np.int64))
    by_side = graph.node("Reshape", [pairs, shape], f"{PREFIX}by_side")
    sides = graph.node("Transpose", [by_side], f"{PREFIX}sides", perm=[1, 0, 2])
    turned = graph.node("Transpose", [filler], f"{PREFIX}fillers", perm=[1, 0])
    graph.node("MatMul", [sides, turned], "event_side")
