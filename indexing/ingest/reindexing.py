"""Rebuild of a partition's index from the store while the live generation answers queries."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path

from extraction.errors import RogatioError
from extraction.worker import Workers
from indexing.access import LOCAL_USER, AccessFilter
from indexing.engines.protocol import Engine
from indexing.ingest.batch_log import BatchLog
from indexing.ingest.dispatch import Dispatch
from indexing.ingest.index_writing import Results, confirm, dated_records, learned, superseded
from indexing.ingest.preparation import prepare_in_worker
from indexing.ingest.run import DOCUMENTS_OF_A_WRITE, IngestRun
from indexing.ingest.tasks import WORKER_MODULES, Prepared, task_for, work_folder
from indexing.installation import Installation
from indexing.records.record import Record
from indexing.records.validity import Validity
from indexing.store.deletion import finish_removals
from indexing.store.index_entries import index_lock
from indexing.store.reading import Selection
from indexing.store.rows import StoredDocument
from indexing.store.schema import Status
from indexing.store.writing import writing


@dataclass(frozen=True, slots=True)
class ReindexReport:
    """Numbers of documents and records written to ``engine``."""

    engine: str
    documents: int
    records: int


def reindex(
    installation: Installation,
    engine: str = "",
    partition: str = "",
    on_progress: Callable[[int, int], None] = lambda done, known: None,
    *,
    workers: int = 0,
) -> ReindexReport:
    """Rebuild ``partition`` (by default all) in ``engine`` (by default that of the settings) from the store.

    Files are not read again; annotations are renewed only if made by another version of the pipeline. The state of the
    index is recorded once it is live; documents corrected or ingested meanwhile are then written to it. Raises
    ``indexing.no_such_space``.
    """
    target = installation.open_engine(engine or installation.settings.engine)
    access = installation.store.access(LOCAL_USER)
    partitions = _partitions(installation, access, partition)
    counted: Counter[str] = Counter()
    with work_folder(installation.settings.home) as scratch, Workers(workers, preload=WORKER_MODULES) as pool:
        for name in partitions:
            _Rebuild(installation, target, name, pool, scratch, on_progress, counted).run()
        # after the rebuild, since an index of another release refuses every other change
        finish_removals(installation.store, target, partitions)
        dispatch = Dispatch(installation, pool, scratch)
        IngestRun(installation, target, LOCAL_USER, BatchLog(installation.store), dispatch).finish(partitions)
    return ReindexReport(target.name, counted["documents"], counted["records"])


def _partitions(installation: Installation, access: AccessFilter, partition: str) -> list[str]:
    existing = sorted({collection.partition for collection in installation.store.collections(access)})
    if partition and partition not in existing:
        raise RogatioError("indexing.no_such_space", space=partition[:80], spaces=", ".join(existing))
    return [partition] if partition else existing


@dataclass(slots=True)
class _Rebuild:
    """Rebuild of one partition: documents being prepared, and results given to the new index so far."""

    installation: Installation
    engine: Engine
    partition: str
    pool: Workers
    scratch: Path
    on_progress: Callable[[int, int], None]
    counted: Counter[str]
    running: deque[tuple[StoredDocument, Future[Prepared]]] = field(default_factory=deque)
    prepared: Results = field(default_factory=list)
    known: dict[str, Validity] = field(default_factory=dict)

    def run(self) -> None:
        generation = self.engine.rebuild(self.partition, self._batches())
        self.engine.refresh(self.partition)
        with index_lock(self.installation.store, self.engine.name, self.partition):
            for first in range(0, len(self.prepared), DOCUMENTS_OF_A_WRITE):
                results = self.prepared[first : first + DOCUMENTS_OF_A_WRITE]
                confirm(self.installation.store, self.engine.name, generation, results, self.known)

    def _batches(self) -> Iterator[list[Record]]:
        """Yield the records of each document as prepared by the workers."""
        for document in self._documents():
            self._submit(document)
            if len(self.running) >= 3 * self.pool.count:
                yield self._collect(*self.running.popleft())
        while self.running:
            yield self._collect(*self.running.popleft())

    def _documents(self) -> Iterator[StoredDocument]:
        """Yield the indexed documents, then those that an ingest indexed in the meantime."""
        seen: set[str] = set()
        store, access = self.installation.store, self.installation.store.access(LOCAL_USER)
        collections = [each.id for each in store.collections(access) if each.partition == self.partition]
        self.counted["known"] += sum(store.counts(access, name).get(Status.INDEXED, 0) for name in collections)
        for collection in collections * 2:
            for document in store.every_document(access, Selection(collection=collection, status=Status.INDEXED)):
                if document.passages and document.id not in seen:
                    seen.add(document.id)
                    yield document

    def _submit(self, document: StoredDocument) -> None:
        scratch = self.scratch / document.id
        scratch.mkdir(exist_ok=True)
        with suppress(RogatioError):  # it was deleted in the meantime
            task = task_for(self.installation, document, scratch, read=False)
            self.running.append((document, self.pool.submit(prepare_in_worker, task)))

    def _collect(self, document: StoredDocument, future: Future[Prepared]) -> list[Record]:
        """Return the records of a document; none if it was deleted, or corrected and therefore submitted again."""
        try:
            prepared = self.pool.outcome(future)
        except RogatioError:
            if _is_here(self.installation, document):
                raise
            return []
        results = [(document, prepared)]
        with writing(self.installation.store) as session:
            current, known = learned(session, results)
        if not current:
            for changed in superseded(self.installation.store, results, ()):
                self._submit(changed)
            return []
        records = list(dated_records(prepared, known))
        if prepared.records:
            prepared.records.unlink()
        self._count(current, known, len(records))
        return records

    def _count(self, current: Results, known: Mapping[str, Validity], records: int) -> None:
        self.prepared += current
        self.known |= known
        self.counted.update(documents=1, records=records)
        self.on_progress(self.counted["documents"], max(self.counted["documents"], self.counted["known"]))


def _is_here(installation: Installation, document: StoredDocument) -> bool:
    """Return whether the document still exists."""
    chosen = Selection(collection=document.collection, sha256=document.sha256)
    return any(
        other.id == document.id
        for other in installation.store.every_document(installation.store.access(LOCAL_USER), chosen)
    )
