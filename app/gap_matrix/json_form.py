"""JSON form of gap matrices: model instruments, cells with the text of proposals, verdicts with readings."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.api_parameters import iso_time
from app.gap_matrix.changes import VerdictChange
from app.gap_matrix.matrix import Cell, Matrix
from app.gap_matrix.verdicts import SecondReading, Verdict
from app.gap_matrix.view import Shown, shown_evidence, shown_proposals
from app.i18n import interface_variety
from app.labels import worded
from app.treaty_citations import treaty_place
from indexing.access import AccessFilter
from indexing.store.reading import Store
from nlp.elements.instruments import Element, ModelInstrument


def instrument_json(model: ModelInstrument) -> dict[str, Any]:
    """Return an instrument with its elements, worded in the interface's language."""
    return {
        "id": model.id,
        "treaty": model.treaty,
        "name": worded(model.name),
        "concepts": model.concepts,
        "elements": [element_json(element) for element in model.elements],
    }


def element_json(element: Element) -> dict[str, Any]:
    return {
        "id": element.id,
        "pinpoint": element.pinpoint,
        "place": treaty_place(element.pinpoint, interface_variety()),
        "description": worded(element.description),
        "concepts": element.concepts,
        "optional": element.optional,
        "qualified": element.qualified,
        "group": element.group,
        "source": element.source,
        "official_text": element.official_text,
        "checked_on": element.checked_on,
    }


def matrix_json(matrix: Matrix) -> dict[str, Any]:
    """Return a matrix with the place of each proposal; the text is in the response for a single cell."""
    return {
        "instrument": instrument_json(matrix.instrument),
        "collection": matrix.collection,
        "countries": matrix.countries,
        "date": matrix.day,
        "to_look_at": matrix.to_look_at,
        "cells": [cell_json(cell) for element in matrix.instrument.elements for cell in matrix.row(element)],
    }


def cell_json(cell: Cell) -> dict[str, Any]:
    return {
        "element": cell.key.element,
        "country": cell.key.country,
        "state": cell.state,
        "stale": cell.stale,
        "proposals": [asdict(proposal) for proposal in cell.proposals],
        "verdict": verdict_json(cell.verdict) if cell.verdict else None,
    }


def whole_cell_json(store: Store, access: AccessFilter, element: Element, cell: Cell) -> dict[str, Any]:
    """Return a cell with the present text of its proposals and evidence."""
    result = cell_json(cell)
    for proposal, shown in zip(result["proposals"], shown_proposals(store, access, element, cell), strict=True):
        proposal.update(_words(shown.passage))
    if cell.verdict:
        for passage, evidence in zip(
            result["verdict"]["evidence"], shown_evidence(store, access, cell.verdict), strict=True
        ):
            passage.update(_words(evidence), changed=evidence.changed)
    return result


def change_json(change: VerdictChange) -> dict[str, Any]:
    return {
        "element": change.cell.element,
        "country": change.cell.country,
        "before": change.before,
        "verdict": change.verdict,
        "agrees": change.agrees,
        "author": change.author,
        "made": iso_time(change.made),
    }


def verdict_json(verdict: Verdict) -> dict[str, Any]:
    return {
        "id": verdict.id,
        "verdict": verdict.verdict,
        "note": verdict.note,
        "law_date": verdict.law_date,
        "author": verdict.author,
        "made": iso_time(verdict.made),
        "rested_on": verdict.rested_on,
        "evidence": [
            {
                "document_id": passage.document,
                "start": passage.start,
                "end": passage.end,
                "pinpoint": passage.pinpoint,
                "page": passage.page,
            }
            for passage in verdict.evidence
        ],
        "readings": [_reading(reading) for reading in verdict.readings],
        "confirmed": verdict.confirmed,
    }


def _reading(reading: SecondReading) -> dict[str, Any]:
    return {"agrees": reading.agrees, "note": reading.note, "author": reading.author, "made": iso_time(reading.made)}


def _words(shown: Shown) -> dict[str, Any]:
    return {"title": shown.document.title or shown.document.source, "text": shown.text, "marks": shown.marks}
