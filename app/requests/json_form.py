"""The JSON form of a request: fields with evidence and decisions, parts of the file, completeness check."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import asdict
from typing import Any

from app.api_parameters import iso_time
from app.requests.decisions import Decision
from app.requests.file_translations import FileTranslation, file_translations, translation_json
from app.requests.letters.supplied import SuppliedCheck, points_of
from app.requests.life.course import course_among
from app.requests.review import Review, review
from indexing.access import AccessFilter
from indexing.store.reading import Store


def whole_request(store: Store, access: AccessFilter, document_id: str, language: str) -> dict[str, Any]:
    """Return a request as the API and the files of evidence show it; raises what ``stored_reading`` does.

    These are its fields with decisions, the parts of the file, its completeness check with what linked letters supply,
    its translations in files of their own (or its original, for a translation), outcome and history.
    """
    found = review(store, access, document_id, language)
    of, known = course_among(store, access, document_id)
    supplied = points_of(store, of, known).supplied
    return _review_json(found, supplied, file_translations(store, access, of, known))


def _review_json(found: Review, supplied: Sequence[SuppliedCheck], files: Iterable[FileTranslation]) -> dict[str, Any]:
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
        "translations": [translation_json(one) for one in files],
        "outcome": row.get("outcome"),
        "history": [_decision_json(decision) for decision in found.history],
    }


def _decision_json(decision: Decision) -> dict[str, Any]:
    result = {key: value for key, value in asdict(decision).items() if key not in ("value", "start", "end")}
    return result | {"made": iso_time(decision.made)}
