"""How near in meaning is near: ``python models/encoder/calibrate.py`` after ``train.py``.

A cosine alone does not tell nonsense from a question: every text is somewhat near to every law. What tells is how much
nearer a passage is than the mean of all passages (``centre``). ``calibration.npz`` holds that mean and the least
distances above it, chosen by rule on articles of three countries, on questions of ``comparative-dev`` and of our own,
and on nonsense drawn by lot. ``benchmarks/meaning_threshold.py`` measures them on what is not used here.

- ``least`` of a hit: the greatest at which hit@5 of the questions falls by one point at most.
- ``least_best`` of a question with a word of a dictionary: the greatest at which one question in a hundred at most
  finds nothing.
- ``least_best_unknown`` of one without: what one nonsense in two hundred exceeds, and a margin, since the best of more
  passages is nearer: three times as many add 0.01.
"""

from __future__ import annotations

import random
import sys
from collections.abc import Sequence
from pathlib import Path

import numpy as np

HERE = Path(__file__).resolve().parent
sys.path[:0] = [str(HERE.parents[1]), str(HERE.parents[1] / "benchmarks")]

from comparative import Article, Goal, Query, articles, own_queries, own_wanted, queries, wanted  # noqa: E402
from retrieval import article_vectors  # noqa: E402

from indexing.settings import Settings  # noqa: E402
from indexing.vectors.encoder import Encoder, Vector, open_encoder  # noqa: E402

COUNTRIES = ("fr", "pe", "uy")
EVERY = 10
STEP = 0.005
LOSS, SILENT = 0.01, 0.01
MARGIN = 0.03  # for thirty times as many passages
NONSENSE = 300


def main() -> None:
    encoder = open_encoder(Settings(home=HERE))
    if encoder is None:
        raise SystemExit("models/encoder holds no model: run train.py first")
    every = articles()
    asked = [(queries(), wanted(every)[0]), (own_queries(), own_wanted(every))]
    chosen, vectors = passages(encoder, every, [goal for _, goal in asked], COUNTRIES)
    centre = vectors.mean(axis=0)
    found = [distances(encoder, one, vectors, centre) for one, _ in asked]
    best = np.concatenate([one.max(axis=1) for one in found])
    absurd = distances(encoder, nonsense(NONSENSE, seed=1), vectors, centre).max(axis=1)
    steps = np.arange(0.0, 0.3, STEP)
    first = [hits(asked, found, chosen, every, least) for least in steps]
    kept = [step for step, share in zip(steps, first, strict=True) if share >= first[0] - LOSS]
    bounds = {
        "least": max(kept),
        "least_best": max(step for step in steps if (best < step).mean() <= SILENT),
        "least_best_unknown": float(np.percentile(absurd, 99.5)) + MARGIN,
    }
    np.savez_compressed(
        HERE / "calibration.npz", centre=centre, version=np.array(encoder.version),
        **{name: np.array(round(float(bound), 3)) for name, bound in bounds.items()},
    )  # fmt: skip
    print(f"{encoder.version}: { ({name: round(float(bound), 3) for name, bound in bounds.items()}) }")


def passages(
    encoder: Encoder, every: Sequence[Article], goals: Sequence[Goal], countries: Sequence[str]
) -> tuple[list[int], Vector]:
    """Return the articles of ``countries`` that are judged and one in ten of the others, and their vectors."""
    judged = {number for goal in goals for groups in goal.values() for group in groups for number in group}
    chosen = [n for n, one in enumerate(every) if one.country in countries and (n in judged or n % EVERY == 0)]
    return chosen, article_vectors(encoder, [every[n] for n in chosen])


def distances(encoder: Encoder, texts: Sequence[Query | str], vectors: Vector, centre: Vector) -> Vector:
    """Return how much nearer each passage is to each text than the mean of passages, (texts, passages)."""
    asked = np.stack([encoder.query(one if isinstance(one, str) else one.text) for one in texts])
    return np.asarray(asked @ vectors.T - (asked @ centre)[:, None], np.float32)


def hits(
    asked: Sequence[tuple[Sequence[Query], Goal]],
    found: Sequence[Vector],
    chosen: Sequence[int],
    every: Sequence[Article],
    least: float,
) -> float:
    """Return the share of questions by country with a wanted article among its first five, all at ``least`` or more."""
    places = {number: place for place, number in enumerate(chosen)}
    outcomes = []
    for (questions, goal), rows in zip(asked, found, strict=True):
        for query, row in zip(questions, rows, strict=True):
            for country in sorted({every[n].country for n in chosen}):
                groups = goal.get((query.concept, country), ())
                right = {places[n] for group in groups for n in group if n in places}
                own = np.array([place for place, n in enumerate(chosen) if every[n].country == country])
                first = own[np.argsort(-row[own])[:5]]
                if right:
                    outcomes.append(any(place in right and row[place] >= least for place in first))
    return float(np.mean(outcomes))


def nonsense(count: int, seed: int) -> list[str]:
    """Return one to three words a text: random letters, or syllables that no language has together."""
    drawn = random.Random(seed)
    return [" ".join(_word(drawn) for _ in range(drawn.randint(1, 3))) for _ in range(count)]


def _word(drawn: random.Random) -> str:
    if drawn.random() < 0.5:
        return "".join(drawn.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(drawn.randint(4, 10)))
    return "".join(drawn.choice("bcdfghjklmnpqrstvwxz") + drawn.choice("aeiou") for _ in range(drawn.randint(3, 5)))


if __name__ == "__main__":
    main()
