"""Choice of the first and the last date of the facts by weighed evidence (a log-linear model over pairs of dates).

The score of a pair is that of its first date, that of its last date and that of both together; that of no period is
the weight of the type of the letter. The weights are those of ``models/request_periods``.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from numpy.typing import NDArray

from nlp.probability import softmax
from nlp.requests.dates.period_evidence import DateCandidate, Features
from nlp.requests.weights import feature_score, feature_weights
from nlp.transformer import MODELS

WEIGHTS = MODELS / "request_periods" / "weights.json"
FIRST, LAST, PAIR, NO_PERIOD = ROLES = ("first", "last", "pair", "none")
_YEARS = 6
# Least probability of a pair, as a share of that of no period; chosen on two sets that the weights had not seen.
LIKELY = 0.1
# The same in a supplement, which tells of days of what it received.
RARELY = 0.65

Weights = Mapping[str, Mapping[str, float]]
Ends = tuple[str, str]  # dates in ISO 8601; the second is empty for a period that goes on


@dataclass(frozen=True, slots=True)
class Periods:
    """The periods that a letter may name: dates, pairs of them by number with their features, those of no period."""

    dates: Sequence[DateCandidate]
    pairs: Sequence[tuple[int, int]]
    together: Sequence[Features]
    none: Features

    def ends(self, number: int) -> Ends:
        """Return the dates of a pair."""
        first, last = self.pairs[number]
        return self.dates[first].value, self.dates[last].value


def periods_of(dates: Sequence[DateCandidate], ruled: Mapping[Ends, float], kind: str) -> Periods:
    """Return the periods between dates of a letter of type ``kind``; ``ruled`` is what rules read, by confidence."""
    open_end = DateCandidate("", (), {"open": 1.0})
    marked = [_marked(one, ruled) for one in (*dates, open_end)]
    pairs = [
        (first, last)
        for first, one in enumerate(marked[:-1])
        for last, other in enumerate(marked)
        if not other.value or _in_order(one.value, other.value)
    ]
    together = [_together(marked[first], marked[last], ruled) for first, last in pairs]
    none = {"none": 1.0, f"none.type.{kind}": 1.0, "none.ruled": float(bool(ruled)), "none.dates": len(dates) / 10}
    none |= {f"none.ruled.{sure}": 1.0 for sure in ruled.values()}
    return Periods(marked, pairs, together, none)


def _marked(one: DateCandidate, ruled: Mapping[Ends, float]) -> DateCandidate:
    """Return a date with the features of what rules read."""
    found = {f"ruled.{end}": 1.0 for ends in ruled for end, value in zip(("first", "last"), ends, strict=True)
             if value == one.value}  # fmt: skip
    return DateCandidate(one.value, one.mentions, {**one.features, **found})


def _in_order(first: str, last: str) -> bool:
    shared = min(len(first), len(last))
    return first[:shared] <= last[:shared] and not (first != last and last == first[: len(last)])


def _together(one: DateCandidate, other: DateCandidate, ruled: Mapping[Ends, float]) -> Features:
    years = int(other.value[:4]) - int(one.value[:4]) if other.value else -1
    names = [f"years.{min(years, _YEARS)}", f"precision.{len(one.value)}.{len(other.value)}"]
    if one.value == other.value:
        names += ["same", f"same.{len(one.value)}"]
    if sure := ruled.get((one.value, other.value)):
        names += ["ruled", f"ruled.{sure}"]
    gaps = [
        second.start - first.end for first in one.mentions for second in other.mentions if second.start >= first.end
    ]
    if gaps and min(gaps) < 40:
        names.append("adjacent")
    for group in ("acts", "told", "unasked", "reported"):
        if f"{group}.from_first.0" in one.features and f"{group}.from_last.0" in other.features:
            names.append(f"whole.{group}")
    for section in (name for name in one.features if name.startswith("section.")):
        if section in other.features:
            names.append(f"both.{section}")
    return dict.fromkeys(names, 1.0)


def likely_periods(periods: Periods, weights: Weights | None = None) -> NDArray[np.float64]:
    """Return the probability of each pair and, last, that of no period."""
    known = trained_weights() if weights is None else weights
    first, last = (
        np.array([feature_score(one.features, known.get(role, {})) for one in periods.dates]) for role in (FIRST, LAST)
    )
    pairs = np.array(periods.pairs, dtype=int).reshape(-1, 2)
    both = np.array([feature_score(one, known.get(PAIR, {})) for one in periods.together])
    none = feature_score(periods.none, known.get(NO_PERIOD, {}))
    return softmax(np.append(first[pairs[:, 0]] + last[pairs[:, 1]] + both, none))


@cache
def trained_weights() -> Weights:
    """Return the weights of the features by role, none if their file is missing."""
    return feature_weights(WEIGHTS)
