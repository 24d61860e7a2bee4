"""Networks as Annals runs them, the language model's and the line model's alike."""

from typing import Any

import onnxruntime


def session(network: bytes) -> Any:
    """Return an onnxruntime session of an ONNX model on the CPU.

    It has one thread, since the order in which numbers are added up must not depend on the machine or its load.
    """
    options = onnxruntime.SessionOptions()
    options.intra_op_num_threads = options.inter_op_num_threads = 1
    return onnxruntime.InferenceSession(network, options, providers=["CPUExecutionProvider"])
