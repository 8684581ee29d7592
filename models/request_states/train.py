"""Training of the weights that choose the two States of a letter: ``python -m models.request_states.train``.

The examples are the labelled letters of ``tests/gold``; of an answer the requested State is the writer. The weights
maximise the likelihood of the labelled pair (``nlp.requests.states.choice``) with a penalty on their squares (Adam).
Before that, each set of letters is left out in turn, and the share of its States that is found is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from models.feature_fitting import Matrix, feature_matrix, minimised, save_weights
from models.labelled_letters import labelled_letters, with_each_set_left_out
from nlp.pipeline import annotate
from nlp.requests.flow import flow_of
from nlp.requests.letter_types.statements import RESPONSE
from nlp.requests.parts.parts import find_parts, main_language
from nlp.requests.proposal import OWN_WORDS
from nlp.requests.sections import letter_sections
from nlp.requests.states.choice import NONE, ROLES, UNKNOWN, WEIGHTS, Features, choose, pair_probabilities
from nlp.requests.states.evidence import clues, features_of

STEPS, RATE, DECAY = 250, 0.1, 0.01
SMALLEST = 0.005  # weights below it are left out


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled letter: the features of each State that it mentions, its writer and its addressee."""

    letters: str
    features: Features
    pair: tuple[str, str]


def main() -> None:
    examples = list(read_examples())
    for left_out, others, tried in with_each_set_left_out(examples):
        weights = fit(others)
        right = [count_right(tried, weights, position) for position in range(2)]
        print(f"{left_out}: writer {right[0]}, addressee {right[1]} of {len(tried)}")
    save_weights(WEIGHTS, {"letters": len(examples)}, fit(examples), smallest=SMALLEST)


def read_examples() -> Iterator[Example]:
    """Yield the labelled letters."""
    for letter in labelled_letters():
        labelled = [
            letter.fields.get(f"{role}_state", [{"value": UNKNOWN}])[0]["value"] for role in ("requesting", "requested")
        ]
        if letter.document_type == RESPONSE:
            labelled.reverse()
        yield Example(letter.letters, letter_features(letter.text), (labelled[0], labelled[1]))


def letter_features(text: str) -> Features:
    """Return the features of the States that a letter mentions."""
    annotations = annotate(text)
    parts = find_parts(text, annotations.segments, letter_sections(text, ()))
    own = [part for part in parts if part.kind in OWN_WORDS] or list(parts)
    return features_of(clues(text, flow_of(text), own, annotations.spans), main_language(annotations.segments))


def fit(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Return the weights of both roles."""
    names = sorted({NONE} | {name for example in examples for one in example.features.values() for name in one})
    prepared = [_prepared(example, names) for example in examples]

    def slope(weights: Matrix) -> Matrix:
        total: Matrix = sum((_slope(*one, weights) for one in prepared), np.zeros_like(weights))
        return total / len(prepared) + DECAY * weights

    weights = minimised(slope, (len(ROLES), len(names)), STEPS, RATE)
    return {role: dict(zip(names, row.tolist(), strict=True)) for role, row in zip(ROLES, weights, strict=True)}


def _prepared(example: Example, names: Sequence[str]) -> tuple[list[str], Matrix, list[int]]:
    """Return the candidates of a letter, the matrix of their features and the numbers of the labelled pair."""
    codes = [UNKNOWN, *sorted(example.features)]
    numbers = {name: number for number, name in enumerate(names)}
    matrix = feature_matrix([{NONE: 1.0}, *(example.features[code] for code in codes[1:])], numbers)
    return codes, matrix, [codes.index(code) if code in codes else 0 for code in example.pair]


def _slope(codes: Sequence[str], matrix: Matrix, pair: Sequence[int], weights: Matrix) -> Matrix:
    likely = pair_probabilities(matrix @ weights[0], matrix @ weights[1], codes)
    errors = [likely.sum(axis=1), likely.sum(axis=0)]
    for error, gold in zip(errors, pair, strict=True):
        error[gold] -= 1.0
    return np.stack([matrix.T @ error for error in errors])


def count_right(examples: Sequence[Example], weights: Mapping[str, Mapping[str, float]], position: int) -> int:
    """Return how many letters have the labelled State at a position of the pair."""
    chosen = [choose(example.features, weights) for example in examples]
    pairs = [(choice.writer, choice.addressee) for choice in chosen]
    return sum(pair[position] == example.pair[position] for pair, example in zip(pairs, examples, strict=True))


if __name__ == "__main__":
    main()
