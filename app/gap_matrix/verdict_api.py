"""Assessments of the cells of a gap matrix and their second readings in the REST API."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_operations import JsonBody, Operation, list_of, object_of, ref
from app.api_parameters import body
from app.gap_matrix.api import COLLECTION
from app.gap_matrix.json_form import verdict_json
from app.gap_matrix.page import known_element, matrix_state
from app.gap_matrix.verdict_writing import record_second_reading, set_verdict
from app.gap_matrix.verdicts import CellKey, Passage, history
from app.principal import current_access, current_principal, installation


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
