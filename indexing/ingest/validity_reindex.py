"""Reindexing of expressions whose period of validity changed because of another expression."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from indexing.ingest.tasks import Prepared, read_records
from indexing.records.record import Record
from indexing.records.validity import Validity
from indexing.store.index_entries import unmark
from indexing.store.reading import Store
from indexing.store.schema import IndexEntryRow, WorkRow
from indexing.store.writing import writing
from indexing.works.bitemporal_claims import record_claim
from indexing.works.works import Row, known_validities, rows_of, timeline


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
    return "" if validity is None else f"{validity.start}/{validity.end}/{validity.earliest}/{validity.latest}"


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
