"""Training of the decision which concepts a provision is about; writes ``weights.json``.

``python -m models.concept_tags.train --unseen-3 FOLDER ... --unseen-6 FOLDER`` reads the labels of ``labels.jsonl`` and
of ``tests/gold/concept_tags.jsonl`` on ``../shared/data``, the folders of laws of the second, fourth and fifth draw
(see ``benchmarks/history/concepts.md``) and that of the part ``training`` (5, see there); a ridge logistic
regression over the candidates of each provision. Printed are the provisions covered and the right tags with the
countries left out in turn.
"""

from __future__ import annotations

import argparse
import json
from collections import defaultdict
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.concept_tags import cued_law, place_of
from benchmarks.new_countries import SHARED, rows
from models.feature_fitting import newton_logistic
from nlp.provision_roles.subject_classifier import (
    SubjectWeights,
    chosen_subjects,
    subject_features,
)

HERE = Path(__file__).resolve().parent

PENALTY, STEPS = 300.0, 8
LEAST, LEAST_BEST = 0.6, 0.4
FOLDERS = (3, 4, 5, 6)  # of the laws that are not part of the reference data
KEPT = ("sixth", "seventh")  # draws that are only measured


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled provision with the features of its candidates."""

    row: Mapping[str, Any]
    candidates: Mapping[str, Mapping[str, float]]

    @property
    def right(self) -> set[str]:
        """The concepts that are right for the provision."""
        return {*self.row["concepts"], *self.row["also"]}


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    for number in FOLDERS:
        parser.add_argument(f"--unseen-{number}", type=Path)
    options = vars(parser.parse_args())
    own = list(examples({f"unseen_{number}": options[f"unseen_{number}"] for number in FOLDERS}))
    left_out(own)
    learned = fitted(own)
    content = {
        "weights": {name: round(weight, 4) for name, weight in learned.weights.items()},
        "bias": round(learned.bias, 4),
        "least": learned.least,
        "least_best": learned.least_best,
    }
    (HERE / "weights.json").write_text(json.dumps(content, indent=0, sort_keys=True) + "\n", encoding="utf-8")


def examples(unseen: Mapping[str, Path | None]) -> Iterator[Example]:
    """Yield the labelled provisions whose files are there, in the reference data or the folders of ``unseen``."""
    folders = {"statutes": SHARED / "statutes", "more-countries": SHARED / "more-countries", **unseen}
    lines = (HERE / "labels.jsonl").read_text(encoding="utf-8").splitlines()
    by_file: dict[str, list[Mapping[str, Any]]] = defaultdict(list)
    for row in (*map(json.loads, lines), *rows("concept_tags.jsonl")):
        if row["part"] not in KEPT:
            by_file[row["file"]].append(row)
    for file, labelled in sorted(by_file.items()):
        top, _, name = file.partition("/")
        if folder := folders.get(top):
            law = cued_law(folder / name)
            for row in labelled:
                place, _ = place_of(law, row)
                if place:
                    yield Example(row, subject_features(place))


def left_out(own: Sequence[Example]) -> None:
    """Print the figures of each part of the labels, each country decided by weights without it."""
    counted: dict[str, list[int]] = defaultdict(lambda: [0, 0, 0, 0])
    for country in sorted({example.row["country"] for example in own}):
        known = fitted([example for example in own if example.row["country"] != country])
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
    names = sorted({name for features, _ in pairs for name in features})
    values = np.array([[features.get(name, 0.0) for name in names] for features, _ in pairs])
    middle, spread = values.mean(axis=0), values.std(axis=0) + 1e-6
    inputs = np.c_[(values - middle) / spread, np.ones(len(values))]
    penalties = np.r_[np.full(len(names), PENALTY), 1e-6]
    weights = newton_logistic(inputs, np.array([right for _, right in pairs], np.float64), penalties, STEPS)
    scaled = weights[:-1] / spread
    return SubjectWeights(
        dict(zip(names, scaled.tolist(), strict=True)), float(weights[-1] - scaled @ middle), LEAST, LEAST_BEST
    )


if __name__ == "__main__":
    main()
