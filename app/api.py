"""The REST API, version 1: the operations of all capabilities, served and described (OpenAPI 3.1)."""

from __future__ import annotations

from itertools import chain
from typing import Any

from flask import Blueprint, Response, jsonify

import app.accounts.administration_api
import app.accounts.api
import app.accounts.authorities_api
import app.accounts.own_api
import app.alerts.api
import app.audit.api
import app.comparison.api
import app.concepts.api
import app.documents.api
import app.documents.changes_api
import app.documents.deletion_api
import app.evidence.api
import app.exports.api
import app.exports.jobs_api
import app.gap_matrix.api
import app.gap_matrix.verdict_api
import app.operations.api
import app.passages.api
import app.people.api
import app.requests.api
import app.requests.deadlines.api
import app.requests.law.api
import app.requests.letters.api
import app.requests.life.api
import app.requests.matching.api
import app.requests.related.api
import app.requests.rules.api
import app.requests.statistics.api
import app.requests.treaty_api
import app.requests.waiting_api
import app.retention.api
import app.rooms.api
import app.rooms.decision_api
import app.rooms.discussion_api
import app.rooms.provisions_api
import app.search.api
import app.uploads.api
import app.versions.api
from app.api_operations import Answer, Operation, paths, serve
from extraction.resource import load
from indexing.search.query_fields import known_values


def get_description() -> Response:
    return jsonify(description())


def description() -> dict[str, Any]:
    """Return the OpenAPI description of this API.

    Paths come from ``OPERATIONS``; title, servers and schemas of answers from ``resources/openapi.yaml``, completed
    with the known values of codes.
    """
    data: dict[str, Any] = load("app.openapi")
    components = data["components"]
    known = {"Country": known_values("jurisdiction"), "DocumentType": ("", *known_values("document_type"))}
    filled = {name: {**components["schemas"][name], "enum": list(values)} for name, values in known.items()}
    schemas = {"schemas": {**components["schemas"], **filled}}
    generated = paths(OPERATIONS, data["in_paths"])
    head = {name: part for name, part in data.items() if name not in ("in_paths", "components")}
    return {**head, "paths": generated, "components": {**components, **schemas}}


CAPABILITIES = (
    app.search.api,
    app.documents.api,
    app.documents.changes_api,
    app.documents.deletion_api,
    app.passages.api,
    app.versions.api,
    app.people.api,
    app.concepts.api,
    app.comparison.api,
    app.gap_matrix.api,
    app.gap_matrix.verdict_api,
    app.retention.api,
    app.rooms.api,
    app.rooms.decision_api,
    app.rooms.discussion_api,
    app.rooms.provisions_api,
    app.exports.api,
    app.evidence.api,
    app.exports.jobs_api,
    app.alerts.api,
    app.uploads.api,
    app.requests.api,
    app.requests.matching.api,
    app.requests.related.api,
    app.requests.life.api,
    app.requests.deadlines.api,
    app.requests.letters.api,
    app.requests.law.api,
    app.requests.treaty_api,
    app.requests.waiting_api,
    app.requests.rules.api,
    app.requests.statistics.api,
    app.accounts.api,
    app.accounts.own_api,
    app.accounts.administration_api,
    app.accounts.authorities_api,
    app.audit.api,
    app.operations.api,
)
OPERATIONS = (
    *chain.from_iterable(capability.OPERATIONS for capability in CAPABILITIES),
    Operation(
        "/openapi.json",
        get_description,
        "getDescription",
        tag="installation",
        summary="OpenAPI description of this API",
        answer=Answer("OpenAPI 3.1.", {"type": "object"}),
        endpoint="openapi",
    ),
)
api = Blueprint("api", __name__, url_prefix="/api/v1")
serve(api, OPERATIONS)
