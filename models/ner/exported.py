"""Weights of an exported entity model, for a further course of training."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import torch
from onnx.numpy_helper import to_array

_MATRIX = "/MatMul_quant"


def exported_weights(path: Path) -> dict[str, torch.Tensor]:
    """Return the weights in the ONNX file at ``path`` by their names in the model, without the word embeddings.

    Matrices are stored transposed, in signed eight bits with one scale for each column; the name of the node gives the
    name of the weight.
    """
    graph = onnx.load(path).graph
    stored = {tensor.name: to_array(tensor) for tensor in graph.initializer}
    weights = {name: value for name, value in stored.items() if name.endswith((".bias", "LayerNorm.weight"))}
    for node in graph.node:
        if node.name.endswith(_MATRIX):
            matrix = node.input[1].removesuffix("_quantized")
            name = node.name.removesuffix(_MATRIX).strip("/").replace("/", ".")
            weights[f"{name}.weight"] = (stored[f"{matrix}_quantized"].astype(np.float32) * stored[f"{matrix}_scale"]).T
    return {name: torch.from_numpy(value.copy()) for name, value in weights.items()}
