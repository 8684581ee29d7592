"""Statistics of requests in the REST API."""

from __future__ import annotations

from flask import Response, jsonify
from werkzeug.wrappers import Response as AnyResponse

from app.api_operations import Answer, Choice, Operation, object_of
from app.requests.statistics.counted_requests import DIMENSIONS, OUTCOME, PAIR
from app.requests.statistics.form import statistics_json
from app.requests.statistics.page import NUMBERS, PUBLISHED, csv_answer, statistics_from_address

BY = Choice("by", DIMENSIONS, PAIR, "Dimension of the rows.")
ACROSS = Choice("across", DIMENSIONS, OUTCOME, "Dimension of the columns.")
SHOWN = Choice(
    "numbers", NUMBERS, PUBLISHED, "`all`: no number is suppressed, for use within the authority, not for publication."
)


def get_request_statistics() -> Response:
    return jsonify(statistics_json(statistics_from_address()))


def get_request_statistics_file() -> AnyResponse:
    return csv_answer(statistics_from_address())


OPERATIONS = (
    Operation(
        "/request-statistics",
        get_request_statistics,
        "getRequestStatistics",
        tag="requests",
        summary="Counts of requests by two dimensions, small numbers suppressed",
        answer=object_of("RequestStatistics", "The table; a suppressed number is null."),
        parameters=(BY, ACROSS, SHOWN),
    ),
    Operation(
        "/request-statistics.csv",
        get_request_statistics_file,
        "getRequestStatisticsFile",
        tag="requests",
        summary="The same counts as CSV",
        answer=Answer("The table.", content={"text/csv": {"schema": {"type": "string"}}}),
        parameters=(BY, ACROSS, SHOWN),
    ),
)
