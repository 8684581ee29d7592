"""Entities in the REST API: who is named in a document, where else, and who may be the same person."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_parameters import body, number
from app.people.json_form import entity_json, occurrence_json, proposal_json
from app.people.occurrences import count_documents, document_entities, occurrences
from app.people.same_person import decide, proposals
from app.principal import current_access, current_principal, installation
from indexing.store.schema import MOST_NUMBER

MOST_DOCUMENTS = 100


@dataclass(frozen=True, slots=True)
class Verdict:
    """What is said of the person whose key is ``other``: ``same``, ``different`` or ``open``."""

    other: str
    verdict: str


def add_rules(api: Blueprint) -> None:
    api.add_url_rule("/documents/<document_id>/entities", "document_entities", of_document)
    api.add_url_rule("/entities/<entity_key>", "entity", one)
    api.add_url_rule("/entities/<entity_key>/verdicts", "entity_verdict", said, methods=["POST"])


def of_document(document_id: str) -> Response:
    found = document_entities(installation().store, current_access(), document_id)
    return jsonify({"entities": [entity_json(entity) for entity in found]})


def one(entity_key: str) -> Response:
    store, access = installation().store, current_access()
    start, limit = number("start", 0, 0, MOST_NUMBER), number("limit", 50, 1, MOST_DOCUMENTS)
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


def said(entity_key: str) -> ResponseReturnValue:
    asked = body(Verdict)
    decide(installation().store, current_access(), current_principal(), entity_key, asked.other, asked.verdict)
    return "", 204
