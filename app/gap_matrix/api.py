"""Gap matrices in the REST API."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_parameters import body
from app.exports.page import gap_matrix
from app.gap_matrix.json_form import instrument_json, matrix_json, verdict_json, whole_cell_json
from app.gap_matrix.matrix import cell_of, matrix
from app.gap_matrix.page import known_element, matrix_state, shown_countries
from app.gap_matrix.verdict_writing import record_second_reading, set_verdict
from app.gap_matrix.verdicts import CellKey, Passage, history
from app.jobs import jobs
from app.principal import current_access, current_principal, installation
from nlp.elements.instruments import instrument, instruments

_CELL = "/matrix/<instrument_id>/<element_id>/<country>"


@dataclass(frozen=True, slots=True)
class Evidence:
    """A passage; without an ``end`` the clause that stands at ``start``."""

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


def add_rules(api: Blueprint) -> None:
    for address, name, view, method in (
        ("/instruments", "instruments", known, "GET"),
        ("/instruments/<instrument_id>", "instrument", one, "GET"),
        ("/matrix/<instrument_id>", "matrix", whole, "GET"),
        ("/matrix/<instrument_id>/look", "matrix_look", look_through, "POST"),
        ("/matrix/<instrument_id>/export", "matrix_export", gap_matrix, "GET"),
        (_CELL, "matrix_cell", cell, "GET"),
        (f"{_CELL}/verdicts", "cell_verdicts", lines, "GET"),
        (f"{_CELL}/verdicts", "new_cell_verdict", judge, "POST"),
        (f"{_CELL}/verdicts/<int:number>/readings", "new_second_reading", read, "POST"),
    ):
        api.add_url_rule(address, name, view, methods=[method])


def known() -> Response:
    return jsonify({"instruments": [instrument_json(model) for model in instruments().values()]})


def one(instrument_id: str) -> Response:
    return jsonify(instrument_json(instrument(instrument_id)))


def whole(instrument_id: str) -> Response:
    access, store, state = current_access(), installation().store, matrix_state(instrument_id)
    countries = shown_countries(state, store, access)
    return jsonify(matrix_json(matrix(store, access, state.model, countries, state.collection, state.day)))


def look_through(instrument_id: str) -> ResponseReturnValue:
    """Have the law looked through in the background; the matrix says of each cell whether that was done."""
    access, store, state = current_access(), installation().store, matrix_state(instrument_id)
    countries = tuple(shown_countries(state, store, access))
    jobs().compute_proposals(state.model.id, countries, state.day)
    return jsonify({"countries": countries}), 202, {"Location": state.url("api.matrix")}


def cell(instrument_id: str, element_id: str, country: str) -> Response:
    access, store, state = current_access(), installation().store, matrix_state(instrument_id)
    element, code = known_element(state.model, element_id, country)
    found = cell_of(store, access, state.model, element, code, state.collection, state.day)
    return jsonify(whole_cell_json(store, access, element, found))


def lines(instrument_id: str, element_id: str, country: str) -> Response:
    """Answer the history of a cell, the newest line first."""
    store = installation().store
    found = history(store, current_access(), _key(instrument_id, element_id, country))
    return jsonify({"verdicts": [verdict_json(said) for said in reversed(found)]})


def judge(instrument_id: str, element_id: str, country: str) -> ResponseReturnValue:
    asked, key = body(NewVerdict), _key(instrument_id, element_id, country)
    said = set_verdict(
        installation().store,
        current_access(),
        current_principal(),
        key,
        asked.verdict,
        note=asked.note,
        law_date=asked.law_date,
        evidence=[Passage(one.document_id, one.start, one.end or one.start) for one in asked.evidence],
    )
    return jsonify(verdict_json(said)), 201


def read(instrument_id: str, element_id: str, country: str, number: int) -> ResponseReturnValue:
    """Note what a second person says of a verdict and answer the verdict with all its readings."""
    asked, store, key = body(NewReading), installation().store, _key(instrument_id, element_id, country)
    said = record_second_reading(
        store, current_access(), current_principal(), key, number, agrees=asked.agrees, note=asked.note
    )
    return jsonify(verdict_json(said)), 201


def _key(instrument_id: str, element_id: str, country: str) -> CellKey:
    state = matrix_state(instrument_id)
    element, code = known_element(state.model, element_id, country)
    installation().store.collection(current_access(), state.collection)
    return CellKey(state.collection, state.model.id, element.id, code)
