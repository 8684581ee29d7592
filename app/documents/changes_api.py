"""Changes of several documents, and release from quarantine, in the REST API."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated, Any

import msgspec
from flask import Response, jsonify

from app.api_operations import JsonBody, Operation, list_of, object_of, ref
from app.api_parameters import body
from app.audit.recording import note, note_documents
from app.documents.changes import MAX_DOCUMENTS, Changes, change_documents, release_documents
from app.documents.json_form import documents_json
from app.jobs import jobs
from app.principal import current_access, current_principal, installation
from indexing.store.rows import CORRECTABLE
from indexing.store.tags import MAX_TAG_LENGTH, MAX_TAGS


@dataclass(frozen=True, slots=True)
class DocumentChanges:
    """Omitted fields remain unchanged; an empty ``case_file`` takes the documents out of theirs."""

    documents: Annotated[list[str], msgspec.Meta(min_length=1, max_length=MAX_DOCUMENTS)]
    collection: str | None = None
    case_file: Annotated[str, msgspec.Meta(max_length=200)] | None = None
    document_type: str | None = None
    jurisdiction: str | None = None
    title: Annotated[str, msgspec.Meta(max_length=500)] | None = None
    date: str | None = None
    add_tags: Annotated[list[str], msgspec.Meta(max_length=MAX_TAGS)] = field(default_factory=list)
    remove_tags: Annotated[list[str], msgspec.Meta(max_length=MAX_TAGS)] = field(default_factory=list)


def change() -> Response:
    """Change all named documents, or none of them if one may not be changed."""
    asked = body(DocumentChanges)
    fields = {name: value for name in CORRECTABLE if (value := getattr(asked, name)) is not None}
    principal = current_principal()
    tags = tuple(asked.add_tags), tuple(asked.remove_tags)
    changes = Changes(fields, asked.collection, asked.case_file, *tags)
    moved = change_documents(installation(), asked.documents, changes, principal)
    note(**moved.audited)
    note_documents(asked.documents)
    jobs().submit_pending()
    access, store = installation().store.access(principal), installation().store
    changed = [store.document(access, document_id) for document_id in asked.documents]
    return jsonify({"documents": documents_json(changed, store, access)})


def release(document_id: str) -> Response:
    release_documents(installation(), [document_id], current_principal())
    jobs().submit_pending()
    access, store = current_access(), installation().store
    return jsonify(*documents_json([store.document(access, document_id)], store, access))


_REFINED: dict[str, dict[str, Any]] = {
    "collection": {"pattern": "^[A-Za-z0-9][A-Za-z0-9_ .-]{0,63}$"},
    "document_type": ref("DocumentType"),
    "jurisdiction": ref("Country"),
    "date": ref("DocumentDate"),
    "add_tags": {"items": {"type": "string", "maxLength": MAX_TAG_LENGTH, "pattern": "^[^,]*[^,\\s][^,]*$"}},
    "remove_tags": {"items": {"type": "string"}},
}

OPERATIONS = (
    Operation(
        "/documents/changes",
        change,
        "changeDocuments",
        tag="documents",
        summary="Correct or tag several documents, or move them to another collection or case file",
        answer=list_of("documents", "Document", "The updated documents."),
        method="POST",
        endpoint="change_documents",
        description=(
            "Either all documents are changed or, if one may not be changed, none. Attachments and archive "
            "members move with their document. Indexing takes place in the background; until then a moved "
            "document is found in neither place."
        ),
        body=JsonBody(
            DocumentChanges,
            {"documents": ["0" * 24], "collection": "paris", "case_file": "2031/7", "add_tags": ["urgente"]},
            refined=_REFINED,
        ),
    ),
    Operation(
        "/documents/<document_id>/release",
        release,
        "releaseDocument",
        tag="documents",
        summary="Release a document from quarantine",
        answer=object_of("Document", "The document; it is processed in the background."),
        method="POST",
        endpoint="release_document",
        description=(
            "A document is quarantined if it bears a State's classification marking or was uploaded to published law."
        ),
    ),
)
