"""Documents and collections in the REST API: lists, texts, annotations, corrections and deletion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec
from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_operations import Answer, Choice, JsonBody, Operation, Text, Whole, list_of, no_content, object_of, ref
from app.api_parameters import body
from app.documents.deletion_page import delete_or_request
from app.documents.json_form import (
    annotations_json,
    collection_json,
    document_json,
    structure_json,
    text_json,
)
from app.documents.page import original, page
from app.documents.view import PERSONAL
from app.jobs import jobs
from app.labels import codes
from app.principal import current_access, current_principal, installation
from indexing.ingest.corrections import enter_corrections
from indexing.store.reading import Selection
from indexing.store.schema import MAX_NUMBER, Status

MAX_DOCUMENTS = 500
MAX_TEXT = 1_000_000


COLLECTION = Text("collection")
CASE_FILE = Text("case_file")
STATUS = Choice("status", known=("", *Status))
DOCUMENT_TYPE = Choice("document_type", known=("", *codes("document_type")))
LIMIT = Whole("limit", usual=100, least=1, most=MAX_DOCUMENTS)
AFTER = Text("after", description="The id behind which to go on.")
START = Whole("start", usual=0)
END = Whole("end")
WIDTH = Whole("width", usual=900, description="Pixels; the nearest of 400, 900, 1400, 2000 is given.")


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
    limit = LIMIT.value()
    selection = Selection(
        collection=COLLECTION.value(),
        case_file=CASE_FILE.value(),
        status=STATUS.value(),
        document_type=DOCUMENT_TYPE.value(),
    )
    found = installation().store.documents(current_access(), selection, after=AFTER.value(), limit=limit + 1)
    after = found[limit - 1].id if len(found) > limit else ""
    return jsonify({"documents": [document_json(item) for item in found[:limit]], "after": after})


def get_document(document_id: str) -> Response:
    return jsonify(document_json(installation().store.document(current_access(), document_id)))


def get_text(document_id: str) -> Response:
    reading = installation().store.reading(current_access(), document_id)
    start = min(START.value(), len(reading.text))
    end = max(END.value(len(reading.text)), start)
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
    return jsonify(document_json(installation().store.document(current_access(), document_id)))


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
            "Documents by id; `after` is empty at the end.",
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
            LIMIT,
            AFTER,
        ),
        endpoint="documents",
    ),
    Operation(
        "/documents/<document_id>",
        get_document,
        "getDocument",
        tag="documents",
        summary="What is known of a document",
        answer=object_of("Document", "The document."),
        endpoint="document",
    ),
    Operation(
        "/documents/<document_id>",
        delete_document,
        "deleteDocument",
        tag="documents",
        summary="Delete a document with everything made of it, and what came attached to it or inside it",
        answer=no_content("It is gone."),
        also=(
            Answer(
                "It waits for a second person.",
                {"type": "object", "required": ["state"], "properties": {"state": {"const": "second_person_needed"}}},
                202,
            ),
        ),
        method="DELETE",
        endpoint="delete_document",
        description="Where there are accounts, a second account has to ask for the same deletion (four eyes).",
    ),
    Operation(
        "/documents/<document_id>/corrections",
        correct_document,
        "correctDocument",
        tag="documents",
        summary="Set a fact of a document right, or the text of one of its pages",
        answer=object_of("Document", "The document as it is held now."),
        method="POST",
        endpoint="correct_document",
        description=(
            "It is kept through every new reading of the file. The document is indexed again in the "
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
                "page": {"description": "From 1, of `page_text`."},
                "revision": {
                    "description": (
                        "The revision of the document that the correction was made from; where it has another by now, "
                        "nothing is recorded and the answer is 409."
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
        summary="Its text, at most a million characters at once",
        answer=object_of("Text", "The text between two offsets, with its pages and blocks."),
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
        summary="What the pipelines say of it",
        answer=object_of("Annotations", "Type, languages and spans."),
        description="Persons are named only in the files of an authority, never in public law.",
        endpoint="document_annotations",
    ),
    Operation(
        "/documents/<document_id>/structure",
        get_structure,
        "getStructure",
        tag="documents",
        summary="Its articles, parts or sections",
        answer=list_of("structure", "Unit", "Units in reading order, outer ones first."),
        endpoint="structure",
    ),
    Operation(
        "/documents/<document_id>/original",
        original,
        "getOriginal",
        tag="documents",
        summary="Its bytes as they came in",
        answer=Answer("The file.", content={"application/octet-stream": {}}),
    ),
    Operation(
        "/documents/<document_id>/pages/<int:number>.webp",
        page,
        "getPageImage",
        tag="documents",
        summary="A page as an image",
        answer=Answer("The page.", content={"image/webp": {}}),
        endpoint="page_image",
        parameters=(WIDTH,),
    ),
    Operation(
        "/collections",
        list_collections,
        "listCollections",
        tag="installation",
        summary="Collections that may be seen, with their counts",
        answer=list_of("collections", "Collection", "Collections."),
        endpoint="collections",
    ),
)
