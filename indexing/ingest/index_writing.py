"""Writes the results of workers to an engine and then to the store.

A result names the revision of the document from which it was made. It is dropped if the revision has increased since,
and the document is processed again. Two transactions surround each write to an engine, announcement (``begin``) and
confirmation (``confirm``). Between them the index entries of the documents are not current
(``indexing.store.index_entries``). The index lock is held throughout. Records of a law are written again when its
period of validity changed because of another expression (``expressions_to_reindex``).
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import replace
from typing import Any, TypeAlias

from sqlalchemy import select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.engines.protocol import Engine
from indexing.ingest.tasks import Prepared, read_entities, read_records
from indexing.installation import Installation
from indexing.records.record import Record
from indexing.records.validity import Validity
from indexing.settings import secret_key
from indexing.store.change_log import comes_in, record_change
from indexing.store.database import serialise
from indexing.store.deletion import remove_derived, request_expunge
from indexing.store.entities import FoundEntity, replace_entities
from indexing.store.index_entries import begin_writes, confirm_writes, index_lock, mark, require_write, unmark
from indexing.store.reading import Store
from indexing.store.rows import PAGE_TEXT, StoredDocument
from indexing.store.schema import CorrectionRow, DocumentRow, IndexEntryRow, Status, WorkRow
from indexing.store.writing import storable, writing
from indexing.works.bitemporal_claims import record_claim
from indexing.works.works import Row, known_validities, rows_of, timeline


def write_prepared(installation: Installation, engine: Engine, results: Results) -> frozenset[str]:
    """Write records to ``engine``, record what it confirmed, and return the ids of the documents written.

    The others have a newer revision or were deleted. If the process is killed at any point, index entries are not
    current and the next run writes the same records again.
    """
    by_partition: dict[str, Results] = defaultdict(list)
    for document, prepared in results:
        by_partition[prepared.facts.partition].append((document, prepared))
    written: set[str] = set()
    for partition, several in by_partition.items():
        with index_lock(installation.store, engine.name, partition):
            current, known = begin(installation.store, engine.name, several)
            generation = _write(engine, partition, current, known)
            written |= confirm(installation.store, engine.name, generation, current, known)
            _forget_corrected(installation.store, engine.name, partition, current)
    return frozenset(written)


def _forget_corrected(store: Store, engine: str, partition: str, results: Results) -> None:
    """Let the words of former records leave the index if persons corrected the text of one of the documents."""
    ids = [document.id for document, _ in results]
    corrected = select(CorrectionRow.id).where(CorrectionRow.document.in_(ids), CorrectionRow.field == PAGE_TEXT)
    with Session(store.database) as session:
        if session.scalar(corrected.limit(1)) is None:
            return
    with writing(store) as session:
        request_expunge(session, engine, partition)


def _write(engine: Engine, partition: str, results: Results, known: Mapping[str, Validity]) -> str:
    """Write the records and return the generation of the index that has them."""
    emptied = [document.id for document, prepared in results if document.passages and not prepared.passages]
    if emptied:
        engine.delete(partition, emptied)
    if not any(prepared.passages for _, prepared in results):
        return engine.generation(partition)
    generation = engine.write(
        partition, (record for _, prepared in results for record in dated_records(prepared, known))
    )
    engine.refresh(partition)
    return generation


Results: TypeAlias = list[tuple[StoredDocument, Prepared]]


def begin(store: Store, engine: str, results: Results) -> tuple[Results, Mapping[str, Validity]]:
    """Return the results that are current and the validity of each law; mark their index entries as unconfirmed."""
    with writing(store) as session:
        current, known = learned(session, results)
        begin_writes(session, engine, [document.id for document, prepared in current if prepared.records])
    return current, known


def learned(session: Session, results: Results) -> tuple[Results, Mapping[str, Validity]]:
    """Record the claims of the current results about laws; return these results and the validity of each law."""
    for collection in sorted({document.collection for document, _ in results}):
        serialise(session, "works", collection)
    rows = _rows(session, results)
    current = [(document, prepared) for document, prepared in results if _is_current(rows, document, prepared)]
    return current, record_claims(session, [prepared for _, prepared in current])


def confirm(
    store: Store, engine: str, generation: str, results: Results, known: Mapping[str, Validity]
) -> frozenset[str]:
    """Record that ``generation`` of the index has the results; return the ids of documents still current.

    Their rows, entities and index entries are written in one transaction; the others are left to the next run.
    """
    entities = {document.id: _entities(store, document, prepared) for document, prepared in results}
    with writing(store) as session:
        rows = _rows(session, results)
        current = [
            (rows[document.id], prepared)
            for document, prepared in results
            if entities[document.id] is not None and _is_current(rows, document, prepared)
        ]
        arrived = [row.id for row, prepared in current if comes_in(row, prepared.passages, prepared.text_sha256)]
        for row, prepared in current:
            _settle(row, prepared, known.get(row.id))
        replace_entities(
            session, {row.id: entities[row.id] or () for row, _ in current}, secret_key(store.derived.home)
        )
        confirm_writes(
            session, engine, generation, [(row, prepared.encoder) for row, prepared in current if prepared.records]
        )
        confirmed = {row.id: prepared.annotations for row, prepared in current}
        for missed in {
            document.id for document, prepared in results if prepared.records
        } & rows.keys() - confirmed.keys():
            require_write(session, engine, missed)
        mark(session, [row.id for row, _ in current if row.validity])
        record_change(session, arrived)
    for document in [document for document, _ in results if document.id in confirmed]:
        store.derived.keep_annotations(document.sha256, document.id, confirmed[document.id])
    return frozenset(confirmed)


def superseded(store: Store, results: Results, written: Collection[str]) -> list[StoredDocument]:
    """Return the present state of documents not ``written``; derived files of deleted ones are removed."""
    access = store.access(LOCAL_USER)
    documents = []
    for document, _ in results:
        if document.id in written:
            continue
        try:
            documents.append(store.document(access, document.id))
        except RogatioError:
            remove_derived(store, document)
    return documents


def _rows(session: Session, results: Results) -> dict[str, DocumentRow]:
    """Return the rows of existing documents, locked until the end of the transaction."""
    statement = select(DocumentRow).where(DocumentRow.id.in_([document.id for document, _ in results]))
    return {row.id: row for row in session.scalars(statement.order_by(DocumentRow.id).with_for_update())}


def _is_current(rows: Mapping[str, DocumentRow], document: StoredDocument, prepared: Prepared) -> bool:
    """Return whether ``document`` was neither corrected, re-read nor deleted since it was prepared."""
    row = rows.get(document.id)
    if row is None or row.revision != document.revision:
        return False
    return row.reader_version in (document.reader_version, prepared.reader)


def _entities(store: Store, document: StoredDocument, prepared: Prepared) -> Sequence[FoundEntity] | None:
    """Return the entities to write; None if the document or its annotations have gone in the meantime."""
    if not prepared.annotations or not prepared.entities:
        return ()
    annotations = store.derived.annotations_path(document.sha256, document.id, prepared.annotations)
    if not (annotations.is_file() and store.derived.is_read(document.sha256)):
        return None
    return read_entities(prepared.entities)


def _settle(row: DocumentRow, prepared: Prepared, validity: Validity | None) -> None:
    for name, value in storable(_columns(prepared)).items():
        setattr(row, name, value)
    row.validity = written_validity(validity)
    row.processed_revision = row.revision


def _columns(prepared: Prepared) -> Mapping[str, Any]:
    """Return the columns of a document set by a worker's result."""
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
        "annotations": prepared.annotations,
        "text_sha256": prepared.text_sha256,
    }


def outdated_expressions(store: Store, engine: str, collections: Collection[str]) -> list[str]:
    """Return the documents whose records in ``engine`` have an outdated validity.

    This happens when the next expression of the law arrives or is deleted. Only marked works are checked; works that
    are up to date are unmarked.
    """
    marked = select(WorkRow.id).where(WorkRow.changed.is_not(None), WorkRow.collection.in_(collections))
    with writing(store) as session:
        marked_works = session.execute(marked.add_columns(WorkRow.changed)).tuples().all()
        outdated = {
            work: _outdated_documents(session, engine, versions) for work, versions in rows_of(session, marked).items()
        }
        unmark(session, [(work, changed) for work, changed in marked_works if changed and not outdated.get(work)])
    return [document for documents in outdated.values() for document in documents]


def expressions_to_reindex(store: Store, engine: str, collections: Collection[str]) -> Iterator[list[str]]:
    """Yield lists of documents to rewrite until none is outdated; the caller writes each before requesting the next."""
    yielded: set[str] = set()
    while outdated := [
        document for document in outdated_expressions(store, engine, collections) if document not in yielded
    ]:
        yielded.update(outdated)
        yield outdated


def _outdated_documents(session: Session, engine: str, versions: list[Row]) -> list[str]:
    """Return the expressions of a work whose records in ``engine`` have an outdated validity."""
    known = {expression.document: written_validity(expression.validity) for expression in timeline(versions)}
    entries = select(IndexEntryRow.document, IndexEntryRow.validity)
    entries = entries.where(IndexEntryRow.engine == engine, IndexEntryRow.document.in_(known))
    written = session.execute(entries).tuples()
    return [document for document, validity in written if validity not in ("", known[document])]


def written_validity(validity: Validity | None) -> str:
    """Return the stored form of the validity of written records; never empty for a law."""
    if validity is None:
        return ""
    bounds = f"{validity.start}/{validity.end}/{validity.earliest}/{validity.latest}"
    return f"{bounds}/{validity.text_of}" if validity.text_of else bounds


def record_claims(session: Session, results: Iterable[Prepared]) -> Mapping[str, Validity]:
    """Record the claims of prepared laws and return the validity of each, by document id."""
    claims = {prepared.facts.document_id: prepared.claim for prepared in results}
    record_claim(session, claims)
    return known_validities(session, [document for document, claim in claims.items() if claim])


def dated_records(prepared: Prepared, known: Mapping[str, Validity]) -> Iterator[Record]:
    """Yield the records in a worker's file, those of a law with their validity."""
    validity = known.get(prepared.facts.document_id)
    for record in read_records(prepared.records) if prepared.records else ():
        yield replace(record, facts=replace(record.facts, validity=validity)) if validity else record
