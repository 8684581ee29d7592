"""Speed of ingest from files to the index, the time of each step, and naive baselines in the same run.

The files are English and Spanish statutes and letters of the demonstration's generator, as PDF of about six pages.
There are two baselines (see ``naive_ingest.py``): words only, compared with an ingest without tagger and vectors, and
with models, compared with the whole ingest. Ratios of wall-clock time are valid only on an idle machine (``load`` is
the load average); those of processor time, step by step in one process, also on a busy one. ``--profile`` prints the
functions with the highest processor time.
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
from benchmarks.naive_ingest import NaiveWay, naive_models, naive_words
from extraction.read import read
from indexing.ingest.ingest import ingest
from indexing.ingest.passage_vectors import StoredVectors, with_vectors
from indexing.ingest.preparation import known_facts
from indexing.installation import Installation
from indexing.records.passages import document_records
from indexing.records.record import DocumentFacts, Record
from indexing.settings import Settings
from indexing.store.derived import Derived
from indexing.vectors.encoder import open_encoder
from nlp.document_kinds import is_legislation
from nlp.entities import legal_ner
from nlp.pipeline import annotate

RESULTS = Path(__file__).parent / "results" / "ingest.json"
LANGUAGES = ("en", "es")
PARAGRAPHS = 130


def drafts(language: str, number: int) -> Iterator[Draft]:
    """Yield drafts of about six pages, each composed of several laws or letters of one state."""
    rng = Random(f"ingest-{language}")
    states = [state for state, about in words("states").items() if about["language"] == language]
    while number:
        make: Callable[[str], Draft] = rng.choice(
            (
                lambda state: statute(rng, state, rng.choice(words("legislation")["laws"][state])),
                lambda state: letter(draw_case(rng, state), rng),
            )
        )
        parts: list[Draft] = []
        while sum(len(part.paragraphs) for part in parts) < PARAGRAPHS:
            part = make(rng.choice(states))
            if part.language == language:
                parts.append(part)
        yield replace(parts[0], paragraphs=tuple(paragraph for part in parts for paragraph in part.paragraphs))
        number -= 1


def write_files(folder: Path, number: int) -> list[tuple[Path, str]]:
    """Write ``number`` files in each language; return them with their language, languages alternating."""
    folder.mkdir()
    files = []
    for language in LANGUAGES:
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


def timed(run: Callable[[], None]) -> tuple[float, float]:
    """Return the wall-clock and processor seconds of ``run``."""
    start, busy = time.perf_counter(), time.process_time()
    run()
    return time.perf_counter() - start, time.process_time() - busy


def rogatio(files: list[tuple[Path, str]], home: Path) -> float:
    """Return the wall-clock seconds of an ingest into an empty installation."""
    installation = Installation(Settings(home))
    start = time.perf_counter()
    report = ingest(installation, [path for path, _ in files])
    seconds = time.perf_counter() - start
    assert report.indexed == len(files), report
    installation.close()
    return seconds


@contextmanager
def counted(times: Counter[str], name: str) -> Iterator[None]:
    start = time.process_time()
    yield
    times[name] += time.process_time() - start  # type: ignore[assignment]


def stages(files: list[tuple[Path, str]], home: Path) -> Counter[str]:
    """Return the processor seconds of each step, all in this process; ``annotate`` excludes the tagger."""
    installation, derived, times = Installation(Settings(home)), Derived(home), Counter[str]()
    made: list[Record] = []
    encoder, tagger = open_encoder(installation.settings), legal_ner.model()
    if encoder:
        encoder.query("warm")
    importlib.import_module("indexing.ingest.warm_worker")  # load the dictionaries in advance
    for path, language in files:
        with counted(times, "original"):
            original = installation.store.originals.keep(path, home)
        with counted(times, "read"):
            document = read(path, home, name=path.name).document
        assert document is not None
        with counted(times, "write derived"):
            derived.write_document(original.sha256, document, home)
        with counted(times, "annotate"):
            annotations = annotate(document.text, document.blocks, metadata=document.metadata)
        if tagger:
            with counted(times, "tagger"):  # again, separately: it is part of annotation
                law = is_legislation(annotations.document_type.label)
                list(legal_ner.find_entities(document.text, tagger, annotations.segments, capitals_only=law))
        with counted(times, "write derived"):
            derived.write_annotations(original.sha256, path.stem, "", annotations, home)
        with counted(times, "records"):
            facts = DocumentFacts(path.stem, "public", "public", path.name, "", "", "", "", language)
            cut = document_records(document, annotations, known_facts(facts, annotations, annotations.document_type))
        with counted(times, "vectors"):
            places = ((original.sha256, path.stem),)
            kept_vectors = StoredVectors(derived, places, encoder) if encoder else None
            made += with_vectors(cut, cut[0].facts.title, kept_vectors, home) if cut and kept_vectors else cut
    with counted(times, "engine"):
        installation.engine.write("public", made)
    installation.close()
    times["annotate"] -= times["tagger"]
    return times


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--files", type=int, default=60, help="files in each language")
    parser.add_argument(
        "--naive-files", type=int, default=5, help="of them, how many the steps and the naive ways are timed on"
    )
    parser.add_argument("--rounds", type=int, default=3, help="by the clock; 0 on a busy machine: processor time alone")
    parser.add_argument("--profile", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        files = write_files(Path(folder) / "in", options.files)
        if options.profile:
            profile(files[:20], Path(folder))
            return
        result = measured(files, files[: 2 * options.naive_files], Path(folder), options.rounds)
    RESULTS.write_text(json.dumps(result, indent=2) + "\n", encoding="utf-8")


def measured(files: list[tuple[Path, str]], some: list[tuple[Path, str]], folder: Path, rounds: int) -> dict[str, Any]:
    """Return the figures of an ingest of ``files``, and of its steps and both baselines on ``some``."""
    clock = by_the_clock(files, folder, rounds) if rounds else {}
    pages = pages_of(some)
    stages(some[:2], folder / "warm")
    times = {name: seconds / pages * 1000 for name, seconds in stages(some, folder / "stages").items()}
    whole, plain_ways = sum(times.values()), {}
    for name, each in sorted(times.items(), key=lambda item: -item[1]):
        print(f"{name:>14} {each:7.2f} ms/page {each / whole:6.1%}")
    words_alone = sum(each for name, each in times.items() if name not in ("tagger", "vectors"))
    for way, own_milliseconds in ((naive_words, words_alone), (naive_models, whole)):
        plain_ways[way.__name__] = beside(way, some, own_milliseconds, clock.get("pages_per_second", 0), max(rounds, 1))
        print(way.__name__, plain_ways[way.__name__])
    speeds = {"whole": whole, "without vectors": whole - times.get("vectors", 0), "without models": words_alone}
    return {
        "load": round(os.getloadavg()[0], 1),
        "processors": len(os.sched_getaffinity(0)),
        **clock,
        "pages_of_steps": pages,
        "processor_milliseconds_per_page": {name: round(each, 2) for name, each in times.items()},
        "documents_per_processor_second": {
            name: round(1000 / each * len(some) / pages, 2) for name, each in speeds.items()
        },
        **plain_ways,
    }


def by_the_clock(files: list[tuple[Path, str]], folder: Path, rounds: int) -> dict[str, Any]:
    pages = pages_of(files)
    start = rogatio(files[:1], folder / "first")  # loads dictionaries and pipelines
    speed = statistics.median(pages / rogatio(files, folder / f"home-{number}") for number in range(rounds))
    print(f"{speed:.1f} pages/s")
    return {
        "files": len(files),
        "pages": pages,
        "seconds_to_first_document": round(start, 1),
        "pages_per_second": round(speed, 1),
        "documents_per_second": round(speed * len(files) / pages, 2),
    }


def beside(way: NaiveWay, files: list[tuple[Path, str]], own: float, speed: float, rounds: int) -> dict[str, Any]:
    """Return the figures of a baseline relative to ``own`` (processor ms per page) and our ``speed`` (pages/s)."""
    try:
        run = way(files)
    except ImportError as error:
        return {"left_out": f"{error.name} is not installed"}
    pages = pages_of(files)
    clock, busy = (statistics.median(each) for each in zip(*(timed(run) for _ in range(rounds)), strict=True))
    figures = {
        "processor_milliseconds_per_page": round(busy / pages * 1000, 1),
        "times_by_processor_time": round(busy / pages * 1000 / own, 2),
    }
    return figures | ({"times_by_the_clock": round(speed * clock / pages, 1)} if speed else {})


def profile(files: list[tuple[Path, str]], folder: Path) -> None:
    stages(files[:2], folder / "warm")
    profiler = cProfile.Profile()
    profiler.runcall(stages, files, folder / "profiled")
    pstats.Stats(profiler).sort_stats("tottime").print_stats(40)


if __name__ == "__main__":
    main()
