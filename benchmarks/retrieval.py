"""Retrieval of articles of six countries' laws by names of concepts and by questions, monolingual and cross-lingual.

``python -m benchmarks.retrieval [--encoder FOLDER]`` indexes ``shared/data/statutes`` in its own home under ``.cache``
(cached; ``--again`` after a change of the pipelines) and runs every query of ``comparative-dev`` and of our own
``provisions_asked*.yaml`` in its four languages, with a ranking for each country: by words, by meaning, by both, by all
with the labels of concepts, and by all with the concepts of the query removed from the layer of concepts. ``--encoder``
is the folder of another encoder, with its own home, for comparison.

``python -m benchmarks.retrieval --vectors-only FOLDER [--every N]`` ranks articles by an encoder alone, without an
engine: each article is one text after its nearest heading, cut at 1,200 characters. ``--every 4`` omits three of four
articles without judgment: four times as fast, with higher figures.

Hits are of grade 2 (an article that defines the conduct or regulates the procedure); n is the number of queries in
countries that have one. There are 77 such judgments and 20,012 provisions, including regulations and preambles.
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

from benchmarks.comparative import (
    BLIND,
    CACHE,
    KINDS,
    STATUTES,
    Article,
    Query,
    Ranking,
    articles,
    as_file,
    expected_articles,
    law_files,
    outcomes,
    own_expected_articles,
    own_queries,
    print_summary,
    queries,
    summary,
)
from indexing.engines.protocol import VectorQuery
from indexing.ingest.ingest import ingest
from indexing.ingest.passage_vectors import headed_text
from indexing.ingest.reindexing import reindex
from indexing.search.concept_expansion import probabilities
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from indexing.vectors.encoder import Encoder, open_encoder
from nlp.concepts.layer import concept
from nlp.concepts.query import ConceptMatch, concepts_of_query

RESULTS = Path(__file__).parent / "results" / "retrieval.json"
DEPTH = 20
MAX_LENGTH = 1_200
SETS = ("comparative-dev", "own", "blind", "blind 2", "blind 3")
WAYS = ("words", "meaning", "words and meaning", "all", "all, concept unknown")
Summary = dict[str, dict[str, float | int]]


def main() -> None:
    parser = argparse.ArgumentParser()
    parser.add_argument("--vectors-only", type=Path, metavar="FOLDER")
    parser.add_argument("--every", type=int, default=1)
    parser.add_argument("--encoder", type=Path, metavar="FOLDER")
    parser.add_argument("--again", action="store_true", help="index again")
    parser.add_argument("--queries", choices=SETS, action="append", help="ask these only")
    parser.add_argument("--way", choices=WAYS, action="append", help="measure this way of searching only")
    options = parser.parse_args()
    started = time.perf_counter()
    if options.vectors_only:
        print_summary(f"vectors of {options.vectors_only}", by_vectors(options.vectors_only, options.every))
    else:
        keep(
            measure(options.encoder, options.way or WAYS, options.queries or SETS, again=options.again), options.encoder
        )
    print(f"{time.perf_counter() - started:.0f} s", file=sys.stderr)


def by_vectors(folder: Path, every: int) -> Summary:
    """Return the figures of the ranking by the inner product of an encoder's vectors alone."""
    encoder = open_encoder(Settings(home=CACHE, encoder=folder.resolve()))
    if encoder is None:
        raise SystemExit(f"{folder} holds no encoder")
    everything = articles()
    goal, _ = expected_articles(everything)
    judged = {number for groups in goal.values() for group in groups for number in group}
    chosen = [n for n in range(len(everything)) if n in judged or n % every == 0]
    vectors = article_vectors(encoder, [everything[n] for n in chosen])
    places: dict[str, list[int]] = defaultdict(list)
    for place, number in enumerate(chosen):
        places[everything[number].country].append(place)
    query_vectors = {query: encoder.query(query.text) for query in queries()}

    def rank(query: Query, country: str) -> Ranking:
        own = np.array(places[country])
        best = np.argsort(-(vectors[own] @ query_vectors[query]))[:DEPTH]
        return [chosen[place] for place in own[best]]

    return summary(list(outcomes(rank, goal, queries())))


def article_vectors(encoder: Encoder, chosen: Sequence[Article]) -> Any:
    """Return the float32 vectors of articles, (articles, dimensions), cached by encoder version and texts."""
    texts = [headed_text(article.above.split(" · "), article.text)[:MAX_LENGTH] for article in chosen]
    digest = sha256(json.dumps([encoder.version, texts]).encode("utf-8", "surrogatepass")).hexdigest()[:16]
    cached = CACHE / f"vectors-{digest}.npy"
    if not cached.exists():
        parts = [encoder.passages(texts[i : i + 1_000]) for i in _progress(range(0, len(texts), 1_000))]
        np.save(cached, np.concatenate(parts).astype(np.float16))
    return np.load(cached).astype(np.float32)


def _progress(steps: range) -> Any:
    for step in steps:
        print(f"\r{step:>6} of {steps.stop} articles encoded", end="", file=sys.stderr, flush=True)
        yield step
    print(file=sys.stderr)


def measure(encoder: Path | None, ways: Sequence[str], chosen: Sequence[str], *, again: bool) -> dict[str, Summary]:
    """Return the figures of each way of searching, with a complete installation."""
    everything = articles()
    home = CACHE / f"home-{encoder.resolve().name}" if encoder else CACHE / "home"
    installation = indexed(Settings(home=home, encoder=encoder.resolve() if encoder else None), again=again)
    sets = {
        "comparative-dev": (queries(), expected_articles(everything)[0]),
        "own": (own_queries(), own_expected_articles(everything)),
        "blind": (own_queries(BLIND[0]), own_expected_articles(everything, BLIND[0])),
        "blind 2": (own_queries(BLIND[1]), own_expected_articles(everything, BLIND[1])),
        "blind 3": (own_queries(BLIND[2]), own_expected_articles(everything, BLIND[2])),
    }
    out: dict[str, Summary] = {}
    for name in chosen:
        set_queries, goal = sets[name]
        for way in ways:
            found = Found(installation, everything, way, unknown_concepts(set_queries))
            key = f"{name}: {way}"
            out[key] = summary(list(outcomes(found.rank, goal, set_queries)))
            print_summary(key, out[key])
            print(f"p50 {np.percentile(found.seconds, 50):.3f} s, p95 {np.percentile(found.seconds, 95):.3f} s")
    installation.close()
    return out


def unknown_concepts(queries_of_set: Iterable[Query]) -> dict[str, frozenset[str]]:
    """Return by the concept of a query the concept ids that its label names, with narrower ones."""
    known: dict[str, set[str]] = defaultdict(set)
    for query in queries_of_set:
        if query.kind == KINDS[0]:
            named = [match.concept for match in concepts_of_query(query.text, query.language) if match.label]
            known[query.concept] |= {code for name in named for code in (name, *concept(name).narrower)}
    return {name: frozenset(codes) for name, codes in known.items()}


@contextmanager
def layer_without(codes: frozenset[str] | None) -> Iterator[None]:
    """Remove the concepts ``codes`` from the search, all concepts for None."""

    def matches(text: str, language: str, limit: int = 5) -> tuple[ConceptMatch, ...]:
        found = () if codes is None else concepts_of_query(text, language, limit + len(codes))
        return tuple(match for match in found if match.concept not in codes)[:limit]  # type: ignore[operator]

    def shares(question: VectorQuery, stems: Collection[str]) -> dict[str, float]:
        every = {} if codes is None else probabilities(question, stems)
        kept = {c: share for c, share in every.items() if c not in codes}  # type: ignore[operator]
        whole = sum(kept.values())  # the shares of missing concepts go to the others
        return {c: share / whole for c, share in kept.items()}

    with (
        patch("indexing.search.concept_expansion.concepts_of_query", matches),
        patch("indexing.search.concept_expansion.probabilities", shares),
    ):
        yield


def indexed(settings: Settings, *, again: bool) -> Any:
    """Return an installation with the laws of all countries, indexed once."""
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
    """Rankings of articles by an installation and a way of searching; a hit counts for the article where it begins."""

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
        self.rankings = cache(self._rankings)

    def rank(self, query: Query, country: str) -> Ranking:
        return self.rankings(query).get(country.upper(), [])

    def _rankings(self, query: Query) -> dict[str, list[int]]:
        mode = self.way if self.way in ("words", "meaning") else "both"
        request = SearchRequest(query.text, language=query.language, limit=DEPTH, group_by="jurisdiction", mode=mode)
        removed = {"all": frozenset[str](), "all, concept unknown": self.unknown[query.concept]}
        with layer_without(removed.get(self.way)):
            started = time.perf_counter()
            hits = search(self.installation, request).hits
            self.seconds.append(time.perf_counter() - started)
        ranked: dict[str, list[int]] = defaultdict(list)
        for hit in hits:
            spans = self.numbers[Path(hit.source).name]
            ranked[hit.jurisdiction] += [number for start, end, number in spans if start <= hit.start < end]
        return ranked


def source_name(file: str) -> str:
    """Return the file name under which a law of the reference data is ingested."""
    name = Path(file).name
    return f"{name}.html" if name.endswith(".json") else name


def keep(result: Mapping[str, Summary], encoder: Path | None) -> None:
    """Add the figures to those of other encoders in the results file."""
    results: dict[str, Any] = json.loads(RESULTS.read_text(encoding="utf-8")) if RESULTS.exists() else {}
    results.setdefault(encoder.resolve().name if encoder else "own", {}).update(result)
    RESULTS.write_text(json.dumps(results, indent=1) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
