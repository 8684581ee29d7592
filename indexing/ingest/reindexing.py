"""Rebuild of a partition's index from the store while the old generation answers."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from contextlib import suppress
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING

from extraction.errors import RogatioError
from extraction.worker import Workers
from indexing.access import LOCAL_USER, AccessFilter
from indexing.engines.protocol import Engine
from indexing.ingest.batch_log import BatchLog
from indexing.ingest.index_commit import Made, confirm, learned, superseded
from indexing.ingest.preparation import prepare_in_worker
from indexing.ingest.run import DOCUMENTS_OF_A_WRITE, Dispatch, IngestRun
from indexing.ingest.tasks import WORKER_MODULES, Prepared, task_for, work_folder
from indexing.ingest.validity_reindex import dated_records
from indexing.records.record import Record
from indexing.records.validity import Validity
from indexing.store.deletion import finish_removals
from indexing.store.locks import index_lock
from indexing.store.reading import Selection
from indexing.store.rows import StoredDocument
from indexing.store.schema import Status
from indexing.store.writing import writing

if TYPE_CHECKING:
    from indexing.installation import Installation


@dataclass(frozen=True, slots=True)
class ReindexReport:
    """How many documents were written to ``engine``, and as how many records."""

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
    """Build ``partition`` (or every one) anew in ``engine`` (or that of the settings) from what the store holds.

    Nothing is extracted again; annotations only where another version of the pipelines made them. What the index holds
    is recorded once it answers; what was corrected or came in meanwhile is then written to it. Raises
    ``indexing.no_such_space``.
    """
    target = installation.open_engine(engine or installation.settings.engine)
    access = installation.store.access(LOCAL_USER)
    partitions = _partitions(installation, access, partition)
    counted: Counter[str] = Counter()
    finish_removals(installation.store, target)
    with work_folder(installation.settings.home) as scratch, Workers(workers, preload=WORKER_MODULES) as pool:
        for one in partitions:
            _Rebuild(installation, target, one, pool, scratch, on_progress, counted).run()
        sending = Dispatch(installation, pool, scratch)
        IngestRun(installation, target, LOCAL_USER, BatchLog(installation.store), sending).finish(partitions)
    return ReindexReport(target.name, counted["documents"], counted["records"])


def _partitions(installation: Installation, access: AccessFilter, wanted: str) -> list[str]:
    held = sorted({one.partition for one in installation.store.collections(access)})
    if wanted and wanted not in held:
        raise RogatioError("indexing.no_such_space", space=wanted[:80], spaces=", ".join(held))
    return [wanted] if wanted else held


@dataclass(slots=True)
class _Rebuild:
    """One partition: documents with the worker that prepares them, and what the new index was given so far."""

    installation: Installation
    engine: Engine
    partition: str
    pool: Workers
    scratch: Path
    on_progress: Callable[[int, int], None]
    counted: Counter[str]
    running: deque[tuple[StoredDocument, Future[Prepared]]] = field(default_factory=deque)
    made: Made = field(default_factory=list)
    known: dict[str, Validity] = field(default_factory=dict)

    def run(self) -> None:
        generation = self.engine.rebuild(self.partition, self._batches())
        self.engine.refresh(self.partition)
        with index_lock(self.installation.store, self.engine.name, self.partition):
            for first in range(0, len(self.made), DOCUMENTS_OF_A_WRITE):
                some = self.made[first : first + DOCUMENTS_OF_A_WRITE]
                confirm(self.installation.store, self.engine.name, generation, some, self.known)

    def _batches(self) -> Iterator[list[Record]]:
        """Yield the records of each document, made anew by the workers."""
        for document in self._documents():
            self._submit(document)
            if len(self.running) >= 3 * self.pool.count:
                yield self._taken(*self.running.popleft())
        while self.running:
            yield self._taken(*self.running.popleft())

    def _documents(self) -> Iterator[StoredDocument]:
        """Yield what is indexed, and then what an ingest marked as indexed in the meantime."""
        seen: set[str] = set()
        store, access = self.installation.store, self.installation.store.access(LOCAL_USER)
        collections = [one.id for one in store.collections(access) if one.partition == self.partition]
        self.counted["known"] += sum(store.counts(access, one).get(Status.INDEXED, 0) for one in collections)
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

    def _taken(self, document: StoredDocument, future: Future[Prepared]) -> list[Record]:
        """Return the records of a document; none where it was deleted, or corrected and so is submitted again."""
        try:
            prepared = self.pool.outcome(future)
        except RogatioError:
            if _is_here(self.installation, document):
                raise
            return []
        made = [(document, prepared)]
        with writing(self.installation.store) as session:
            current, known = learned(session, made)
        if not current:
            for one in superseded(self.installation.store, made, ()):
                self._submit(one)
            return []
        records = list(dated_records(prepared, known))
        if prepared.records:
            prepared.records.unlink()
        self._take_note(current, known, len(records))
        return records

    def _take_note(self, current: Made, known: Mapping[str, Validity], records: int) -> None:
        self.made += current
        self.known |= known
        self.counted.update(documents=1, records=records)
        self.on_progress(self.counted["documents"], max(self.counted["documents"], self.counted["known"]))


def _is_here(installation: Installation, document: StoredDocument) -> bool:
    """Tell whether nobody has deleted the document in the meantime."""
    chosen = Selection(collection=document.collection, sha256=document.sha256)
    return any(
        one.id == document.id
        for one in installation.store.every_document(installation.store.access(LOCAL_USER), chosen)
    )
