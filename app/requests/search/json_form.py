"""JSON form of request search results, shared by the REST API and the command line."""

from __future__ import annotations

from typing import Any

from app.requests.deadlines.words import deadline_source
from app.requests.register import RegisteredRequest
from app.requests.search.search import FoundRequests


def found_json(found: FoundRequests, language: str) -> dict[str, Any]:
    """Return the requests found, and the number of all requests found by value of each field."""
    return {
        "total": found.total,
        "requests": [line_json(line, language) for line in found.lines],
        "facets": {field: {facet.value: facet.count for facet in values} for field, values in found.facets.items()},
    }


def line_json(line: RegisteredRequest, language: str) -> dict[str, Any]:
    """Return a line of the register; ``deadline`` is null without a running one, its source is in ``language``."""
    return {
        "document_id": line.document.id,
        "title": line.document.title,
        "document_type": line.document.document_type,
        "collection": line.document.collection,
        "case_file": line.document.case_file,
        "date": line.document.date,
        "read": line.is_read,
        "requesting_state": line.requesting,
        "requested_state": line.requested,
        "own_reference": line.reference,
        "measures": list(line.measures),
        "offences": list(line.offences),
        "deadline": line.deadline or None,
        "days_left": line.days_left,
        "deadline_key": line.due.key if line.due else None,
        "deadline_origin": line.due.origin if line.due else None,
        "deadline_source": deadline_source(line.due, language) if line.due else None,
        "status": line.status or None,
        "direction": line.direction or None,
        "checked": line.is_checked,
        "missing": line.missing,
        "urgent": line.urgent,
    }
