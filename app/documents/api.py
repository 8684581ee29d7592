"""What the REST API changes of a document: what a person sets right, and its deletion."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec
from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_parameters import body
from app.json_form import document_json
from app.principal import current_access, current_principal, installation
from app.uploads import job_records
from indexing.ingest.corrections import correct, delete
from indexing.store.schema import MOST_NUMBER


@dataclass(frozen=True, slots=True)
class NewCorrection:
    """A field of ``CORRECTABLE``, or the ``page_text`` of a ``page`` (from 1)."""

    field: str
    value: Annotated[str, msgspec.Meta(max_length=100_000)]
    page: Annotated[int, msgspec.Meta(ge=0, le=MOST_NUMBER)] = 0


def add_rules(api: Blueprint) -> None:
    api.add_url_rule("/documents/<document_id>/corrections", "correct_document", corrected, methods=["POST"])
    api.add_url_rule("/documents/<document_id>", "delete_document", deleted, methods=["DELETE"])


def corrected(document_id: str) -> Response:
    """Set a field right and answer the document as it is held then."""
    asked = body(NewCorrection)
    correct(installation(), document_id, asked.field, asked.value, current_principal(), page=asked.page)
    return jsonify(document_json(installation().store.document(current_access(), document_id)))


def deleted(document_id: str) -> ResponseReturnValue:
    """Delete a document with everything made of it and what came inside it."""
    job_records.forget(installation().store, delete(installation(), document_id, current_principal()))
    return "", 204
