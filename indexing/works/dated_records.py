"""Records with what is known of when their version of a law is in force, which depends on the versions beside it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from indexing.ingest.tasks import Prepared, read_records
from indexing.records import Record
from indexing.store.reading import Store
from indexing.works.entry import enter
from indexing.works.validity import Validity
from indexing.works.works import validities


def learn(store: Store, made: Iterable[Prepared]) -> Mapping[str, Validity]:
    """Enter what laws say of themselves and return when each is in force, by document."""
    claims = {one.facts.document_id: one.claim for one in made}
    enter(store, claims)
    return validities(store, [document for document, claim in claims.items() if claim])


def dated_records(prepared: Prepared, known: Mapping[str, Validity]) -> Iterator[Record]:
    """Yield the records that a worker left in its file, those of a law with their validity."""
    validity = known.get(prepared.facts.document_id)
    for record in read_records(prepared.records) if prepared.records else ():
        yield replace(record, facts=replace(record.facts, validity=validity)) if validity else record
