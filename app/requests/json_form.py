"""The JSON form of a request: fields with evidence and decisions, parts of the file, completeness check."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict
from typing import Any

from app.api_parameters import iso_time
from app.requests.decisions import Decision
from app.requests.letters.supplied import SuppliedCheck
from app.requests.review import Review


def review_json(found: Review, supplied: Sequence[SuppliedCheck]) -> dict[str, Any]:
    """Return a request: its fields with decisions, parts of the file, completeness check, outcome and history.

    ``supplied`` are the raised items of the check that linked supplements and annexes answer.
    """
    row = found.reading.row or {}
    return {
        "document_id": found.reading.document.id,
        "document_type": row.get("document_type", ""),
        "segments": row.get("segments", []),
        "fields": {
            key: [
                {
                    "id": value.id,
                    "value": value.current,
                    "proposed": value.value,
                    "start": value.start,
                    "end": value.end,
                    "page": value.page,
                    "quote": value.quote,
                    "confidence": value.confidence,
                    "state": value.state,
                    "origin": value.origin,
                    "correction": value.decision.text if value.decision else "",
                }
                for value in values
            ]
            for key, values in found.fields.items()
        },
        "preflight": list(found.checks),
        "supplied": [asdict(one) for one in supplied],
        "outcome": row.get("outcome"),
        "history": [_decision_json(decision) for decision in found.history],
    }


def _decision_json(decision: Decision) -> dict[str, Any]:
    result = {key: value for key, value in asdict(decision).items() if key not in ("value", "start", "end")}
    return result | {"made": iso_time(decision.made)}
