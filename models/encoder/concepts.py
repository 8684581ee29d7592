"""Classifier of concepts on vectors of the encoder: ``python -m models.encoder.concepts`` after ``train.py``.

Softmax regression on the vectors of descriptions of situations and questions for each concept in four languages: those
of the layer (``Concept.situations``) and further ones in ``told/*.yaml``, which are not read at run time. The
probability of a concept is the softmax of the product of the question's vector and the concept's, plus its bias and the
contribution of the question's stems. ``concepts.npz`` contains the ids, the vectors as float16, the biases, the version
of the encoder and the arrays of ``told_stems.py``.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from indexing.settings import Settings
from indexing.vectors.encoder import open_encoder
from models.encoder.told_stems import telling_stems
from nlp.concepts.layer import concepts
from nlp.folding import content_stems

HERE = Path(__file__).resolve().parent

STEPS = 60
RATE = 2_000.0  # the variance of the vectors is small, and so are the gradients
DECAY = 3e-6  # of weights, so that a concept with few texts takes little from the others
# Factor of the vectors that calibrates the probabilities of new texts.
SHARPNESS = 1.1
NOTHING = "nothing"  # class of texts without concept
Vectors = NDArray[np.float32]


def main() -> None:
    encoder = open_encoder(Settings(home=HERE))
    if encoder is None:
        raise SystemExit("models/encoder holds no model: run train.py first")
    more = further_situations()
    nothing: dict[str, Mapping[str, Iterable[str]]] = {NOTHING: {}}
    known = nothing | {concept.id: concept.situations for concept in concepts().values()}
    texts = {code: [*_all(own), *_all(more.get(code, {}))] for code, own in known.items()}
    chosen = [code for code, own in texts.items() if own]
    owners = np.repeat(np.arange(len(chosen)), [len(texts[code]) for code in chosen])
    every = np.stack([encoder.query(text) for code in chosen for _, text in texts[code]])
    stems = [content_stems(text, language) for code in chosen for language, text in texts[code]]
    middle = every.mean(axis=0)
    fitted = SHARPNESS * fit(every - middle, owners)
    ids, biases = np.array(chosen), -fitted @ middle
    version = np.array(encoder.version)
    learned: dict[str, Any] = {"ids": ids, "vectors": fitted.astype(np.float16), "biases": biases, "version": version}
    learned |= telling_stems(stems, owners)
    np.savez_compressed(HERE / "concepts.npz", **learned)
    print(f"{len(ids)} concepts for {encoder.version}")


def further_situations() -> dict[str, dict[str, list[str]]]:
    """Return the situations that are not in the layer, by concept and language."""
    files = [yaml.safe_load(path.read_text(encoding="utf-8")) for path in sorted((HERE / "told").glob("*.yaml"))]
    return {code: texts for content in files for code, texts in content.items()}


def _all(texts: Mapping[str, Iterable[str]]) -> Iterator[tuple[str, str]]:
    for language, own in texts.items():
        yield from ((language, text) for text in own)


def fit(vectors: Vectors, owners: NDArray[np.int64]) -> Vectors:
    """Return the vector of each concept, (concepts, dimensions), by accelerated descent (Nesterov 1983).

    ``owners`` is the concept of each of ``vectors``; the loss is the mean cross-entropy.
    """
    right = np.eye(owners.max() + 1, dtype=np.float32)[owners]
    fitted: Vectors = np.zeros((right.shape[1], vectors.shape[1]), np.float32)
    ahead = fitted
    for step in range(STEPS):
        wrong = probabilities(vectors @ ahead.T) - right
        step_down = RATE * (wrong.T @ vectors / len(vectors) + DECAY * ahead)
        before, fitted = fitted, (ahead - step_down).astype(np.float32, copy=False)
        ahead = fitted + step / (step + 3) * (fitted - before)
    return fitted


def probabilities(products: Vectors) -> Vectors:
    """Return the softmax of each row."""
    powers = np.exp(products - products.max(axis=1, keepdims=True))
    shares: Vectors = powers / powers.sum(axis=1, keepdims=True)
    return shares


if __name__ == "__main__":
    main()
