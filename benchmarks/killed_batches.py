"""Kills a batch of one-page texts at random moments, resumes it, and compares it with an undisturbed batch.

    python benchmarks/killed_batches.py [--files 10000] [--kills 200] [--postgresql] [--seed 1]

The texts are ingested, some are corrected, moved and deleted, and the index is rebuilt, with the test encoder. Kills
(SIGKILL, at random moments of each step) fall mostly on the ingest. Afterwards every document, entity, correction and
index entry, and the count of each document in the index, must equal those without kills. Prints one line of JSON, in
which ``wrong`` is empty if nothing was lost or duplicated.
"""

from __future__ import annotations

import argparse
import json
import os
import random
import signal
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, nullcontext
from pathlib import Path
from typing import Any

sys.path.insert(0, str(Path(__file__).parent.parent / "tests"))
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
from indexing.store.reading import Selection
from indexing.store.schema import CorrectionRow, DocumentRow, IndexEntryRow

CHANGED = 20
"""How many documents are corrected, moved and deleted, each."""

Step = Callable[[Installation, Path], Any]


def take_in(installation: Installation, folder: Path) -> None:
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
    access = installation.store.access(LOCAL_USER)
    sources = {f"{number:06}.txt" for number in range(part * CHANGED, (part + 1) * CHANGED)}
    found = installation.store.every_document(access, Selection(collection=COLLECTION))
    return [one.id for one in found if Path(one.source).name in sources]


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
    """A batch without kills, and one with kills, in installations beside each other."""

    def __init__(self, copies: Copies, kills: int, seed: int) -> None:
        self.copies, self.kills, self.random = copies, kills, random.Random(seed)

    def run(self) -> dict[str, Any]:
        for name in ("undisturbed", "killed"):
            self.copies.create(name)
        seconds = {step: self._timed(step) for step in STEPS}
        killed = {step: self._killed(step, seconds[step]) for step in STEPS}
        expected, found = self._outcome("undisturbed"), self._outcome("killed")
        wrong = [name for name in expected if expected[name] != found[name]]
        return {
            "documents": len(expected["documents"]),
            "seconds": {step: round(taken, 1) for step, taken in seconds.items()},
            "kills": killed,
            "wrong": {name: difference(found, expected)[:500] for name in wrong},
        }

    def _timed(self, step: str) -> float:
        begun = time.monotonic()
        if code := wait_for(self._start("undisturbed", STEPS[step][0])):
            raise SystemExit(f"{step} ended with {code}")
        return time.monotonic() - begun

    def _killed(self, step: str, seconds: float) -> int:
        """Kill a step until its share of the kills is done, or it ends before; then let it end. Return the kills."""
        act, share = STEPS[step]
        wanted = max(1, round(self.kills * share))
        for done in range(wanted):
            child = self._start("killed", act)
            time.sleep(self.random.uniform(0, max(0.2, 2 * seconds / wanted)))
            os.kill(child, signal.SIGKILL)
            if wait_for(child) != -signal.SIGKILL:
                return done
        if code := wait_for(self._start("killed", act)):
            raise SystemExit(f"{step} could not be resumed: {code}")
        return wanted

    def _outcome(self, name: str) -> dict[str, Any]:
        path = self.copies.folder / f"{name}.json"
        code = wait_for(self._start(name, lambda installation, _: path.write_text(json.dumps(outcome(installation)))))
        if code:
            raise SystemExit(f"the outcome of {name} could not be read: {code}")
        return dict(json.loads(path.read_text()))

    def _start(self, name: str, act: Step) -> int:
        def acting() -> None:
            signal.alarm(0)  # a step of a large batch takes longer than those of the tests
            installation = Installation(self.copies.settings(name))
            act(installation, self.copies.folder / "batch")
            installation.close()

        return start(acting)


def _write(folder: Path, files: int) -> None:
    folder.mkdir()
    for number in range(files):
        (folder / f"{number:06}.txt").write_text(LETTER.format(name=f"Ana {number:06} María"))


@contextmanager
def _server(wanted: bool) -> Iterator[str]:
    if wanted and (reason := why_missing()):
        raise SystemExit(reason)
    with postgresql() if wanted else nullcontext("") as url:
        yield url


def main() -> None:
    options = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    options.add_argument("--files", type=int, default=10_000)
    options.add_argument("--kills", type=int, default=200)
    options.add_argument("--postgresql", action="store_true")
    options.add_argument("--seed", type=int, default=1)
    given = options.parse_args()
    with tempfile.TemporaryDirectory() as folder, _server(given.postgresql) as url:
        prepare(Path(folder))
        run.DOCUMENTS_OF_A_WRITE = 100
        _write(Path(folder) / "batch", given.files)
        found = Batches(Copies(Path(folder), url), given.kills, given.seed).run()
    database = "postgresql" if given.postgresql else "sqlite"
    print(json.dumps({"database": database, "files": given.files, **found}, ensure_ascii=False))


if __name__ == "__main__":
    main()
