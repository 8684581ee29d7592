"""Number of project files executed by a search, a comparison and an ingest: a measure of fragmentation.

A file counts if one of its functions runs, not if it is only imported. The demonstration corpus is generated and
ingested into a temporary folder. For ingest, one law in PDF is prepared again in this process, since workers cannot be
profiled; its annotations are stored, so the annotators in ``nlp/`` are not counted.

Run as ``.venv/bin/python -m benchmarks.executed_files [--list]``.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import threading
from collections.abc import Callable
from pathlib import Path
from types import FrameType
from typing import Any

from app.comparison.comparing import compare
from app.comparison.table import ComparisonRequest
from app.demonstration.corpus import write_corpus
from extraction.pdf.pdf import MEDIA_TYPE
from indexing.access import LOCAL_USER
from indexing.ingest.arrivals import IngestOptions, upload
from indexing.ingest.index_writing import write_prepared
from indexing.ingest.ingest import ingest
from indexing.ingest.preparation import prepare
from indexing.ingest.tasks import task_for, work_folder
from indexing.installation import Installation, open_installation
from indexing.search.request import SearchRequest
from indexing.search.search import search
from indexing.settings import Settings
from indexing.store.reading import Selection
from nlp.document_kinds import national_law_types

ROOT = Path(__file__).resolve().parent.parent

PACKAGES = tuple(str(ROOT / package) for package in ("extraction", "nlp", "indexing", "app"))
QUERY = "blanqueo de capitales"


def executed(action: Callable[[], Any]) -> set[str]:
    """Return the project files, relative to the root, with a function executed during ``action``, in any thread."""
    seen: set[str] = set()

    def note(frame: FrameType, event: str, _: Any) -> None:
        code = frame.f_code
        if event == "call" and code.co_name != "<module>" and code.co_filename.startswith(PACKAGES):
            seen.add(str(Path(code.co_filename).relative_to(ROOT)))

    threading.setprofile(note)
    sys.setprofile(note)
    try:
        action()
    finally:
        sys.setprofile(None)
        threading.setprofile(None)
    return seen


def ingest_copy(installation: Installation, source: Path) -> None:
    ingest(installation, [upload(source, "copy.pdf", IngestOptions())])
    prepare_here(installation)


def prepare_here(installation: Installation) -> None:
    """Prepare the first law in PDF in this process, as a worker would, and write it to the index."""
    access, laws = installation.store.access(LOCAL_USER), Selection(document_type=national_law_types())
    in_pdf = (law for law in installation.store.every_document(access, laws) if law.media_type == MEDIA_TYPE)
    document = min(in_pdf, key=lambda law: law.source)
    with work_folder(installation.settings.home) as folder:
        scratch = folder / "one"
        scratch.mkdir()
        write_prepared(
            installation, installation.engine, [(document, prepare(task_for(installation, document, scratch)))]
        )


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--list", action="store_true", help="print the files as well")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        corpus = Path(folder) / "corpus"
        list(write_corpus(corpus, documents=24, seed=1))
        installation = open_installation(Settings(Path(folder) / "home"))
        ingest(installation, [corpus])
        source = next(file for file in sorted(corpus.rglob("*.pdf")))
        actions: dict[str, Callable[[], Any]] = {
            "search": lambda: search(installation, SearchRequest(QUERY)),
            "comparison": lambda: compare(installation, ComparisonRequest(query=QUERY)),
            "ingest": lambda: ingest_copy(installation, source),
        }
        for name, action in actions.items():
            action()  # without what is only loaded once
            files = executed(action)
            print(f"{name}: {len(files)} files")
            if options.list:
                print("".join(f"  {file}\n" for file in sorted(files)), end="")
        installation.close()


if __name__ == "__main__":
    main()
