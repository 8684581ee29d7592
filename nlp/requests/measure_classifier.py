"""Vectors of sentences, and a classifier of sentences: a logistic regression for each name over the vector.

Its weights are those of ``models/request_declarations`` (reciprocity, urgency, confidentiality), whose README describes
training and quality.
"""

from __future__ import annotations

from collections.abc import Mapping, MutableMapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

import numpy as np

from nlp.requests.weights import ENCODER, vector_weights
from nlp.transformer import MODELS, Vector, open_model, without_surrogates

DECLARATIONS = MODELS / "request_declarations"
# Characters of a sentence that are encoded.
MAX_LENGTH = 600
SCALE = np.float32(20)  # vectors have length 1; the product with the weights is a sum of small numbers


@dataclass(frozen=True, slots=True, eq=False)
class _Weights:
    names: tuple[str, ...]
    weights: Vector
    bias: Vector


def classify(texts: Sequence[str], folder: Path, known: MutableMapping[str, Vector]) -> list[Mapping[str, float]]:
    """Return the probability of each name of the weights in ``folder`` for each statement.

    Without weights the mappings are empty. ``known`` are vectors that exist (see ``embed_once``).
    """
    trained = _weights(folder)
    if trained is None or not texts:
        return [{} for _ in texts]
    vectors = embed_once(texts, known)
    likely = 1 / (1 + np.exp(-(vectors @ trained.weights * SCALE + trained.bias)))
    return [dict(zip(trained.names, row.tolist(), strict=True)) for row in likely]


def embed(texts: Sequence[str]) -> Vector:
    """Return the encoder's vector of each text, of length 1."""
    model = open_model(ENCODER)
    encodings = model.tokenise([model.card.query_prefix + text for text in texts])
    vectors = np.empty((len(texts), model.card.dimensions), np.float32)
    for number, vector in model.run([model.framed(encoding.ids) for encoding in encodings]):
        vectors[number] = vector
    return vectors


def embed_once(texts: Sequence[str], known: MutableMapping[str, Vector]) -> Vector:
    """Return the vector of each text; those not yet in ``known`` are encoded and added to it."""
    if new := [text for text in dict.fromkeys(texts) if text not in known]:
        known.update(zip(new, embed(new), strict=True))
    return np.stack([known[text] for text in texts])


def encodable(text: str) -> str:
    """Return the part of a text that is encoded, as a key of its vector."""
    return without_surrogates(text[:MAX_LENGTH])


@cache
def _weights(folder: Path) -> _Weights | None:
    """Return the weights, None if there are none or they were made for another encoder."""
    stored = vector_weights(folder / "weights.npz")
    if not stored:
        return None
    names = tuple(str(name) for name in stored["names"])
    return _Weights(names, stored["weights"].astype(np.float32), stored["bias"].astype(np.float32))
