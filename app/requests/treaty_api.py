"""Treaty paths in the REST API."""

from __future__ import annotations

from flask import Response, jsonify

from app.api_operations import Operation, Text, object_of, ref
from app.i18n import interface_variety
from app.requests.treaty_request import read_treaty_request
from app.requests.treaty_rows import path_answer

FROM = Text(
    "from",
    longest=80,
    schema={"minLength": 2},
    description="The requesting State, or a part of it such as `GB-SCT`.",
    example="ES",
    required=True,
)
TO = Text("to", longest=80, schema={"minLength": 2}, description="The requested State.", example="CO", required=True)
MEASURE = Text(
    "measure", schema=ref("Measure"), description="The requested measure.", example="bank_information", required=True
)
DATE = Text("date", schema={"format": "date"}, description="The date; today by default.", example="2020-05-01")
OFFENCE = Text("offence", longest=2000, description="The offence: id of a concept, or words.", example="ML")
_PARAMETERS = (FROM, TO, DATE, MEASURE, OFFENCE)


def list_treaty_paths() -> Response:
    """Return the instruments by which the state ``from`` can request ``measure`` from ``to`` on ``date``."""
    treaty_request = read_treaty_request(*(parameter.value().strip() for parameter in _PARAMETERS))
    return jsonify(path_answer(treaty_request, interface_variety()))


OPERATIONS = (
    Operation(
        "/treaty-paths",
        list_treaty_paths,
        "listTreatyPaths",
        tag="search",
        summary="Instruments under which one State can request a measure from another on a date",
        answer=object_of(
            "TreatyPaths", "Instruments in the order in which practice cites them, those to be verified last."
        ),
        endpoint="treaty_paths",
        description=(
            "Data on participation are a working list with source and state of verification for each row, not a "
            "statement of law."
        ),
        parameters=(
            FROM,
            TO,
            MEASURE,
            DATE,
            OFFENCE,
        ),
    ),
)
