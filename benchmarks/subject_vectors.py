"""Vectors of single provisions of a law, of the same text that an ingest encodes for their first passage."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from extraction.document import Document
from indexing.analysis.tokens import analyse
from indexing.ingest.passage_vectors import headed_text
from indexing.records.passages import MAX_LENGTH, PassageSplitter
from indexing.vectors.encoder import Encoder
from nlp.annotations import Unit


def first_passage_vector(
    encoder: Encoder, document: Document, unit: Unit, title: str, language: str
) -> NDArray[np.floating]:
    """Return the vector of the first passage of a provision, rounded as it is stored."""
    text = document.text[unit.start : unit.end]
    tokens = analyse(text, language)
    bounds = sorted({block.start - unit.start for block in document.blocks if unit.start < block.start < unit.end})
    first, last = tokens.bounds(0, len(text))
    if last - first > MAX_LENGTH:
        start, end = next(PassageSplitter(text, tokens, bounds).of(0, len(text)))
        text = text[start:end]
    (vector,) = encoder.passages([headed_text((title, *unit.path), text)])
    return np.asarray(vector, dtype="<f2")
