"""Encoder: texts as vectors whose inner product is semantic similarity across languages."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache
from pathlib import Path

import numpy as np

from extraction.errors import RogatioError
from indexing.settings import Settings
from nlp.transformer import MODELS, Card, Transformer, Vector, exists, open_model

FOLDER = MODELS / "encoder"
TEXTS_AT_ONCE = 1_000
QUERIES_KEPT = 1_000

Embed = Callable[[Sequence[str]], Vector]


class Encoder:
    """``embed`` maps texts, prefixes included, to float32 vectors of length 1, one row each."""

    def __init__(self, card: Card, embed: Embed) -> None:
        self.version = f"{card.name}@{card.version}"
        self.dimensions = card.dimensions
        self._card = card
        self._embed = embed
        self._kept = lru_cache(QUERIES_KEPT)(self._query)

    def passages(self, texts: Sequence[str]) -> Vector:
        """Return a float32 vector of length 1 for each text, (texts, dimensions); what is too long is cut."""
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for first in range(0, len(texts), TEXTS_AT_ONCE):
            part = texts[first : first + TEXTS_AT_ONCE]
            vectors[first : first + len(part)] = self._embed([self._card.passage_prefix + text for text in part])
        return vectors

    def query(self, text: str) -> Vector:
        """Return the vector (dimensions,) of a question; it is kept and can't be written to."""
        return self._kept(text)

    def _query(self, text: str) -> Vector:
        (vector,) = self._embed([self._card.query_prefix + text])
        vector.flags.writeable = False
        return np.asarray(vector, np.float32)


def open_encoder(settings: Settings) -> Encoder | None:
    """Return the encoder of an installation, ``None`` where there are no files of one and none is configured.

    Raises ``indexing.encoder_not_found`` for a configured folder that holds no model, ``indexing.encoder_needs`` for
    one that needs ``transformers`` where that is not installed, ``nlp.model_unreadable`` for damaged files.
    """
    return _open(settings.encoder or FOLDER, settings.encoder is not None)


@cache
def _open(folder: Path, configured: bool) -> Encoder | None:
    if exists(folder):
        model = open_model(folder)
        return Encoder(model.card, lambda texts: _vectors(model, texts))
    if not configured:
        return None
    if not (folder / "config.json").is_file():
        raise RogatioError("indexing.encoder_not_found", folder=folder)
    from indexing.vectors.transformers_encoder import open_local_model

    return Encoder(*open_local_model(folder))


def _vectors(model: Transformer, texts: Sequence[str]) -> Vector:
    vectors = np.empty((len(texts), model.card.dimensions), np.float32)
    sequences = [model.framed(encoding.ids) for encoding in model.tokenise(texts)]
    for number, vector in model.run(sequences):
        vectors[number] = vector
    return vectors
