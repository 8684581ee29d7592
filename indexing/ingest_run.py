"""One run of ingest: what is on its way, what is ready to be written, and what became of the rest."""

from __future__ import annotations

import shutil
import tempfile
from collections import Counter, deque
from collections.abc import Callable, Mapping
from concurrent.futures import FIRST_COMPLETED, Future, wait
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from extraction.errors import RogatioError
from extraction.read import Member, reader_of
from extraction.worker import Workers
from indexing.access import Principal
from indexing.dated_records import dated_records, learn
from indexing.embedding import open_encoder
from indexing.entity_writing import write_entities
from indexing.git_history import LawVersion
from indexing.incoming import Incoming, IngestOptions, printable
from indexing.ingest_report import Failure, IngestEvent, IngestReport
from indexing.store import Selection
from indexing.store_rows import StoredDocument
from indexing.store_schema import Status
from indexing.store_writing import Arrival, add_items, arrive, leave_nothing, read_by_another, settle
from indexing.tasks import Prepared, prepare_in_worker
from indexing.validity import Validity
from indexing.work_entry import enter
from indexing.works import as_written, outdated

if TYPE_CHECKING:
    from indexing.library import Library

PASSAGES_OF_A_WRITE = 4000
DOCUMENTS_OF_A_WRITE = 400
WAITING_PER_WORKER = 3


@dataclass(frozen=True, slots=True)
class _Sent:
    """``told`` says whether it is one of the files that came in, which are told of and counted."""

    document: StoredDocument
    scratch: Path
    password: str
    told: bool = True


@dataclass(slots=True)
class IngestRun:
    """``known`` counts every file seen so far; each of them is told of exactly once."""

    library: Library
    principal: Principal
    on_event: Callable[[IngestEvent], None]
    pool: Workers
    scratch: Path
    batch: str
    known: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    running: dict[Future[Prepared], _Sent] = field(default_factory=dict)
    arrived: deque[tuple[StoredDocument, str]] = field(default_factory=deque)
    ready: list[tuple[_Sent, Prepared]] = field(default_factory=list)
    lines: list[Mapping[str, Any]] = field(default_factory=list)
    again: list[StoredDocument] = field(default_factory=list)

    def take(self, file: Incoming) -> None:
        """Keep a file's bytes, enter it, and send it to a worker if anything is left to do."""
        self._arrive(file)
        self._go_on_with_arrived()

    def take_version(self, version: LawVersion, options: IngestOptions) -> None:
        """Keep a text that a law had at a day, as ``take`` does with a file."""
        self.known += 1
        passing = self.scratch / "version"
        passing.write_bytes(version.content)
        self.take(Incoming(passing, version.name, version.place, options, version=version.claim))

    def _arrive(self, file: Incoming, parent: str = "") -> None:
        try:
            if file.leads_out:
                raise RogatioError("indexing.link_leads_out")
            original = self.library.store.originals.keep(file.path, self.scratch)
        except RogatioError as error:
            self._tell(file.name, "", file.options.collection, Status.FAILED, error)
            return
        document = arrive(self.library.store, _arrival(file, parent, original.sha256, original.size))
        if file.version:
            enter(self.library.store, {document.id: file.version})
        self.arrived.append((document, file.options.password))

    def _go_on_with_arrived(self) -> None:
        while self.arrived:
            self.go_on(*self.arrived.popleft())

    def go_on(self, document: StoredDocument, password: str = "") -> None:
        """Do what is left to do for a document that has arrived."""
        if document.duplicate_of:
            settle(self.library.store, [(document.id, {"status": Status.DUPLICATE})])
            self._tell_of(document, Status.DUPLICATE)
        elif document.status is Status.INDEXED and _is_read_by_another(document):
            self._send(document, password)
        elif document.status is Status.INDEXED and document.passages and self._is_stale(document):
            self._send(document, password, read=False, annotate=False)
            self._go_on_with_members(document, password)
        elif document.status is Status.INDEXED:
            self.counts["unchanged"] += 1
            self._tell_of(document, Status.INDEXED)
            self._go_on_with_members(document, password)
        elif not document.sha256:
            self._tell_of(document, Status.FAILED, RogatioError(document.error, **document.error_facts))
        else:
            self._send(document, password)

    def finish(self) -> None:
        """Wait for every worker and write what is left."""
        while self.running:
            self._collect()
            self._go_on_with_arrived()
        self._write()
        for document in self.again:
            self._send(document, "", read=False, told=False)
        while self.running:
            self._collect()
        self._write()
        self._renew()

    def _renew(self) -> None:
        """Write the laws anew whose version is ended by one that came in."""
        store = self.library.store
        for collection in store.collections(store.access(self.principal)):
            for document_id in outdated(store, collection.id):
                document = store.document(store.access(self.principal), document_id)
                self._send(document, "", read=False, annotate=False, told=False)
        while self.running:
            self._collect()
        self._write()

    def _is_stale(self, document: StoredDocument) -> bool:
        """Whether other pipelines than today's made its annotations, or another encoder its vectors."""
        from nlp.pipeline import version

        annotated, _, encoded = document.annotation_version.partition(" ")
        encoder = open_encoder(self.library.settings)
        return annotated != version() or (encoder is not None and encoded != encoder.version)

    def report(self) -> IngestReport:
        return IngestReport(
            batch=self.batch,
            came_in=self.known,
            indexed=self.counts[Status.INDEXED],
            duplicates=self.counts[Status.DUPLICATE],
            failed=self.counts[Status.FAILED],
            unchanged=self.counts["unchanged"],
            pages=self.counts["pages"],
            failures=tuple(self.failures),
        )

    def _go_on_with_members(self, document: StoredDocument, password: str) -> None:
        store = self.library.store
        for member in store.every_document(store.access(self.principal), Selection(parent=document.id)):
            self.known += 1
            self.go_on(member, password)

    def _send(
        self, document: StoredDocument, password: str, *, read: bool = True, annotate: bool = True, told: bool = True
    ) -> None:
        sent = _Sent(document, Path(tempfile.mkdtemp(dir=self.scratch)), password, told)
        task = self.library.task(document, sent.scratch, password, read=read, annotate=annotate)
        self.running[self.pool.submit(prepare_in_worker, task)] = sent
        while len(self.running) >= WAITING_PER_WORKER * self.pool.count:
            self._collect()

    def _collect(self) -> None:
        """Wait for a worker and take over what it made."""
        done, _ = wait(self.running, return_when=FIRST_COMPLETED)
        for future in done:
            sent = self.running.pop(future)
            try:
                prepared = self.pool.outcome(future)
            except RogatioError as error:
                self._could_not(sent, error)
                shutil.rmtree(sent.scratch, ignore_errors=True)
                continue
            for member in prepared.members:
                self._member_arrives(sent, member)
            self.ready.append((sent, prepared))  # a container is through only when all its members have arrived
        passages = sum(prepared.passages for _, prepared in self.ready)
        if passages >= PASSAGES_OF_A_WRITE or len(self.ready) >= DOCUMENTS_OF_A_WRITE:
            self._write()

    def _could_not(self, sent: _Sent, error: RogatioError) -> None:
        """List a file as failed; one that was read before, perhaps with a password, stays as it is."""
        if sent.document.status is not Status.INDEXED:
            self._fail(sent.document, error)
        elif sent.told:
            self.counts["unchanged"] += 1
            self._tell_of(sent.document, Status.INDEXED)
            self._go_on_with_members(sent.document, sent.password)

    def _member_arrives(self, sent: _Sent, member: Member) -> None:
        self.known += 1
        parent = sent.document
        options = IngestOptions(parent.collection, parent.case_file, password=sent.password)
        file = Incoming(member.path or Path(), printable(Path(member.name).name), printable(member.name), options)
        if member.path:
            self._arrive(file, parent.id)
        else:
            error = member.error or RogatioError("extraction.malformed", media_type=parent.media_type)
            self._fail(arrive(self.library.store, _arrival(file, parent.id, "", 0)), error)

    def _write(self) -> None:
        """Give the engine what is ready, then mark it as indexed."""
        ready, self.ready = self.ready, []
        known = learn(self.library.store, [prepared for _, prepared in ready])
        by_space: dict[str, list[Prepared]] = {}
        for _, prepared in ready:
            if prepared.records:
                by_space.setdefault(prepared.facts.space, []).append(prepared)
        for space, made in by_space.items():
            self.library.engine.write(space, (record for one in made for record in dated_records(one, known)))
            self.library.engine.refresh(space)
        done = [(sent.document.id, settled(prepared, known.get(sent.document.id))) for sent, prepared in ready]
        gone = settle(self.library.store, done)
        write_entities(self.library.store, [sent.document.id for sent, _ in ready if sent.document.id not in gone])
        for sent, prepared in ready:
            if sent.document.id in gone:
                self.library.engine.delete(prepared.facts.space, [sent.document.id])
                leave_nothing(self.library.store, sent.document)
        for sent, prepared in ready:
            if sent.told:
                self.counts["pages"] += prepared.pages
                self._tell_of(sent.document, Status.INDEXED)
                self.again += read_by_another(self.library.store, sent.document, prepared.reader)
            shutil.rmtree(sent.scratch, ignore_errors=True)
        add_items(self.library.store, self.batch, self.lines)
        self.lines.clear()

    def _fail(self, document: StoredDocument, error: RogatioError) -> None:
        failed = {"status": Status.FAILED, "error": error.code, "error_facts": error.facts}
        settle(self.library.store, [(document.id, failed)])
        self._tell_of(document, Status.FAILED, error)

    def _tell_of(self, document: StoredDocument, status: Status, error: RogatioError | None = None) -> None:
        self._tell(document.source, document.id, document.collection, status, error)

    def _tell(self, source: str, document_id: str, collection: str, status: Status, error: RogatioError | None) -> None:
        self.counts[status] += 1
        done = sum(self.counts[one] for one in Status)
        if error:
            self.failures.append(Failure(source, error))
        self.lines.append(
            {
                "ordinal": done,
                "source": source,
                "document": document_id,
                "collection": collection,
                "status": status,
                "error": error.code if error else "",
                "error_facts": dict(error.facts) if error else {},
            }
        )
        self.on_event(IngestEvent(source, document_id, status, error, done, self.known))


def _is_read_by_another(document: StoredDocument) -> bool:
    """Whether another release of its reader than today's read it."""
    return bool(document.reader_version) and document.reader_version != reader_of(document.media_type)


def _arrival(file: Incoming, parent: str, sha256: str, size: int) -> Arrival:
    return Arrival(
        sha256=sha256,
        size=size,
        source=file.name,
        place=file.place,
        collection=file.options.collection,
        case_file=file.options.case_file,
        parent=parent,
        hints=file.options.hints,
        version=file.version is not None,
    )


def settled(prepared: Prepared, validity: Validity | None) -> Mapping[str, Any]:
    """Return the columns of a document that a worker's result sets."""
    facts = prepared.facts
    return {
        "status": Status.INDEXED,
        "error": "",
        "error_facts": {},
        "title": facts.title,
        "document_type": facts.document_type,
        "jurisdiction": facts.jurisdiction,
        "date": facts.date,
        "language": facts.language,
        "media_type": prepared.media_type,
        "pages": prepared.pages,
        "passages": prepared.passages,
        "warnings": " ".join(prepared.warnings),
        "reader_version": prepared.reader,
        "annotation_version": prepared.annotation_version,
        "text_sha256": prepared.text_sha256,
        "validity": as_written(validity),
    }
