"""Training of the weights that choose the type of a letter: ``python -m models.request_types.train``.

The examples are the labelled letters of ``tests/gold`` and ``tests/request_letters``, and the short letters in wordings
of their own of ``letters.yaml``, which count more. The weights are a ridge regression of each type (1 for a letter of
the type, 0 for others). Before that, each set of letters is left out in turn, and the number of letters whose type is
found is printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml

from models.feature_fitting import save_weights
from models.labelled_letters import labelled_letters, with_each_set_left_out
from nlp.pipeline import annotate
from nlp.requests.flow import flow_of
from nlp.requests.letter_types.choice import WEIGHTS, Features, type_scores
from nlp.requests.letter_types.request_type import letter_features
from nlp.requests.parts.parts import find_parts
from nlp.requests.reading import letter_part
from nlp.requests.sections import letter_sections

PENALTY = 4.0
WRITTEN, WRITTEN_WEIGHT = "written", 2.0
SMALLEST = 0.001  # weights below it are left out
FOLDER = Path(__file__).resolve().parent
TESTS = FOLDER.parents[1] / "tests"


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled letter: the features of its text and its type."""

    letters: str
    features: Features
    label: str


def main() -> None:
    examples = [Example(letters, features(text), label) for letters, text, label in read_letters()]
    for left_out, others, tried in with_each_set_left_out(examples):
        weights = fit(others)
        print(f"{left_out}: {sum(best(example, weights) == example.label for example in tried)} of {len(tried)}")
    save_weights(WEIGHTS, {"letters": len(examples)}, fit(examples), smallest=SMALLEST, digits=4)


def read_letters() -> Iterator[tuple[str, str, str]]:
    """Yield the set, the text and the type of each labelled letter."""
    yield from ((letter.letters, letter.text, letter.document_type) for letter in labelled_letters())
    for path in sorted((TESTS / "request_letters").glob("*.yaml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8")):
            yield path.parent.name, row["text"], row["gold"]["document_type"]
    for row in yaml.safe_load((TESTS / "gold" / "request_letters.yaml").read_text(encoding="utf-8")):
        yield "content", row["text"], row["document_type"]
    for row in yaml.safe_load((FOLDER / "letters.yaml").read_text(encoding="utf-8")):
        yield WRITTEN, row["text"], row["type"]


def features(text: str) -> Features:
    """Return the features of the letter in a text."""
    annotations = annotate(text)
    parts = find_parts(text, annotations.segments, letter_sections(text, ()))
    return letter_features(text, flow_of(text), letter_part(text, parts), annotations.document_type)


def fit(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Return the weights of each type."""
    names = sorted({name for example in examples for name in example.features})
    labels = sorted({example.label for example in examples})
    given = np.array([[example.features.get(name, 0.0) for name in names] for example in examples])
    wanted = np.array([[float(example.label == label) for label in labels] for example in examples])
    counts = np.array([[WRITTEN_WEIGHT if example.letters == WRITTEN else 1.0] for example in examples])
    solved = np.linalg.solve(given.T @ (counts * given) + PENALTY * np.eye(len(names)), given.T @ (counts * wanted))
    return {label: dict(zip(names, solved[:, number].tolist(), strict=True)) for number, label in enumerate(labels)}


def best(example: Example, weights: Mapping[str, Mapping[str, float]]) -> str:
    """Return the type with the highest score."""
    scores = type_scores(example.features, weights)
    return max(scores, key=lambda label: scores[label])


if __name__ == "__main__":
    main()
