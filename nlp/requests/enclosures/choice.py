"""Choice of the pieces of a letter that name its enclosures, by weighed evidence (a logistic regression).

The evidence is that of ``nlp.requests.enclosures.evidence``, the weights those of ``models/request_enclosures``. Pieces
overlap, since a sentence is divided in more than one way: the division with the highest sum of probabilities beyond
``LIKELY`` is taken.
"""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Mapping, Sequence
from functools import cache

from nlp.requests.enclosures.evidence import Piece
from nlp.requests.weights import feature_weights
from nlp.transformer import MODELS

WEIGHTS = MODELS / "request_enclosures" / "weights.json"
ENCLOSED = "enclosed"
LIKELY = 0.3  # chosen on sets of letters that the weights had not seen


def choose(pieces: Sequence[Piece], likely: Sequence[float]) -> list[int]:
    """Return the numbers of the chosen pieces, which do not overlap, in order; ``likely`` are their probabilities."""
    order = sorted((number for number, share in enumerate(likely) if share >= LIKELY), key=lambda n: pieces[n].end)
    ends: list[int] = []
    best: list[tuple[float, list[int]]] = [(0.0, [])]
    for number in order:
        before = bisect_right(ends, pieces[number].start)
        gained, chosen = best[before]
        with_it = gained + likely[number] - LIKELY
        ends.append(pieces[number].end)
        best.append((with_it, [*chosen, number]) if with_it > best[-1][0] else best[-1])
    return best[-1][1]


@cache
def trained_weights() -> Mapping[str, float]:
    """Return the weights of the features, none if their file is missing."""
    return feature_weights(WEIGHTS).get(ENCLOSED, {})
