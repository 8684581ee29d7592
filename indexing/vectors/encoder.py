"""Encoder of texts as unit vectors whose inner product is cross-lingual semantic similarity."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import cache, lru_cache, partial
from pathlib import Path

import numpy as np

from extraction.errors import RogatioError
from indexing.settings import Settings
from nlp.transformer import MODELS, Card, Vector, card, exists, open_model

FOLDER = MODELS / "encoder"
TEXTS_AT_ONCE = 1_000
QUERIES_CACHED = 1_000

Embed = Callable[[Sequence[str]], Vector]


class Encoder:
    """Vectors of passages and of queries in one space.

    ``passages`` and ``queries`` map texts, including prefixes, to float32 unit vectors (texts, dimensions); without
    ``queries`` both are encoded alike.
    """

    def __init__(self, card: Card, passages: Embed, queries: Embed | None = None) -> None:
        self.version = _version(card)
        self.dimensions = card.dimensions
        self._card = card
        self._passages, self._queries = passages, queries or passages
        self._cached = lru_cache(QUERIES_CACHED)(self._query)

    def passages(self, texts: Sequence[str]) -> Vector:
        """Return float32 unit vectors (texts, dimensions); long texts are truncated to the model's limit."""
        vectors = np.empty((len(texts), self.dimensions), np.float32)
        for first in range(0, len(texts), TEXTS_AT_ONCE):
            part = texts[first : first + TEXTS_AT_ONCE]
            vectors[first : first + len(part)] = self._passages([self._card.passage_prefix + text for text in part])
        return vectors

    def query(self, text: str) -> Vector:
        """Return the read-only vector (dimensions,) of a query, cached."""
        return self._cached(text)

    def _query(self, text: str) -> Vector:
        (vector,) = self._queries([self._card.query_prefix + text])
        vector.flags.writeable = False
        return np.asarray(vector, np.float32)


def encoder_version(settings: Settings) -> str:
    """Return the version of the encoder of an installation, empty without one; a bundled model is not loaded.

    Raises what :func:`open_encoder` does.
    """
    folder = settings.encoder or FOLDER
    if exists(folder):
        return _version(card(folder))
    encoder = open_encoder(settings)
    return encoder.version if encoder else ""


def _version(card: Card) -> str:
    return f"{card.name}@{card.version}"


def open_encoder(settings: Settings) -> Encoder | None:
    """Return the encoder of an installation, None if none is configured and the bundled one is not installed.

    Raises ``indexing.encoder_not_found`` for a configured folder without a model, ``indexing.encoder_needs`` if it
    requires ``transformers`` and that is missing, ``nlp.model_unreadable`` for damaged files.
    """
    return _open(settings.encoder or FOLDER, settings.encoder is not None)


@cache
def _open(folder: Path, configured: bool) -> Encoder | None:
    if exists(folder):
        model = open_model(folder)
        head = "passages" if (folder / "passages.onnx").is_file() else "vectors"
        return Encoder(model.card, partial(model.vectors, head=head), model.vectors)
    if not configured:
        return None
    if not (folder / "config.json").is_file():
        raise RogatioError("indexing.encoder_not_found", folder=folder)
    from indexing.vectors.transformers_encoder import open_local_model

    return Encoder(*open_local_model(folder))
