"""Export of a trained model: an ONNX file with weights of eight bits, its tokenizer and its description."""

from __future__ import annotations

import json
import os
import tempfile
from pathlib import Path
from typing import Any

# Set before the runtime is loaded: otherwise it records its use (see nlp/transformer.py).
os.environ["ORT_DISABLE_TELEMETRY"] = "1"

import onnx
import torch
from onnxruntime.quantization import QuantType, quantize_dynamic
from onnxruntime.quantization.shape_inference import quant_pre_process
from torch import nn
from transformers import BertModel

from models.attention_mask import mask_after_softmax


class Vectors(nn.Module):
    """The normalised mean of a text's tokens: (batch, tokens) to (batch, dimensions)."""

    def __init__(self, body: BertModel) -> None:
        super().__init__()
        self.body = body

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        states = self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        weights = attention_mask.unsqueeze(-1).to(states.dtype)
        mean = (states * weights).sum(1) / weights.sum(1).clamp(min=1)
        return nn.functional.normalize(mean, dim=1)


class Scores(nn.Module):
    """Scores of each label for each token: (batch, tokens) to (batch, tokens, labels)."""

    def __init__(self, body: BertModel, labels: int) -> None:
        super().__init__()
        self.body = body
        self.head = nn.Linear(body.config.hidden_size, labels)

    def forward(self, input_ids: torch.Tensor, attention_mask: torch.Tensor) -> torch.Tensor:
        states = self.body(input_ids=input_ids, attention_mask=attention_mask).last_hidden_state
        return self.head(nn.functional.dropout(states, 0.1, self.training))


def export(model: nn.Module, output: str, tokenizer: dict[str, Any], about: dict[str, Any], folder: Path) -> None:
    """Write ``model.onnx``, ``tokenizer.json`` and ``model.json`` into ``folder``.

    Matrices are quantised to signed eight bits with one scale for each column. Padding is masked after the softmax of
    attention.
    """
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        _to_onnx(model, output, full)
        quantise(full, folder / "model.onnx")
    onnx.save(mask_after_softmax(onnx.load(folder / "model.onnx")), folder / "model.onnx")
    (folder / "tokenizer.json").write_text(json.dumps(tokenizer, ensure_ascii=False), encoding="utf-8")
    (folder / "model.json").write_text(json.dumps(about, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def export_head(model: nn.Module, output: str, dimensions: int, path: Path) -> None:
    """Write to ``path`` what goes on from states (batch, tokens, dimensions) and their mask, as :func:`export` does."""
    sizes = {0: "batch", 1: "tokens"}
    with tempfile.TemporaryDirectory() as scratch:
        full = Path(scratch) / "full.onnx"
        torch.onnx.export(
            model.float().eval(), (torch.zeros(2, 8, dimensions), torch.ones((2, 8), dtype=torch.long)), full,
            dynamo=False, opset_version=17, input_names=["states", "attention_mask"], output_names=[output],
            dynamic_axes={"states": sizes, "attention_mask": sizes, output: {0: "batch"}},
        )  # fmt: skip
        quantise(full, path)
    onnx.save(mask_after_softmax(onnx.load(path)), path)


def quantise(full: Path, path: Path) -> None:
    """Write the model ``full`` to ``path``, its matrices in signed eight bits with one scale for each column."""
    with tempfile.TemporaryDirectory() as scratch:
        prepared = Path(scratch) / "prepared.onnx"
        quant_pre_process(full, prepared, skip_symbolic_shape=True)
        quantize_dynamic(prepared, path, per_channel=True, weight_type=QuantType.QInt8)


def split(folder: Path, layers: int, upper: str) -> None:
    """Split ``model.onnx`` of a folder after ``layers`` layers: the rest becomes ``<upper>.onnx``.

    The lower part has the output ``states`` (batch, tokens, dimensions), which is the input of the upper part beside
    ``attention_mask``. Both together compute exactly what the whole did.
    """
    whole = onnx.load(folder / "model.onnx")
    norms = [node for node in whole.graph.node if node.op_type == "LayerNormalization"]
    _rename(whole.graph, norms[2 * layers].output[0], "states")  # one after the embeddings, two a layer
    dimensions = whole.graph.output[0].type.tensor_type.shape.dim[1].dim_value
    shape = onnx.helper.make_tensor_value_info("states", onnx.TensorProto.FLOAT, ["batch", "tokens", dimensions])
    whole.graph.value_info.append(shape)
    (output,) = (output.name for output in whole.graph.output)
    parts = onnx.utils.Extractor(whole)
    onnx.save(parts.extract_model(["input_ids", "attention_mask"], ["states"]), folder / "model.onnx")
    onnx.save(parts.extract_model(["states", "attention_mask"], [output]), folder / f"{upper}.onnx")


def _rename(graph: onnx.GraphProto, old: str, new: str) -> None:
    for node in graph.node:
        for names in (node.input, node.output):
            names[:] = [new if name == old else name for name in names]


def _to_onnx(model: nn.Module, output: str, path: Path) -> None:
    model = model.float().eval()
    ids = torch.ones((2, 8), dtype=torch.long)
    sizes = {0: "batch", 1: "tokens"}
    torch.onnx.export(
        model, (ids, ids), path, dynamo=False, opset_version=17, input_names=["input_ids", "attention_mask"],
        output_names=[output], dynamic_axes={"input_ids": sizes, "attention_mask": sizes, output: sizes},
    )  # fmt: skip
