"""Training of the classifier of requested measures: ``python -m models.request_measures.train``.

Phrases (``phrases_*.yaml``) are inserted into sentences (``frames.yaml``), one or two to a sentence, some with errors
of character recognition. A logistic regression for each measure is fitted to the vectors of ``models/encoder`` by
gradient descent. The result, ``weights.npz``, contains the matrix, the biases, the names and the version of the
encoder.
"""

from __future__ import annotations

import random
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from nlp.requests.measure_classifier import FOLDER, SCALE, embed
from nlp.transformer import MODELS, card

LANGUAGES = ("es", "pt", "en", "fr")
NOTHING = ("none", "facts")  # kinds of phrases that request no measure
SINGLES, PAIRS = 4, 2  # sentences of one phrase, and of two, for each phrase
NOISY = 0.1  # share of sentences with errors of character recognition
CONFUSED = {"l": "1", "o": "0", "e": "c", "m": "rn", "i": "í", "s": "5", "á": "a", "é": "e", "ã": "a"}
STEPS, RATE, DECAY, POSITIVE = 500, 0.05, 1e-3, 3.0

Matrix = NDArray[np.float32]


def main() -> None:
    phrases = {language: _load(f"phrases_{language}") for language in LANGUAGES}
    names = [name for name in phrases["es"] if name not in NOTHING]
    rows = list(_sentences(phrases, _load("frames"), random.Random(20)))
    truth = np.array([[name in measures for name in names] for _, measures in rows], np.float32)
    vectors = embed([text for text, _ in rows])
    weights, bias = _fit(vectors, truth)
    encoder = card(MODELS / "encoder")
    version = f"{encoder.name}@{encoder.version}"
    np.savez(FOLDER / "weights.npz", weights=weights.astype(np.float16), bias=bias, names=names, encoder=version)
    right = ((vectors @ weights * SCALE + bias > 0) == (truth > 0.5)).all(axis=1).mean()
    print(f"{len(rows)} sentences, {len(names)} measures, wholly right on what it was fitted on: {right:.3f}")


def _load(name: str) -> Any:
    return yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))


def _sentences(phrases: Any, frames: Any, rng: random.Random) -> Iterator[tuple[str, set[str]]]:
    for language, by_measure in phrases.items():
        every = [(measure, phrase) for measure, listed in by_measure.items() for phrase in listed]
        around = frames[language]
        for measure, phrase in every:
            for frame in rng.sample(around["frames"], SINGLES):
                yield _noisy(frame.format(phrase), rng), {measure}
        for _ in range(PAIRS * len(every)):
            (first, one), (second, other) = rng.sample(every, 2)
            text = rng.choice(around["frames"]).format(one + rng.choice(around["joints"]) + other)
            yield _noisy(text, rng), {first, second}


def _noisy(text: str, rng: random.Random) -> str:
    if rng.random() >= NOISY:
        return text
    return "".join(CONFUSED.get(letter, letter) if rng.random() < 0.08 else letter for letter in text)


def _fit(vectors: Matrix, truth: Matrix) -> tuple[Matrix, Matrix]:
    """Return the weights and biases that minimise the logistic loss (Adam); positive examples have a higher weight."""
    parameters = [np.zeros((vectors.shape[1], truth.shape[1]), np.float32), np.full(truth.shape[1], -3, np.float32)]
    means = [np.zeros_like(array) for array in parameters]
    squares = [np.zeros_like(array) for array in parameters]
    importance = np.where(truth > 0.5, POSITIVE, 1.0) / len(vectors)
    for step in range(1, STEPS + 1):
        likely = 1 / (1 + np.exp(-(vectors @ parameters[0] * SCALE + parameters[1])))
        error = (likely - truth) * importance
        slopes = [vectors.T @ error * SCALE + DECAY * parameters[0], error.sum(axis=0)]
        for number, slope in enumerate(slopes):
            means[number] = 0.9 * means[number] + 0.1 * slope
            squares[number] = 0.999 * squares[number] + 0.001 * slope**2
            mean, square = means[number] / (1 - 0.9**step), squares[number] / (1 - 0.999**step)
            parameters[number] = (parameters[number] - RATE * mean / (np.sqrt(square) + 1e-8)).astype(np.float32)
    return parameters[0], parameters[1]


if __name__ == "__main__":
    main()
