"""Effect of the threshold of semantic search: it should exclude nonsense and as few questions as possible.

``python -m benchmarks.meaning_threshold`` uses data held out from ``models/encoder/calibrate.py``: articles of three
other countries, the questions of ``provisions_asked_blind*.yaml``, EuroVoc terms and nonsense generated with another
seed. It prints the share of texts with hits by meaning, and hit@5 of the questions with and without the threshold.
"""

from __future__ import annotations

import csv
import json
import random
from collections.abc import Sequence
from pathlib import Path

import numpy as np

from benchmarks.comparative import BLIND, DATA, articles, own_expected_articles, own_queries
from indexing.analysis.lemmas import is_in_a_dictionary
from indexing.search.hybrid_retriever import Calibration, calibration
from indexing.search.query_tree import content_words
from indexing.settings import Settings
from indexing.vectors.encoder import open_encoder
from models.encoder.calibrate import distances, hits, nonsense, passages
from nlp.transformer import Vector

HERE = Path(__file__).resolve().parent

COUNTRIES = ("br", "ie", "mx")
RESULTS = HERE / "results" / "meaning_threshold.json"
TERMS = 400


def main() -> None:
    encoder, known = open_encoder(Settings(home=HERE)), calibration()
    if encoder is None or known is None:
        raise SystemExit("models/encoder holds no model, or it is not calibrated")
    every = articles()
    sets = [(own_queries(name), own_expected_articles(every, name)) for name in BLIND]
    chosen, vectors = passages(encoder, every, [goal for _, goal in sets], COUNTRIES)
    figures: dict[str, float | int] = {"passages": len(chosen)}
    texts = {
        "nonsense": nonsense(500, seed=2),
        "questions": [query.text for questions, _ in sets for query in questions],
        "EuroVoc": eurovoc(TERMS, seed=3),
    }
    for name, queries in texts.items():
        found = distances(encoder, queries, vectors, known.centre)
        silent = [not answered(text, row, known) for text, row in zip(queries, found, strict=True)]
        shown = [int(min(100, (row >= known.least).sum())) for row, none in zip(found, silent, strict=True) if not none]
        figures[f"{name}: texts"] = len(queries)
        figures[f"{name}: find something by meaning"] = round(1 - float(np.mean(silent)), 3)
        figures[f"{name}: median hits of those"] = float(np.median(shown)) if shown else 0
    rows = [distances(encoder, questions, vectors, known.centre) for questions, _ in sets]
    figures["questions: hit@5, no threshold"] = round(hits(sets, rows, chosen, every, -1.0), 3)
    kept = [
        np.stack([row if answered(query.text, row, known) else row - 9 for query, row in zip(*pair, strict=True)])
        for pair in zip((questions for questions, _ in sets), rows, strict=True)
    ]
    figures["questions: hit@5, threshold"] = round(hits(sets, kept, chosen, every, known.least), 3)
    for name, figure in figures.items():
        print(f"{name:<45}{figure}")
    RESULTS.write_text(json.dumps(figures, ensure_ascii=False, indent=1) + "\n", encoding="utf-8")


def answered(text: str, row: Vector, known: Calibration) -> bool:
    """Return whether the best similarity of a text reaches the threshold for hits by meaning."""
    word = any(is_in_a_dictionary(form) for form in content_words(text))
    return bool(row.max() >= (known.least_best if word else known.least_best_unknown))


def eurovoc(count: int, seed: int) -> Sequence[str]:
    with (DATA / "eurovoc" / "eurovoc.tsv").open(encoding="utf-8", newline="") as file:
        rows = random.Random(seed).sample(list(csv.DictReader(file, delimiter="\t")), count)
    return [row[("es", "pt", "en", "fr")[n % 4]] or row["en"] for n, row in enumerate(rows)]


if __name__ == "__main__":
    main()
