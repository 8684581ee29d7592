"""Speed of ten kinds of query over 200,000 passages of generated, distinct text in four languages.

``python -m benchmarks.search [--engine embedded|elasticsearch] [--passages N] [--home DIRECTORY]``

One client, warm, ten hits with snippets and highlights, all eight facets. ``processor`` is the processor time of this
process, more reliable than wall-clock time on a busy machine (without the time of a cluster). Elasticsearch is that at
``ROGATIO_ELASTICSEARCH_URL``. With ``--home``, an existing index is reused.
"""

from __future__ import annotations

import argparse
import json
import os
import platform
import tempfile
import time
from collections.abc import Iterator
from itertools import islice
from pathlib import Path

import numpy as np
from simplemma.strategies.dictionaries.dictionary_factory import DefaultDictionaryFactory

from extraction.document import Block, BlockKind, Document, Page
from extraction.resource import load
from indexing.access import AccessFilter
from indexing.engines.elasticsearch.engine import ElasticEngine
from indexing.engines.embedded.engine import EmbeddedEngine
from indexing.engines.protocol import Engine
from indexing.records.passages import document_records
from indexing.records.record import DocumentFacts, Record, RecordKind
from indexing.search.request import FACETS, SearchRequest
from indexing.search.search import retrieve
from indexing.settings import settings_from
from nlp.annotations import Annotations, DocumentType, Reading, Segment, Span, Unit

PARTITION = "public"
EVERYTHING = AccessFilter("benchmark", ((PARTITION, frozenset({"law", "cases"})),))
COUNTRIES = {"es": ("ES", "MX", "CO", "PE"), "pt": ("PT", "BR"), "en": ("GB", "IE", "JM"), "fr": ("FR", "BE", "HT")}
LEGAL = {
    "es": "blanqueo,blanqueo de capitales,delito,pena,prisión,tribunal,acusado,recurso,cohecho,entrega vigilada,decomiso",  # noqa: E501
    "pt": "lavagem,lavagem de dinheiro,crime,pena,prisão,tribunal,arguido,recurso,corrupção,entrega controlada,perda",
    "en": "laundering,money laundering,offence,penalty,court,accused,appeal,bribery,controlled delivery,forfeiture",
    "fr": "blanchiment,blanchiment d'argent,infraction,peine,emprisonnement,tribunal,prévenu,recours,corruption,saisie",
}
ARTICLE = {"es": "Artículo", "pt": "Artigo", "en": "Section", "fr": "Article"}
QUERIES = {
    "one word": "blanqueo",
    "several words": "corrupção tribunal recurso",
    "a question": "what is the penalty for laundering money by a court officer accused of bribery in an appeal",
    "phrase": '"entrega vigilada"',
    "near": '"peine emprisonnement"~8',
    "operators": "(cohecho OR corrupção) AND tribunal NOT decomiso",
    "wildcard": "decomis*",
    "exact form": "=prisión delito",
    "citation": "art. 25 Lei 9.613/1998",
    "filters": "pena país:(ES MX) año:1990..2015 tipo:ley",
}
ROUNDS = 30


def main() -> None:
    options = arguments(__doc__)
    with tempfile.TemporaryDirectory() as scratch:
        engine = open_engine(options.engine, options.home or Path(scratch))
        written, seconds = fill(engine, options.passages)
        rows = measure(engine)
    report(options.engine, options.passages, written, seconds, rows)


def arguments(description: str | None) -> argparse.Namespace:
    """Return the options: the engine, the number of passages, and the home in which they remain for another run."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("--engine", choices=("embedded", "elasticsearch"), default="embedded")
    parser.add_argument("--passages", type=int, default=200_000)
    parser.add_argument("--home", type=Path)
    return parser.parse_args()


def open_engine(name: str, home: Path) -> Engine:
    return EmbeddedEngine(home) if name == "embedded" else ElasticEngine(settings_from().elasticsearch_url)


def fill(engine: Engine, passages: int) -> tuple[int, float]:
    """Write the generated records unless present; return their number and the seconds."""
    if engine.count(PARTITION) >= passages:
        return engine.count(PARTITION), 0.0
    started = time.perf_counter()
    engine.rebuild(PARTITION, batches(passages))
    return engine.count(PARTITION), time.perf_counter() - started


def batches(passages: int) -> Iterator[list[Record]]:
    """Yield the records of each document until there are at least ``passages`` passages."""
    count, number = 0, 0
    writers = [Writer(language) for language in COUNTRIES]
    while count < passages:
        written = writers[number % 4].document(number)
        count += sum(record.kind is not RecordKind.SCOPE for record in written)
        number += 1
        yield written


class Writer:
    """Generator of laws and judgments in one language: words by Zipf's law, including legal words, no repeated text."""

    def __init__(self, language: str) -> None:
        self.language = language
        self.random = np.random.default_rng(list(language.encode()))
        self.words = np.array(vocabulary(language))
        ranks = np.arange(1, len(self.words) + 1)
        self.chances = (1 / (ranks + 2.7)) / (1 / (ranks + 2.7)).sum()

    def document(self, number: int) -> list[Record]:
        return document_records(*self.written(number))

    def written(self, number: int) -> tuple[Document, Annotations, DocumentFacts]:
        law = self.random.random() < 0.6
        units, text = self.law() if law else ((), self.paragraphs(int(self.random.integers(20, 80))))
        country = str(self.random.choice(COUNTRIES[self.language]))
        kind = "statute" if law else "judgment"
        identity = (Reading("ref:br:lei:9613", "BR", "lei"),) if number == 1 else ()
        annotations = Annotations(
            DocumentType(kind, 1.0, "benchmark"),
            (Segment(0, len(text), self.language, 1.0, "benchmark"),),
            units,
            self.spans(len(text)),
            f"{kind} {number}",
            country,
            f"{self.random.integers(1980, 2025)}-{self.random.integers(1, 13):02d}-01",
            identity,
            "benchmark",
        )
        facts = DocumentFacts(
            f"d{number}",
            "law" if law else "cases",
            PARTITION,
            f"d{number}.txt",
            annotations.title,
            kind,
            country,
            annotations.date,
            self.language,
            authority=f"court {self.random.integers(40)}",
        )
        return Document(text, (Page(1, 0, len(text)),), blocks(text), "text/plain", "benchmark"), annotations, facts

    def law(self) -> tuple[tuple[Unit, ...], str]:
        units: list[Unit] = []
        text = ""
        for article in range(1, int(self.random.integers(20, 120))):
            written = f"{ARTICLE[self.language]} {article}. {self.sentences(int(self.random.integers(2, 9)))}\n"
            label = f"art. {article}"
            units.append(Unit(len(text), len(text) + len(written), label, "article", (), "", 1.0, "benchmark"))
            text += written
        return tuple(units), text

    def paragraphs(self, count: int) -> str:
        return "\n".join(self.sentences(int(self.random.integers(3, 10))) for _ in range(count))

    def sentences(self, count: int) -> str:
        lengths = self.random.integers(8, 24, count)
        words = iter(self.random.choice(self.words, int(lengths.sum()), p=self.chances).tolist())
        return " ".join(" ".join(islice(words, int(length))).capitalize() + "." for length in lengths)

    def spans(self, length: int) -> tuple[Span, ...]:
        facets = {"OFFENCE": 25, "INSTITUTION": 40, "TREATY": 30}
        return tuple(
            Span(int(at), int(at) + 5, label, f"{label.lower()}-{self.random.integers(values)}", 1.0, "benchmark")
            for label, values in facets.items()
            for at in self.random.integers(0, length, 6)
        )


def vocabulary(language: str) -> list[str]:
    """Return words by decreasing frequency: function and legal words, then shuffled forms of the dictionary."""
    function_words: list[str] = load("indexing.stop_words")[language]
    dictionary = DefaultDictionaryFactory().get_dictionary(language)
    forms = sorted(form if isinstance(form, str) else form.decode() for form in islice(dictionary, 60_000))
    np.random.default_rng(1).shuffle(forms)
    rest = [form for form in forms[:30_000] if form.isalpha()]
    legal = LEGAL[language].split(",")
    common = [word for pair in zip(function_words, legal, strict=False) for word in pair]
    return [*common, *function_words[len(legal) :], *rest]


def blocks(text: str) -> tuple[Block, ...]:
    paragraphs: list[Block] = []
    at = 0
    for line in text.splitlines(keepends=True):
        paragraphs.append(Block(at, at + len(line.rstrip()), BlockKind.PARAGRAPH))
        at += len(line)
    return tuple(paragraphs)


def measure(engine: Engine) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    for kind, query in QUERIES.items():
        request = SearchRequest(query, facets=FACETS)
        for _ in range(3):
            result = retrieve(request, EVERYTHING, engine)
        times, own = [], []
        for _ in range(ROUNDS):
            started, used = time.perf_counter(), time.process_time()
            result = retrieve(request, EVERYTHING, engine)
            times.append((time.perf_counter() - started) * 1000)
            own.append((time.process_time() - used) * 1000)
        p50, p95 = (round(float(np.percentile(times, share)), 1) for share in (50, 95))
        processor = round(float(np.percentile(own, 95)), 1)
        rows.append(
            {
                "kind": kind,
                "query": query,
                "total": result.total,
                "p50_ms": p50,
                "p95_ms": p95,
                "processor_p95_ms": processor,
            }
        )
    return rows


def report(engine: str, passages: int, written: int, seconds: float, rows: list[dict[str, object]]) -> None:
    worst = max(float(str(row["p95_ms"])) for row in rows)
    for row in rows:
        clock = f"p50 {row['p50_ms']:>6} ms  p95 {row['p95_ms']:>6} ms"
        print(f"{row['kind']:15} {row['total']:>8} found  {clock}, processor p95 {row['processor_p95_ms']:>6} ms")
    print(f"{engine}: {passages} passages, {written} records, built in {seconds:.0f} s; worst p95 {worst} ms")
    path = Path(__file__).parent / "results" / "search.json"
    path.parent.mkdir(exist_ok=True)
    results = json.loads(path.read_text()) if path.exists() else {}
    results[engine] = {
        "passages": passages,
        "records": written,
        "build_seconds": round(seconds) or results.get(engine, {}).get("build_seconds", 0),
        "machine": f"{platform.machine()}, {os.cpu_count()} processors, one client, warm, {ROUNDS} rounds",
        "load_of_the_machine": round(os.getloadavg()[0], 1),
        "worst_p95_ms": worst,
        "queries": rows,
    }
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
