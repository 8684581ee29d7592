"""A small deterministic encoder for tests: hashed letters of words, so that similar words are close in any language."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from tempfile import TemporaryDirectory
from zlib import crc32

import numpy as np
import numpy.typing as npt

from indexing.analysis.folding import fold
from indexing.ingest.passage_vectors import StoredVectors, with_vectors
from indexing.records.record import Record
from indexing.store.derived import Derived
from indexing.vectors.encoder import Encoder
from nlp.transformer import Card

DIMENSIONS = 384


def hashed_encoder(name: str = "hashed", dimensions: int = DIMENSIONS) -> Encoder:
    """Return an encoder that needs no model; ``name`` parts its vectors from those of another."""
    return Encoder(Card(name, "1", dimensions=dimensions), lambda texts: _vectors(texts, dimensions))


def _vectors(texts: Sequence[str], dimensions: int) -> npt.NDArray[np.float32]:
    made = np.zeros((len(texts), dimensions), np.float32)
    for row, text in enumerate(texts):
        for word in fold(text).split():
            padded = f"^{word}$"
            for size in (3, 4, 5):
                for at in range(len(padded) - size + 1):
                    digest = crc32(padded[at : at + size].encode("utf-8", "replace"))
                    made[row, digest % dimensions] += 1.0 if digest >> 31 else -1.0
    made[:, 0] += 1e-3  # a text without letters has a vector too
    made /= np.linalg.norm(made, axis=1, keepdims=True)
    return made


def encoded(records: list[Record], encoder: Encoder | None = None) -> list[Record]:
    """Return the records of one document with the vectors of their passages."""
    with TemporaryDirectory() as folder:
        home = Path(folder)
        kept = StoredVectors(Derived(home), (("0" * 64, records[0].facts.document_id),), encoder or hashed_encoder())
        return with_vectors(records, records[0].facts.title, kept, home)
