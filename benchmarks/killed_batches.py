"""Kills a batch of one-page texts at random moments, resumes it, and compares it with an undisturbed batch.

    python -m benchmarks.killed_batches [--files 10000] [--parts 100] [--kills 200] [--postgresql] [--seed 1]

The texts are ingested, some are corrected, moved and deleted, and the index is rebuilt, with the test encoder. Kills
(SIGKILL, at random moments of each step) fall mostly on the ingest. The batch comes in as folders, so that a resumed
ingest goes through one part of the files only (80 seconds for 10,000 known files, which would be most of the time), and
each text is annotated as its neighbours are, with its own names. Afterwards every document, entity, correction and
index entry, and the count of each document in the index, must equal those without kills. Prints one line of JSON, in
which ``wrong`` is empty if nothing was lost or duplicated; what was done so far goes to the error output.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import re
import signal
import sys
import tempfile
import time
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
import msgspec
from forked_runs import Copies, difference, prepare, start, wait_for
from postgresql_server import postgresql, why_missing
from run_scenarios import COLLECTION, LETTER, MOVED_TO, with_encoder
from sqlalchemy import select
from sqlalchemy.orm import Session

from indexing.access import LOCAL_USER
from indexing.ingest import run
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.corrections import correct, delete
from indexing.ingest.ingest import ingest, process_pending
from indexing.ingest.moves import move
from indexing.ingest.reindexing import reindex
from indexing.installation import Installation
from indexing.store.entities import EntityRow
from indexing.store.schema import CorrectionRow, DocumentRow, IndexEntryRow
from nlp import pipeline
from nlp.annotations import Annotations

CHANGED = 20
"""How many documents are corrected, moved and deleted, each."""

_NUMBER = re.compile(r"\d{6}")

Step = Callable[[Installation, Path], Any]


def take_in(installation: Installation, folder: Path) -> None:
    """Ingest a part of the batch."""
    ingest(installation, [folder], IngestOptions(COLLECTION))


def correct_some(installation: Installation, folder: Path) -> None:
    access = installation.store.access(LOCAL_USER)
    for document in _named(installation, 0):
        if not installation.store.corrections(access, document):
            correct(installation, document, {"title": "Exhorto corregido"})
    process_pending(installation)


def move_some(installation: Installation, folder: Path) -> None:
    if chosen := _named(installation, 1):
        move(installation, chosen, MOVED_TO, "7")
    process_pending(installation)


def delete_some(installation: Installation, folder: Path) -> None:
    for document in _named(installation, 2):
        delete(installation, document)
    process_pending(installation)


def rebuild(installation: Installation, folder: Path) -> None:
    with_encoder("next")
    reindex(installation)


STEPS: dict[str, tuple[Step, float]] = {
    "ingest": (take_in, 0.6),
    "correct": (correct_some, 0.1),
    "move": (move_some, 0.1),
    "delete": (delete_some, 0.1),
    "reindex": (rebuild, 0.1),
}
"""Each step, with its share of the kills."""


def _named(installation: Installation, part: int) -> list[str]:
    """Return the documents of a part of the files that are still in the collection."""
    sources = [f"{number:06}.txt" for number in range(part * CHANGED, (part + 1) * CHANGED)]
    query = select(DocumentRow.id).where(DocumentRow.collection == COLLECTION, DocumentRow.source.in_(sources))
    with Session(installation.store.database) as session:
        return list(session.scalars(query.order_by(DocumentRow.source)))


class TemplateAnnotator:
    """Annotates one text and gives every other one the same annotations with its own number.

    What is killed is the batch, not the annotation of a text, which takes a third of the processor time.
    """

    def __init__(self, annotate: Callable[..., Annotations]) -> None:
        self.annotate = annotate
        self.made: dict[str, tuple[str, bytes]] = {}

    def __call__(self, text: str, *arguments: Any, **named: Any) -> Annotations:
        if (found := _NUMBER.search(text)) is None:
            return self.annotate(text, *arguments, **named)
        key = repr((_NUMBER.sub("", text), arguments, named))
        if key not in self.made:
            self.made[key] = found[0], msgspec.json.encode(self.annotate(text, *arguments, **named))
        number, encoded = self.made[key]
        return msgspec.json.decode(encoded.replace(number.encode(), found[0].encode()), type=Annotations)


def outcome(installation: Installation) -> dict[str, Any]:
    """Return what must be the same with and without kills."""
    engine = installation.engine
    with Session(installation.store.database) as session:
        rows = session.scalars(select(DocumentRow).order_by(DocumentRow.id)).all()
        entities = sorted([one.document, one.label, one.name] for one in session.scalars(select(EntityRow)))
        corrections = sorted([one.document, one.field, one.value] for one in session.scalars(select(CorrectionRow)))
        entries = sorted([one.document, one.revision, one.encoder] for one in session.scalars(select(IndexEntryRow)))
    partitions = [f"authority-{name}" for name in (COLLECTION, MOVED_TO)]
    return {
        "documents": [
            [row.id, row.source, row.collection, row.title, row.status, row.error, row.passages, row.text_sha256]
            for row in rows
        ],
        "entities": entities,
        "corrections": corrections,
        "entries": entries,
        "index": [[engine.count(partition, [row.id]) for partition in partitions] for row in rows],
        "counts": [engine.count(partition) for partition in partitions],
    }


class Batches:
    """A batch without kills, and one with kills, in installations beside each other.

    ``parts`` are the folders of the batch.
    """

    def __init__(self, copies: Copies, parts: Sequence[Path], kills: int, seed: int) -> None:
        self.copies, self.parts, self.total, self.random = copies, parts, kills, random.Random(seed)
        self.kills, self.seconds = Counter[str](), dict.fromkeys(STEPS, 0.0)

    def run(self) -> dict[str, Any]:
        for name in ("undisturbed", "killed"):
            self.copies.create(name)
        for step in STEPS:
            self._step(step)
        expected, found = self._outcome("undisturbed"), self._outcome("killed")
        wrong = [name for name in expected if expected[name] != found[name]]
        return {
            "documents": len(expected["documents"]),
            "seconds": {step: round(taken, 1) for step, taken in self.seconds.items()},
            "kills": dict(self.kills),
            "wrong": {name: difference(found, expected)[:500] for name in wrong},
        }

    def _step(self, step: str) -> None:
        """Do a step without kills and with its share of them, the ingest part by part.

        Kills that a part of the batch was too fast for are left to the next parts.
        """
        act, share = STEPS[step]
        wanted, folders = max(1, round(self.total * share)), self.parts if step == "ingest" else self.parts[:1]
        for number, folder in enumerate(folders):
            begun = time.monotonic()
            self._complete("undisturbed", act, folder)
            taken = time.monotonic() - begun
            here = -(-(wanted - self.kills[step]) // (len(folders) - number))
            self.seconds[step] += taken
            self.kills[step] += self._killed(act, folder, here, taken)
            self._complete("killed", act, folder)
            if number % 5 == 0 or number == len(folders) - 1:
                done = {"step": step, "parts": number + 1, "kills": sum(self.kills.values())}
                print(f"{time.strftime('%H:%M:%S')} {json.dumps(done)}", file=sys.stderr, flush=True)

    def _complete(self, name: str, act: Step, folder: Path) -> None:
        if code := wait_for(self._start(name, act, folder)):
            raise SystemExit(f"{act.__name__} of {name} ended with {code}")

    def _killed(self, act: Step, folder: Path, wanted: int, seconds: float) -> int:
        """Kill ``act`` at random moments ``wanted`` times, or until it ends before; return the kills."""
        for done in range(wanted):
            child = self._start("killed", act, folder)
            time.sleep(self.random.uniform(0, max(0.2, 2 * seconds / (wanted + 1))))
            os.kill(child, signal.SIGKILL)
            if wait_for(child) != -signal.SIGKILL:
                return done
        return wanted

    def _outcome(self, name: str) -> dict[str, Any]:
        path = self.copies.folder / f"{name}.json"

        def write(installation: Installation, folder: Path) -> None:
            path.write_text(json.dumps(outcome(installation)))

        self._complete(name, write, self.parts[0])
        return dict(json.loads(path.read_text()))

    def _start(self, name: str, act: Step, folder: Path) -> int:
        def acting() -> None:
            signal.alarm(0)  # a step of a large batch takes longer than those of the tests
            installation = Installation(self.copies.settings(name))
            act(installation, folder)
            installation.close()

        return start(acting)


def _write(folder: Path, files: int, parts: int) -> list[Path]:
    """Write the texts in ``parts`` folders and return these."""
    made = [folder / f"{part:03}" for part in range(parts)]
    for part in made:
        part.mkdir(parents=True)
    for number in range(files):
        path = made[number * parts // files] / f"{number:06}.txt"
        path.write_text(LETTER.format(name=f"Ana {number:06} María"))
    return made


@contextmanager
def _server(wanted: bool) -> Iterator[str]:
    if wanted and (reason := why_missing()):
        raise SystemExit(reason)
    with postgresql() if wanted else nullcontext("") as url:
        yield url


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--files", type=int, default=10_000)
    options.add_argument("--parts", type=int, default=100)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--postgresql", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, _server(given.postgresql) as url:
        prepare(Path(folder))
        run.DOCUMENTS_OF_A_WRITE = 30
        pipeline.annotate = TemplateAnnotator(pipeline.annotate)
        parts = _write(Path(folder) / "batch", given.files, given.parts)
        pipeline.annotate(next(parts[0].iterdir()).read_text())  # loads what the children need
        found = Batches(Copies(Path(folder), url), parts, given.kills, given.seed).run()
    database = "postgresql" if given.postgresql else "sqlite"
    print(json.dumps({"database": database, "files": given.files, **found}, ensure_ascii=False))


if __name__ == "__main__":
    main()
