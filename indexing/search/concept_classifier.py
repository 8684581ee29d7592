"""Concepts of a question that does not name them, each with a probability.

"She put rat poison in his coffee" has no word of any statute. What tells a concept is learned from what people tell of
it (``models/encoder/concepts.py``): by the encoder's vectors, and it speaks only for those, and by the stems of words,
which know ``poison`` from ``coffee`` where a vector is of both. Words that the question shares with what the layer says
of a concept lift it. ``benchmarks/concepts.py`` prints how often the right concept is among the first.
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

LOOKED_AT = 8  # of those that words speak for
# A name that stands in the question leaves nothing to be guessed.
_NAMED = 0.6
_WORDS = 50.0


@dataclass(frozen=True, slots=True)
class LearnedClassifier:
    """What ``models/encoder/concepts.npz`` holds: ``vectors`` and ``biases`` a concept, and what stems tell of.

    The concepts that a stem tells of stand from its place in ``starts`` to the next one in ``holders``, and what it
    adds for each at the same places in ``says``.
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
        """Return how probable each concept is, as logarithms with a common term."""
        said = self.vectors @ vector + self.biases
        for place in (self.places[stem] for stem in stems if stem in self.places):
            own = slice(self.starts[place], self.starts[place + 1])
            said[self.holders[own]] += self.says[own]
        return said


def classify_concepts(
    matches: Sequence[ConceptMatch], question: VectorQuery | None, stems: Collection[str], most: int
) -> tuple[ConceptMatch, ...]:
    """Return the ``most`` concepts that a question most probably tells of; ``score`` is the probability of each.

    ``matches`` are those that its words speak for, ``stems`` those of its words (``query_stems``). None are returned
    where one of them has its name in the question, or where there is no question or nothing speaks for its encoder.
    """
    named = any(match.label and match.score >= _NAMED for match in matches)
    probable = probabilities(question, stems) if question and not named else {}
    spoken = {match.concept: match for match in matches}
    # The geometric mean of both, as of two opinions, where words can lift a concept and say nothing against one.
    weights = {
        code: share * sqrt(1 + _WORDS * (spoken[code].score if code in spoken else 0.0))
        for code, share in probable.items()
    }
    whole = sum(weights.values()) + max(0.0, 1 - sum(probable.values()))  # what is left may tell of none
    first = sorted(weights, key=lambda code: -weights[code])[:most]
    return tuple(
        replace(spoken.get(code, ConceptMatch(code, 0.0)), score=round(weights[code] / whole, 4)) for code in first
    )


def query_stems(text: str, language: str) -> frozenset[str]:
    """Return the stems of a question's words: in all four languages where ``language`` is none of them."""
    own = (language,) if language in LANGUAGES else LANGUAGES
    return frozenset(stem for spoken in own for stem in content_stems(text, spoken))


def probabilities(question: VectorQuery, stems: Collection[str]) -> dict[str, float]:
    """Return how probable each concept is by a question's vector and stems; none for another encoder's vector.

    What the sum lacks of 1 is how probable it is that the question tells of no concept.
    """
    learned = _learned()
    if learned is None or learned.encoder != question.encoder:
        return {}
    said = learned.logarithms(np.asarray(question.vector, np.float32), stems)
    powers = np.exp(said - said.max())
    shares = (powers / powers.sum()).tolist()
    return {code: share for code, share in zip(learned.ids, shares, strict=True) if code in concepts()}


@cache
def _learned() -> LearnedClassifier | None:
    path = FOLDER / "concepts.npz"
    if not path.exists():
        return None
    with np.load(path, allow_pickle=False) as held:
        return LearnedClassifier(
            ids=held["ids"].tolist(),
            vectors=held["vectors"].astype(np.float32),
            biases=held["biases"],
            encoder=str(held["version"]),
            places={stem: place for place, stem in enumerate(held["stems"].tolist())},
            starts=held["starts"],
            holders=held["holders"],
            says=held["says"].astype(np.float32),
        )
