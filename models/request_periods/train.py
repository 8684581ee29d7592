"""Training of the weights that choose the period of the facts: ``python -m models.request_periods.train``.

The examples are the labelled letters of ``tests/gold`` and ``tests/request_letters``. The weights maximise the
likelihood of the labelled pair of dates, or of no period in letters without one (``nlp.requests.dates.period_choice``),
with a penalty on their squares (Adam); letters with a labelled period that is not among the pairs are left out. Before
that, each set of letters is left out in turn, and the figures on it are printed.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import yaml
from numpy.typing import NDArray

from models.feature_fitting import Matrix, feature_matrix, frequent, minimised, save_weights
from models.labelled_letters import PRESENT, labelled_letters, with_each_set_left_out
from nlp.pipeline import annotate
from nlp.requests.context import RequestContext
from nlp.requests.dates.facts_period import weighed_periods
from nlp.requests.dates.period_choice import (
    FIRST,
    LAST,
    LIKELY,
    NO_PERIOD,
    PAIR,
    WEIGHTS,
    Ends,
    Periods,
    Weights,
    likely_periods,
)
from nlp.requests.dates.period_evidence import Features
from nlp.requests.reading import request_context

STEPS, RATE, DECAY = 150, 0.05, 0.0015
_PRESENT_COUNT = 3.0  # how much a letter labelled by the present conventions counts
SMALLEST, RAREST = 0.01, 4  # smaller weights and features of fewer dates are left out
FURTHER = Path(__file__).resolve().parents[2] / "tests" / "request_letters"


@dataclass(frozen=True, slots=True)
class Example:
    """A labelled letter: the periods that it may name, the labelled ones, the numbers of these among the pairs."""

    letters: str
    periods: Periods
    labelled: Sequence[Ends]
    right: Sequence[int]


@dataclass(frozen=True, slots=True)
class Prepared:
    """Matrices of the features of all dates, pairs and letters; for each pair its two dates and its letter.

    ``share`` is how much each letter counts, 1 in all.
    """

    dates: Matrix
    pairs: Matrix
    none: Matrix
    first: NDArray[np.int64]
    last: NDArray[np.int64]
    letter: NDArray[np.int64]
    wanted: Matrix
    wanted_none: Matrix
    share: Matrix


def main() -> None:
    examples = list(read_examples())
    for left_out, others, tried in with_each_set_left_out(examples):
        weights = fit(others)
        precision, recall = figures(tried, weights)
        print(f"{left_out}: precision {precision:.2f}, recall {recall:.2f}", flush=True)
    save_weights(WEIGHTS, {"letters": len(examples)}, fit(examples), smallest=SMALLEST)


def read_examples() -> Iterator[Example]:
    """Yield the labelled letters, those of ``tests/request_letters`` last."""
    for letter in labelled_letters():
        values = [entry["value"] for entry in letter.fields.get("facts_period", ())]
        yield _example(letter.letters, letter.read(), [(value["from"], value["to"]) for value in values])
    for path in sorted(FURTHER.glob("*.yaml")):
        for row in yaml.safe_load(path.read_text(encoding="utf-8")):
            context = request_context(row["text"], annotate(row["text"]))
            yield _example(FURTHER.name, context, row["gold"]["fields"].get("facts_period", ()))


def _example(letters: str, context: RequestContext, labelled: Sequence[Sequence[str | None]]) -> Example:
    ends = [(str(first or ""), str(last or "")) for first, last in labelled]
    periods = weighed_periods(context)
    right = [number for number in range(len(periods.pairs)) if periods.ends(number) in ends]
    return Example(letters, periods, ends, right)


def fit(examples: Sequence[Example]) -> dict[str, dict[str, float]]:
    """Return the weights of the features of first dates, last dates, pairs and letters without a period."""
    known = [example for example in examples if example.right or not example.labelled]
    dates = frequent((one.features for example in known for one in example.periods.dates), RAREST)
    pairs = frequent((one for example in known for one in example.periods.together), RAREST)
    none = frequent((example.periods.none for example in known), 1)
    prepared = _prepared(known, dates, pairs, none)
    sizes = np.cumsum([len(dates), len(dates), len(pairs)])

    def slope(weights: Matrix) -> Matrix:
        return _slope(prepared, np.split(weights, sizes)) + DECAY * weights

    found = minimised(slope, (int(sizes[-1]) + len(none),), STEPS, RATE)
    names = zip((FIRST, LAST, PAIR, NO_PERIOD), (dates, dates, pairs, none), np.split(found, sizes), strict=True)
    return {role: dict(zip(numbers, own.tolist(), strict=True)) for role, numbers, own in names}


def _prepared(
    known: Sequence[Example], dates: Mapping[str, int], pairs: Mapping[str, int], none: Mapping[str, int]
) -> Prepared:
    before = np.cumsum([0, *(len(example.periods.dates) for example in known)])
    rows: list[Features] = [one.features for example in known for one in example.periods.dates]
    places = [(first, last) for example in known for first, last in example.periods.pairs]
    letter = np.repeat(np.arange(len(known)), [len(example.periods.pairs) for example in known])
    ends = np.array(places, dtype=np.int64) + before[letter][:, None]
    wanted = np.concatenate([_wanted(example) for example in known])
    counts = np.array([_PRESENT_COUNT if example.letters in PRESENT else 1.0 for example in known])
    return Prepared(
        feature_matrix(rows, dates),
        feature_matrix([one for example in known for one in example.periods.together], pairs),
        feature_matrix([example.periods.none for example in known], none),
        ends[:, 0],
        ends[:, 1],
        letter,
        wanted,
        np.array([float(not example.labelled) for example in known]),
        counts / counts.sum(),
    )


def _wanted(example: Example) -> Matrix:
    wanted = np.zeros(len(example.periods.pairs))
    wanted[list(example.right)] = 1 / max(1, len(example.right))
    return wanted


def _slope(given: Prepared, weights: Sequence[Matrix]) -> Matrix:
    first, last, pairs, none = weights
    scores = (given.dates @ first)[given.first] + (given.dates @ last)[given.last] + given.pairs @ pairs
    alone = given.none @ none
    highest = alone.copy()
    np.maximum.at(highest, given.letter, scores)
    likely, likely_none = np.exp(scores - highest[given.letter]), np.exp(alone - highest)
    total = likely_none.copy()
    np.add.at(total, given.letter, likely)
    error = (likely / total[given.letter] - given.wanted) * given.share[given.letter]
    error_none = (likely_none / total - given.wanted_none) * given.share
    count = len(given.dates)
    by_date = [given.dates.T @ np.bincount(ends, error, count) for ends in (given.first, given.last)]
    return np.concatenate([*by_date, given.pairs.T @ error, given.none.T @ error_none])


def figures(examples: Sequence[Example], weights: Weights) -> tuple[float, float]:
    """Return precision and recall of the chosen periods."""
    right = given = labelled = 0
    for example in examples:
        labelled += len(example.labelled)
        *likely, none = likely_periods(example.periods, weights).tolist()
        if likely and max(likely) >= LIKELY * none:
            given += 1
            right += likely.index(max(likely)) in example.right
    return right / max(1, given), right / max(1, labelled)


if __name__ == "__main__":
    main()
