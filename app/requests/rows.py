"""The machine form of a request reading: one JSON object a document, fixed for scripts and other systems."""

from __future__ import annotations

from typing import Any

from nlp.requests.proposal import FilePart, Proposal, RequestReading

Row = dict[str, Any]


def request_row(identifier: object, reading: RequestReading) -> Row:
    """Return ``id``, ``document_type``, ``segments``, ``fields`` and ``preflight``; offsets are code points."""
    return {
        "id": identifier,
        "document_type": reading.document_type.value,
        "segments": [_part(part) for part in reading.parts],
        "fields": {key: [_proposal(found) for found in proposals] for key, proposals in reading.fields.items()},
        "preflight": [],
    }


def _part(part: FilePart) -> Row:
    return {"kind": part.kind, "language": part.language, "start": part.start, "end": part.end}


def _proposal(found: Proposal) -> Row:
    return {
        "value": found.value,
        "start": found.start,
        "end": found.end,
        "confidence": round(found.confidence, 3),
        "origin": found.origin,
    }
