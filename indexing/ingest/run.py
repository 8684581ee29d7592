"""One ingest run: arrivals, documents in flight, bulk writes."""

from __future__ import annotations

import shutil
import tempfile
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extraction.errors import RogatioError
from extraction.read import Member, reader_of
from extraction.reading import Budget
from extraction.worker import Workers
from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.engines.protocol import Engine
from indexing.ingest.arrivals import Incoming, IngestOptions, enter_file, enter_lost, incoming_member, store_bytes
from indexing.ingest.batch_log import BatchLog
from indexing.ingest.git_history import LawVersion
from indexing.ingest.index_commit import superseded
from indexing.ingest.index_writing import write_prepared
from indexing.ingest.nesting import budget_for
from indexing.ingest.preparation import prepare_in_worker
from indexing.ingest.tasks import Prepared, task_for
from indexing.ingest.validity_reindex import expressions_to_reindex
from indexing.settings import Settings
from indexing.store.index_entries import encoder_of, pending
from indexing.store.originals import Original
from indexing.store.reading import Selection, Store
from indexing.store.rows import StoredDocument
from indexing.store.schema import Status
from indexing.store.writing import outdate_copies
from indexing.vectors.encoder import open_encoder

if TYPE_CHECKING:
    from indexing.installation import Installation


WAITING_PER_WORKER = 3


@dataclass(frozen=True, slots=True)
class InFlight:
    """``told`` says whether it is one of the files that came in, which are told of and counted.

    Without ``read`` the text that the store has is processed.
    """

    document: StoredDocument
    scratch: Path
    password: str
    told: bool = True
    read: bool = True


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

    def send(self, sent: InFlight) -> None:
        task = task_for(self.installation, sent.document, sent.scratch, sent.password, read=sent.read)
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


def is_outdated(settings: Settings, document: StoredDocument, encoder: str) -> bool:
    """Whether other pipelines than today's made its annotations, or another encoder than today's its vectors."""
    from nlp.pipeline import version

    today = open_encoder(settings)
    return document.annotation_version != version() or (today is not None and encoder != today.version)


PASSAGES_OF_A_WRITE = 4000
DOCUMENTS_OF_A_WRITE = 400


@dataclass(slots=True)
class IngestRun:
    """Run state: arrivals with their passwords, and results that await the next bulk write to ``engine``.

    ``generations`` are those of its index by collection, as of the last write.
    """

    installation: Installation
    engine: Engine
    principal: Principal
    outcomes: BatchLog
    sending: Dispatch
    arrived: deque[tuple[StoredDocument, str]] = field(default_factory=deque)
    ready: list[tuple[InFlight, Prepared]] = field(default_factory=list)
    generations: dict[str, str] = field(default_factory=dict)

    def take(self, file: Incoming) -> None:
        """Keep a file's bytes, enter it, and send it to a worker if anything is left to do.

        A file whose bytes cannot be stored is listed as failed; what the database raises ends the run.
        """
        try:
            original = self._stored(file)
        except RogatioError as error:
            self.outcomes.did_not_arrive(file.name, file.options.collection, error)
            return
        self._enter(file, original)
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
        elif document.status is Status.INDEXED and document.passages and self._is_stale(document):
            self._send(document, password, read=False)
            self._go_on_with_members(document, password)
        elif document.status is Status.INDEXED:
            self._leave(document, password)
        elif not document.sha256:
            self.outcomes.failed_before(document)
        else:
            self._send(document, password)

    def read_again(self, document: StoredDocument) -> None:
        """Read the original of a document that was read before, which stores the originals of its members again."""
        self._send(document, "", told=False)

    def finish(self, missing_in: Collection[str] = ()) -> None:
        """Wait for every worker and write what is left, then all that is not current in the index.

        That is what an interrupted run left, what was corrected, or what the bytes or days of another document changed.
        ``missing_in`` are partitions of which the documents without any entry are written too.
        """
        self._drain()
        tried = set[tuple[str, int]]()
        while late := [one for one in self._pending(missing_in) if (one.id, one.revision) not in tried]:
            tried.update((one.id, one.revision) for one in late)
            for document in late:
                self._send(document, "", read=not self.installation.store.derived.is_read(document.sha256), told=False)
            self._drain()
        store, access = self.installation.store, self.installation.store.access(LOCAL_USER)
        for outdated in expressions_to_reindex(store, self.engine.name, [one.id for one in store.collections(access)]):
            for document in _still_held(store, access, outdated):
                self._send(document, "", read=False, told=False)
            self._drain()

    def _pending(self, missing_in: Collection[str]) -> list[StoredDocument]:
        store, access = self.installation.store, self.installation.store.access(LOCAL_USER)
        found: list[StoredDocument] = []
        for one in store.collections(access):
            generation = self.engine.generation(one.partition)
            late = pending(store, self.engine.name, one.id, generation, missing=one.partition in missing_in)
            found += _still_held(store, access, late)
        return found

    def _is_stale(self, document: StoredDocument) -> bool:
        """Whether the index lacks the document's current revision, or other models than today's made its entry."""
        store, engine = self.installation.store, self.engine
        if document.collection not in self.generations:
            partition = store.collection(store.access(LOCAL_USER), document.collection).partition
            self.generations[document.collection] = engine.generation(partition)
        encoder = encoder_of(store, engine.name, self.generations[document.collection], document.id)
        return encoder is None or is_outdated(self.installation.settings, document, encoder)

    def _stored(self, file: Incoming) -> Original:
        original = store_bytes(self.installation.store, file, self.sending.scratch)
        self.outcomes.counts["restored"] += original.restored
        return original

    def _enter(self, file: Incoming, original: Original, parent: str = "") -> None:
        document = enter_file(self.installation.store, file, original, self.sending.scratch, parent)
        self.arrived.append((document, file.options.password))

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

    def _send(self, document: StoredDocument, password: str, *, read: bool = True, told: bool = True) -> None:
        try:
            self.sending.send(InFlight(document, self.sending.folder(), password, told, read))
        except RogatioError as error:
            if error.code != "indexing.no_such_document":
                raise
            if told:  # it was deleted in the meantime
                self.outcomes.did_not_arrive(document.source, document.collection, error)
        while self.sending.is_full:
            self._collect()

    def _drain(self) -> None:
        """Wait for every worker and write what is left."""
        while self.sending.running or self.ready:
            while self.sending.running:
                self._collect()
                self._go_on_with_arrived()
            self._write()
            self._go_on_with_arrived()
        self.outcomes.keep()

    def _collect(self) -> None:
        """Wait for a worker and take over what it made."""
        for sent, made in self.sending.collected():
            if isinstance(made, Prepared):
                made = self._with_members(sent, made)
            if isinstance(made, Prepared):
                self.ready.append((sent, made))
            else:
                self._could_not(sent, made)
                shutil.rmtree(sent.scratch, ignore_errors=True)
        passages = sum(prepared.passages for _, prepared in self.ready)
        if passages >= PASSAGES_OF_A_WRITE or len(self.ready) >= DOCUMENTS_OF_A_WRITE:
            self._write()

    def _could_not(self, sent: InFlight, error: RogatioError) -> None:
        """List a file as failed; one that was read before, perhaps with a password, stays as it is."""
        if sent.document.status is not Status.INDEXED:
            self.outcomes.failed(sent.document, error, told=sent.told)
        elif sent.told:
            self._leave(sent.document, sent.password)

    def _with_members(self, sent: InFlight, made: Prepared) -> Prepared | RogatioError:
        """Return ``made`` once all members are entered, or why one could not be stored: the next ingest tries again.

        The budget is checked once more, since other containers of the same parents were unpacked at the same time.
        """
        try:
            left = budget_for(self.installation.store, sent.document) if made.members else Budget()
            for member in made.members:
                left = left.less(1, member.path.stat().st_size if member.path else 0)
                self._member_arrives(sent, member)
        except RogatioError as error:
            return error
        return made

    def _member_arrives(self, sent: InFlight, member: Member) -> None:
        file = incoming_member(sent.document, member, sent.password)
        if member.path:
            self._enter(file, self._stored(file), sent.document.id)
            self.outcomes.known += 1
        else:
            self.outcomes.known += 1
            error = member.error or RogatioError("extraction.malformed", media_type=sent.document.media_type)
            self.outcomes.failed(enter_lost(self.installation.store, file, sent.document.id), error)

    def _write(self) -> None:
        """Give the engine what is ready, and report it once it is recorded; what is superseded is processed again."""
        ready, self.ready = self.ready, []
        self.generations.clear()
        store = self.installation.store
        if read := [(sent.document, prepared.reader) for sent, prepared in ready if sent.read and prepared.reader]:
            outdate_copies(store, read)
        made = [(sent.document, prepared) for sent, prepared in ready]
        written = write_prepared(self.installation, self.engine, made)
        again = {one.id: one for one in superseded(store, made, written)}
        for sent, prepared in ready:
            shutil.rmtree(sent.scratch, ignore_errors=True)
            if not sent.told:
                continue  # what is superseded is still pending
            if sent.document.id in again:
                self.arrived.append((again[sent.document.id], sent.password))
            else:
                self.outcomes.indexed(sent.document, prepared.pages)
        self.outcomes.keep()


def _still_held(store: Store, access: AccessFilter, documents: Iterable[str]) -> Iterator[StoredDocument]:
    """Yield those of ``documents`` (ids) that were not deleted in the meantime."""
    for document_id in documents:
        try:
            document = store.document(access, document_id)
        except RogatioError:
            continue
        yield document
