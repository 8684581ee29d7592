"""Model instruments and gap matrices in the REST API."""

from __future__ import annotations

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_operations import Answer, Operation, Several, Text, list_of, object_of, ref
from app.exports.api import EXPORT, EXPORT_LANGUAGES, FORMAT
from app.exports.page import gap_matrix
from app.gap_matrix.changes import changes_since
from app.gap_matrix.json_form import change_json, instrument_json, matrix_json, whole_cell_json
from app.gap_matrix.matrix import cell_of, matrix
from app.gap_matrix.page import known_element, matrix_state, shown_countries
from app.jobs import jobs
from app.principal import current_access, installation
from nlp.elements.instruments import instrument, instruments

COUNTRY = Several(
    "country",
    schema={"type": "array", "items": ref("Country")},
    description="Countries in the order of the columns; by default all with available law.",
    example=["ES", "FR"],
)
COUNTRIES = Several(
    "countries",
    schema={"type": "string", "pattern": "^[A-Za-z]{2}( *, *[A-Za-z]{2})*$"},
    description="The same countries as a list separated by commas.",
    example="ES,FR",
)
COLLECTION = Text("collection", schema={"default": "public"}, description="Collection of the assessments.")
DATE = Text(
    "date",
    schema={"format": "date"},
    description="Date of the law and of the assessments, ISO 8601; today by default.",
)

SINCE = Text(
    "since",
    schema={"format": "date"},
    description="The first day of the changes, ISO 8601.",
    required=True,
    example="2026-01-31",
)


def list_instruments() -> Response:
    return jsonify({"instruments": [instrument_json(model) for model in instruments().values()]})


def get_instrument(instrument_id: str) -> Response:
    return jsonify(instrument_json(instrument(instrument_id)))


def get_matrix(instrument_id: str) -> Response:
    access, store, state = current_access(), installation().store, matrix_state(instrument_id)
    countries = shown_countries(state, store, access)
    return jsonify(matrix_json(matrix(store, access, state.model, countries, state.collection, state.day)))


def list_matrix_changes(instrument_id: str) -> Response:
    access, store, state = current_access(), installation().store, matrix_state(instrument_id)
    countries = shown_countries(state, store, access)
    found = changes_since(store, access, state.collection, state.model.id, countries, SINCE.value())
    return jsonify({"changes": [change_json(change) for change in found]})


def post_proposal_job(instrument_id: str) -> ResponseReturnValue:
    """Compute proposals in the background; the matrix shows the state of each cell."""
    access, store, state = current_access(), installation().store, matrix_state(instrument_id)
    countries = tuple(shown_countries(state, store, access))
    jobs().compute_proposals(state.model.id, countries, state.day)
    return jsonify({"countries": countries}), 202, {"Location": state.url("api.matrix")}


def get_matrix_cell(instrument_id: str, element_id: str, country: str) -> Response:
    access, store, state = current_access(), installation().store, matrix_state(instrument_id)
    element, code = known_element(state.model, element_id, country)
    found = cell_of(store, access, state.model, element, code, state.collection, state.day)
    return jsonify(whole_cell_json(store, access, element, found))


OPERATIONS = (
    Operation(
        "/instruments",
        list_instruments,
        "listInstruments",
        tag="matrix",
        summary="Model instruments with their elements",
        answer=list_of("instruments", "Instrument", "The instruments."),
        endpoint="instruments",
        description="The wording of elements is our own, not that of a treaty, and follows Accept-Language.",
    ),
    Operation(
        "/instruments/<instrument_id>",
        get_instrument,
        "getInstrument",
        tag="matrix",
        summary="A model instrument with its elements",
        answer=object_of("Instrument", "The answer."),
        endpoint="instrument",
    ),
    Operation(
        "/matrix/<instrument_id>",
        get_matrix,
        "getMatrix",
        tag="matrix",
        summary="A gap matrix: elements by countries on a day",
        answer=object_of("Matrix", "The answer."),
        endpoint="matrix",
        parameters=(
            COUNTRY,
            COUNTRIES,
            COLLECTION,
            DATE,
        ),
    ),
    Operation(
        "/matrix/<instrument_id>/changes",
        list_matrix_changes,
        "listMatrixChanges",
        tag="matrix",
        summary="Verdicts and second readings of a gap matrix since a day",
        answer=list_of("changes", "VerdictChange", "The newest first."),
        endpoint="matrix_changes",
        parameters=(SINCE, COUNTRY, COUNTRIES, COLLECTION),
    ),
    Operation(
        "/matrix/<instrument_id>/look",
        post_proposal_job,
        "lookThroughLaw",
        tag="matrix",
        summary="Compute proposals for the law of the countries",
        answer=Answer(
            "Accepted; the matrix is at `Location`.",
            {"type": "object", "required": ["countries"], "properties": {"countries": ref("Values")}},
            status=202,
        ),
        method="POST",
        endpoint="matrix_look",
        description=(
            "Computed in the background, once for each state of a country's law; `to_look_at` of the matrix "
            "lists the remaining countries."
        ),
        parameters=(
            COUNTRY,
            COUNTRIES,
            COLLECTION,
            DATE,
        ),
    ),
    Operation(
        "/matrix/<instrument_id>/export",
        gap_matrix,
        "exportMatrix",
        tag="matrix",
        summary="A gap matrix as a file",
        answer=EXPORT,
        endpoint="matrix_export",
        parameters=(
            COUNTRY,
            COUNTRIES,
            COLLECTION,
            DATE,
            FORMAT,
            *EXPORT_LANGUAGES,
        ),
    ),
    Operation(
        "/matrix/<instrument_id>/<element_id>/<country>",
        get_matrix_cell,
        "getMatrixCell",
        tag="matrix",
        summary="A cell with its proposals and the quoted evidence",
        answer=object_of("MatrixCell", "The answer."),
        endpoint="matrix_cell",
        parameters=(
            COLLECTION,
            DATE,
        ),
    ),
)
