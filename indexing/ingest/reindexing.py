"""Rebuild of a partition's index from the store while the old generation answers."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from extraction.errors import RogatioError
from extraction.worker import Workers
from indexing.access import LOCAL_USER, AccessFilter
from indexing.ingest.corrections import reannotate
from indexing.ingest.index_writing import settle_documents
from indexing.ingest.preparation import prepare_in_worker
from indexing.ingest.tasks import WORKER_MODULES, Prepared, task_for, work_folder
from indexing.ingest.validity_reindex import dated_records, record_claims
from indexing.records.record import Record
from indexing.records.validity import Validity
from indexing.store.deletion import remove_derived
from indexing.store.entities import write_entities
from indexing.store.reading import Selection
from indexing.store.rows import StoredDocument
from indexing.store.schema import Status
from indexing.store.writing import settle

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
    space: str = "",
    on_progress: Callable[[int, int], None] = lambda done, known: None,
    *,
    workers: int = 0,
) -> ReindexReport:
    """Build ``space`` (or every one) anew in ``engine`` (or that of the settings) from what the store holds.

    Nothing is extracted again; annotations only where another version of the pipelines made them. Raises
    ``indexing.no_such_space``.
    """
    target = installation.open_engine(engine or installation.settings.engine)
    access = installation.store.access(LOCAL_USER)
    spaces = _spaces(installation, access, space)
    counted: Counter[str] = Counter()
    with work_folder(installation.settings.home) as scratch, Workers(workers, preload=WORKER_MODULES) as pool:
        again = _Again(installation, access, pool, scratch, on_progress, counted)
        for one in spaces:
            target.rebuild(one, again.batches(one))
            target.refresh(one)
    for collection in installation.store.collections(access):
        if collection.space in spaces:
            reannotate(installation, collection.id, target)
    return ReindexReport(engine or installation.settings.engine, counted["documents"], counted["records"])


def _spaces(installation: Installation, access: AccessFilter, wanted: str) -> list[str]:
    held = sorted({one.space for one in installation.store.collections(access)})
    if wanted and wanted not in held:
        raise RogatioError("indexing.no_such_space", space=wanted[:80], spaces=", ".join(held))
    return [wanted] if wanted else held


@dataclass(slots=True)
class _Again:
    installation: Installation
    access: AccessFilter
    pool: Workers
    scratch: Path
    on_progress: Callable[[int, int], None]
    counted: Counter[str]

    def batches(self, space: str) -> Iterator[list[Record]]:
        """Yield the records of each document of ``space``, made anew by the workers."""
        running: deque[tuple[StoredDocument, Future[Prepared]]] = deque()
        for document in self._documents(space):
            scratch = self.scratch / document.id
            scratch.mkdir()
            task = task_for(self.installation, document, scratch, read=False, annotate=False)
            running.append((document, self.pool.submit(prepare_in_worker, task)))
            if len(running) >= 3 * self.pool.count:
                yield self._taken(*running.popleft())
        while running:
            yield self._taken(*running.popleft())

    def _documents(self, space: str) -> Iterator[StoredDocument]:
        """Yield what is indexed, and then what an ingest marked as indexed in the meantime."""
        seen: set[str] = set()
        store, access = self.installation.store, self.access
        collections = [one.id for one in store.collections(access) if one.space == space]
        self.counted["known"] += sum(store.counts(access, one).get(Status.INDEXED, 0) for one in collections)
        for collection in collections * 2:
            for document in store.every_document(access, Selection(collection=collection, status=Status.INDEXED)):
                if document.passages and document.id not in seen:
                    seen.add(document.id)
                    yield document

    def _taken(self, document: StoredDocument, future: Future[Prepared]) -> list[Record]:
        try:
            prepared = self.pool.outcome(future)
        except RogatioError:
            if _is_here(self.installation, document):
                raise
            return []
        known = record_claims(self.installation.store, [prepared])
        if settle(self.installation.store, [(document.id, settle_documents(prepared, known.get(document.id)))]):
            remove_derived(self.installation.store, document)
            return []
        write_entities(self.installation.store, [document.id])
        records = _records(prepared, known)
        self.counted.update(documents=1, records=len(records))
        self.on_progress(self.counted["documents"], max(self.counted["documents"], self.counted["known"]))
        return records


def _is_here(installation: Installation, document: StoredDocument) -> bool:
    """Tell whether nobody has deleted the document in the meantime."""
    chosen = Selection(collection=document.collection, sha256=document.sha256)
    return any(
        one.id == document.id
        for one in installation.store.every_document(installation.store.access(LOCAL_USER), chosen)
    )


def _records(prepared: Prepared, known: Mapping[str, Validity]) -> list[Record]:
    records = list(dated_records(prepared, known))
    if prepared.records:
        prepared.records.unlink()
    return records
