"""Speed of annotation: characters per second of each component, documents per second, first document of a process.

Times are processor time, so that other load on the machine does not count. Legislation is that of ``../shared/data``
(omitted if missing), the first ``--characters`` of each law; letters, laws and judgments are the texts of the
demonstration corpus. Run: python -m benchmarks.annotation [--documents N] [--characters N]
"""

from __future__ import annotations

import argparse
import json
import resource
import subprocess
import sys
import tempfile
import time
from collections import defaultdict
from collections.abc import Callable, Iterable
from dataclasses import replace
from pathlib import Path
from typing import Any

from app.demonstration.corpus import write_corpus
from extraction.document import Document, Page
from extraction.read import read
from nlp import components
from nlp.annotations import Span
from nlp.document_type import find_document_type
from nlp.entities.merging import merge
from nlp.language import find_segments
from nlp.pipeline import annotate, main_language
from nlp.structure.structure import find_structure

HERE = Path(__file__).parent
RESULTS = HERE / "results" / "annotation.json"
STATUTES = HERE.parent.parent / "shared" / "data" / "statutes"
LAWS = (
    "fr/code-penal.md",
    "fr/code-monetaire-financier_2011-08-04.md",
    "mx/CPF_codigo_penal_federal.md",
    "br/html/cpenal.html",
    "ie/IE-2010-act-6.md",
    "pe/DLEG-957-2004.md",
    "uy/UY-ley-19574.md",
)
FIRST = "from nlp.pipeline import annotate; annotate('El juez ordenó la entrega el 3 de mayo de 2021.')"


class Clock:
    """Sums of processor time by name of the step."""

    def __init__(self) -> None:
        self.seconds: dict[str, float] = defaultdict(float)

    def time(self, name: str, work: Callable[..., Any], *arguments: Any, **named: Any) -> Any:
        started = time.process_time()
        result = work(*arguments, **named)
        self.seconds[name] += time.process_time() - started
        return result


def measure(documents: Iterable[Document]) -> dict[str, Any]:
    """Return the figures of documents annotated twice: by the pipeline, and by each component."""
    whole, parts = Clock(), Clock()
    count = characters = 0
    for document in documents:
        count += 1
        characters += len(document.text)
        annotations = whole.time("whole", annotate, document.text, document.blocks, metadata=document.metadata)
        _by_parts(parts, document, annotations.jurisdiction, annotations.document_type.label)
    seconds = whole.seconds["whole"]
    return {
        "documents": count,
        "characters": characters,
        "seconds": round(seconds, 2),
        "characters a second": round(characters / seconds),
        "documents a second": round(count / seconds, 1),
        "characters a second by part": {
            name: round(characters / max(spent, 1e-6))
            for name, spent in sorted(parts.seconds.items(), key=lambda item: -item[1])
        },
    }


def _by_parts(clock: Clock, document: Document, jurisdiction: str, label: str) -> None:
    text, blocks = document.text, document.blocks
    segments = clock.time("language", find_segments, text, blocks)
    language = main_language(segments)
    clock.time("document type", find_document_type, text)
    analysed = clock.time("words", components.analysed, text, segments, language, jurisdiction)
    proposals: list[Span] = []
    for name, find in components.COMPONENTS.items():
        proposals += clock.time(name, lambda find=find: list(find(analysed)))
    clock.time("merging", merge, proposals, text)
    known = {"document_type": label, "language": language, "jurisdiction": jurisdiction, "segments": segments}
    clock.time("structure", find_structure, text, blocks, **known)


def legislation(characters: int) -> Iterable[Document]:
    with tempfile.TemporaryDirectory() as scratch:
        for name in LAWS:
            document = read(STATUTES / name, Path(scratch)).document
            assert document is not None
            blocks = tuple(block for block in document.blocks if block.end <= characters)
            yield replace(document, text=document.text[:characters], blocks=blocks)


def demonstration(count: int) -> Iterable[Document]:
    """Yield the original texts of the demonstration corpus, without extraction from their files."""
    with tempfile.TemporaryDirectory() as folder:
        for written in write_corpus(Path(folder), documents=count, seed=11):
            text = json.loads((Path(folder) / f"{written.path}.truth.json").read_text(encoding="utf-8"))["text"]
            yield Document(text, (Page(1, 0, len(text)),), (), "text/plain", "truth")


def first_document() -> dict[str, float]:
    """Return the processor time (seconds) of a process that annotates one sentence."""
    return {"import and first document": _child(FIRST)}


def _child(code: str) -> float:
    before = resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime
    subprocess.run([sys.executable, "-c", code], check=True)
    return round(resource.getrusage(resource.RUSAGE_CHILDREN).ru_utime - before, 2)


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--documents", type=int, default=100)
    parser.add_argument("--characters", type=int, default=100_000)
    options = parser.parse_args()
    annotate("El juez ordenó la entrega.\n\nThe court ordered the arrest.\n\nLe juge a ordonné l’arrestation.")
    result: dict[str, Any] = {"first document, seconds": first_document()}
    result["demonstration"] = measure(list(demonstration(options.documents)))
    if STATUTES.is_dir():
        result["legislation"] = measure(legislation(options.characters))
    RESULTS.parent.mkdir(exist_ok=True)
    RESULTS.write_text(json.dumps(result, indent=1, ensure_ascii=False) + "\n", encoding="utf-8")
    for title, rows in result.items():
        print(f"\n{title}")
        for name, figure in rows.items():
            if isinstance(figure, dict):
                print(f"  {name}")
                print("\n".join(f"    {part:<36} {value:>12,}" for part, value in figure.items()))
            else:
                print(f"  {name:<38} {figure:>12,}")


if __name__ == "__main__":
    main()
