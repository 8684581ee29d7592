"""Transcription check and dual criminality as JSON, one form for the API and the command line."""

from __future__ import annotations

from typing import Any

from app.comparison.table import Cell, Provision
from app.requests.law.dual_criminality import DualCriminality
from app.requests.law.note import reasons
from app.requests.law.transcriptions import TranscriptionCheck, TranscriptionReport


def report_json(report: TranscriptionReport) -> dict[str, Any]:
    """Return the checks of a request with the day of the law."""
    return {"document_id": report.document, "day": report.day, "checks": [_check(one) for one in report.checks]}


def bench_json(bench: DualCriminality, language: str) -> dict[str, Any]:
    """Return the provisions of both States, the elements of each and the reasoning of the note in ``language``."""
    foreign, own = bench.comparison.columns
    places = dict(bench.elements)
    return {
        "document_id": bench.course.reading.document.id,
        "offence": bench.offence,
        "offences": list(bench.offences),
        "day": bench.comparison.date,
        "foreign_from": bench.foreign_from,
        "foreign": [provision_json(one) for one in foreign.quoted],
        "own": [provision_json(one) for one in own.quoted],
        "elements": [
            {
                "element": row.element,
                "found": places[row.element],
                "foreign": _quotations(row.cells[0]),
                "own": _quotations(row.cells[1]),
            }
            for row in bench.comparison.rows
        ],
        "reasons": list(reasons(bench, language)),
    }


def _quotations(cell: Cell) -> list[dict[str, Any]]:
    return [
        {
            "document_id": one.document_id,
            "pinpoint": one.pinpoint,
            "page": one.page,
            "start": one.start,
            "end": one.end,
            "text": one.text,
        }
        for one in cell.quotations
    ]


def _check(one: TranscriptionCheck) -> dict[str, Any]:
    return {
        "citation": one.citation,
        "canonical": one.canonical or None,
        "start": one.start,
        "end": one.end,
        "page": one.page,
        "verdict": one.verdict,
        "quoted": one.quoted,
        "provision": provision_json(one.provision) if one.provision else None,
        "copied": provision_json(one.copied) if one.copied else None,
        "fragments": [{"kind": part.kind, "text": part.text} for part in one.fragments],
    }


def provision_json(one: Provision) -> dict[str, Any]:
    """Return what identifies a provision and its expression."""
    return {
        "id": one.id,
        "document_id": one.document_id,
        "title": one.title,
        "jurisdiction": one.jurisdiction,
        "unit": one.unit,
        "start": one.start,
        "valid_from": one.valid_from,
        "valid_to": one.valid_to,
        "in_force": one.in_force,
    }
