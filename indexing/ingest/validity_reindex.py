"""Reindexing of expressions whose period of validity changed because of another expression."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from indexing.ingest.tasks import Prepared, read_records
from indexing.records.record import Record
from indexing.records.validity import Validity
from indexing.store.reading import Store
from indexing.store.schema import IndexEntryRow, WorkRow
from indexing.store.work_marks import unmark
from indexing.store.writing import writing
from indexing.works.bitemporal_claims import record_claim
from indexing.works.works import Row, known_validities, rows_of, timeline


def outdated_expressions(store: Store, engine: str, collections: Collection[str]) -> list[str]:
    """Return the documents of which ``engine`` holds records with another validity than is now known.

    So it is with a version that was in force until another one came in, or until the next one was deleted. Only marked
    works are asked; those of which all is well lose their marks.
    """
    marked = select(WorkRow.id).where(WorkRow.changed.is_not(None), WorkRow.collection.in_(collections))
    with writing(store) as session:
        seen = session.execute(marked.add_columns(WorkRow.changed)).tuples().all()
        late = {work: _late(session, engine, versions) for work, versions in rows_of(session, marked).items()}
        unmark(session, [(work, changed) for work, changed in seen if changed and not late.get(work)])
    return [document for documents in late.values() for document in documents]


def expressions_to_reindex(store: Store, engine: str, collections: Collection[str]) -> Iterator[list[str]]:
    """Yield documents to be written anew, until no others are outdated; each list is written when the next is asked."""
    asked: set[str] = set()
    while late := [document for document in outdated_expressions(store, engine, collections) if document not in asked]:
        asked.update(late)
        yield late


def _late(session: Session, engine: str, versions: list[Row]) -> list[str]:
    """Return the versions of a work of which ``engine`` holds records with another validity than is known."""
    known = {one.document: written_validity(one.validity) for one in timeline(versions)}
    entries = select(IndexEntryRow.document, IndexEntryRow.validity)
    entries = entries.where(IndexEntryRow.engine == engine, IndexEntryRow.document.in_(known))
    written = session.execute(entries).tuples()
    return [document for document, validity in written if validity not in ("", known[document])]


def written_validity(validity: Validity | None) -> str:
    """Return what the store notes of the validity that records were written with; never empty for a law."""
    return "" if validity is None else f"{validity.start}/{validity.end}/{validity.earliest}/{validity.latest}"


def record_claims(session: Session, made: Iterable[Prepared]) -> Mapping[str, Validity]:
    """Enter what laws say of themselves and return when each is in force, by document."""
    claims = {one.facts.document_id: one.claim for one in made}
    record_claim(session, claims)
    return known_validities(session, [document for document, claim in claims.items() if claim])


def dated_records(prepared: Prepared, known: Mapping[str, Validity]) -> Iterator[Record]:
    """Yield the records that a worker left in its file, those of a law with their validity."""
    validity = known.get(prepared.facts.document_id)
    for record in read_records(prepared.records) if prepared.records else ():
        yield replace(record, facts=replace(record.facts, validity=validity)) if validity else record
