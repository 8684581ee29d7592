"""Concepts that a question tells of without naming them: those whose situations lie nearest to it in meaning.

"She put rat poison in his coffee" has no word of any statute. The places of the concepts are made with the encoder
(``models/encoder/concepts.py``) and speak only for its own vectors. ``benchmarks/concepts.py`` prints how often the
right concept is among the first, by the words of a question and by both.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from functools import cache

import numpy as np
from numpy.typing import NDArray

from indexing.embedding import FOLDER
from indexing.engine import Question
from nlp.concept_layer import concepts
from nlp.concept_query import ConceptMatch

LOOKED_AT = 8  # of each order
_RANKS = 2  # how little the first ranks differ: two orders of a few concepts, where the first means much
# A name that stands in the question leaves nothing to be guessed.
_NAMED = 0.6


def told_or_named(matches: Sequence[ConceptMatch], question: Question | None, most: int) -> tuple[ConceptMatch, ...]:
    """Return ``matches`` of the words of a question fused with the concepts nearest to it, at most ``most``.

    Where a match has its name in the question, or there is no question or no place for its encoder, words stay alone.
    """
    named = any(match.label and match.score >= _NAMED for match in matches)
    near = nearest_concepts(question) if question and not named else ()
    if not near:
        return tuple(matches[:most])
    scores: dict[str, float] = {}
    for order in ([match.concept for match in matches[:LOOKED_AT]], near):
        for rank, code in enumerate(order):
            scores[code] = scores.get(code, 0.0) + 1 / (_RANKS + rank)
    by_words = {match.concept: match for match in matches}
    fused = sorted(scores, key=lambda code: -scores[code])[:most]
    return tuple(replace(by_words.get(code, ConceptMatch(code, 0.0)), score=round(scores[code], 4)) for code in fused)


def nearest_concepts(question: Question) -> tuple[str, ...]:
    """Return the concepts nearest to a question's vector, the nearest first; none for another encoder's vector."""
    ids, vectors, version = _places()
    if version != question.encoder:
        return ()
    closeness = vectors @ np.asarray(question.vector, np.float32)
    order = (str(ids[place]) for place in np.argsort(-closeness, kind="stable"))
    return tuple(code for code in order if code in concepts())[:LOOKED_AT]


@cache
def _places() -> tuple[NDArray[np.str_], NDArray[np.float32], str]:
    path = FOLDER / "concepts.npz"
    if not path.exists():
        return np.array([], str), np.empty((0, 0), np.float32), ""
    with np.load(path, allow_pickle=False) as held:
        return held["ids"], held["vectors"].astype(np.float32), str(held["version"])
