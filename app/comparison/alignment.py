"""Alignment of the clauses of two provisions, in one language or across languages.

Similarity is semantic if there is an encoder, and otherwise based on what is comparable in any language: elements and
their traits, figures, cognates, and the place in the provision.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import TypeAlias

import numpy as np
import numpy.typing as npt
import regex

from indexing.vectors.encoder import Encoder
from nlp.folding import fold

Likeness: TypeAlias = npt.NDArray[np.float64]

_WEIGHTS = {"traits": 0.4, "elements": 0.25, "words": 0.2, "figures": 0.05, "place": 0.1}
_BY_MEANING = {"meaning": 0.4}  # in addition to the others, which need no encoder
_MINIMUM = 0.3
"""Similarity, from 0 to 1, from which two clauses are aligned."""
_JOINING = 0.5
"""Share of its own gain that a second clause aligned with the same counterpart adds."""
_LETTERS = regex.compile(r"[^\W\d_]+")
_FIGURE = regex.compile(r"\d+")
_SHORT = 3


@dataclass(frozen=True, slots=True)
class Aligned:
    """Places of corresponding clauses on the left and right; one side is empty for an unmatched clause.

    ``why`` are codes with their share (``traits:0.67``), the weightiest first.
    """

    left: tuple[int, ...]
    right: tuple[int, ...]
    score: float = 0.0
    why: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Comparable:
    """The comparable features of a clause: its text, elements, and their traits."""

    text: str
    elements: frozenset[str] = frozenset()
    traits: frozenset[str] = frozenset()


def align(left: Sequence[Comparable], right: Sequence[Comparable], encoder: Encoder | None = None) -> list[Aligned]:
    """Return the alignment with the highest total score that preserves the order on both sides.

    Without ``encoder`` similarity is not semantic. Scores are from 0 to 1; every clause is in exactly one alignment.
    """
    kinds = _likenesses(left, right, encoder)
    weights = _WEIGHTS | (_BY_MEANING if "meaning" in kinds else {})
    alike = sum((weights[name] * kinds[name] for name in weights), np.zeros((len(left), len(right))))
    alike = np.minimum(alike, 1.0)
    return [_described(alignment, alike, kinds, weights) for alignment in _best_path(alike - _MINIMUM)]


def _likenesses(
    left: Sequence[Comparable], right: Sequence[Comparable], encoder: Encoder | None
) -> dict[str, Likeness]:
    """Return the similarity of each clause on the left with each on the right, from 0 to 1, by kind of evidence."""
    kinds = {
        "traits": _held([clause.traits for clause in left], [clause.traits for clause in right]),
        "elements": _held([clause.elements for clause in left], [clause.elements for clause in right]),
        "words": _shared([_roots(clause.text) for clause in left], [_roots(clause.text) for clause in right]),
        "figures": _shared([_figures(clause.text) for clause in left], [_figures(clause.text) for clause in right]),
        "place": _places(len(left), len(right)),
    }
    if encoder and left and right:
        kinds["meaning"] = _by_meaning(encoder, [clause.text for clause in left], [clause.text for clause in right])
    return kinds


def _by_meaning(encoder: Encoder, left: Sequence[str], right: Sequence[str]) -> Likeness:
    """Return by how much cosines exceed their mean in these provisions, scaled to at most 1."""
    first, second = encoder.passages(left).astype(np.float64), encoder.passages(right).astype(np.float64)
    cosines = first @ second.T
    usual = float(cosines.mean())
    return np.clip((cosines - usual) / max(1e-6, 1.0 - usual), 0.0, 1.0)


def _shared(left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> Likeness:
    """Return the share of common items in both sets of two clauses, (left, right)."""
    shares = [[len(a & b) / max(1, len(a | b)) for b in right] for a in left]
    return np.array(shares, np.float64).reshape(len(left), len(right))


def _held(left: Sequence[frozenset[str]], right: Sequence[frozenset[str]]) -> Likeness:
    """Return the share of the smaller set in the other: two clauses of one law may correspond to one of another."""
    shares = [[len(a & b) / (min(len(a), len(b)) + 1) for b in right] for a in left]
    return np.array(shares, np.float64).reshape(len(left), len(right))


def _roots(text: str) -> frozenset[str]:
    """Return the beginnings of words, which related languages share (``transfer``, ``organi``)."""
    return frozenset(word[:5] for word in _LETTERS.findall(fold(text)) if len(word) > _SHORT)


def _figures(text: str) -> frozenset[str]:
    return frozenset(_FIGURE.findall(text))


def _places(left: int, right: int) -> Likeness:
    """Return how close the relative positions of two clauses are, for ``left`` by ``right`` clauses, from 0 to 1."""
    first = (np.arange(left) + 0.5) / max(1, left)
    second = (np.arange(right) + 0.5) / max(1, right)
    return np.asarray(1.0 - np.abs(first[:, None] - second[None, :]), np.float64)


def _best_path(gains: Likeness) -> list[Aligned]:
    """Return pairs in order: one to one, one to two or two to one, and unmatched clauses."""
    rows, columns = gains.shape
    total = np.zeros((rows + 1, columns + 1))
    taken: dict[tuple[int, int], tuple[int, int]] = {}
    for i in range(rows + 1):
        for j in range(columns + 1):
            steps = [(total[i - di, j - dj] + _gain(gains, i, j, di, dj), (di, dj)) for di, dj in _moves(i, j)]
            if steps:
                total[i, j], taken[i, j] = max(steps)
    path: list[Aligned] = []
    i, j = rows, columns
    while (i, j) != (0, 0):
        di, dj = taken[i, j]
        path.append(Aligned(tuple(range(i - di, i)), tuple(range(j - dj, j))))
        i, j = i - di, j - dj
    return path[::-1]


def _moves(i: int, j: int) -> list[tuple[int, int]]:
    """Return the numbers of clauses on both sides that the last alignment of ``i`` and ``j`` clauses may have."""
    return [(di, dj) for di, dj in ((1, 0), (0, 1), (1, 1), (1, 2), (2, 1)) if di <= i and dj <= j]


def _gain(gains: Likeness, i: int, j: int, di: int, dj: int) -> float:
    """Return the gain of aligning the last ``di`` of ``i`` clauses with the last ``dj`` of ``j``; 0 if unmatched."""
    if not di or not dj:
        return 0.0
    part = gains[i - di : i, j - dj : j]
    least, greatest = float(part.min()), float(part.max())
    return greatest if di == dj else greatest + _JOINING * least


def _described(alignment: Aligned, alike: Likeness, kinds: dict[str, Likeness], weights: dict[str, float]) -> Aligned:
    """Return the alignment with its mean similarity and the kinds of similarity that contribute to it."""
    if not alignment.left or not alignment.right:
        return alignment
    places = np.ix_(alignment.left, alignment.right)
    shares = {name: float(kinds[name][places].mean()) for name in weights if name != "place"}
    names = sorted(
        (name for name, share in shares.items() if share > 0), key=lambda name: -weights[name] * shares[name]
    )
    why = tuple(f"{name}:{shares[name]:.2f}" for name in names)
    return Aligned(alignment.left, alignment.right, round(float(alike[places].mean()), 2), why)
