"""The State of a text from all evidence in it, as a probability (``resources/state_evidence.yaml``).

A conditional logit: every possible State has the odds of the weighted sum of its evidence, which are 0 without any, and
no State at all has fixed odds.
Weights were fitted to passages of laws, judgments and guidance of a hundred States, with the learned terms taken from
other sources than the passages.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from math import exp, log1p

from extraction.resource import load
from nlp.jurisdiction_evidence import evidence
from nlp.state_languages import writers

INTERNATIONAL = "INT"
_Measure = Callable[[Counter[str], str], float]


def probabilities(text: str, votes: Counter[str], language: str) -> dict[str, float]:
    """Return the probability of each State with evidence that writes in ``language`` (ISO 639-1), and of ``INT``.

    ``votes`` are those of ``nlp.jurisdiction_votes.text_votes``. The rest to 1 is that of no State.
    """
    found = {"votes": votes, **evidence(text, language)}
    possible = writers(language) | {INTERNATIONAL}
    states = {state for counts in found.values() for state in counts if state in possible or not language}
    scores = {state: _score(found, state, language) for state in sorted(states)}
    odds = {state: exp(value) - 1 for state, value in scores.items()}
    total = exp(_weights(language)["outside"]) + sum(odds.values())
    return {state: value / total for state, value in odds.items()}


def is_sure(probability: float, language: str, *, named: bool) -> bool:
    """Return whether a State of this probability is assigned to a text, which names it or not.

    What a text says of a State by its name may be said from abroad; its laws, courts and terms are not.
    """
    return probability >= _weights(language)["sure" if named else "unnamed"]


def _score(found: Mapping[str, Counter[str]], state: str, language: str) -> float:
    """Return the weighted sum of the evidence ``found`` for ``state``, by kind."""
    return sum(_weights(language)[kind] * measure(found[kind], state) for kind, measure in _MEASURES.items())


def _up_to(limit: int, unit: int) -> _Measure:
    return lambda counts, state: min(counts[state], limit) / unit


def _share_up_to(limit: int) -> _Measure:
    return lambda counts, state: min(counts[state], limit) * counts[state] / max(1, counts.total())


def _share_of_names(counts: Counter[str], state: str) -> float:
    return log1p(counts[state]) * counts[state] / max(1, counts.total())


def _share_of_terms(counts: Counter[str], state: str) -> float:
    return _share_up_to(200)(counts, state) / 40


_MEASURES: Mapping[str, _Measure] = {
    "votes": _up_to(60, 15),
    "adjectives": _share_up_to(3),
    "mentions": _share_of_names,
    "laws": _up_to(3, 1),
    "signs": _share_up_to(3),
    "terms": _share_of_terms,
}


def _weights(language: str) -> Mapping[str, float]:
    listed: Mapping[str, Mapping[str, float]] = load("nlp.state_evidence")["weights"]
    return listed.get(language) or listed["en"]
