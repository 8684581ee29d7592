"""Training of the weights that choose alarms of the completeness check: ``python -m models.request_checks.train``.

An alarm of the rules is right if a reviewer of the labelled letter of ``tests/gold`` raised the item too, and so is a
doubt about an item that the rules found. The letters labelled by the present conventions are learned from.
``--sets-left-out`` shows recall and false alarms a letter for each set that the weights have not seen. Needs
scikit-learn.
"""

from __future__ import annotations

import argparse
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from models.feature_fitting import feature_matrix, frequent, save_weights
from models.labelled_letters import PRESENT, LabelledLetter, labelled_letters, with_each_set_left_out
from nlp.pipeline import annotate
from nlp.requests.checks.alarm_choice import DOUBTED, LIKELY, RIGHT, WEIGHTS
from nlp.requests.checks.alarm_evidence import Features, features_of_alarms
from nlp.requests.checks.checks import weighed_findings
from nlp.requests.checks.words import Fields
from nlp.requests.context import RequestContext
from nlp.requests.reading import read_fields, request_context
from nlp.requests.weights import feature_probability

RAREST, PENALTY, SMALLEST = 5, 0.2, 0.002


class Weighed(NamedTuple):
    """An item by its features: whether a reviewer raised it, and whether the rules did."""

    features: Features
    is_right: bool
    is_alarm: bool


@dataclass(frozen=True, slots=True)
class CheckedLetter:
    """The items of a letter that weights decide on, and how many items a reviewer raised."""

    letters: str
    items: tuple[Weighed, ...]
    raised: int


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--sets-left-out", action="store_true", help="only show the figures of each set left out")
    options = parser.parse_args()
    letters = (letter for letter in labelled_letters() if letter.letters in PRESENT)
    examples = [checked(letter, *_read(letter)) for letter in letters]
    if options.sets_left_out:
        for name, others, own in with_each_set_left_out(examples):
            print(name, *(f"{figure:.2f}" for figure in figures(own, fit(others))))
    else:
        save_weights(
            WEIGHTS, {"letters": len(examples), "alarms": len(_items(examples))}, {RIGHT: fit(examples)},
            smallest=SMALLEST,
        )  # fmt: skip


def _read(letter: LabelledLetter) -> tuple[RequestContext, Fields]:
    return read_fields(request_context(letter.text, annotate(letter.text)))


def checked(letter: LabelledLetter, context: RequestContext, fields: Fields) -> CheckedLetter:
    """Return the alarms that the rules raise in a letter, and the items that they found and that it may lack."""
    alarms, doubted = weighed_findings(context, fields)
    found = features_of_alarms(context, fields, alarms, doubted)
    weighed = tuple(Weighed(features, key in letter.raised, key in alarms) for key, features in found.items())
    return CheckedLetter(letter.letters, weighed, len(letter.raised))


def _items(examples: Sequence[CheckedLetter]) -> list[Weighed]:
    return [item for letter in examples for item in letter.items]


def fit(examples: Sequence[CheckedLetter]) -> dict[str, float]:
    """Return the weights of the features."""
    from sklearn.linear_model import LogisticRegression

    rows = _items(examples)
    numbers = frequent((one.features for one in rows), RAREST)
    model = LogisticRegression(C=PENALTY, max_iter=3000)
    model.fit(feature_matrix([one.features for one in rows], numbers), np.array([one.is_right for one in rows]))
    weights = dict(zip(numbers, model.coef_[0].tolist(), strict=True))
    return weights | {"every": weights["every"] + float(model.intercept_[0])}


def _is_chosen(item: Weighed, weights: Features) -> bool:
    return feature_probability(item.features, weights) >= (LIKELY if item.is_alarm else DOUBTED)


def figures(examples: Sequence[CheckedLetter], weights: Features) -> Iterator[float]:
    """Yield recall and false alarms a letter of the rules, then of the items that the weights choose."""
    raised = sum(letter.raised for letter in examples)
    items = _items(examples)
    by_rules = [one.is_right for one in items if one.is_alarm]
    by_weights = [one.is_right for one in items if _is_chosen(one, weights)]
    for chosen in (by_rules, by_weights):
        yield sum(chosen) / max(1, raised)
        yield (len(chosen) - sum(chosen)) / len(examples)


if __name__ == "__main__":
    main()
