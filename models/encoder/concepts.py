"""Where each concept lies for the encoder: ``python models/encoder/concepts.py`` after ``train.py``.

A concept lies at the mean of the vectors of what people tell and ask of it (``Concept.situations``), in four languages.
``concepts.npz`` holds the ids, the vectors as float16 of length 1 and the version of the encoder that made them.
"""

from __future__ import annotations

import sys
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1])]

from indexing.embedding import Encoder, open_encoder  # noqa: E402
from indexing.settings import Settings  # noqa: E402
from nlp.concept_layer import Concept, concepts  # noqa: E402


def main() -> None:
    encoder = open_encoder(Settings(home=HERE))
    if encoder is None:
        raise SystemExit("models/encoder holds no model: run train.py first")
    chosen = [concept for concept in concepts().values() if concept.situations]
    places = np.stack([place(encoder, concept) for concept in chosen]).astype(np.float16)
    ids = np.array([concept.id for concept in chosen])
    np.savez(HERE / "concepts.npz", ids=ids, vectors=places, version=np.array(encoder.version))
    print(f"{len(ids)} concepts for {encoder.version}")


def place(encoder: Encoder, concept: Concept) -> np.ndarray:
    """Return the mean of the vectors of a concept's situations, at length 1."""
    vectors = [encoder.query(text) for texts in concept.situations.values() for text in texts]
    mean: np.ndarray = np.mean(vectors, axis=0)
    return mean / np.linalg.norm(mean)


if __name__ == "__main__":
    main()
