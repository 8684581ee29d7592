"""Encoders in the format of ``transformers`` from a local folder, on a GPU if available.

Pooling is that of ``1_Pooling/config.json``, by default the mean. A ``model.json`` may set ``query_prefix``,
``passage_prefix`` and ``max_tokens``. ``transformers`` and ``torch`` are optional and imported only here.
"""

from __future__ import annotations

import hashlib
import json
from collections.abc import Callable, Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

from extraction.errors import RogatioError
from nlp.transformer import Card, Vector, batches

_WEIGHTS = ("*.safetensors", "*.bin", "*.json")


def open_local_model(folder: Path) -> tuple[Card, Callable[[Sequence[str]], Vector]]:
    """Return the description of a model and its embedding function.

    Raises ``indexing.encoder_needs`` and ``indexing.encoder_not_found``.
    """
    try:
        import torch
        from safetensors import SafetensorError
        from transformers import AutoModel, AutoTokenizer
    except ImportError as error:
        raise RogatioError("indexing.encoder_needs", folder=folder, package=error.name) from error
    try:
        tokenizer = AutoTokenizer.from_pretrained(folder, local_files_only=True)
        model = AutoModel.from_pretrained(folder, local_files_only=True).eval()
    except (OSError, ValueError, KeyError, RuntimeError, SafetensorError) as error:
        raise RogatioError("indexing.encoder_not_found", folder=folder) from error
    device = "cuda" if torch.cuda.is_available() else "cpu"
    model.to(device)
    card = _card(folder, model.config)
    takes_first = _json(folder / "1_Pooling" / "config.json").get("pooling_mode_cls_token", False)

    def embed(texts: Sequence[str]) -> Vector:
        ids = tokenizer(list(texts), truncation=True, max_length=card.max_tokens)["input_ids"]
        vectors = np.empty((len(texts), card.dimensions), np.float32)
        for batch in batches([len(sequence) for sequence in ids]):
            inputs = tokenizer.pad({"input_ids": [ids[number] for number in batch]}, return_tensors="pt").to(device)
            with torch.inference_mode():
                states = model(**inputs).last_hidden_state
                mask = inputs["attention_mask"].unsqueeze(-1).to(states.dtype)
                pooled = states[:, 0] if takes_first else (states * mask).sum(1) / mask.sum(1)
                vectors[batch] = torch.nn.functional.normalize(pooled, dim=1).float().cpu().numpy()
        return vectors

    return card, embed


def _card(folder: Path, config: Any) -> Card:
    options = _json(folder / "model.json")
    return Card(
        name=folder.name,
        version=_digest(folder),
        max_tokens=options.get("max_tokens", min(512, getattr(config, "max_position_embeddings", 514) - 2)),
        dimensions=config.hidden_size,
        query_prefix=options.get("query_prefix", ""),
        passage_prefix=options.get("passage_prefix", ""),
    )


def _json(path: Path) -> dict[str, Any]:
    return dict(json.loads(path.read_bytes())) if path.is_file() else {}


def _digest(folder: Path) -> str:
    """Return twelve hexadecimal digits of the SHA-256 of the model files, which identify its vectors."""
    digest = hashlib.sha256()
    for path in _files(folder):
        with path.open("rb") as file:
            digest.update(hashlib.file_digest(file, "sha256").digest())
    return digest.hexdigest()[:12]


def _files(folder: Path) -> Iterator[Path]:
    for pattern in _WEIGHTS:
        yield from sorted(folder.glob(pattern))
