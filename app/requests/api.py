"""Requests in the REST API: the register, one request with its decisions, and decisions."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from flask import Response, jsonify, request
from flask.typing import ResponseReturnValue

from app.api_operations import Answer, JsonBody, Operation, Text, Whole, object_of, ref
from app.api_parameters import body
from app.i18n import interface_variety
from app.principal import current_access, current_principal, installation
from app.requests.additions import EMPTY, add_value
from app.requests.json_form import whole_request
from app.requests.review import MAX_VALUE_LENGTH, decide
from app.requests.search.json_form import found_json
from app.requests.search.search import MAX_REQUESTS, PAGE_SIZE, search_requests
from app.requests.search.terms import query_of

Q = Text("q", longest=1000, description="The query.", example="measure:bank_information requested:PE,UY")
START = Whole("start", usual=0, description="Number of entries to skip.")
LIMIT = Whole("limit", usual=PAGE_SIZE, least=1, most=MAX_REQUESTS)
REQUESTING = Text("requesting", longest=8, description="The requesting State, ISO 3166 alpha-2.")
REQUESTED = Text("requested", longest=8, description="The requested State, ISO 3166 alpha-2.")
MEASURE = Text("measure", longest=64, description="The id of a measure.")
DOCUMENT_TYPE = Text("document_type", longest=64)


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision on a proposal: ``confirmed``, ``rejected``, or ``corrected`` with the right value as ``text``."""

    proposal: Annotated[str, msgspec.Meta(max_length=16)]
    verdict: str
    text: Annotated[str, msgspec.Meta(max_length=MAX_VALUE_LENGTH)] = ""


@dataclass(frozen=True, slots=True)
class NewValue:
    """A value that a person adds: the name or code of a State, measure or offence, a day, or words.

    A statement (urgency, confidentiality, reciprocity) needs no text.
    """

    field: str
    text: Annotated[str, msgspec.Meta(max_length=MAX_VALUE_LENGTH)] = ""


def list_requests() -> Response:
    """Return the requests that match a query, at most ``limit`` from ``start``, with facets."""
    start, limit = START.value(), LIMIT.value()
    found = search_requests(installation(), current_access(), query_of(request.args), start=start, limit=limit)
    return jsonify(found_json(found, interface_variety()))


def get_request(request_id: str) -> Response:
    return jsonify(_reviewed(request_id))


def decide_request(request_id: str) -> ResponseReturnValue:
    """Record a decision and return the request with it."""
    posted = body(NewDecision)
    store, access = installation().store, current_access()
    decide(store, access, current_principal(), request_id, posted.proposal, posted.verdict, posted.text)
    return jsonify(_reviewed(request_id)), 201


def add_request_value(request_id: str) -> ResponseReturnValue:
    """Add a value and return the request with it."""
    posted = body(NewValue)
    store, access = installation().store, current_access()
    add_value(store, access, current_principal(), request_id, posted.field, posted.text)
    return jsonify(_reviewed(request_id)), 201


def _reviewed(request_id: str) -> dict[str, Any]:
    return whole_request(installation().store, current_access(), request_id, interface_variety())


OPERATIONS = (
    Operation(
        "/requests",
        list_requests,
        "listRequests",
        tag="requests",
        summary="Requests that match a query, ordered by their nearest deadline",
        answer=Answer(
            "Readable requests.",
            {
                "type": "object",
                "required": ["total", "requests", "facets"],
                "properties": {
                    "total": {"type": "integer"},
                    "requests": {"type": "array", "items": ref("RequestLine")},
                    "facets": {
                        "type": "object",
                        "description": "Number of matching requests by field and value.",
                        "additionalProperties": {"type": "object", "additionalProperties": {"type": "integer"}},
                    },
                },
            },
        ),
        endpoint="requests",
        description=(
            "A query is words of names, titles and the text of the letters (a phrase in quotation marks), and "
            "`field:value`; a comma between values "
            "means any of them, a minus before a field excludes it, dates may be ranges "
            "(`deadline:2026-01..2026-03`). Fields: type, requesting, requested, measure, offence, person, "
            "identifier, reference, case, instrument, authority, deadline, date, facts, status (a state, "
            "open, ended, unrecorded), waits (own, foreign, requesting, requested), "
            "is (urgent, confidential, reciprocity, complete, incomplete), each also by its name "
            "in Spanish, Portuguese or French."
        ),
        parameters=(
            Q,
            START,
            LIMIT,
            REQUESTING,
            REQUESTED,
            MEASURE,
            DOCUMENT_TYPE,
        ),
    ),
    Operation(
        "/requests/<request_id>",
        get_request,
        "getRequest",
        tag="requests",
        summary="Fields of a request with evidence and decisions, and its completeness check",
        answer=object_of("Request", "The request."),
        endpoint="request",
    ),
    Operation(
        "/requests/<request_id>/decisions",
        decide_request,
        "decideRequest",
        tag="requests",
        summary="Confirm, correct or reject a proposal",
        answer=object_of("Request", "The request with the decision.", status=201),
        method="POST",
        endpoint="decide_request",
        body=JsonBody(
            NewDecision,
            {"proposal": "0123456789abcdef", "verdict": "confirmed"},
            refined={
                "proposal": {"minLength": 1, "description": "The id of the proposal."},
                "verdict": {"enum": ["confirmed", "corrected", "rejected"]},
                "text": {"description": "The correct value, for `corrected`."},
            },
            rules={
                "anyOf": [
                    {"properties": {"verdict": {"enum": ["confirmed", "rejected"]}}},
                    {
                        "properties": {"verdict": {"enum": ["corrected"]}, "text": {"pattern": "[A-Za-z0-9]"}},
                        "required": ["text"],
                    },
                ]
            },
        ),
    ),
    Operation(
        "/requests/<request_id>/values",
        add_request_value,
        "addRequestValue",
        tag="requests",
        summary="Add a value that was not proposed, confirmed by the person",
        answer=object_of("Request", "The request with the value.", status=201),
        method="POST",
        endpoint="add_request_value",
        body=JsonBody(
            NewValue,
            {"field": "annexes", "text": "Anexo 1"},
            refined={
                "field": {
                    "enum": list(EMPTY),
                    "description": "States and the authority have one value; urgency, secrecy and reciprocity no text.",
                },
                "text": {"pattern": "[A-Za-z0-9]"},
            },
        ),
    ),
)
