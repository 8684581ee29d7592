"""Speed and recall of semantic search over 200,000 passages, compared with word search in the same index.

``python -m benchmarks.meaning [--engine embedded|elasticsearch] [--passages N] [--home DIRECTORY]``

Vectors are sampled around 2,000 topics, texts by Zipf's law; ten hits with snippets and all facets, one client, warm.
``recall`` is the share of the ten passages found by exhaustive comparison. The time of the model for a question is
measured separately, if its files are installed. ``processor`` is the processor time of this process (without that of a
server). With ``--home``, an existing index is reused.
"""

from __future__ import annotations

import json
import os
import platform
import tempfile
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt

from benchmarks.search import COUNTRIES, arguments, open_engine, vocabulary
from indexing.access import AccessFilter
from indexing.engines.plan import Everything, Plan
from indexing.engines.protocol import Engine, VectorQuery
from indexing.records.record import DocumentFacts, Record, RecordKind
from indexing.search.request import FACETS, SearchRequest
from indexing.search.search import retrieve
from indexing.settings import settings_from
from indexing.vectors.encoder import Encoder, open_encoder
from nlp.transformer import Card

PARTITION = "meaning-benchmark"
DIMENSIONS = 384
TOPICS = 2_000
NOISE = 0.9
PROVISIONS = 100
SMALL = 100  # one document in this many is in the small collection
QUESTIONS = 30
CARD = Card("synthetic", "1", dimensions=DIMENSIONS)
ALL = AccessFilter("benchmark", ((PARTITION, frozenset({"law", "small"})),))
NARROW = AccessFilter("benchmark", ((PARTITION, frozenset({"small"})),))
Vectors = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Kind:
    """A kind of search: ``access``, and the request for a given question."""

    name: str
    access: AccessFilter
    request: Callable[[str], SearchRequest]


KINDS = (
    Kind("words", ALL, lambda query: SearchRequest(query, facets=FACETS, mode="words")),
    Kind("meaning", ALL, lambda query: SearchRequest(query, facets=FACETS, mode="meaning")),
    Kind("both", ALL, lambda query: SearchRequest(query, facets=FACETS)),
    Kind("both, one country", ALL, lambda query: SearchRequest(query, {"jurisdiction": ("PT",)}, facets=FACETS)),
    Kind("both, 1 % may be seen", NARROW, lambda query: SearchRequest(query, facets=FACETS)),
    Kind("both, by country", ALL, lambda query: SearchRequest(query, facets=FACETS, group_by="jurisdiction", limit=3)),
)


def main() -> None:
    options = arguments(__doc__)
    collection = Collection(options.passages)
    with tempfile.TemporaryDirectory() as scratch:
        engine = open_engine(options.engine, options.home or Path(scratch))
        started = time.perf_counter()
        if engine.count(PARTITION) < options.passages:
            engine.rebuild(PARTITION, collection.documents())
        seconds = time.perf_counter() - started
        rows = [measured(kind, collection, engine) for kind in KINDS]
        recall = found_of_ten(collection, engine)
    report(options.engine, options.passages, seconds, rows, recall)


class Collection:
    """Laws of 100 provisions each, their vectors, and questions on topics of the provisions."""

    def __init__(self, passages: int) -> None:
        self.random = np.random.default_rng(5)
        self.topics = unit(self.random.normal(size=(TOPICS, DIMENSIONS)))
        near = self.topics[self.random.integers(TOPICS, size=passages)]
        self.vectors = unit(near + NOISE * unit(self.random.normal(size=near.shape))).astype("<f2")
        self.words = {language: np.array(vocabulary(language)) for language in COUNTRIES}
        self.questions = [f"{a} {b} asunto{n}" for n, (a, b) in enumerate(self.drawn("es", QUESTIONS, 2))]
        question_topics = self.topics[self.random.integers(TOPICS, size=QUESTIONS)]
        self.asked = dict(
            zip(
                self.questions,
                unit(question_topics + 0.3 * unit(self.random.normal(size=question_topics.shape))),
                strict=True,
            )
        )
        self.encoder = Encoder(CARD, lambda texts: np.stack([self.asked[text] for text in texts]))

    def drawn(self, language: str, rows: int, length: int) -> list[list[str]]:
        words = self.words[language]
        chances = 1 / (np.arange(len(words)) + 2.7)
        drawn: list[list[str]] = self.random.choice(words, (rows, length), p=chances / chances.sum()).tolist()
        return drawn

    def documents(self, words_of_passage: int = 40) -> Iterator[list[Record]]:
        places = [(language, country) for language, countries in COUNTRIES.items() for country in countries]
        for number, first in enumerate(range(0, len(self.vectors), PROVISIONS)):
            language, country = places[number % len(places)]
            facts = DocumentFacts(
                f"d{number}", "small" if number % SMALL == 0 else "law", PARTITION, f"d{number}.txt", f"Law {number}",
                "statute", country, f"{1980 + number % 45}-01-01", language, authority=f"court {number % 40}",
            )  # fmt: skip
            drawn = self.drawn(language, len(self.vectors[first : first + PROVISIONS]), words_of_passage)
            yield [provision(facts, at, words, self.vectors[first + at]) for at, words in enumerate(drawn)]


def provision(facts: DocumentFacts, at: int, words: Sequence[str], vector: npt.NDArray[np.float16]) -> Record:
    name, text = f"{facts.document_id}:{at}", " ".join(words)
    tokens = tuple(text.split())
    return Record(
        name, name, RecordKind.BOTH, at, facts, at * 400, at * 400 + len(text), 1, f"art. {at}", (), facts.language,
        tokens, tokens, text=text, vectors=(vector.tobytes(),), encoder="synthetic@1",
    )  # fmt: skip


def unit(vectors: npt.NDArray[np.float64]) -> Vectors:
    return np.asarray(vectors / np.linalg.norm(vectors, axis=1, keepdims=True), dtype=np.float32)


def measured(kind: Kind, collection: Collection, engine: Engine) -> dict[str, object]:
    times, own = [], []
    for query in [*collection.questions[:3], *collection.questions]:
        started, used = time.perf_counter(), time.process_time()
        retrieve(kind.request(query), kind.access, engine, collection.encoder)
        times.append((time.perf_counter() - started) * 1000)
        own.append((time.process_time() - used) * 1000)
    p50, p95 = (round(float(np.percentile(times[3:], share)), 1) for share in (50, 95))
    return {
        "kind": kind.name,
        "p50_ms": p50,
        "p95_ms": p95,
        "processor_p95_ms": round(float(np.percentile(own[3:], 95)), 1),
    }


def found_of_ten(collection: Collection, engine: Engine) -> float:
    """Return the mean share of the ten closest passages found by the engine."""
    every, shares = collection.vectors.astype(np.float32), []
    for vector in collection.asked.values():
        scores = every @ vector
        best = {f"d{at // PROVISIONS}:{at % PROVISIONS}" for at in np.argsort(-scores)[:10].tolist()}
        plan = Plan(PARTITION, ("law", "small"), Everything(), limit=10)
        found = {hit.scope.id for hit in engine.closest(plan, VectorQuery("synthetic@1", vector))}
        shares.append(len(best & found) / 10)
    return round(float(np.mean(shares)), 3)


def question_ms() -> float | None:
    """Return the 95th percentile in milliseconds of the model's time for a new question, None without a model."""
    encoder = open_encoder(settings_from())
    if encoder is None:
        return None
    times = []
    for number in range(40):
        started = time.perf_counter()
        encoder.query(f"pena por el delito de blanqueo de capitales número {number}")
        times.append((time.perf_counter() - started) * 1000)
    return round(float(np.percentile(times[5:], 95)), 1)


def report(engine: str, passages: int, seconds: float, rows: list[dict[str, object]], recall: float) -> None:
    for row in rows:
        clock = f"p50 {row['p50_ms']:>7} ms  p95 {row['p95_ms']:>7} ms"
        print(f"{row['kind']:22} {clock}, processor p95 {row['processor_p95_ms']:>7} ms")
    encoded = question_ms()
    print(
        f"{engine}: {passages} passages, built in {seconds:.0f} s, recall@10 {recall}, question encoded in {encoded} ms"
    )
    path = Path(__file__).parent / "results" / "meaning.json"
    results = json.loads(path.read_text()) if path.exists() else {}
    results[engine] = {
        "passages": passages,
        "build_seconds": round(seconds) if seconds > 5 else results.get(engine, {}).get("build_seconds", 0),
        "machine": f"{platform.machine()}, {os.cpu_count()} processors, one client, warm",
        "load_of_the_machine": round(os.getloadavg()[0], 1),
        "recall_at_10": recall,
        "question_encoded_p95_ms": encoded,
        "queries": rows,
    }
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
