"""Requests in the REST API: the register, one request with its decisions, and decisions."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import Annotated, Any

import msgspec
from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from app.api_parameters import body, iso_time, number
from app.i18n import interface_language
from app.principal import current_access, current_principal, installation
from app.requests.decisions import Decision
from app.requests.review import LONGEST_VALUE, Review, decide, review
from app.requests.search.json_form import found_json
from app.requests.search.search import MOST_REQUESTS, PAGE_SIZE, search_requests
from app.requests.search.terms import query_of
from indexing.store.schema import MOST_NUMBER


@dataclass(frozen=True, slots=True)
class NewDecision:
    """A decision on a proposal: ``confirmed``, ``rejected``, or ``corrected`` with the right value as ``text``."""

    proposal: Annotated[str, msgspec.Meta(max_length=16)]
    verdict: str
    text: Annotated[str, msgspec.Meta(max_length=LONGEST_VALUE)] = ""


def add_rules(api: Blueprint) -> None:
    """Add the routes of requests to the API's blueprint."""
    api.add_url_rule("/requests", "requests", listed)
    api.add_url_rule("/requests/<request_id>", "request", one)
    api.add_url_rule("/requests/<request_id>/decisions", "decide_request", decided, methods=["POST"])


def listed() -> Response:
    """Return the requests that meet a query, at most ``limit`` from the ``start``-th on, with facets."""
    start, limit = number("start", 0, 0, MOST_NUMBER), number("limit", PAGE_SIZE, 1, MOST_REQUESTS)
    found = search_requests(installation().store, current_access(), query_of(request.args), start=start, limit=limit)
    return jsonify(found_json(found))


def one(request_id: str) -> Response:
    return jsonify(review_json(review(installation().store, current_access(), request_id, interface_language())))


def decided(request_id: str) -> ResponseReturnValue:
    """Record a decision and return the request with it."""
    asked = body(NewDecision)
    store, access = installation().store, current_access()
    decide(store, access, current_principal(), request_id, asked.proposal, asked.verdict, asked.text)
    return jsonify(review_json(review(store, access, request_id, interface_language()))), 201


def review_json(found: Review) -> dict[str, Any]:
    """Return a request: its fields with decisions, parts of the file, completeness check and history."""
    row = found.reading.row or {}
    return {
        "document_id": found.reading.document.id,
        "document_type": row.get("document_type", ""),
        "segments": row.get("segments", []),
        "fields": {
            key: [
                {
                    "id": value.id,
                    "value": value.value,
                    "start": value.start,
                    "end": value.end,
                    "page": value.page,
                    "quote": value.quote,
                    "confidence": value.confidence,
                    "state": value.state,
                    "correction": value.decision.text if value.decision else "",
                }
                for value in values
            ]
            for key, values in found.fields.items()
        },
        "preflight": list(found.checks),
        "history": [_decision_json(one) for one in found.history],
    }


def _decision_json(one: Decision) -> dict[str, Any]:
    told = {key: value for key, value in asdict(one).items() if key not in ("value", "start", "end")}
    return told | {"made": iso_time(one.made)}
