"""Documents on their way through the worker processes of one run of ingest."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extraction.errors import RogatioError
from extraction.read import reader_of
from extraction.worker import Workers
from indexing.embedding import open_encoder
from indexing.ingest.in_worker import prepare_in_worker
from indexing.ingest.tasks import Prepared
from indexing.settings import Settings
from indexing.store.rows import StoredDocument

if TYPE_CHECKING:
    from indexing.library import Library

WAITING_PER_WORKER = 3


@dataclass(frozen=True, slots=True)
class Sent:
    """``told`` says whether it is one of the files that came in, which are told of and counted."""

    document: StoredDocument
    scratch: Path
    password: str
    told: bool = True


@dataclass(slots=True)
class Sending:
    """Tasks of ``pool``, each with a folder of its own in ``scratch``."""

    library: Library
    pool: Workers
    scratch: Path
    running: dict[Future[Prepared], Sent] = field(default_factory=dict)

    @property
    def is_full(self) -> bool:
        """Whether the workers have enough to do for now: more waiting files would only take memory and disk."""
        return len(self.running) >= WAITING_PER_WORKER * self.pool.count

    def send(self, sent: Sent, *, read: bool = True, annotate: bool = True) -> None:
        task = self.library.task(sent.document, sent.scratch, sent.password, read=read, annotate=annotate)
        self.running[self.pool.submit(prepare_in_worker, task)] = sent

    def folder(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self.scratch))

    def collected(self) -> Iterator[tuple[Sent, Prepared | RogatioError]]:
        """Wait for a worker and yield what is ready, or why it could not be made."""
        done, _ = wait(self.running, return_when=FIRST_COMPLETED)
        for sent, future in [(self.running.pop(future), future) for future in done]:
            try:
                yield sent, self.pool.outcome(future)
            except RogatioError as error:
                yield sent, error


def is_read_by_another(document: StoredDocument) -> bool:
    """Whether another release of its reader than today's read it."""
    return bool(document.reader_version) and document.reader_version != reader_of(document.media_type)


def is_stale(settings: Settings, document: StoredDocument) -> bool:
    """Whether other pipelines than today's made its annotations, or another encoder its vectors."""
    from nlp.pipeline import version

    annotated, _, encoded = document.annotation_version.partition(" ")
    encoder = open_encoder(settings)
    return annotated != version() or (encoder is not None and encoded != encoder.version)
