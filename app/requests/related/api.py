"""What a request is related to in the REST API."""

from __future__ import annotations

from flask import Blueprint, Response, jsonify

from app.api_parameters import number
from app.principal import current_access, installation
from app.requests.related.json_form import related_json
from app.requests.related.network import network_of
from app.requests.related.similar import similar_requests

MOST_SIMILAR = 50


def add_rules(api: Blueprint) -> None:
    """Add the route of related requests to the API's blueprint."""
    api.add_url_rule("/requests/<request_id>/related", "related_requests", related)


def related(request_id: str) -> Response:
    access, limit = current_access(), number("limit", 10, 1, MOST_SIMILAR)
    found = similar_requests(installation(), access, request_id, limit)
    return jsonify(related_json(found, network_of(installation().store, access, request_id)))
