"""Quarantine: documents with a classification marking of a State, or uploaded to the wrong collection.

Of a quarantined document only the original is kept, and nothing that can be searched; it counts as neither indexed nor
failed. A person with write access to its collection releases, moves or deletes it.
"""

from __future__ import annotations

from extraction.document import Document
from extraction.errors import RogatioError
from indexing.access import PUBLIC_PARTITION
from indexing.ingest.arrivals import UPLOADED
from indexing.records.record import DocumentFacts
from indexing.store.index_entries import begin_writes
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument
from indexing.store.schema import DocumentRow, QuarantineReleaseRow, Status
from indexing.store.writing import now, writing
from nlp.annotations import DocumentType
from nlp.classification_markings import classification_marking
from nlp.document_kinds import is_request

MARKING, MISPLACED = "indexing.classification_marking", "indexing.wrong_collection"
SURE = 0.7
"""Least confidence of a document type that speaks against the chosen collection."""


def screened_for(outermost_place: str) -> frozenset[str]:
    """Return the errors for which a document may be quarantined that was not released from quarantine.

    ``outermost_place`` is that of its outermost container, or its own. The collection is checked only for uploads,
    since the operator names it explicitly on the command line.
    """
    uploaded = outermost_place.startswith(UPLOADED)
    return frozenset({MARKING, MISPLACED} if uploaded else {MARKING})


def refuse_marked(screened: frozenset[str], document: Document) -> None:
    """Raise ``indexing.classification_marking`` for a document that bears one."""
    if MARKING in screened and (level := classification_marking(document)):
        raise RogatioError(MARKING, level=level)


def refuse_misplaced(screened: frozenset[str], facts: DocumentFacts, found: DocumentType) -> None:
    """Raise ``indexing.wrong_collection`` for a request in published law, unless the uploader gave its type."""
    is_misplaced = facts.partition == PUBLIC_PARTITION and not facts.document_type and is_request(found.label)
    if MISPLACED in screened and is_misplaced and found.confidence >= SURE:
        raise RogatioError(MISPLACED, collection=facts.collection)


def release(store: Store, document: StoredDocument, author: str, engine: str) -> None:
    """Release a document from quarantine; ``process_pending`` reads it. The caller has checked the right to write.

    Raises ``indexing.not_quarantined``.
    """
    with writing(store) as session:
        row = session.get_one(DocumentRow, document.id, with_for_update=True)
        if row.status != Status.QUARANTINED:
            raise RogatioError("indexing.not_quarantined", document=document.id)
        session.merge(QuarantineReleaseRow(document=document.id, author=author, made=now()))
        row.status, row.error, row.error_facts = Status.WAITING, "", {}
        begin_writes(session, engine, [document.id])
