"""Writing of prepared documents to an engine, then to the store."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING, Any

from indexing.engines.protocol import Engine
from indexing.ingest.tasks import Prepared
from indexing.ingest.validity_reindex import dated_records, record_claims, written_validity
from indexing.records.validity import Validity
from indexing.store.deletion import remove_derived
from indexing.store.entities import write_entities
from indexing.store.rows import StoredDocument
from indexing.store.schema import Status
from indexing.store.writing import settle

if TYPE_CHECKING:
    from indexing.installation import Installation


def write_prepared(installation: Installation, engine: Engine, made: Sequence[tuple[StoredDocument, Prepared]]) -> None:
    """Give ``engine`` the records of documents, then mark these as indexed; what was deleted meanwhile leaves nothing.

    In this order: who is killed in between writes the same records again.
    """
    store = installation.store
    known = record_claims(store, [prepared for _, prepared in made])
    by_space: dict[str, list[Prepared]] = defaultdict(list)
    for _, prepared in made:
        if prepared.records:
            by_space[prepared.facts.space].append(prepared)
    for space, several in by_space.items():
        engine.write(space, (record for prepared in several for record in dated_records(prepared, known)))
        engine.refresh(space)
    gone = settle(
        store, [(document.id, settle_documents(prepared, known.get(document.id))) for document, prepared in made]
    )
    write_entities(store, [document.id for document, _ in made if document.id not in gone])
    for document, prepared in made:
        if document.id in gone:
            engine.delete(prepared.facts.space, [document.id])
            engine.refresh(prepared.facts.space)
            remove_derived(store, document)


def settle_documents(prepared: Prepared, validity: Validity | None) -> Mapping[str, Any]:
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
        "validity": written_validity(validity),
    }
