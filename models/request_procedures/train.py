"""Training of the weights that find special procedures: ``python -m models.request_procedures.train``.

A sentence of a labelled letter of ``tests/gold`` is positive if most of it lies in a labelled procedure, or reversely.
A logistic regression is fitted to the features of ``nlp.requests.procedures``. Needs scikit-learn.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

import numpy as np

from models.feature_fitting import feature_matrix, frequent, save_weights
from models.labelled_letters import labelled_letters
from nlp.requests.context import RequestContext
from nlp.requests.procedure_choice import ASKED, WEIGHTS, Features
from nlp.requests.procedures import sentence_features

RAREST, PENALTY, POSITIVE, SMALLEST = 3, 0.3, 6.0, 0.002

Example = tuple[Features, bool]


def main() -> None:
    examples = list(read_examples())
    save_weights(WEIGHTS, {"sentences": len(examples)}, {ASKED: fit(examples)}, smallest=SMALLEST)


def read_examples() -> Iterator[Example]:
    """Yield the sentences of the labelled letters."""
    for letter in labelled_letters():
        yield from examples_of(letter.read(), letter.fields.get("special_procedure", ()))


def examples_of(context: RequestContext, labelled: Sequence[Mapping[str, int]]) -> Iterator[Example]:
    """Yield the sentences of a letter with whether they are labelled."""
    places = [(context.flow.at(entry["start"]), context.flow.at(entry["end"])) for entry in labelled]
    for one, features in sentence_features(context):
        shared = [(min(end, one.end) - max(start, one.start), end - start) for start, end in places]
        yield features, any(common > 0.5 * min(length, one.end - one.start) for common, length in shared)


def fit(examples: Sequence[Example]) -> dict[str, float]:
    """Return the weights of the features."""
    from sklearn.linear_model import LogisticRegression

    numbers = frequent((features for features, _ in examples), RAREST)
    matrix = feature_matrix([features for features, _ in examples], numbers).astype(np.float32)
    labels = np.array([is_asked for _, is_asked in examples])
    model = LogisticRegression(C=PENALTY, max_iter=1000)
    model.fit(matrix, labels, sample_weight=np.where(labels, POSITIVE, 1.0))
    weights = dict(zip(numbers, model.coef_[0].tolist(), strict=True))
    return weights | {"every": weights["every"] + float(model.intercept_[0])}


if __name__ == "__main__":
    main()
