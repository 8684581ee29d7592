"""The transcription check as JSON, one form for the API and the command line."""

from __future__ import annotations

from typing import Any

from app.comparison.table import Provision
from app.requests.law.transcriptions import TranscriptionCheck, TranscriptionReport


def report_json(report: TranscriptionReport) -> dict[str, Any]:
    """Return the checks of a request with the day of the law."""
    return {"document_id": report.document, "day": report.day, "checks": [_check(one) for one in report.checks]}


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
