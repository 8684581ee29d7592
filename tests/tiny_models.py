"""Model folders with a few weights, in the format of the shipped models."""

import json
from pathlib import Path

import numpy as np
import onnx
from numpy.typing import NDArray
from onnx import TensorProto, helper, numpy_helper
from tokenizers import Regex, Tokenizer, models, normalizers, pre_tokenizers, processors

SPECIAL = ["<s>", "<pad>", "</s>", "<unk>"]
LABELS = ["O", "B-PERSON", "I-PERSON", "B-DATE", "I-DATE", "B-LOCATION", "I-LOCATION"]


def tokenizer(words: list[str]) -> Tokenizer:
    """Return a tokenizer that knows ``words`` whole and every other one as unknown, cut as ours cuts.

    As there, the space before a word is part of its first piece, and a sign is a piece by itself.
    """
    pieces = [*SPECIAL, "▁", *words, *(f"▁{word}" for word in words)]
    known = {piece: number for number, piece in enumerate(dict.fromkeys(pieces))}
    made = Tokenizer(models.WordLevel(known, unk_token="<unk>"))
    made.normalizer = normalizers.Sequence([normalizers.NFC(), normalizers.Replace(Regex(r"\s+"), " ")])
    made.pre_tokenizer = pre_tokenizers.Sequence(
        [pre_tokenizers.Metaspace(), pre_tokenizers.Split(Regex(r"[^\w\s▁]"), "isolated")]
    )
    made.post_processor = processors.TemplateProcessing(single="<s> $A </s>", special_tokens=[("<s>", 0), ("</s>", 2)])
    return made


def write_encoder(folder: Path, words: list[str], *, version: str = "1", dimensions: int = 8) -> Path:
    """Write a model whose vector is the mean of random vectors of a text's pieces, at length 1."""
    made = tokenizer(words)
    table = np.random.default_rng(7).normal(size=(made.get_vocab_size(), dimensions)).astype(np.float32)
    nodes = [
        helper.make_node("Gather", ["table", "input_ids"], ["pieces"]),
        helper.make_node("Cast", ["attention_mask"], ["mask"], to=TensorProto.FLOAT),
        helper.make_node("Unsqueeze", ["mask", "last"], ["column"]),
        helper.make_node("Mul", ["pieces", "column"], ["seen"]),
        helper.make_node("ReduceSum", ["seen", "tokens"], ["sum"], keepdims=0),
        helper.make_node("LpNormalization", ["sum"], ["vectors"], axis=1, p=2),
    ]
    constants = {"table": table, "last": np.array([2]), "tokens": np.array([1])}
    about = {
        "name": "tiny-encoder", "version": version, "dimensions": dimensions, "max_tokens": 16,
        "query_prefix": "query : ", "passage_prefix": "passage : ",
    }  # fmt: skip
    return _write(folder, nodes, constants, ("vectors", ["batch", dimensions]), made, about)


def write_negative_head(folder: Path, name: str) -> Path:
    """Write a head into the folder of an encoder that turns its vectors around."""
    value = helper.make_tensor_value_info
    head = helper.make_graph(
        [helper.make_node("Neg", ["states"], ["result"])], "head",
        [value("states", TensorProto.FLOAT, ["batch", "size"]), value("attention_mask", TensorProto.INT64, ["b", "t"])],
        [value("result", TensorProto.FLOAT, ["batch", "size"])],
    )  # fmt: skip
    model = helper.make_model(head, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    (folder / f"{name}.onnx").write_bytes(model.SerializeToString())
    return folder


def write_tagger(
    folder: Path, words: dict[str, str], *, version: str = "1", max_tokens: int = 32, threshold: float = 0.5
) -> Path:
    """Write a model that gives each word of ``words`` its label, nearly always, and every other one ``O``."""
    made = tokenizer(list(words))
    table = np.zeros((made.get_vocab_size(), len(LABELS)), np.float32)
    table[:, 0] = 4
    for word, label in words.items():
        for piece in (word, f"▁{word}"):
            table[made.token_to_id(piece)] = np.where(np.array(LABELS) == label, 8, 0)
    nodes = [helper.make_node("Gather", ["table", "input_ids"], ["scores"])]
    about = {
        "name": "tiny-ner", "version": version, "max_tokens": max_tokens, "labels": LABELS, "threshold": threshold,
    }  # fmt: skip
    return _write(folder, nodes, {"table": table}, ("scores", ["batch", "tokens", len(LABELS)]), made, about)


def _write(
    folder: Path,
    nodes: list[onnx.NodeProto],
    constants: dict[str, NDArray[np.generic]],
    output: tuple[str, list[str | int]],
    made: Tokenizer,
    about: dict[str, object],
) -> Path:
    inputs = [
        helper.make_tensor_value_info(name, TensorProto.INT64, ["batch", "tokens"])
        for name in ("input_ids", "attention_mask")
    ]
    graph = helper.make_graph(
        nodes, "tiny", inputs, [helper.make_tensor_value_info(output[0], TensorProto.FLOAT, output[1])],
        [numpy_helper.from_array(value, name) for name, value in constants.items()],
    )  # fmt: skip
    model = helper.make_model(graph, opset_imports=[helper.make_opsetid("", 17)], ir_version=8)
    onnx.checker.check_model(model)
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "model.onnx").write_bytes(model.SerializeToString())
    (folder / "model.json").write_text(json.dumps(about), encoding="utf-8")
    made.save(str(folder / "tokenizer.json"))
    return folder
