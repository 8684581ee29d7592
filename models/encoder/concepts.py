"""What tells each concept for the encoder: ``python models/encoder/concepts.py`` after ``train.py``.

Softmax regression on the vectors of what people tell and ask of each concept in four languages: what the layer holds
(``Concept.situations``), and more in ``told/*.yaml``, which nothing reads at run time. The product of a question's
vector and a concept's, through a softmax, is how probable that concept is. It begins at the mean of each concept's
vectors, which lie close together where two concepts are told alike. ``concepts.npz`` holds the ids, these vectors as
float16 and the version of the encoder that made them.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1])]

from indexing.embedding import open_encoder  # noqa: E402
from indexing.settings import Settings  # noqa: E402
from nlp.concepts.layer import concepts  # noqa: E402

STEPS = 100
RATE = 40.0
DECAY = 1e-2  # towards where it began
LENGTH = 10.0  # of the vectors that it begins with
# Few steps leave the probabilities too even: so much longer vectors say as often what they claim on questions unseen.
SHARPNESS = 1.5

Vectors = NDArray[np.float32]


def main() -> None:
    encoder = open_encoder(Settings(home=HERE))
    if encoder is None:
        raise SystemExit("models/encoder holds no model: run train.py first")
    texts = {
        concept.id: [*_all(concept.situations), *_all(told().get(concept.id, {}))] for concept in concepts().values()
    }
    chosen = [code for code, own in texts.items() if own]
    vectors = [np.stack([encoder.query(text) for text in texts[code]]) for code in chosen]
    owners = np.repeat(np.arange(len(chosen)), [len(one) for one in vectors])
    fitted = (SHARPNESS * fit(np.concatenate(vectors), owners)).astype(np.float16)
    ids = np.array(chosen)
    np.savez(HERE / "concepts.npz", ids=ids, vectors=fitted, version=np.array(encoder.version))
    print(f"{len(ids)} concepts for {encoder.version}")


def told() -> dict[str, dict[str, list[str]]]:
    """Return what people tell of concepts beside what the layer holds, by concept and language."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((HERE / "told").glob("*.yaml"))]
    return {code: texts for held in files for code, texts in held.items()}


def _all(texts: Mapping[str, Iterable[str]]) -> Iterator[str]:
    for own in texts.values():
        yield from own


def fit(vectors: Vectors, owners: NDArray[np.int64]) -> Vectors:
    """Return one vector a concept (concepts, dimensions); ``owners`` says whose each of ``vectors`` is."""
    right = np.eye(owners.max() + 1, dtype=np.float32)[owners]
    means = right.T @ vectors
    began: Vectors = LENGTH * means / np.linalg.norm(means, axis=1, keepdims=True)
    fitted = began
    for _ in range(STEPS):
        wrong = probabilities(vectors @ fitted.T) - right
        fitted = fitted - RATE * (wrong.T @ vectors / len(vectors) + DECAY * (fitted - began) / len(began))
    return fitted


def probabilities(products: Vectors) -> Vectors:
    """Return the softmax of each row."""
    powers = np.exp(products - products.max(axis=1, keepdims=True))
    shares: Vectors = powers / powers.sum(axis=1, keepdims=True)
    return shares


if __name__ == "__main__":
    main()
