"""Pending deletions and legal holds in the REST API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec
from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_operations import JsonBody, Operation, no_content, object_of
from app.api_parameters import body
from app.documents.four_eyes import deletion_request, withdraw_deletion
from app.documents.holds import hold, hold_file
from app.principal import current_access, current_principal, installation
from indexing.store.holds import hold_on


@dataclass(frozen=True, slots=True)
class Hold:
    held: bool


@dataclass(frozen=True, slots=True)
class CaseFileHold:
    collection: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    case_file: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    held: bool


def get_deletion(document_id: str) -> Response:
    """Return who requested the deletion of a document, if anybody, and whether it is under legal hold."""
    store = installation().store
    stored = store.document(current_access(), document_id)
    pending = deletion_request(store, stored.id)
    asked = {"account": pending.account, "made": pending.made.isoformat()} if pending else None
    return jsonify({"asked": asked, "hold": hold_on(store, stored)})


def withdraw(document_id: str) -> ResponseReturnValue:
    withdraw_deletion(installation().store, document_id, current_principal())
    return "", 204


def hold_document(document_id: str) -> ResponseReturnValue:
    principal = current_principal()
    hold(installation().store, document_id, principal, author=principal.id, held=body(Hold).held)
    return "", 204


def hold_case_file() -> ResponseReturnValue:
    asked = body(CaseFileHold)
    hold_file(installation().store, asked.collection, asked.case_file, current_principal(), held=asked.held)
    return "", 204


OPERATIONS = (
    Operation(
        "/documents/<document_id>/deletion",
        get_deletion,
        "getDeletion",
        tag="documents",
        summary="Pending deletion request and legal hold of a document",
        answer=object_of(
            "Deletion", "`asked` is null without a request; deleteDocument by another person confirms it."
        ),
        endpoint="deletion",
    ),
    Operation(
        "/documents/<document_id>/deletion",
        withdraw,
        "withdrawDeletion",
        tag="documents",
        summary="Withdraw the request to delete a document",
        answer=no_content("The deletion request is withdrawn."),
        method="DELETE",
        endpoint="withdraw_deletion",
    ),
    Operation(
        "/documents/<document_id>/hold",
        hold_document,
        "holdDocument",
        tag="documents",
        summary="Put a document under legal hold, or release it",
        answer=no_content("Under a legal hold, deletion is refused (409)."),
        method="PUT",
        endpoint="hold_document",
        body=JsonBody(Hold, {"held": False}),
    ),
    Operation(
        "/case-files/hold",
        hold_case_file,
        "holdCaseFile",
        tag="documents",
        summary="Put a case file under legal hold, or release it",
        answer=no_content("Under a legal hold, deletion of its documents is refused (409)."),
        method="PUT",
        endpoint="hold_case_file",
        body=JsonBody(CaseFileHold, {"collection": "public", "case_file": "7/2031", "held": False}),
    ),
)
