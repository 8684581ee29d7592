"""Masking of padding after the softmax of attention, in an exported model.

BERT adds a large negative number to the scores of padding before the softmax: a pass over (batch, heads, tokens,
tokens) numbers. The same result comes from the softmax of all scores, the values of padding set to zero, and a division
by the share of the tokens that are no padding, which is a pass over (batch, heads, tokens, size of a head) numbers.
"""

from __future__ import annotations

from collections.abc import Iterator

import numpy as np
import onnx
from onnx import NodeProto, TensorProto, helper, numpy_helper

_MASK, _COLUMN, _AXES, _LEAST = "tokens_read", "tokens_read_column", "tokens_read_axes", "least_share"
# No division by zero where padding takes all attention; in batches of similar lengths its least share is above 1e-10.
_LEAST_SHARE = 1e-30


def mask_after_softmax(model: onnx.ModelProto) -> onnx.ModelProto:
    """Return a BERT in which padding is masked after the softmax; with no padding its output is exactly the same.

    The input is a model of ``models/export.py`` with an addition of the mask before each softmax.
    """
    graph = model.graph
    made_by = {output: node for node in graph.node for output in node.output}
    used_by = {node.input[0]: node for node in graph.node if node.op_type == "MatMul"}
    replaced: dict[str, list[NodeProto]] = {}
    for softmax in (node for node in graph.node if node.op_type == "Softmax"):
        masked, weighted = made_by[softmax.input[0]], used_by[softmax.output[0]]
        assert masked.op_type == "Add", masked.op_type
        softmax.input[0] = masked.input[0]
        replaced[weighted.name] = list(_weighted_values(weighted))
    nodes = [one for node in graph.node for one in replaced.get(node.name, [node])]
    graph.initializer.append(numpy_helper.from_array(np.array([1, 3]), _AXES))
    graph.initializer.append(numpy_helper.from_array(np.array(_LEAST_SHARE, np.float32), _LEAST))
    _keep(graph, [*_column(), *nodes])
    onnx.checker.check_model(model)
    return model


def _column() -> Iterator[NodeProto]:
    """Yield the nodes of the mask as (batch, 1, tokens, 1) floats."""
    yield helper.make_node("Cast", ["attention_mask"], [_MASK], to=TensorProto.FLOAT)
    yield helper.make_node("Unsqueeze", [_MASK, _AXES], [_COLUMN])


def _weighted_values(product: NodeProto) -> Iterator[NodeProto]:
    """Yield what replaces the product of attention and values: the mean of the values of tokens that are read."""
    attention, values, name = product.input[0], product.input[1], product.name
    yield helper.make_node("Mul", [values, _COLUMN], [f"{name}/read"], f"{name}/read")
    yield helper.make_node("MatMul", [attention, f"{name}/read"], [f"{name}/sum"], name)
    yield helper.make_node("MatMul", [attention, _COLUMN], [f"{name}/share"], f"{name}/share")
    yield helper.make_node("Max", [f"{name}/share", _LEAST], [f"{name}/divisor"], f"{name}/divisor")
    yield helper.make_node("Div", [f"{name}/sum", f"{name}/divisor"], [product.output[0]], f"{name}/mean")


def _keep(graph: onnx.GraphProto, nodes: list[NodeProto]) -> None:
    """Replace the nodes of ``graph`` by ``nodes``, without those whose results nobody reads."""
    read = {output.name for output in graph.output}
    kept: list[NodeProto] = []
    for node in reversed(nodes):
        if read & set(node.output):
            kept.append(node)
            read.update(node.input)
    constants = [constant for constant in graph.initializer if constant.name in read]
    del graph.node[:], graph.initializer[:]
    graph.node.extend(reversed(kept))
    graph.initializer.extend(constants)
