"""Granted passages in the REST API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_operations import JsonBody, Operation, Text, Whole, list_of, no_content
from app.api_parameters import body, iso_time
from app.audit.recording import note, note_documents
from app.passages.passages import MAX_NOTE, FoundPassage, own_passages, share, shared, take_back
from app.principal import current_access, current_principal, installation
from indexing.store.passage_grants import PassageGrant
from indexing.store.schema import MAX_NUMBER

Place = Annotated[int, msgspec.Meta(ge=0, le=MAX_NUMBER)]
QUERY = Text("q", longest=2000, description="Words that the passages have, in any form.")
DOCUMENT = Text("document_id", description="Only passages of this document.")
ACCOUNT = Text("account", longest=64, required=True, example="eva")
START = Whole("start", usual=0)
END = Whole("end", usual=0)


@dataclass(frozen=True, slots=True)
class NewPassageGrant:
    """The range ``[start, end)`` of the document's text; ``note`` is read by the account."""

    account: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    start: Place
    end: Place
    note: Annotated[str, msgspec.Meta(max_length=MAX_NOTE)] = ""


def list_passages() -> Response:
    """Return the passages that were granted to the caller."""
    found = own_passages(installation().store, current_access(), QUERY.value(), DOCUMENT.value())
    note_documents(match.passage.grant.document for match in found)
    return jsonify({"passages": [_passage_json(match) for match in found]})


def list_passage_grants(document_id: str) -> Response:
    grants = shared(installation().store, current_access(), document_id)
    return jsonify({"grants": [_grant_json(grant) for grant in grants]})


def grant_passage(document_id: str) -> ResponseReturnValue:
    asked = body(NewPassageGrant)
    note(account=asked.account)
    ranges = [(asked.start, asked.end)]
    share(installation().store, document_id, ranges, current_principal(), asked.account, asked.note)
    return "", 204


def revoke_passage(document_id: str) -> ResponseReturnValue:
    note(account=ACCOUNT.value()[:64])
    take_back(installation().store, document_id, START.value(), END.value(), current_principal(), ACCOUNT.value())
    return "", 204


def _passage_json(found: FoundPassage) -> dict[str, Any]:
    passage = found.passage
    return {
        "document_id": passage.grant.document,
        "page": passage.page,
        "language": passage.language,
        "text": passage.text,
    } | {name: value for name, value in _grant_json(passage.grant).items() if name != "account"}


def _grant_json(grant: PassageGrant) -> dict[str, Any]:
    return {
        "account": grant.account,
        "start": grant.start,
        "end": grant.end,
        "note": grant.note,
        "author": grant.author,
        "made": iso_time(grant.made),
    }


OPERATIONS = (
    Operation(
        "/passages",
        list_passages,
        "listPassages",
        tag="documents",
        summary="Passages that were granted to the caller without their documents",
        answer=list_of("passages", "GrantedPassage", "By document and place."),
        endpoint="passages",
        description="No operation answers anything else of these documents. A passage whose text changed is left out.",
        parameters=(QUERY, DOCUMENT),
    ),
    Operation(
        "/documents/<document_id>/passage-grants",
        list_passage_grants,
        "listPassageGrants",
        tag="documents",
        summary="To whom passages of a document were granted",
        answer=list_of("grants", "PassageGrant", "By place."),
        endpoint="passage_grants",
    ),
    Operation(
        "/documents/<document_id>/passage-grants",
        grant_passage,
        "grantPassage",
        tag="documents",
        summary="Let an account read a passage of a document, and nothing else of it",
        answer=no_content("It is granted."),
        method="POST",
        endpoint="grant_passage",
        body=JsonBody(NewPassageGrant, {"account": "eva", "start": 0, "end": 40, "note": "The measure requested"}),
    ),
    Operation(
        "/documents/<document_id>/passage-grants",
        revoke_passage,
        "revokePassage",
        tag="documents",
        summary="Revoke the grant of a passage",
        answer=no_content("It is revoked."),
        method="DELETE",
        endpoint="revoke_passage",
        parameters=(ACCOUNT, START, END),
    ),
)
