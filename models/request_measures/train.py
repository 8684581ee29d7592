"""Training of the classifier of requested measures: ``python -m models.request_measures.train``.

Phrases (``phrases_*.yaml``) and combinations of a verb and an object (``composed_*.yaml``) are inserted into sentences
(``frames.yaml``), one or two to a sentence, some with errors of character recognition. The statements of the labelled
letters of ``tests/gold`` that ask for something are added with a higher weight. A logistic regression for each measure
is fitted to the vectors of ``models/encoder`` by gradient descent. The result, ``weights.npz``, contains the matrix,
the biases, the names and the version of the encoder. Before that, the letters are left out in turn (``FOLDS`` parts),
and what is found in the items of their lists of requests is printed.
"""

from __future__ import annotations

import json
import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import yaml
from numpy.typing import NDArray

from nlp.pipeline import annotate
from nlp.requests.measure_classifier import FOLDER, SCALE, embed
from nlp.requests.reading import request_context
from nlp.requests.statements import ASKED, find_statements
from nlp.transformer import MODELS, card

LANGUAGES = ("es", "pt", "en", "fr")
NOTHING = ("none", "facts")  # kinds of phrases that request no measure
SINGLES, PAIRS = 4, 900  # sentences for each phrase; sentences of two phrases for each language
COMPOSED = {"production_documents": 160, "bank_information": 90, "none": 130}  # combinations used; of others 45
COMPOSED_REST = 45
NOISY = 0.1  # share of sentences with errors of character recognition
CONFUSED = {"l": "1", "o": "0", "e": "c", "m": "rn", "i": "í", "s": "5", "á": "a", "é": "e", "ã": "a"}
STEPS, RATE, DECAY, POSITIVE = 300, 0.05, 1e-3, 3.0
LETTER_STEPS, LETTER_RATE, LETTER_WEIGHT, FOLDS, LIKELY = 80, 0.02, 10.0, 6, 0.7
GOLD = Path(__file__).resolve().parents[2] / "tests" / "gold"

Matrix = NDArray[np.float32]
Row = tuple[str, frozenset[str]]


@dataclass(frozen=True, slots=True, eq=False)
class Examples:
    """Vectors with the measures of each; ``known`` is 0 where it is not known whether a measure is asked for."""

    vectors: Matrix
    truth: Matrix
    known: Matrix
    weight: Matrix

    def plus(self, other: Examples, rows: Sequence[int]) -> Examples:
        """Return these examples and the chosen rows of others."""
        chosen = (other.vectors[rows], other.truth[rows], other.known[rows], other.weight[rows])
        own = (self.vectors, self.truth, self.known, self.weight)
        return Examples(*(np.concatenate(pair) for pair in zip(own, chosen, strict=True)))


@dataclass(frozen=True, slots=True)
class LetterStatement:
    """Words of a statement that ask for something, the measures labelled there and those of the whole letter."""

    letter: str
    words: str
    measures: frozenset[str]
    of_letter: frozenset[str]
    is_asked_item: bool


def main() -> None:
    phrases = {language: _load(f"phrases_{language}") for language in LANGUAGES}
    names = [name for name in phrases["es"] if name not in NOTHING]
    rows = list(_sentences(phrases, _load("frames"), random.Random(20)))
    truth = np.array([[name in measures for name in names] for _, measures in rows], np.float32)
    generated = Examples(embed([text for text, _ in rows]), truth, np.ones_like(truth), np.ones(len(rows), np.float32))
    statements = list(_letters())
    lettered = _labelled(statements, names)
    base = _fit(generated, STEPS, RATE)
    _check(base, generated, lettered, statements, names)
    everything = generated.plus(lettered, range(len(statements)))
    weights, bias = _fit(everything, LETTER_STEPS, LETTER_RATE, base)
    encoder = card(MODELS / "encoder")
    version = f"{encoder.name}@{encoder.version}"
    np.savez(FOLDER / "weights.npz", weights=weights.astype(np.float16), bias=bias, names=names, encoder=version)
    print(f"{len(rows)} sentences, {len(statements)} statements of letters, {len(names)} measures")


def _load(name: str) -> Any:
    return yaml.safe_load((Path(__file__).parent / f"{name}.yaml").read_text(encoding="utf-8"))


def _sentences(phrases: Any, frames: Any, rng: random.Random) -> Iterator[Row]:
    for language, by_measure in phrases.items():
        around = frames[language]
        written = [(measure, phrase) for measure, listed in by_measure.items() for phrase in listed]
        every = [*written, *_composed(_load(f"composed_{language}"), rng)]

        def text(words: str, around: Any = around) -> str:
            filled = words.replace("{name}", rng.choice(around["names"])).replace("{org}", rng.choice(around["firms"]))
            return _noisy(rng.choice(around["frames"]).format(filled + rng.choice(around["tails"])), rng)

        for measure, phrase in written:
            yield from ((text(phrase), frozenset({measure})) for _ in range(SINGLES))
        yield from ((text(phrase), frozenset({measure})) for measure, phrase in every[len(written) :])
        for _ in range(PAIRS):
            (first, one), (second, other) = rng.sample(every, 2)
            yield text(one + rng.choice(around["joints"]) + other), frozenset({first, second})


def _composed(content: Any, rng: random.Random) -> Iterator[tuple[str, str]]:
    """Yield measures with a verb and an object."""
    combined: dict[str, list[str]] = {}
    for key, (group, objects) in content["objects"].items():
        pairs = [f"{verb} {thing}" for verb in content["verbs"][group] for thing in objects]
        combined.setdefault(key.rstrip("+"), []).extend(pairs)
    for measure, listed in combined.items():
        number = min(len(listed), COMPOSED.get(measure, COMPOSED_REST))
        yield from ((measure, phrase) for phrase in rng.sample(listed, number))


def _noisy(text: str, rng: random.Random) -> str:
    if rng.random() >= NOISY:
        return text
    return "".join(CONFUSED.get(letter, letter) if rng.random() < 0.08 else letter for letter in text)


def _letters() -> Iterator[LetterStatement]:
    """Yield the statements of the labelled letters that ask for something."""
    for path in sorted(GOLD.glob("requests*.jsonl")):
        for line in path.read_text(encoding="utf-8").splitlines():
            letter = json.loads(line)
            context = request_context(letter["text"], annotate(letter["text"]))
            labelled = letter["gold"]["fields"].get("measures", ())
            places = [(context.flow.at(one["start"]), one["value"]["measure"]) for one in labelled]
            for one in find_statements(context):
                ends = [*(start for start, _ in one.clauses[1:]), one.end]
                clauses = zip(one.clauses, ends, strict=True)
                words = "".join(context.flow.cased[start:end] for (start, mood), end in clauses if mood == ASKED)
                here = frozenset(measure for place, measure in places if one.start <= place < one.end)
                if words.strip():
                    every = frozenset(measure for _, measure in places)
                    yield LetterStatement(letter["id"], words.strip(), here, every, one.is_asked_item)


def _labelled(statements: Sequence[LetterStatement], names: Sequence[str]) -> Examples:
    """Return the examples of letters; a measure labelled elsewhere in a letter may be asked for here as well."""
    truth = np.array([[name in one.measures for name in names] for one in statements], np.float32)
    elsewhere = np.array([[name in one.of_letter for name in names] for one in statements], np.float32)
    known = np.where(truth > 0.5, 1.0, 1.0 - elsewhere).astype(np.float32)
    weight = np.full(len(statements), LETTER_WEIGHT, np.float32)
    return Examples(embed([one.words for one in statements]), truth, known, weight)


def _check(
    base: tuple[Matrix, Matrix],
    generated: Examples,
    lettered: Examples,
    statements: Sequence[LetterStatement],
    names: Sequence[str],
) -> None:
    """Print what is found in the lists of requests of letters that the weights have not seen."""
    letters = sorted({one.letter for one in statements})
    random.Random(3).shuffle(letters)
    right = wrong = missed = 0
    for fold in range(FOLDS):
        left_out = set(letters[fold::FOLDS])
        seen = [number for number, one in enumerate(statements) if one.letter not in left_out]
        weights, bias = _fit(generated.plus(lettered, seen), LETTER_STEPS, LETTER_RATE, base)
        likely = 1 / (1 + np.exp(-(lettered.vectors @ weights * SCALE + bias)))
        for one, row in zip(statements, likely, strict=True):
            if one.letter in left_out and one.is_asked_item:
                found = {name for name, probability in zip(names, row, strict=True) if probability >= LIKELY}
                right += len(found & one.measures)
                wrong += len(found - one.of_letter)
                missed += len(one.measures - found)
    print(f"items of letters left out: {right} right, {wrong} wrong, {missed} missed")


def _fit(
    examples: Examples, steps: int, rate: float, begin: tuple[Matrix, Matrix] | None = None
) -> tuple[Matrix, Matrix]:
    """Return the weights and biases that minimise the logistic loss (Adam); positive examples have a higher weight."""
    vectors, truth = examples.vectors, examples.truth
    empty = (np.zeros((vectors.shape[1], truth.shape[1]), np.float32), np.full(truth.shape[1], -3, np.float32))
    parameters = [array.copy() for array in begin or empty]
    means = [np.zeros_like(array) for array in parameters]
    squares = [np.zeros_like(array) for array in parameters]
    importance = np.where(truth > 0.5, POSITIVE, 1.0) * examples.known * examples.weight[:, None]
    importance = (importance / examples.weight.sum()).astype(np.float32)
    for step in range(1, steps + 1):
        likely = 1 / (1 + np.exp(-(vectors @ parameters[0] * SCALE + parameters[1])))
        error = (likely - truth) * importance
        slopes = [vectors.T @ error * SCALE + DECAY * parameters[0], error.sum(axis=0)]
        for number, slope in enumerate(slopes):
            means[number] = 0.9 * means[number] + 0.1 * slope
            squares[number] = 0.999 * squares[number] + 0.001 * slope**2
            mean, square = means[number] / (1 - 0.9**step), squares[number] / (1 - 0.999**step)
            parameters[number] = (parameters[number] - rate * mean / (np.sqrt(square) + 1e-8)).astype(np.float32)
    return parameters[0], parameters[1]


if __name__ == "__main__":
    main()
