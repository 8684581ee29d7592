"""Documents and collections in the REST API: lists, texts, annotations, corrections and deletion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec
from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from app.api_parameters import body, number, one_of
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
from app.uploads import job_records
from indexing.ingest.corrections import enter_corrections, remove
from indexing.store.reading import Selection
from indexing.store.schema import MOST_NUMBER, Status

MOST_DOCUMENTS = 500
MOST_TEXT = 1_000_000


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """A field of ``CORRECTABLE``, or the ``page_text`` of a ``page`` (from 1).

    ``revision`` is the document's revision that the correction was made from, where the caller wants it checked.
    """

    field: str
    value: Annotated[str, msgspec.Meta(max_length=100_000)]
    page: Annotated[int, msgspec.Meta(ge=0, le=MOST_NUMBER)] = 0
    revision: Annotated[int, msgspec.Meta(ge=0, le=MOST_NUMBER)] | None = None


def add_rules(api: Blueprint) -> None:
    """Add the routes of documents and collections to the API's blueprint."""
    api.add_url_rule("/documents", "documents", documents)
    api.add_url_rule("/documents/<document_id>", "document", document)
    api.add_url_rule("/documents/<document_id>/text", "text", text)
    api.add_url_rule("/documents/<document_id>/annotations", "document_annotations", document_annotations)
    api.add_url_rule("/documents/<document_id>/structure", "structure", structure)
    api.add_url_rule("/documents/<document_id>/original", "original", original)
    api.add_url_rule("/documents/<document_id>/pages/<int:number>.webp", "page_image", page)
    api.add_url_rule("/documents/<document_id>/corrections", "correct_document", corrected, methods=["POST"])
    api.add_url_rule("/documents/<document_id>", "delete_document", deleted, methods=["DELETE"])
    api.add_url_rule("/collections", "collections", collections)


def documents() -> Response:
    limit = number("limit", 100, 1, MOST_DOCUMENTS)
    selection = Selection(
        collection=request.args.get("collection", ""),
        case_file=request.args.get("case_file", ""),
        status=one_of("status", ("", *Status), ""),
        document_type=one_of("document_type", ("", *codes("document_type")), ""),
    )
    found = installation().store.documents(
        current_access(), selection, after=request.args.get("after", ""), limit=limit + 1
    )
    after = found[limit - 1].id if len(found) > limit else ""
    return jsonify({"documents": [document_json(item) for item in found[:limit]], "after": after})


def document(document_id: str) -> Response:
    return jsonify(document_json(installation().store.document(current_access(), document_id)))


def text(document_id: str) -> Response:
    reading = installation().store.reading(current_access(), document_id)
    start = min(number("start", 0, 0, MOST_NUMBER), len(reading.text))
    end = max(number("end", len(reading.text), 0, MOST_NUMBER), start)
    return jsonify(text_json(reading, start, min(end, start + MOST_TEXT, len(reading.text))))


def document_annotations(document_id: str) -> Response:
    """Answer what the pipelines say; persons only within an authority's files."""
    access, store = current_access(), installation().store
    stored = store.document(access, document_id)
    public = store.collection(access, stored.collection).is_public
    hidden = PERSONAL if public else frozenset[str]()
    return jsonify(annotations_json(store.annotations(access, document_id), hidden))


def structure(document_id: str) -> Response:
    held = installation().store.annotations(current_access(), document_id)
    return jsonify({"structure": structure_json(held)})


def collections() -> Response:
    access, store = current_access(), installation().store
    found = store.collections(access)
    return jsonify({"collections": [collection_json(c) | {"counts": store.counts(access, c.id)} for c in found]})


def corrected(document_id: str) -> Response:
    """Record a correction, have it processed, and return the document as it is held then."""
    asked = body(NewCorrection)
    fields = {asked.field: asked.value}
    enter_corrections(
        installation(), document_id, fields, current_principal(), page=asked.page, revision=asked.revision
    )
    jobs().submit_pending()
    return jsonify(document_json(installation().store.document(current_access(), document_id)))


def deleted(document_id: str) -> ResponseReturnValue:
    """Delete a document with everything made of it and what came inside it."""
    job_records.forget(installation().store, remove(installation(), document_id, current_principal()))
    jobs().submit_pending()
    return "", 204
