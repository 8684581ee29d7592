"""Documents and collections in the REST API: lists, texts, annotations, corrections and deletion."""

from __future__ import annotations

import re
from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from app.api_operations import Answer, Choice, JsonBody, Operation, Text, Whole, list_of, no_content, object_of, ref
from app.api_parameters import body
from app.documents.deletion_page import delete_or_request
from app.documents.json_form import (
    annotations_json,
    collection_json,
    documents_json,
    structure_json,
    text_json,
)
from app.documents.page import original, page
from app.documents.view import PERSONAL
from app.jobs import jobs
from app.labels import codes
from app.principal import current_access, current_principal, installation
from extraction.errors import RogatioError
from indexing.ingest.corrections import enter_corrections
from indexing.store.reading import Selection
from indexing.store.schema import MAX_NUMBER, Status
from indexing.store.tags import tag_counts

MAX_DOCUMENTS = 500
MAX_TEXT = 1_000_000


COLLECTION = Text("collection")
CASE_FILE = Text("case_file")
STATUS = Choice("status", known=("", *Status))
DOCUMENT_TYPE = Choice("document_type", known=("", *codes("document_type")))
TAG = Text("tag", description="Return documents with this tag.")
LIMIT = Whole("limit", usual=100, least=1, most=MAX_DOCUMENTS)
_ID = "[0-9a-f]{24}"
AFTER = Text("after", schema={"pattern": f"^({_ID})?$"}, description="Return documents after this id.")
START = Whole("start", usual=0)
END = Whole("end")
WIDTH = Whole("width", usual=900, description="Width in pixels; the nearest of 400, 900, 1400 and 2000 is used.")


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """A field of ``CORRECTABLE``, or the ``page_text`` of a ``page`` (from 1).

    ``revision`` is the document's revision on which the correction is based; it is checked if given.
    """

    field: str
    value: Annotated[str, msgspec.Meta(max_length=100_000)]
    page: Annotated[int, msgspec.Meta(ge=0, le=MAX_NUMBER)] = 0
    revision: Annotated[int, msgspec.Meta(ge=0, le=MAX_NUMBER)] | None = None


def list_documents() -> Response:
    """Return a page of the list; raises ``indexing.cursor_unreadable`` where ``after`` cannot be an id.

    The document of an id may have been deleted since the page before.
    """
    limit, previous = LIMIT.value(), AFTER.value()
    if previous and not re.fullmatch(_ID, previous):
        raise RogatioError("indexing.cursor_unreadable")
    selection = Selection(
        collection=COLLECTION.value(),
        case_file=CASE_FILE.value(),
        status=STATUS.value(),
        document_type=DOCUMENT_TYPE.value(),
        tag=TAG.value(),
    )
    found = installation().store.documents(current_access(), selection, after=previous, limit=limit + 1)
    after = found[limit - 1].id if len(found) > limit else ""
    listed = documents_json(found[:limit], installation().store, current_access())
    return jsonify({"documents": listed, "after": after})


def get_document(document_id: str) -> Response:
    return jsonify(_document(document_id))


def _document(document_id: str) -> dict[str, Any]:
    access, store = current_access(), installation().store
    return documents_json([store.document(access, document_id)], store, access)[0]


def list_tags() -> Response:
    selection = Selection(collection=COLLECTION.value())
    found = tag_counts(installation().store, current_access(), selection)
    return jsonify({"tags": [{"tag": tag, "documents": count} for tag, count in found]})


def get_text(document_id: str) -> Response:
    """Return a part of the text; raises ``app.end_before_start`` where ``end`` is before ``start``."""
    reading = installation().store.reading(current_access(), document_id)
    start = min(START.value(), len(reading.text))
    end = END.value(len(reading.text))
    if end < START.value() and "end" in request.args:
        raise RogatioError("app.end_before_start")
    end = max(end, start)
    return jsonify(text_json(reading, start, min(end, start + MAX_TEXT, len(reading.text))))


def get_annotations(document_id: str) -> Response:
    """Return the annotations; persons only in an authority's files."""
    access, store = current_access(), installation().store
    stored = store.document(access, document_id)
    public = store.collection(access, stored.collection).is_public
    hidden = PERSONAL if public else frozenset[str]()
    return jsonify(annotations_json(store.annotations(access, document_id), hidden))


def get_structure(document_id: str) -> Response:
    held = installation().store.annotations(current_access(), document_id)
    return jsonify({"structure": structure_json(held)})


def list_collections() -> Response:
    access, store = current_access(), installation().store
    found = store.collections(access)
    return jsonify({"collections": [collection_json(c) | {"counts": store.counts(access, c.id)} for c in found]})


def correct_document(document_id: str) -> Response:
    """Record a correction, process the document, and return its new state."""
    correction = body(NewCorrection)
    fields = {correction.field: correction.value}
    enter_corrections(
        installation(), document_id, fields, current_principal(), page=correction.page, revision=correction.revision
    )
    jobs().submit_pending()
    return jsonify(_document(document_id))


def delete_document(document_id: str) -> ResponseReturnValue:
    """Delete a document; if there are accounts, only after a second one has requested it too."""
    if delete_or_request(document_id):
        return "", 204
    return jsonify({"state": "second_person_needed"}), 202


OPERATIONS = (
    Operation(
        "/documents",
        list_documents,
        "listDocuments",
        tag="documents",
        summary="List documents",
        answer=Answer(
            "Documents by id; `after` is empty on the last page.",
            {
                "type": "object",
                "required": ["documents", "after"],
                "properties": {"documents": {"type": "array", "items": ref("Document")}, "after": {"type": "string"}},
            },
        ),
        parameters=(
            COLLECTION,
            CASE_FILE,
            STATUS,
            DOCUMENT_TYPE,
            TAG,
            LIMIT,
            AFTER,
        ),
        endpoint="documents",
    ),
    Operation(
        "/tags",
        list_tags,
        "listTags",
        tag="documents",
        summary="Tags of documents",
        answer=list_of("tags", "DocumentTag", "The tags of the readable documents, of one collection if it is named."),
        parameters=(COLLECTION,),
        endpoint="tags",
    ),
    Operation(
        "/documents/<document_id>",
        get_document,
        "getDocument",
        tag="documents",
        summary="Metadata of a document",
        answer=object_of("Document", "The document."),
        endpoint="document",
    ),
    Operation(
        "/documents/<document_id>",
        delete_document,
        "deleteDocument",
        tag="documents",
        summary="Delete a document with all data derived from it, its attachments and archive members",
        answer=no_content("Deleted."),
        also=(
            Answer(
                "Awaiting confirmation by a second person.",
                {"type": "object", "required": ["state"], "properties": {"state": {"const": "second_person_needed"}}},
                202,
            ),
        ),
        method="DELETE",
        endpoint="delete_document",
        description=(
            "In an installation with accounts, a second account must request the same deletion (four-eyes principle)."
        ),
    ),
    Operation(
        "/documents/<document_id>/corrections",
        correct_document,
        "correctDocument",
        tag="documents",
        summary="Correct a metadata field of a document, or the text of one of its pages",
        answer=object_of("Document", "The updated document."),
        method="POST",
        endpoint="correct_document",
        description=(
            "The correction is kept when the file is reprocessed. The document is indexed again in the "
            "background; until then `is_pending` is true."
        ),
        body=JsonBody(
            NewCorrection,
            {"field": "title", "value": "Ley contra el lavado de activos"},
            refined={
                "field": {"enum": ["document_type", "jurisdiction", "title", "date", "page_text"]},
                "value": {
                    "description": "A country by its ISO 3166 code or name, a date as YYYY, YYYY-MM or YYYY-MM-DD."
                },
                "page": {"description": "Page number from 1, required for `page_text`."},
                "revision": {
                    "description": (
                        "Revision of the document on which the correction is based; if it is no longer current, "
                        "nothing is recorded and the response is 409."
                    ),
                },
            },
            rules={
                "anyOf": [
                    {"properties": {"field": {"enum": ["document_type"]}, "value": ref("DocumentType")}},
                    {"properties": {"field": {"enum": ["jurisdiction"]}, "value": ref("Country")}},
                    {"properties": {"field": {"enum": ["title"]}}},
                    {"properties": {"field": {"enum": ["date"]}, "value": ref("DocumentDate")}},
                    {"properties": {"field": {"enum": ["page_text"]}, "page": {"minimum": 1}}, "required": ["page"]},
                ]
            },
        ),
    ),
    Operation(
        "/documents/<document_id>/text",
        get_text,
        "getText",
        tag="documents",
        summary="Text of a document, at most one million characters per request",
        answer=object_of("Text", "The text between two offsets, with pages and blocks."),
        parameters=(
            START,
            END,
        ),
        endpoint="text",
    ),
    Operation(
        "/documents/<document_id>/annotations",
        get_annotations,
        "getAnnotations",
        tag="documents",
        summary="Annotations of a document",
        answer=object_of("Annotations", "Type, languages and spans."),
        description="Persons are annotated only in the files of an authority, never in public law.",
        endpoint="document_annotations",
    ),
    Operation(
        "/documents/<document_id>/structure",
        get_structure,
        "getStructure",
        tag="documents",
        summary="Structure of a document: articles, parts or sections",
        answer=list_of("structure", "Unit", "Units in reading order, outer units first."),
        endpoint="structure",
    ),
    Operation(
        "/documents/<document_id>/original",
        original,
        "getOriginal",
        tag="documents",
        summary="The original file",
        answer=Answer("The file.", content={"application/octet-stream": {}}),
    ),
    Operation(
        "/documents/<document_id>/pages/<int:number>.webp",
        page,
        "getPageImage",
        tag="documents",
        summary="Image of a page",
        answer=Answer("The page.", content={"image/webp": {}}),
        endpoint="page_image",
        parameters=(WIDTH,),
    ),
    Operation(
        "/collections",
        list_collections,
        "listCollections",
        tag="installation",
        summary="Readable collections with their counts",
        answer=list_of("collections", "Collection", "Collections."),
        endpoint="collections",
    ),
)
