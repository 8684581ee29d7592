"""Gap matrices in the REST API."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_operations import Answer, JsonBody, Operation, Several, Text, list_of, object_of, ref
from app.api_parameters import body
from app.exports.api import EXPORT, FORMAT, LANGUAGE
from app.exports.page import gap_matrix
from app.gap_matrix.changes import changes_since
from app.gap_matrix.json_form import change_json, instrument_json, matrix_json, verdict_json, whole_cell_json
from app.gap_matrix.matrix import cell_of, matrix
from app.gap_matrix.page import known_element, matrix_state, shown_countries
from app.gap_matrix.verdict_writing import record_second_reading, set_verdict
from app.gap_matrix.verdicts import CellKey, Passage, history
from app.jobs import jobs
from app.principal import current_access, current_principal, installation
from nlp.elements.instruments import instrument, instruments

_CELL = "/matrix/<instrument_id>/<element_id>/<country>"


COUNTRY = Several(
    "country",
    schema={"type": "array", "items": ref("Country")},
    description="Countries in the order of the columns; by default all with available law.",
    example=["ES", "FR"],
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


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage; without ``end`` the clause at ``start``."""

    document_id: str
    start: int
    end: int = 0


@dataclass(frozen=True, slots=True)
class NewVerdict:
    verdict: str
    note: str = ""
    law_date: str = ""
    evidence: tuple[Evidence, ...] = ()


@dataclass(frozen=True, slots=True)
class NewReading:
    agrees: bool
    note: str = ""


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


def list_verdicts(instrument_id: str, element_id: str, country: str) -> Response:
    """Return the history of a cell, newest verdict first."""
    store = installation().store
    found = history(store, current_access(), _key(instrument_id, element_id, country))
    return jsonify({"verdicts": [verdict_json(verdict) for verdict in reversed(found)]})


def post_verdict(instrument_id: str, element_id: str, country: str) -> ResponseReturnValue:
    posted, key = body(NewVerdict), _key(instrument_id, element_id, country)
    verdict = set_verdict(
        installation().store,
        current_access(),
        current_principal(),
        key,
        posted.verdict,
        note=posted.note,
        law_date=posted.law_date,
        evidence=[
            Passage(evidence.document_id, evidence.start, evidence.end or evidence.start)
            for evidence in posted.evidence
        ],
    )
    return jsonify(verdict_json(verdict)), 201


def post_second_reading(instrument_id: str, element_id: str, country: str, number: int) -> ResponseReturnValue:
    """Record a second reading of a verdict and return the verdict with all its readings."""
    posted, store, key = body(NewReading), installation().store, _key(instrument_id, element_id, country)
    verdict = record_second_reading(
        store, current_access(), current_principal(), key, number, agrees=posted.agrees, note=posted.note
    )
    return jsonify(verdict_json(verdict)), 201


def _key(instrument_id: str, element_id: str, country: str) -> CellKey:
    state = matrix_state(instrument_id)
    element, code = known_element(state.model, element_id, country)
    installation().store.collection(current_access(), state.collection)
    return CellKey(state.collection, state.model.id, element.id, code)


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
        parameters=(SINCE, COUNTRY, COLLECTION),
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
            COLLECTION,
            DATE,
            FORMAT,
            LANGUAGE,
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
    Operation(
        "/matrix/<instrument_id>/<element_id>/<country>/verdicts",
        list_verdicts,
        "listVerdicts",
        tag="matrix",
        summary="History of a cell, newest entry first",
        answer=list_of("verdicts", "Verdict", "All entries."),
        endpoint="cell_verdicts",
        parameters=(COLLECTION,),
    ),
    Operation(
        "/matrix/<instrument_id>/<element_id>/<country>/verdicts",
        post_verdict,
        "setVerdict",
        tag="matrix",
        summary="Record an assessment",
        answer=object_of("Verdict", "The entry.", status=201),
        method="POST",
        endpoint="new_cell_verdict",
        description=(
            "A new entry is added; earlier ones are kept. An assessment that the element is implemented requires a "
            "passage as evidence; `partially` and `reserved` require a note."
        ),
        parameters=(COLLECTION,),
        body=JsonBody(
            NewVerdict,
            {"verdict": "not_implemented", "note": "Ninguna disposición lo castiga."},
            refined={
                "verdict": ref("VerdictCode"),
                "note": {"maxLength": 4000},
                "law_date": {
                    "anyOf": [{"type": "string", "enum": [""]}, {"type": "string", "format": "date"}],
                    "description": "Date of the assessed law; today if empty.",
                },
                "evidence": {
                    "items": {
                        "type": "object",
                        "required": ["document_id", "start"],
                        "properties": {
                            "document_id": {"type": "string"},
                            "start": {"type": "integer", "minimum": 0, "maximum": 2147483647},
                            "end": {
                                "type": "integer",
                                "minimum": 0,
                                "maximum": 2147483647,
                                "description": "By default the end of the clause at `start`.",
                            },
                        },
                    }
                },
            },
            rules={
                "allOf": [
                    {
                        "anyOf": [
                            {
                                "properties": {
                                    "verdict": {
                                        "not": {
                                            "enum": [
                                                "implemented",
                                                "implemented_more_broadly",
                                                "partially",
                                                "functional_equivalent",
                                            ]
                                        }
                                    }
                                }
                            },
                            {"required": ["evidence"], "properties": {"evidence": {"minItems": 1}}},
                        ]
                    },
                    {
                        "anyOf": [
                            {"properties": {"verdict": {"not": {"enum": ["partially", "reserved"]}}}},
                            {"required": ["note"], "properties": {"note": {"pattern": "\\S"}}},
                        ]
                    },
                ]
            },
        ),
    ),
    Operation(
        "/matrix/<instrument_id>/<element_id>/<country>/verdicts/<int:number>/readings",
        post_second_reading,
        "readAgain",
        tag="matrix",
        summary="Record a second reading of an assessment",
        answer=object_of("Verdict", "The assessment with all its second readings.", status=201),
        method="POST",
        endpoint="new_second_reading",
        parameters=(COLLECTION,),
        body=JsonBody(
            NewReading,
            {"agrees": True},
            refined={"note": {"maxLength": 4000, "description": "Required for a disagreement."}},
            rules={
                "anyOf": [
                    {"properties": {"agrees": {"enum": [True]}}},
                    {"required": ["note"], "properties": {"note": {"pattern": "\\S"}}},
                ]
            },
        ),
    ),
)
