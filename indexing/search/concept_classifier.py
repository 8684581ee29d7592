"""Classifier of the concepts of a question that does not name them.

"She put rat poison in his coffee" has no word of any statute. A linear model over the encoder's vector and word stems
is trained on descriptions of facts (``models/encoder/concepts.py``); it is valid only for that encoder. Stems
distinguish ``poison`` from ``coffee``, which the vector does not. Concepts that share words with the question in the
concept layer get a higher weight. ``benchmarks/concepts.py`` measures how often the right concept is among the first.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import cache
from math import sqrt

import numpy as np
from numpy.typing import NDArray

from indexing.engines.protocol import VectorQuery
from indexing.vectors.encoder import FOLDER
from nlp.concepts.layer import LANGUAGES, concepts
from nlp.concepts.query import ConceptMatch
from nlp.stems import content_stems

LOOKED_AT = 8  # concepts considered that match by words
# Score from which a concept counts as named in the question, so that nothing is classified.
_NAMED = 0.6
_WORDS = 50.0  # weight of the word score


@dataclass(frozen=True, slots=True)
class LearnedClassifier:
    """Content of ``models/encoder/concepts.npz``: ``vectors`` and ``biases`` per concept, and sparse weights of stems.

    ``places`` maps a stem to its index n; ``holders[starts[n]:starts[n + 1]]`` are the concepts (indices) it supports
    and ``says`` the log weights at the same positions.
    """

    ids: Sequence[str]
    vectors: NDArray[np.float32]
    biases: NDArray[np.float32]
    encoder: str
    places: Mapping[str, int]
    starts: NDArray[np.int32]
    holders: NDArray[np.uint16]
    says: NDArray[np.float32]

    def logarithms(self, vector: NDArray[np.float32], stems: Collection[str]) -> NDArray[np.float32]:
        """Return unnormalised log probabilities (concepts,) for a question's ``vector`` (dimensions,) and ``stems``."""
        logits = self.vectors @ vector + self.biases
        for place in (self.places[stem] for stem in stems if stem in self.places):
            own = slice(self.starts[place], self.starts[place + 1])
            logits[self.holders[own]] += self.says[own]
        return logits


def classify_concepts(
    matches: Sequence[ConceptMatch], question: VectorQuery | None, stems: Collection[str], most: int
) -> tuple[ConceptMatch, ...]:
    """Return at most ``most`` concepts by probability, which is their ``score``.

    ``matches`` are the concepts that match by words, ``stems`` the question's stems (``query_stems``). The result is
    empty if a concept is named in the question, without a question, or if the model is for another encoder.
    """
    named = any(match.label and match.score >= _NAMED for match in matches)
    probable = probabilities(question, stems) if question and not named else {}
    matched = {match.concept: match for match in matches}
    # Geometric mean of both (logarithmic opinion pool); words can only support a concept.
    weights = {
        code: share * sqrt(1 + _WORDS * (matched[code].score if code in matched else 0.0))
        for code, share in probable.items()
    }
    whole = sum(weights.values()) + max(0.0, 1 - sum(probable.values()))  # the rest is the probability of no concept
    first = sorted(weights, key=lambda code: -weights[code])[:most]
    return tuple(
        replace(matched.get(code, ConceptMatch(code, 0.0)), score=round(weights[code] / whole, 4)) for code in first
    )


def query_stems(text: str, language: str) -> frozenset[str]:
    """Return the stems of a question's words, in all four languages unless ``language`` is one of them."""
    languages = (language,) if language in LANGUAGES else LANGUAGES
    return frozenset(stem for code in languages for stem in content_stems(text, code))


def probabilities(question: VectorQuery, stems: Collection[str]) -> dict[str, float]:
    """Return the probability of each concept by a question's vector and stems; empty for another encoder's vector.

    The difference of the sum to 1 is the probability that the question is about no concept.
    """
    learned = _learned()
    if learned is None or learned.encoder != question.encoder:
        return {}
    logits = learned.logarithms(np.asarray(question.vector, np.float32), stems)
    powers = np.exp(logits - logits.max())
    shares = (powers / powers.sum()).tolist()
    return {code: share for code, share in zip(learned.ids, shares, strict=True) if code in concepts()}


@cache
def _learned() -> LearnedClassifier | None:
    path = FOLDER / "concepts.npz"
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as arrays:
        return LearnedClassifier(
            ids=arrays["ids"].tolist(),
            vectors=arrays["vectors"].astype(np.float32),
            biases=arrays["biases"],
            encoder=str(arrays["version"]),
            places={stem: place for place, stem in enumerate(arrays["stems"].tolist())},
            starts=arrays["starts"],
            holders=arrays["holders"],
            says=arrays["says"].astype(np.float32),
        )
