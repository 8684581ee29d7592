"""Entities in the REST API: those named in a document, their other occurrences, and possibly identical persons."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_operations import JsonBody, Operation, Whole, list_of, no_content, object_of
from app.api_parameters import body
from app.people.json_form import entity_json, occurrence_json, proposal_json
from app.people.occurrences import count_documents, document_entities, occurrences
from app.people.same_person import decide, proposals
from app.principal import current_access, current_principal, installation

MAX_DOCUMENTS = 100


START = Whole("start", usual=0, description="Number of documents to skip.")
LIMIT = Whole("limit", usual=50, least=1, most=MAX_DOCUMENTS)


@dataclass(frozen=True, slots=True)
class Verdict:
    """The decision on the person with the key ``other``: ``same``, ``different`` or ``open``."""

    other: str
    verdict: str


def get_entities(document_id: str) -> Response:
    found = document_entities(installation().store, current_access(), document_id)
    return jsonify({"entities": [entity_json(entity) for entity in found]})


def get_entity(entity_key: str) -> Response:
    store, access = installation().store, current_access()
    start, limit = START.value(), LIMIT.value()
    first = occurrences(store, access, entity_key, limit=1)[0]
    total = count_documents(store, access, entity_key)
    found = occurrences(store, access, entity_key, start=start, limit=limit) if start < total else ()
    return jsonify(
        {
            "total": total,
            "occurrences": [occurrence_json(occurrence) for occurrence in found],
            "proposals": [proposal_json(proposal) for proposal in proposals(store, access, first)],
        }
    )


def post_entity_verdict(entity_key: str) -> ResponseReturnValue:
    posted = body(Verdict)
    decide(installation().store, current_access(), current_principal(), entity_key, posted.other, posted.verdict)
    return "", 204


OPERATIONS = (
    Operation(
        "/documents/<document_id>/entities",
        get_entities,
        "getEntities",
        tag="documents",
        summary="Entities of a document",
        answer=list_of("entities", "Entity", "Entities in the order of their first mention."),
        endpoint="document_entities",
        description=(
            "Mentions of one person, body, place or act are one entity. Persons are annotated only in the files "
            "of an authority, never in public law."
        ),
    ),
    Operation(
        "/entities/<entity_key>",
        get_entity,
        "getEntity",
        tag="documents",
        summary="Documents that mention an entity",
        answer=object_of("Occurrences", "Documents, newest first."),
        endpoint="entity",
        description=(
            "For a person, also candidates for the same person in other files of the same authority; they are "
            "linked only by a person's decision."
        ),
        parameters=(
            START,
            LIMIT,
        ),
    ),
    Operation(
        "/entities/<entity_key>/verdicts",
        post_entity_verdict,
        "decideEntity",
        tag="documents",
        summary="Decide whether two persons are the same",
        answer=no_content("Recorded."),
        method="POST",
        endpoint="entity_verdict",
        description="The decision is kept when files are reprocessed.",
        body=JsonBody(
            Verdict,
            {"other": "0123456789abcdef01234567", "verdict": "different"},
            refined={
                "other": {"description": "The key of the other person."},
                "verdict": {"enum": ["same", "different", "open"]},
            },
        ),
    ),
)
