"""Thresholds of semantic search: ``python -m models.encoder.calibrate`` after ``train.py``.

The cosine alone does not separate nonsense from questions, since every text is somewhat similar to every law. The
criterion is the similarity of a passage above that of the mean of all passages (``centre``). ``calibration.npz``
contains this mean and the minimum differences, determined on articles of three countries, questions of
``comparative-dev`` and of our own, and random nonsense. ``benchmarks/meaning_threshold.py`` measures them on held-out
data.

- ``least`` of a hit: the greatest at which hit@5 of the questions falls by at most one point.
- ``least_best`` of a question with a word in a dictionary: the greatest at which at most one question in a hundred has
  no hit.
- ``least_best_unknown`` of one without: the value exceeded by one nonsense text in two hundred, plus a margin, since
  the maximum grows with the number of passages: by 0.01 for three times as many.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from pathlib import Path
from typing import Any

import numpy as np

from benchmarks.comparative import (
    Article,
    Goal,
    Query,
    articles,
    expected_articles,
    own_expected_articles,
    own_queries,
    queries,
)
from benchmarks.retrieval import article_vectors
from indexing.settings import Settings
from indexing.vectors.encoder import Encoder, open_encoder
from nlp.transformer import Vector

HERE = Path(__file__).resolve().parent

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
    sets = [(queries(), expected_articles(every)[0]), (own_queries(), own_expected_articles(every))]
    chosen, vectors = passages(encoder, every, [goal for _, goal in sets], COUNTRIES)
    centre = vectors.mean(axis=0)
    found = [distances(encoder, questions, vectors, centre) for questions, _ in sets]
    best = np.concatenate([rows.max(axis=1) for rows in found])
    absurd = distances(encoder, nonsense(NONSENSE, seed=1), vectors, centre).max(axis=1)
    steps = np.arange(0.0, 0.3, STEP)
    first = [hits(sets, found, chosen, every, least) for least in steps]
    accepted = [step for step, share in zip(steps, first, strict=True) if share >= first[0] - LOSS]
    bounds = {
        "least": max(accepted),
        "least_best": max(step for step in steps if (best < step).mean() <= SILENT),
        "least_best_unknown": float(np.percentile(absurd, 99.5)) + MARGIN,
    }
    rounded: dict[str, Any] = {name: np.array(round(float(bound), 3)) for name, bound in bounds.items()}
    np.savez_compressed(HERE / "calibration.npz", centre=centre, version=np.array(encoder.version), **rounded)
    print(f"{encoder.version}: { ({name: round(float(bound), 3) for name, bound in bounds.items()}) }")


def passages(
    encoder: Encoder, every: Sequence[Article], goals: Sequence[Goal], countries: Sequence[str]
) -> tuple[list[int], Vector]:
    """Return the numbers of the judged articles of ``countries`` and of one in ten of the others, and their vectors."""
    judged = {number for goal in goals for groups in goal.values() for group in groups for number in group}
    chosen = [n for n, article in enumerate(every) if article.country in countries and (n in judged or n % EVERY == 0)]
    return chosen, article_vectors(encoder, [every[n] for n in chosen])


def distances(encoder: Encoder, texts: Sequence[Query | str], vectors: Vector, centre: Vector) -> Vector:
    """Return the similarity of each passage to each text minus that of the mean of passages, (texts, passages)."""
    encoded = np.stack([encoder.query(text if isinstance(text, str) else text.text) for text in texts])
    return np.asarray(encoded @ vectors.T - (encoded @ centre)[:, None], np.float32)


def hits(
    sets: Sequence[tuple[Sequence[Query], Goal]],
    found: Sequence[Vector],
    chosen: Sequence[int],
    every: Sequence[Article],
    least: float,
) -> float:
    """Return hit@5 of the questions by country, counting only hits with a difference of at least ``least``."""
    places = {number: place for place, number in enumerate(chosen)}
    outcomes = []
    for (questions, goal), rows in zip(sets, found, strict=True):
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
    """Return texts of one to three words of random letters or random syllables."""
    drawn = random.Random(seed)
    return [" ".join(_word(drawn) for _ in range(drawn.randint(1, 3))) for _ in range(count)]


def _word(drawn: random.Random) -> str:
    if drawn.random() < 0.5:
        return "".join(drawn.choice("abcdefghijklmnopqrstuvwxyz") for _ in range(drawn.randint(4, 10)))
    return "".join(drawn.choice("bcdfghjklmnpqrstvwxz") + drawn.choice("aeiou") for _ in range(drawn.randint(3, 5)))


if __name__ == "__main__":
    main()
