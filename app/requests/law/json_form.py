"""JSON form of the transcription check and of dual criminality, shared by the REST API and the command line."""

from __future__ import annotations

from typing import Any

from app.comparison.table import Cell, Provision
from app.requests.law.dual_criminality import DualCriminality
from app.requests.law.note import reasons
from app.requests.law.transcriptions import TranscriptionCheck, TranscriptionReport


def report_json(report: TranscriptionReport) -> dict[str, Any]:
    """Return the checks of a request with the day of the law."""
    return {
        "document_id": report.document,
        "day": report.day,
        "checks": [_check(transcription_check) for transcription_check in report.checks],
    }


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
        "foreign": [provision_json(provision) for provision in foreign.quoted],
        "own": [provision_json(provision) for provision in own.quoted],
        "offered": [provision_json(provision) for provision in own.offered],
        "others": [
            {
                "offence": other.offence,
                "own": [provision_json(provision) for provision in other.own.provisions],
                "offered": [provision_json(provision) for provision in other.own.offered],
            }
            for other in bench.others
        ],
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
            "document_id": quotation.document_id,
            "pinpoint": quotation.pinpoint,
            "page": quotation.page,
            "start": quotation.start,
            "end": quotation.end,
            "text": quotation.text,
        }
        for quotation in cell.quotations
    ]


def _check(transcription_check: TranscriptionCheck) -> dict[str, Any]:
    return {
        "document_id": transcription_check.document,
        "citation": transcription_check.citation,
        "canonical": transcription_check.canonical or None,
        "start": transcription_check.start,
        "end": transcription_check.end,
        "page": transcription_check.page,
        "verdict": transcription_check.verdict,
        "quoted": transcription_check.quoted,
        "provision": provision_json(transcription_check.provision) if transcription_check.provision else None,
        "copied": provision_json(transcription_check.copied) if transcription_check.copied else None,
        "fragments": [{"kind": part.kind, "text": part.text} for part in transcription_check.fragments],
    }


def provision_json(provision: Provision) -> dict[str, Any]:
    """Return the identifying data of a provision and its expression."""
    return {
        "id": provision.id,
        "document_id": provision.document_id,
        "title": provision.title,
        "jurisdiction": provision.jurisdiction,
        "unit": provision.unit,
        "start": provision.start,
        "valid_from": provision.valid_from,
        "valid_to": provision.valid_to,
        "text_of": provision.text_of,
        "in_force": provision.in_force,
    }
