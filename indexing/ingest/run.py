"""One ingest run: arrivals, documents in flight, bulk writes."""

from __future__ import annotations

import shutil
import tempfile
from collections import deque
from collections.abc import Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extraction.errors import RogatioError
from extraction.read import Member, reader_of
from extraction.worker import Workers
from indexing.access import Principal
from indexing.ingest.arrivals import Incoming, IngestOptions, enter_file, enter_lost, incoming_member, store_bytes
from indexing.ingest.batch_log import BatchLog
from indexing.ingest.git_history import LawVersion
from indexing.ingest.index_writing import write_prepared
from indexing.ingest.preparation import prepare_in_worker
from indexing.ingest.tasks import Prepared, task_for
from indexing.ingest.validity_reindex import expressions_to_reindex
from indexing.settings import Settings
from indexing.store.reading import Selection
from indexing.store.rows import StoredDocument
from indexing.store.schema import Status
from indexing.store.writing import read_by_another
from indexing.vectors.encoder import open_encoder

if TYPE_CHECKING:
    from indexing.installation import Installation


WAITING_PER_WORKER = 3


@dataclass(frozen=True, slots=True)
class InFlight:
    """``told`` says whether it is one of the files that came in, which are told of and counted."""

    document: StoredDocument
    scratch: Path
    password: str
    told: bool = True


@dataclass(slots=True)
class Dispatch:
    """Tasks of ``pool``, each with a folder of its own in ``scratch``."""

    installation: Installation
    pool: Workers
    scratch: Path
    running: dict[Future[Prepared], InFlight] = field(default_factory=dict)

    @property
    def is_full(self) -> bool:
        """Whether the workers have enough to do for now: more waiting files would only take memory and disk."""
        return len(self.running) >= WAITING_PER_WORKER * self.pool.count

    def send(self, sent: InFlight, *, read: bool = True, annotate: bool = True) -> None:
        task = task_for(self.installation, sent.document, sent.scratch, sent.password, read=read, annotate=annotate)
        self.running[self.pool.submit(prepare_in_worker, task)] = sent

    def folder(self) -> Path:
        return Path(tempfile.mkdtemp(dir=self.scratch))

    def collected(self) -> Iterator[tuple[InFlight, Prepared | RogatioError]]:
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


PASSAGES_OF_A_WRITE = 4000
DOCUMENTS_OF_A_WRITE = 400


@dataclass(slots=True)
class IngestRun:
    """What arrived and is not sent yet, what is ready and not written yet, what is to be read once more."""

    installation: Installation
    principal: Principal
    outcomes: BatchLog
    sending: Dispatch
    arrived: deque[tuple[StoredDocument, str]] = field(default_factory=deque)
    ready: list[tuple[InFlight, Prepared]] = field(default_factory=list)
    again: list[StoredDocument] = field(default_factory=list)

    def take(self, file: Incoming) -> None:
        """Keep a file's bytes, enter it, and send it to a worker if anything is left to do."""
        self._arrive(file)
        self._go_on_with_arrived()

    def take_version(self, version: LawVersion, options: IngestOptions) -> None:
        """Keep a text that a law had at a day, as ``take`` does with a file."""
        self.outcomes.known += 1
        passing = self.sending.scratch / "version"
        passing.write_bytes(version.content)
        self.take(Incoming(passing, version.name, version.place, options, version=version.claim))

    def go_on(self, document: StoredDocument, password: str = "") -> None:
        """Do what is left to do for a document that has arrived."""
        if document.duplicate_of:
            self.outcomes.duplicate(document)
        elif document.status is Status.INDEXED and is_read_by_another(document):
            self._send(document, password)
        elif document.status is Status.INDEXED and document.passages and is_stale(self.installation.settings, document):
            self._send(document, password, read=False, annotate=False)
            self._go_on_with_members(document, password)
        elif document.status is Status.INDEXED:
            self._leave(document, password)
        elif not document.sha256:
            self.outcomes.failed_before(document)
        else:
            self._send(document, password)

    def finish(self) -> None:
        """Wait for every worker and write what is left, then what the bytes or the days of others make stale."""
        self._drain()
        for document in self.again:
            self._send(document, "", read=False, told=False)
        self._drain()
        store, access = self.installation.store, self.installation.store.access(self.principal)
        for late in expressions_to_reindex(store, [one.id for one in store.collections(access)]):
            for document_id in late:
                self._send(store.document(access, document_id), "", read=False, annotate=False, told=False)
            self._drain()

    def _arrive(self, file: Incoming, parent: str = "") -> None:
        """Store a file's bytes, or list why they could not be; what the database raises ends the run."""
        store, scratch = self.installation.store, self.sending.scratch
        try:
            original = store_bytes(store, file, scratch)
        except RogatioError as error:
            self.outcomes.did_not_arrive(file.name, file.options.collection, error)
            return
        self.outcomes.counts["restored"] += original.restored
        self.arrived.append((enter_file(store, file, original, scratch, parent), file.options.password))

    def _go_on_with_arrived(self) -> None:
        while self.arrived:
            self.go_on(*self.arrived.popleft())

    def _leave(self, document: StoredDocument, password: str) -> None:
        self.outcomes.unchanged(document)
        self._go_on_with_members(document, password)

    def _go_on_with_members(self, document: StoredDocument, password: str) -> None:
        store = self.installation.store
        for member in store.every_document(store.access(self.principal), Selection(parent=document.id)):
            self.outcomes.known += 1
            self.go_on(member, password)

    def _send(
        self, document: StoredDocument, password: str, *, read: bool = True, annotate: bool = True, told: bool = True
    ) -> None:
        sent = InFlight(document, self.sending.folder(), password, told)
        self.sending.send(sent, read=read, annotate=annotate)
        while self.sending.is_full:
            self._collect()

    def _drain(self) -> None:
        """Wait for every worker and write what is left."""
        while self.sending.running:
            self._collect()
            self._go_on_with_arrived()
        self._write()

    def _collect(self) -> None:
        """Wait for a worker and take over what it made."""
        for sent, made in self.sending.collected():
            if isinstance(made, RogatioError):
                self._could_not(sent, made)
                shutil.rmtree(sent.scratch, ignore_errors=True)
                continue
            for member in made.members:
                self._member_arrives(sent, member)
            self.ready.append((sent, made))  # a container is through only when all its members have arrived
        passages = sum(prepared.passages for _, prepared in self.ready)
        if passages >= PASSAGES_OF_A_WRITE or len(self.ready) >= DOCUMENTS_OF_A_WRITE:
            self._write()

    def _could_not(self, sent: InFlight, error: RogatioError) -> None:
        """List a file as failed; one that was read before, perhaps with a password, stays as it is."""
        if sent.document.status is not Status.INDEXED:
            self.outcomes.failed(sent.document, error)
        elif sent.told:
            self._leave(sent.document, sent.password)

    def _member_arrives(self, sent: InFlight, member: Member) -> None:
        self.outcomes.known += 1
        file = incoming_member(sent.document, member, sent.password)
        if member.path:
            self._arrive(file, sent.document.id)
        else:
            error = member.error or RogatioError("extraction.malformed", media_type=sent.document.media_type)
            self.outcomes.failed(enter_lost(self.installation.store, file, sent.document.id), error)

    def _write(self) -> None:
        """Give the engine what is ready, and tell of it once it is marked as indexed."""
        ready, self.ready = self.ready, []
        write_prepared(
            self.installation, self.installation.engine, [(sent.document, prepared) for sent, prepared in ready]
        )
        for sent, prepared in ready:
            if sent.told:
                self.outcomes.indexed(sent.document, prepared.pages)
                self.again += read_by_another(self.installation.store, sent.document, prepared.reader)
            shutil.rmtree(sent.scratch, ignore_errors=True)
        self.outcomes.keep()
