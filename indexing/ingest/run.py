"""One ingest run: arrivals, documents sent to workers, bulk writes."""

from __future__ import annotations

import shutil
from collections import deque
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass, field

from extraction.errors import RogatioError
from extraction.members import Budget
from extraction.read import Member, reader_of
from indexing.access import LOCAL_USER, Principal
from indexing.engines.protocol import Engine
from indexing.ingest.arrivals import (
    Incoming,
    IngestOptions,
    enter_file,
    enter_lost,
    incoming_member,
    require_space_for_members,
    store_bytes,
)
from indexing.ingest.batch_log import BatchLog
from indexing.ingest.dispatch import Dispatch, InFlight
from indexing.ingest.git_history import LawVersion
from indexing.ingest.index_writing import expressions_to_reindex, superseded, write_prepared
from indexing.ingest.tasks import Prepared, budget_for
from indexing.installation import Installation
from indexing.settings import Settings
from indexing.store.index_entries import encoder_of, pending
from indexing.store.originals import Original
from indexing.store.quotas import EXCEEDED
from indexing.store.reading import Selection
from indexing.store.rows import StoredDocument
from indexing.store.schema import Status
from indexing.store.writing import has_locked_members, outdate_copies, settle
from indexing.vectors.encoder import open_encoder


def is_read_by_another(document: StoredDocument) -> bool:
    """Return whether a document was read by another release of its reader than the present one."""
    return bool(document.reader_version) and document.reader_version != reader_of(document.media_type)


def is_outdated(settings: Settings, document: StoredDocument, encoder: str) -> bool:
    """Return whether annotations or vectors were made by another pipeline or ``encoder`` than the present one.

    Without vectors (``""``) a document is not outdated; it gets them once all are found by words.
    """
    from nlp.pipeline import version

    today = open_encoder(settings)
    return document.annotation_version != version() or (today is not None and encoder not in ("", today.version))


PASSAGES_OF_A_WRITE = 4000
DOCUMENTS_OF_A_WRITE = 400


@dataclass(slots=True)
class IngestRun:
    """Run state: arrivals with passwords, tasks in flight, and results awaiting the next bulk write to ``engine``.

    ``generations`` caches the live generation by collection until the next write, ``tried`` has the ids of documents
    sent to a worker. With ``words_first`` new documents are written without vectors, which
    :func:`indexing.ingest.encoding.encode_waiting` adds.
    """

    installation: Installation
    engine: Engine
    principal: Principal
    log: BatchLog
    dispatch: Dispatch
    words_first: bool = False
    arrived: deque[tuple[StoredDocument, str]] = field(default_factory=deque)
    ready: list[tuple[InFlight, Prepared]] = field(default_factory=list)
    generations: dict[str, str] = field(default_factory=dict)
    tried: set[str] = field(default_factory=set)

    def take(self, file: Incoming) -> None:
        """Store a file's bytes, enter it, and send it to a worker if necessary.

        A file that cannot be stored, or exceeds a quota, is reported as failed; database errors end the run.
        """
        try:
            original = self._stored(file)
        except RogatioError as error:
            self.log.did_not_arrive(file.name, file.options.collection, error)
            return
        try:
            self._enter(file, original)
        except RogatioError as error:
            if error.code != EXCEEDED:
                raise
            self.log.did_not_arrive(file.name, file.options.collection, error)
        self._go_on_with_arrived()

    def take_version(self, version: LawVersion, options: IngestOptions) -> None:
        """Ingest an expression of a law, as :meth:`take` does with a file."""
        self.log.known += 1
        file = self.dispatch.scratch / "version"
        file.write_bytes(version.content)
        self.take(Incoming(file, version.name, version.place, options, version=version.claim))

    def go_on(self, document: StoredDocument, password: str = "") -> None:
        """Continue with a document that has arrived, by its status."""
        if document.duplicate_of:
            self._go_on_with_copy(document, password)
        elif document.status is Status.INDEXED and (
            is_read_by_another(document) or (password and has_locked_members(self.installation.store, document.id))
        ):
            self._send(document, password)
        elif document.status is Status.INDEXED and document.passages and self._is_stale(document):
            self._send(document, password, read=False)
            self._go_on_with_members(document, password)
        elif document.status is Status.INDEXED:
            self._leave(document, password)
        elif not document.sha256 or document.status is Status.QUARANTINED:
            self.log.failed_before(document)
        else:
            self._send(document, password)

    def _go_on_with_copy(self, copy: StoredDocument, password: str) -> None:
        """Report a copy as a duplicate, or read its first copy for it if an interrupted run left that unread.

        What this run has tried to read is not tried again.
        """
        first = next(self.existing([copy.duplicate_of]), None)
        if first is None or first.id in self.tried or not self._is_left(first, password):
            self.log.duplicate(copy)
            if first is not None and password and first.id not in self.tried:  # which may open what is in its members
                self._go_on_with_members(first, password)
            return
        settle(self.installation.store, [(copy.id, {"status": Status.DUPLICATE})])
        self.log.names[first.id] = copy.source
        self.go_on(first, password)

    def _is_left(self, document: StoredDocument, password: str) -> bool:
        """Return whether a document is still to be read, or has members that the password may open."""
        if document.status in (Status.WAITING, Status.FAILED):
            return True
        return bool(password) and has_locked_members(self.installation.store, document.id)

    def read_again(self, document: StoredDocument) -> None:
        """Read the original of a document again, which restores the originals of its members."""
        self._send(document, "", reported=False)

    def finish(self, missing_in: Collection[str] = ()) -> None:
        """Wait for all workers and write their results, then process all documents not current in the index.

        These were left by an interrupted run, corrected, or affected by the text or dates of another document. In the
        partitions ``missing_in``, documents without any index entry are written too.
        """
        self.drain()
        tried = set[tuple[str, int]]()
        while pending := [each for each in self._pending(missing_in) if (each.id, each.revision) not in tried]:
            tried.update((each.id, each.revision) for each in pending)
            for document in pending:
                self._send(
                    document, "", read=not self.installation.store.derived.is_read(document.sha256), reported=False
                )
            self.drain()
        store = self.installation.store
        collections = [collection.id for collection in store.collections(store.access(LOCAL_USER))]
        for outdated in expressions_to_reindex(store, self.engine.name, collections):
            self.process_again(outdated)

    def process_again(self, documents: Iterable[str]) -> None:
        """Process the stored text of those of ``documents`` (ids) that still exist again, and write the results."""
        for document in self.existing(documents):
            self._send(document, "", read=False, reported=False)
        self.drain()

    def _pending(self, missing_in: Collection[str]) -> list[StoredDocument]:
        store, access = self.installation.store, self.installation.store.access(LOCAL_USER)
        documents: list[StoredDocument] = []
        for collection in store.collections(access):
            generation = self.engine.generation(collection.partition)
            missing = collection.partition in missing_in
            ids = pending(store, self.engine.name, collection.id, generation, missing=missing)
            documents += self.existing(ids)
        return documents

    def existing(self, documents: Iterable[str]) -> Iterator[StoredDocument]:
        """Yield those of ``documents`` (ids) that still exist."""
        store, access = self.installation.store, self.installation.store.access(LOCAL_USER)
        for document_id in documents:
            try:
                document = store.document(access, document_id)
            except RogatioError:
                continue
            yield document

    def _is_stale(self, document: StoredDocument) -> bool:
        """Return whether the index entry is not current or was made by outdated models."""
        store, engine = self.installation.store, self.engine
        if document.collection not in self.generations:
            partition = store.collection(store.access(LOCAL_USER), document.collection).partition
            self.generations[document.collection] = engine.generation(partition)
        encoder = encoder_of(store, engine.name, self.generations[document.collection], document.id)
        return encoder is None or is_outdated(self.installation.settings, document, encoder)

    def _stored(self, file: Incoming) -> Original:
        original = store_bytes(self.installation.store, file, self.dispatch.scratch)
        self.log.counts["restored"] += original.restored
        return original

    def _enter(self, file: Incoming, original: Original, parent: str = "") -> None:
        document = enter_file(self.installation.store, file, original, self.dispatch.scratch, parent)
        self.arrived.append((document, file.options.password))

    def _go_on_with_arrived(self) -> None:
        while self.arrived:
            self.go_on(*self.arrived.popleft())

    def _leave(self, document: StoredDocument, password: str) -> None:
        self.log.unchanged(document)
        self._go_on_with_members(document, password)

    def _go_on_with_members(self, document: StoredDocument, password: str) -> None:
        store = self.installation.store
        for member in store.every_document(store.access(self.principal), Selection(parent=document.id)):
            self.log.known += 1
            self.go_on(member, password)

    def _send(self, document: StoredDocument, password: str, *, read: bool = True, reported: bool = True) -> None:
        self.tried.add(document.id)
        try:
            sent = InFlight(document, self.dispatch.folder(), password, reported, read, self.words_first)
            self.dispatch.send(sent)
        except RogatioError as error:
            if error.code != "indexing.no_such_document":
                raise
            if reported:  # it was deleted in the meantime
                self.log.did_not_arrive(document.source, document.collection, error)
        while self.dispatch.is_full:
            self._collect()

    def drain(self) -> None:
        """Wait for all workers and write their results."""
        while self.dispatch.running or self.ready:
            while self.dispatch.running:
                self._collect()
                self._go_on_with_arrived()
            self._write()
            self._go_on_with_arrived()
        self.log.keep()

    def _collect(self) -> None:
        """Wait for a worker and collect its result; write when enough results have accumulated."""
        for sent, outcome in self.dispatch.collected():
            if isinstance(outcome, Prepared):
                outcome = self._with_members(sent, outcome)
            if isinstance(outcome, Prepared):
                self.ready.append((sent, outcome))
            else:
                self._fail(sent, outcome)
                shutil.rmtree(sent.scratch, ignore_errors=True)
        passages = sum(prepared.passages for _, prepared in self.ready)
        if passages >= PASSAGES_OF_A_WRITE or len(self.ready) >= DOCUMENTS_OF_A_WRITE:
            self._write()

    def _fail(self, sent: InFlight, error: RogatioError) -> None:
        """Report a failed file; one that was read before, perhaps with a password, remains unchanged."""
        if sent.document.status is not Status.INDEXED:
            self.log.failed(sent.document, error, reported=sent.reported)
        elif sent.reported:
            self._leave(sent.document, sent.password)

    def _with_members(self, sent: InFlight, prepared: Prepared) -> Prepared | RogatioError:
        """Enter the members and return ``prepared``, or an error if one could not be stored (then retried later).

        The budget is checked again because containers with the same parents may have been unpacked concurrently.
        """
        try:
            require_space_for_members(self.installation.store, sent.document, prepared.members)
            left = budget_for(self.installation.store, sent.document) if prepared.members else Budget()
            for member in prepared.members:
                left = left.less(1, member.path.stat().st_size if member.path else 0)
                self._member_arrives(sent, member)
        except RogatioError as error:
            return error
        return prepared

    def _member_arrives(self, sent: InFlight, member: Member) -> None:
        file = incoming_member(sent.document, member, sent.password)
        if member.path:
            self._enter(file, self._stored(file), sent.document.id)
            self.log.known += 1
        else:
            self.log.known += 1
            error = member.error or RogatioError("extraction.malformed", media_type=sent.document.media_type)
            self.log.failed(enter_lost(self.installation.store, file, sent.document.id), error)

    def _write(self) -> None:
        """Write the results to the engine and report them once recorded; superseded ones are processed again."""
        ready, self.ready = self.ready, []
        self.generations.clear()
        store = self.installation.store
        if read := [(sent.document, prepared.reader) for sent, prepared in ready if sent.read and prepared.reader]:
            outdate_copies(store, read)
        results = [(sent.document, prepared) for sent, prepared in ready]
        written = write_prepared(self.installation, self.engine, results)
        again = {document.id: document for document in superseded(store, results, written)}
        for sent, prepared in ready:
            shutil.rmtree(sent.scratch, ignore_errors=True)
            if not sent.reported:
                continue  # if superseded, it is still pending
            if sent.document.id in again:
                self.arrived.append((again[sent.document.id], sent.password))
            else:
                self.log.indexed(sent.document, prepared.pages)
        self.log.keep()
