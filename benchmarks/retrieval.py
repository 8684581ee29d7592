"""Articles of six countries' laws found by names of concepts and by questions, in the same language and across.

``python benchmarks/retrieval.py [--encoder FOLDER]`` indexes ``shared/data/statutes`` in a home of its own under
``.cache`` (kept; ``--again`` after a change of the pipelines) and asks every query of ``comparative-dev`` and of our
own ``provisions_asked*.yaml`` in its four languages, each country ranked by itself: by words, by meaning, by both, by
all with the names of concepts, and by all where the layer of concepts does not hold what is asked for.
``--encoder`` names another encoder's folder and has a home of its own, so that before and after stand side by side.

``python benchmarks/retrieval.py --vectors-only FOLDER [--every N]`` ranks articles by an encoder alone, without an
engine: each article is one text, its headings before it, cut at 1,200 characters. ``--every 4`` leaves three of four
articles out that no judgment names: four times as fast, and all figures higher.

Hits are of grade 2 (an article that defines the conduct or regulates the procedure); n counts queries in countries that
have one. There are 77 such judgments and 20,012 provisions here, regulations and preambles among them.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from functools import cache
from hashlib import sha256
from itertools import groupby
from pathlib import Path
from typing import Any
from unittest.mock import patch

import numpy as np
from comparative import (
    BLIND,
    CACHE,
    KINDS,
    STATUTES,
    Article,
    Query,
    Ranking,
    articles,
    as_file,
    law_files,
    outcomes,
    own_queries,
    own_wanted,
    print_summary,
    queries,
    summary,
    wanted,
)

from indexing.engines.protocol import VectorQuery
from indexing.ingest.ingest import ingest
from indexing.ingest.reindexing import reindex
from indexing.search.concept_classifier import probabilities
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from indexing.vectors.encoder import Encoder, open_encoder
from nlp.concepts.layer import concept
from nlp.concepts.query import ConceptMatch, concepts_of_query

RESULTS = Path(__file__).parent / "results" / "retrieval.json"
DEPTH = 20
LONGEST = 1_200
LONGEST_HEADING = 200
SETS = ("comparative-dev", "own", "blind", "blind 2", "blind 3")
WAYS = ("words", "meaning", "words and meaning", "all", "all, concept unknown")
Summary = dict[str, dict[str, float | int]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--vectors-only", type=Path, metavar="FOLDER")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--encoder", type=Path, metavar="FOLDER")
    parser.add_argument("--again", action="store_true", help="index anew")
    parser.add_argument("--queries", choices=SETS, action="append", help="ask these only")
    parser.add_argument("--way", choices=WAYS, action="append", help="measure this way of searching only")
    asked = parser.parse_args()
    started = time.perf_counter()
    if asked.vectors_only:
        print_summary(f"vectors of {asked.vectors_only}", by_vectors(asked.vectors_only, asked.every))
    else:
        keep(measure(asked.encoder, asked.way or WAYS, asked.queries or SETS, again=asked.again), asked.encoder)
    print(f"{time.perf_counter() - started:.0f} s", file=sys.stderr)


def by_vectors(folder: Path, every: int) -> Summary:
    """Return how the articles are ranked by the inner product of an encoder's vectors alone."""
    encoder = open_encoder(Settings(home=CACHE, encoder=folder.resolve()))
    if encoder is None:
        raise SystemExit(f"{folder} holds no encoder")
    everything = articles()
    goal, _ = wanted(everything)
    judged = {number for groups in goal.values() for group in groups for number in group}
    chosen = [n for n in range(len(everything)) if n in judged or n % every == 0]
    vectors = article_vectors(encoder, [everything[n] for n in chosen])
    places: dict[str, list[int]] = defaultdict(list)
    for place, number in enumerate(chosen):
        places[everything[number].country].append(place)
    asked = {query: encoder.query(query.text) for query in queries()}

    def rank(query: Query, country: str) -> Ranking:
        own = np.array(places[country])
        best = np.argsort(-(vectors[own] @ asked[query]))[:DEPTH]
        return [chosen[place] for place in own[best]]

    return summary(list(outcomes(rank, goal, queries())))


def article_vectors(encoder: Encoder, chosen: Sequence[Article]) -> Any:
    """Return float32 vectors of articles, kept by the version of the encoder and the texts."""
    texts = [f"{article.above[:LONGEST_HEADING]}\n{article.text}"[:LONGEST] for article in chosen]
    digest = sha256(json.dumps([encoder.version, texts]).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    kept = CACHE / f"vectors-{digest}.npy"
    if not kept.exists():
        made = [encoder.passages(texts[i : i + 1_000]) for i in _progress(range(0, len(texts), 1_000))]
        np.save(kept, np.concatenate(made).astype(np.float16))
    return np.load(kept).astype(np.float32)


def _progress(steps: range) -> Any:
    for step in steps:
        print(f"\r{step:>6} of {steps.stop} articles encoded", end="", file=sys.stderr, flush=True)
        yield step
    print(file=sys.stderr)


def measure(encoder: Path | None, ways: Sequence[str], chosen: Sequence[str], *, again: bool) -> dict[str, Summary]:
    """Return the figures of each way of searching, by a whole installation."""
    everything = articles()
    home = CACHE / f"home-{encoder.resolve().name}" if encoder else CACHE / "home"
    installation = indexed(Settings(home=home, encoder=encoder.resolve() if encoder else None), again=again)
    sets = {
        "comparative-dev": (queries(), wanted(everything)[0]),
        "own": (own_queries(), own_wanted(everything)),
        "blind": (own_queries(BLIND[0]), own_wanted(everything, BLIND[0])),
        "blind 2": (own_queries(BLIND[1]), own_wanted(everything, BLIND[1])),
        "blind 3": (own_queries(BLIND[2]), own_wanted(everything, BLIND[2])),
    }
    out: dict[str, Summary] = {}
    for name in chosen:
        asked, goal = sets[name]
        for way in ways:
            found = Found(installation, everything, way, unknown_concepts(asked))
            key = f"{name}: {way}"
            out[key] = summary(list(outcomes(found.rank, goal, asked)))
            print_summary(key, out[key])
            print(f"p50 {np.percentile(found.seconds, 50):.3f} s, p95 {np.percentile(found.seconds, 95):.3f} s")
    installation.close()
    return out


def unknown_concepts(asked: Iterable[Query]) -> dict[str, frozenset[str]]:
    """Return by query's concept what the layer of concepts knows of it: what its names hold, and what is narrower."""
    known: dict[str, set[str]] = defaultdict(set)
    for query in asked:
        if query.kind == KINDS[0]:
            held = [one for one in concepts_of_query(query.text, query.language) if one.label]
            known[query.concept] |= {code for one in held for code in (one.concept, *concept(one.concept).narrower)}
    return {name: frozenset(codes) for name, codes in known.items()}


@contextmanager
def layer_without(codes: frozenset[str] | None) -> Iterator[None]:
    """Let the search know no concept of ``codes``, none at all for ``None``."""

    def matches(text: str, language: str, limit: int = 5) -> tuple[ConceptMatch, ...]:
        found = () if codes is None else concepts_of_query(text, language, limit + len(codes))
        return tuple(one for one in found if one.concept not in codes)[:limit]  # type: ignore[operator]

    def shares(question: VectorQuery, stems: Collection[str]) -> dict[str, float]:
        every = {} if codes is None else probabilities(question, stems)
        kept = {c: share for c, share in every.items() if c not in codes}  # type: ignore[operator]
        whole = sum(kept.values())  # what the missing ones had goes to the others, as it would
        return {c: share / whole for c, share in kept.items()}

    with (
        patch("indexing.search.concept_expansion.concepts_of_query", matches),
        patch("indexing.search.concept_classifier.probabilities", shares),
    ):
        yield


def indexed(settings: Settings, *, again: bool) -> Any:
    """Return an installation that holds the laws of all countries, indexed once."""
    from indexing.ingest.arrivals import IngestOptions
    from indexing.installation import open_installation

    installation = open_installation(settings)
    done = settings.home / "indexed"
    if again or not done.exists():
        with tempfile.TemporaryDirectory() as scratch:
            by_country = groupby(law_files(), lambda path: path.relative_to(STATUTES).parts[0])
            for country, paths in by_country:
                options = IngestOptions(jurisdiction=country.upper(), document_type="statute")
                report = ingest(installation, [as_file(path, Path(scratch)) for path in paths], options, workers=2)
                print(country, report.indexed, report.failed, file=sys.stderr)
        if again:
            reindex(installation)
        done.touch()
    return installation


class Found:
    """Articles found by an installation in one way: a hit counts for the article that it begins in."""

    def __init__(
        self, installation: Any, everything: Sequence[Article], way: str, unknown: Mapping[str, frozenset[str]]
    ) -> None:
        self.installation = installation
        self.way = way
        self.unknown = unknown
        self.seconds: list[float] = []
        self.numbers: dict[str, list[tuple[int, int, int]]] = defaultdict(list)
        for number, article in enumerate(everything):
            self.numbers[source_name(article.file)].append((article.start, article.end, number))
        self.asked = cache(self._asked)

    def rank(self, query: Query, country: str) -> Ranking:
        return self.asked(query).get(country.upper(), [])

    def _asked(self, query: Query) -> dict[str, list[int]]:
        mode = self.way if self.way in ("words", "meaning") else "both"
        request = SearchRequest(query.text, language=query.language, limit=DEPTH, group_by="jurisdiction", mode=mode)
        left_out = {"all": frozenset[str](), "all, concept unknown": self.unknown[query.concept]}
        with layer_without(left_out.get(self.way)):
            started = time.perf_counter()
            hits = search(self.installation, request).hits
            self.seconds.append(time.perf_counter() - started)
        ranked: dict[str, list[int]] = defaultdict(list)
        for hit in hits:
            spans = self.numbers[Path(hit.source).name]
            ranked[hit.jurisdiction] += [number for start, end, number in spans if start <= hit.start < end]
        return ranked


def source_name(file: str) -> str:
    """Return the name that a law of the reference data comes in under."""
    name = Path(file).name
    return f"{name}.html" if name.endswith(".json") else name


def keep(result: Mapping[str, Summary], encoder: Path | None) -> None:
    """Write the figures beside those of other encoders."""
    kept: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    kept.setdefault(encoder.resolve().name if encoder else "own", {}).update(result)
    RESULTS.write_text(json.dumps(kept, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
