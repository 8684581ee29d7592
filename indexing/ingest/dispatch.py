"""Documents sent to worker processes, and their results."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path

from extraction.errors import RogatioError
from extraction.worker import Workers
from indexing.ingest.preparation import prepare_in_worker
from indexing.ingest.tasks import Prepared, task_for
from indexing.installation import Installation
from indexing.store.rows import StoredDocument

TASKS_PER_WORKER = 3


@dataclass(frozen=True, slots=True)
class InFlight:
    """A document being processed; ``reported`` if it is a file of this ingest, which is counted and reported.

    Without ``read`` the stored text is processed. With ``words_only`` no text is encoded.
    """

    document: StoredDocument
    scratch: Path
    password: str
    reported: bool = True
    read: bool = True
    words_only: bool = False


@dataclass(slots=True)
class Dispatch:
    """Tasks running in ``pool``, each with its own folder in ``scratch``."""

    installation: Installation
    pool: Workers
    scratch: Path
    running: dict[Future[Prepared], InFlight] = field(default_factory=dict)

    @property
    def is_full(self) -> bool:
        """Whether enough tasks are queued; more would only take memory and disk space."""
        return len(self.running) >= TASKS_PER_WORKER * self.pool.count

    def send(self, sent: InFlight) -> None:
        """Submit the task of a document; raises ``indexing.no_such_document`` if it was deleted."""
        facts = (sent.document, sent.scratch, sent.password)
        task = task_for(self.installation, *facts, read=sent.read, words_only=sent.words_only)
        self.running[self.pool.submit(prepare_in_worker, task)] = sent

    def folder(self) -> Path:
        """Create and return an empty scratch folder."""
        return Path(tempfile.mkdtemp(dir=self.scratch))

    def collected(self) -> Iterator[tuple[InFlight, Prepared | RogatioError]]:
        """Wait for at least one task and yield the finished ones with their result or error."""
        done, _ = wait(self.running, return_when=FIRST_COMPLETED)
        for sent, future in [(self.running.pop(future), future) for future in done]:
            try:
                yield sent, self.pool.outcome(future)
            except RogatioError as error:
                yield sent, error
