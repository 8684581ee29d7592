"""Training of the decision which concepts a provision is about; writes ``weights.json``.

``python -m models.concept_tags.train --unseen-3 FOLDER ... --unseen-6 FOLDER --unseen-9 FOLDER`` reads the labels of
``labels.jsonl`` and of ``tests/gold/concept_tags.jsonl`` on ``../shared/data``, the folders of laws of the second,
fourth and fifth draw (see ``benchmarks/history/concepts.md``) and those of the parts ``training`` (5) and
``training_2`` (9); a ridge logistic regression over the candidates of each provision.

``--towards-prior`` with ``--unseen-9`` alone fits the part ``training_2`` instead, with a penalty on the distance from
the weights in use, so that the laws of the other parts are not needed. (Release 3, in use, is fitted to the others.)

Printed are the provisions covered and the right tags with the countries left out in turn.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray

from benchmarks.concept_tags import cued_law, place_of
from benchmarks.new_countries import SHARED, rows
from models.feature_fitting import newton_logistic
from nlp.provision_roles.subject_classifier import (
    SubjectWeights,
    chosen_subjects,
    stored_weights,
    subject_features,
)

HERE = Path(__file__).resolve().parent

FILE = HERE / "weights.json"
PENALTY, STEPS = 300.0, 8
PRIOR_PENALTY = 3000.0  # on the distance from the prior weights
EXACT, ALSO = 2.0, 0.2  # how much a candidate counts that the provision is about, and one that is also right
LEAST, LEAST_BEST = 0.6, 0.4
PRIOR_LEAST, PRIOR_LEAST_BEST = 0.5, 0.35  # of weights fitted towards the prior ones
FOLDERS = (3, 4, 5, 6, 9)  # of the laws that are not part of the reference data
# Draws that are only measured.
KEPT = ("sixth", "seventh", "eighth", "ninth", "ninth_kept", "eleventh", "eleventh_kept", "twelfth", "twelfth_kept")
ADDED = "training_2"  # the part that is fitted towards the prior weights


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled provision with the features of its candidates."""

    row: Mapping[str, Any]
    candidates: Mapping[str, Mapping[str, float]]

    @property
    def right(self) -> set[str]:
        """The concepts that are right for the provision."""
        return {*self.row["concepts"], *self.row["also"]}


Fit = Callable[[Sequence[Example]], SubjectWeights]


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for number in FOLDERS:
        parser.add_argument(f"--unseen-{number}", type=Path)
    parser.add_argument("--towards-prior", action="store_true")
    options = vars(parser.parse_args())
    towards_prior = options["towards_prior"]
    folders = {f"unseen_{number}": options[f"unseen_{number}"] for number in FOLDERS}
    own = list(examples(folders, (ADDED,) if towards_prior else ()))
    fit = partial(fitted_towards, stored_weights(FILE)) if towards_prior else fitted
    left_out(own, fit)
    learned = fit(own)
    content = {
        "weights": {name: round(weight, 4) for name, weight in learned.weights.items()},
        "bias": round(learned.bias, 4),
        "least": learned.least,
        "least_best": learned.least_best,
    }
    FILE.write_text(json.dumps(content, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def examples(unseen: Mapping[str, Path | None], parts: Collection[str] = ()) -> Iterator[Example]:
    """Yield the labelled provisions whose files are there, in the reference data or the folders of ``unseen``.

    ``parts`` are those wanted; all but those that are only measured if it is empty.
    """
    folders = {"statutes": SHARED / "statutes", "more-countries": SHARED / "more-countries", **unseen}
    lines = (HERE / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    by_file: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in (*map(json.loads, lines), *rows("concept_tags.jsonl")):
        if row["part"] in parts or (not parts and row["part"] not in KEPT):
            by_file[row["file"]].append(row)
    for file, labelled in sorted(by_file.items()):
        top, _, name = file.partition("/")
        if folder := folders.get(top):
            law = cued_law(folder / name)
            for row in labelled:
                place, _ = place_of(law, row)
                if place:
                    yield Example(row, subject_features(place))


def left_out(own: Sequence[Example], fit: Fit) -> None:
    """Print the figures of each part of the labels, each country decided by weights without it."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for country in sorted({example.row["country"] for example in own}):
        known = fit([example for example in own if example.row["country"] != country])
        for example in own:
            if example.row["country"] == country:
                probable = {code: known.probability(features) for code, features in example.candidates.items()}
                tags, exact = set(chosen_subjects(probable, known)), set(example.row["concepts"])
                figures = (bool(exact), bool(exact & tags), len(tags), len(tags & example.right))
                for name in (example.row["part"], "all"):
                    counted[name] = [before + more for before, more in zip(counted[name], figures, strict=True)]
    for name, (provisions, covered, given, right) in sorted(counted.items()):
        print(f"{name:<8}covered {covered}/{provisions}, right tags {right}/{given}")


def fitted(own: Sequence[Example]) -> SubjectWeights:
    """Return weights fitted on all candidates of the examples by Newton's method."""
    pairs = [(features, code in example.right) for example in own for code, features in example.candidates.items()]
    labels = np.array([right for _, right in pairs], np.float64)
    return _moved(SubjectWeights({}, 0.0, LEAST, LEAST_BEST), [features for features, _ in pairs], labels, PENALTY)


def fitted_towards(prior: SubjectWeights, own: Sequence[Example]) -> SubjectWeights:
    """Return weights near ``prior`` that fit the candidates of the examples better.

    Concepts that are also right were listed generously, and a tag should name what the provision is about: candidates
    of the first kind count less, of the second more than wrong ones.
    """
    pairs = [(example, code, features) for example in own for code, features in example.candidates.items()]
    labels = np.array([code in example.right for example, code, _ in pairs], np.float64)
    counts = np.array([_count(example, code) for example, code, _ in pairs])
    moved = _moved(prior, [features for *_, features in pairs], labels, PRIOR_PENALTY, counts)
    return replace(moved, least=PRIOR_LEAST, least_best=PRIOR_LEAST_BEST)


def _count(example: Example, code: str) -> float:
    if code in example.row["concepts"]:
        return EXACT
    return ALSO if code in example.right else 1.0


def _moved(
    prior: SubjectWeights,
    candidates: Sequence[Mapping[str, float]],
    labels: NDArray[np.float64],
    penalty: float,
    counts: NDArray[np.float64] | None = None,
) -> SubjectWeights:
    """Return the weights that fit the candidates with a penalty on their distance from ``prior``, by spread."""
    names = sorted({*prior.weights, *(name for features in candidates for name in features)})
    values = np.array([[features.get(name, 0.0) for name in names] for features in candidates])
    before = np.array([prior.weights.get(name, 0.0) for name in names])
    middle, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    inputs = np.c_[(values - middle) / spread, np.ones(len(values))]
    penalties = np.r_[np.full(len(names), penalty), 1e-6]
    start = values @ before + prior.bias
    moves = newton_logistic(inputs, labels, penalties, STEPS, start=start, counts=counts)
    scaled = moves[:-1] / spread
    weights = dict(zip(names, (before + scaled).tolist(), strict=True))
    return replace(prior, weights=weights, bias=prior.bias + float(moves[-1] - scaled @ middle))


if __name__ == "__main__":
    main()
