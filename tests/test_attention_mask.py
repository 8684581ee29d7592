"""Padding masked after the softmax: what is read of a text does not depend on the padding beside it."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import onnx
import onnxruntime
import pytest
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper

from models.attention_mask import mask_after_softmax
from nlp.transformer import open_model

MODELS = Path(__file__).parent.parent / "models"
PIECES, SIZE = 12, 4


def attention() -> onnx.ModelProto:
    """Return one layer of attention over random embeddings that adds a large negative number for padding."""
    table = np.random.default_rng(5).normal(size=(PIECES, SIZE)).astype(np.float32)
    constants = {"table": table, "one": np.float32(1), "large": np.float32(-1e30), "axes": np.array([1, 2])}
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["flat"]),
        helper.make_node("Unsqueeze", ["flat", "head"], ["values"]),
        helper.make_node("Transpose", ["values"], ["keys"], perm=[0, 1, 3, 2]),
        helper.make_node("MatMul", ["values", "keys"], ["scores"], "scores"),
        helper.make_node("Cast", ["attention_mask"], ["seen"], to=TensorProto.FLOAT),
        helper.make_node("Sub", ["one", "seen"], ["padding"]),
        helper.make_node("Mul", ["padding", "large"], ["negative"]),
        helper.make_node("Unsqueeze", ["negative", "axes"], ["mask"]),
        helper.make_node("Add", ["scores", "mask"], ["masked"], "mask"),
        helper.make_node("Softmax", ["masked"], ["attention"], axis=-1),
        helper.make_node("MatMul", ["attention", "values"], ["context"], "context"),
    ]
    inputs = [helper.make_tensor_value_info(name, TensorProto.INT64, ["b", "t"]) for name in INPUTS]
    outputs = [helper.make_tensor_value_info("context", TensorProto.FLOAT, ["b", 1, "t", SIZE])]
    stored = [numpy_helper.from_array(np.asarray(value), name) for name, value in constants.items()]
    stored.append(numpy_helper.from_array(np.array([1]), "head"))
    graph = helper.make_graph(nodes, "attention", inputs, outputs, stored)
    return helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=9)


INPUTS = ("input_ids", "attention_mask")


def run(model: onnx.ModelProto, rows: list[list[int]]) -> list[NDArray[np.float32]]:
    """Return the output (tokens, SIZE) for each row, in one batch with padding of piece 1."""
    longest = max(map(len, rows))
    ids = np.array([row + [1] * (longest - len(row)) for row in rows])
    mask = np.array([[1] * len(row) + [0] * (longest - len(row)) for row in rows])
    session = onnxruntime.InferenceSession(model.SerializeToString(), providers=["CPUExecutionProvider"])
    (output,) = session.run(None, dict(zip(INPUTS, (ids, mask), strict=True)))
    return [output[number, 0, : len(row)] for number, row in enumerate(rows)]


@pytest.mark.parametrize("rows", [[[2, 3, 4]], [[2, 3, 4], [5]], [[6, 7], [8, 9, 10, 11, 2, 3], [4]]])
def test_the_result_is_that_of_a_mask_before_the_softmax(rows: list[list[int]]) -> None:
    for before, after in zip(run(attention(), rows), run(mask_after_softmax(attention()), rows), strict=True):
        np.testing.assert_allclose(after, before, rtol=1e-5, atol=1e-6)


def test_the_result_of_a_row_does_not_depend_on_its_padding() -> None:
    model = mask_after_softmax(attention())
    (alone,), (padded, _) = run(model, [[5, 6]]), run(model, [[5, 6], [2, 3, 4, 7, 8, 9, 10]])
    np.testing.assert_allclose(padded, alone, rtol=1e-5)


@pytest.mark.parametrize("name", ["encoder", "ner"])
def test_a_short_text_beside_a_long_one_has_a_finite_result(name: str) -> None:
    model = open_model(MODELS / name)
    short, long = (model.framed(one.ids) for one in model.tokenise(["Lima", "El juez ordenó el decomiso. " * 30]))
    for number, output in model.run([short, long]):
        assert np.isfinite(output).all(), number
