"""What waits at the desk in the REST API."""

from __future__ import annotations

from datetime import date

from flask import Response, jsonify

from app.api_operations import Operation, object_of
from app.i18n import interface_variety
from app.principal import current_access, installation
from app.requests.waiting import waiting
from app.requests.waiting_form import waiting_json


def get_request_waiting() -> Response:
    """Return near and past deadlines, proposals to decide, and how many requests wait for each side."""
    today = date.today()
    return jsonify(waiting_json(waiting(installation().store, current_access(), today), today, interface_variety()))


OPERATIONS = (
    Operation(
        "/request-waiting",
        get_request_waiting,
        "getRequestWaiting",
        tag="requests",
        summary="What waits at the desk, and how many requests wait for whom",
        answer=object_of("RequestWaiting", "Over the requests that may be seen."),
        endpoint="request_waiting",
        description="The requests that wait for a side are those of the query `waits:own` (or another side).",
    ),
)
