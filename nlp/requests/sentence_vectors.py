"""Vectors of sentences of a letter by the encoder, each encoded once."""

from __future__ import annotations

from collections.abc import MutableMapping, Sequence

import numpy as np

from nlp.requests.weights import ENCODER
from nlp.transformer import Vector, open_model, without_surrogates

# Characters of a sentence that are encoded.
MAX_LENGTH = 600


def embed(texts: Sequence[str]) -> Vector:
    """Return the encoder's vector of each text, of length 1."""
    model = open_model(ENCODER)
    return model.vectors([model.card.query_prefix + text for text in texts])


def embed_once(texts: Sequence[str], known: MutableMapping[str, Vector]) -> Vector:
    """Return the vector of each text; those not yet in ``known`` are encoded and added to it."""
    if new := [text for text in dict.fromkeys(texts) if text not in known]:
        known.update(zip(new, embed(new), strict=True))
    return np.stack([known[text] for text in texts])


def encodable(text: str) -> str:
    """Return the part of a text that is encoded, as a key of its vector."""
    return without_surrogates(text[:MAX_LENGTH])
