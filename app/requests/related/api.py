"""Related files of a request in the REST API."""

from __future__ import annotations

from flask import Response, jsonify

from app.api_operations import Operation, Whole, object_of
from app.principal import current_access, installation
from app.requests.related.json_form import related_json
from app.requests.related.network import network_of
from app.requests.related.similar import similar_requests

MAX_SIMILAR = 50


LIMIT = Whole("limit", usual=10, least=1, most=MAX_SIMILAR, description="Maximum number of similar requests.")


def get_related_requests(request_id: str) -> Response:
    access, limit = current_access(), LIMIT.value()
    found = similar_requests(installation(), access, request_id, limit)
    return jsonify(related_json(found, network_of(installation().store, access, request_id)))


OPERATIONS = (
    Operation(
        "/requests/<request_id>/related",
        get_related_requests,
        "getRelatedRequests",
        tag="requests",
        summary="Similar requests with outcome and days, and other files that may name the same parties",
        answer=object_of("RelatedRequests", "Similar requests and shared parties."),
        endpoint="related_requests",
        parameters=(LIMIT,),
    ),
)
