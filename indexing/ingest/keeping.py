"""What is done with documents that are already here: corrected, deleted, indexed anew, counted."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Callable, Iterator, Mapping
from concurrent.futures import Future
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy.engine import make_url

from extraction.errors import RogatioError
from extraction.worker import Workers
from indexing.access import LOCAL_USER, AccessFilter, Principal
from indexing.embedding import open_encoder
from indexing.engine import Engine
from indexing.entities.writing import write_entities
from indexing.ingest.prepared_writing import settled, write_prepared
from indexing.ingest.tasks import WORKER_MODULES, Prepared, prepare_in_worker
from indexing.ingest.work_folder import work_folder
from indexing.records import Record
from indexing.store.arrivals import note
from indexing.store.reading import Selection
from indexing.store.rows import PAGE_TEXT, StoredDocument
from indexing.store.schema import Status
from indexing.store.writing import leave_nothing, record_correction, remove, settle, writing
from indexing.works.dated_records import dated_records, learn
from indexing.works.validity import Validity
from indexing.works.works import renewals

if TYPE_CHECKING:
    from indexing.library import Library


@dataclass(frozen=True, slots=True)
class ReindexReport:
    engine: str
    documents: int
    records: int


@dataclass(frozen=True, slots=True)
class LibraryStatus:
    """``documents`` counts by status, with pages and passages; ``records`` by space of the engine.

    ``by_words_alone`` counts documents whose passages the encoder that is configured has not encoded yet.
    """

    home: str
    engine: str
    database: str
    documents: Mapping[str, int]
    records: Mapping[str, int]
    unfinished: int
    by_words_alone: int = 0


def correct(
    library: Library, document_id: str, field: str, value: str, principal: Principal = LOCAL_USER, *, page: int = 0
) -> None:
    """Set a field of ``CORRECTABLE``, or the ``page_text`` of a page (from 1), and index the document anew.

    Raises ``indexing.no_such_document``, ``indexing.not_correctable`` or ``indexing.no_such_page``.
    """
    access = library.store.access(principal)
    document = library.store.document(access, document_id)
    if field == PAGE_TEXT:
        library.store.page_text(access, document_id, page)
    record_correction(library.store, document_id, field, value, principal.id, page=page)
    if document.status is Status.INDEXED and document.passages:
        _write_anew(library, document, library.engine)
        _renew(library, document.collection, library.engine)
        with writing(library.store) as session:
            note(session, [document.id])


def _write_anew(library: Library, document: StoredDocument, engine: Engine, *, annotate: bool = True) -> None:
    """Index a document anew from the text that the store has."""
    with work_folder(library.settings.home) as scratch:
        prepared = prepare_in_worker(library.task(document, scratch, read=False, annotate=annotate))
        write_prepared(library, engine, [(document, prepared)])


def _renew(library: Library, collection: str, engine: Engine) -> None:
    """Write the versions of laws anew that another one ends, or no longer ends."""
    for late in renewals(library.store, [collection]):
        for document_id in late:
            document = library.store.document(library.store.access(LOCAL_USER), document_id)
            _write_anew(library, document, engine, annotate=False)


def delete(library: Library, document_id: str, principal: Principal = LOCAL_USER) -> tuple[str, ...]:
    """Delete a document with everything made of it, and what was attached to it or inside it; return all their ids.

    Where a copy with the same bytes was linked to it, that copy is indexed in its place.
    """
    store = library.store
    access = store.access(principal)
    document = store.document(access, document_id)
    removed: tuple[str, ...] = ()
    for member in list(store.every_document(access, Selection(parent=document_id))):
        removed += delete(library, member.id, principal)
    space = store.collection(access, document.collection).space
    library.engine.delete(space, [document_id])
    library.engine.refresh(space)
    heir = remove(store, document, principal.id)
    # a rebuild that had read it from the store before the row was gone does not know of the first deletion
    library.engine.delete(space, [document_id])
    if heir:
        library.resume([heir], principal)
    _renew(library, document.collection, library.engine)
    return (*removed, document_id)


def reindex(
    library: Library,
    engine: str = "",
    space: str = "",
    on_progress: Callable[[int, int], None] = lambda done, known: None,
    *,
    workers: int = 0,
) -> ReindexReport:
    """Build ``space`` (or every one) anew in ``engine`` (or that of the settings) from what the store holds.

    Nothing is extracted again; annotations only where another version of the pipelines made them.
    """
    target = library.open_engine(engine or library.settings.engine)
    access = library.store.access(LOCAL_USER)
    spaces = [space] if space else sorted({one.space for one in library.store.collections(access)})
    counted: Counter[str] = Counter()
    with work_folder(library.settings.home) as scratch, Workers(workers, preload=WORKER_MODULES) as pool:
        again = _Again(library, access, pool, scratch, on_progress, counted)
        for one in spaces:
            target.rebuild(one, again.batches(one))
            target.refresh(one)
    for collection in library.store.collections(access):
        if collection.space in spaces:
            _renew(library, collection.id, target)
    return ReindexReport(engine or library.settings.engine, counted["documents"], counted["records"])


@dataclass(slots=True)
class _Again:
    library: Library
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
            task = self.library.task(document, scratch, read=False, annotate=False)
            running.append((document, self.pool.submit(prepare_in_worker, task)))
            if len(running) >= 3 * self.pool.count:
                yield self._taken(*running.popleft())
        while running:
            yield self._taken(*running.popleft())

    def _documents(self, space: str) -> Iterator[StoredDocument]:
        """Yield what is indexed, and then what an ingest marked as indexed in the meantime."""
        seen: set[str] = set()
        store, access = self.library.store, self.access
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
            if _is_here(self.library, document):
                raise
            return []
        known = learn(self.library.store, [prepared])
        if settle(self.library.store, [(document.id, settled(prepared, known.get(document.id)))]):
            leave_nothing(self.library.store, document)
            return []
        write_entities(self.library.store, [document.id])
        records = _records(prepared, known)
        self.counted.update(documents=1, records=len(records))
        self.on_progress(self.counted["documents"], max(self.counted["documents"], self.counted["known"]))
        return records


def _is_here(library: Library, document: StoredDocument) -> bool:
    """Tell whether nobody has deleted the document in the meantime."""
    chosen = Selection(collection=document.collection, sha256=document.sha256)
    return any(one.id == document.id for one in library.store.every_document(library.store.access(LOCAL_USER), chosen))


def _records(prepared: Prepared, known: Mapping[str, Validity]) -> list[Record]:
    records = list(dated_records(prepared, known))
    if prepared.records:
        prepared.records.unlink()
    return records


def _wholly_readable(library: Library, access: AccessFilter) -> list[str]:
    """Return the spaces all of which may be seen: the engine counts a space without a filter."""
    everything = dict(library.store.access(LOCAL_USER).readable)
    return [space for space, collections in access.readable if collections == everything[space]]


def status(library: Library, principal: Principal) -> LibraryStatus:
    """Return what the installation holds of what ``principal`` may see."""
    access = library.store.access(principal)
    encoder = open_encoder(library.settings)
    return LibraryStatus(
        home=str(library.settings.home),
        engine=library.settings.engine,
        database=make_url(library.settings.database).render_as_string(hide_password=True),
        documents=library.store.counts(access),
        records={space: library.engine.count(space) for space in _wholly_readable(library, access)},
        by_words_alone=library.store.not_encoded(access, encoder.version) if encoder else 0,
        unfinished=sum(batch.finished is None for batch in library.store.batches(access)),
    )
