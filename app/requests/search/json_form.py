"""The JSON of requests that were found, in the REST API and on the command line alike."""

from __future__ import annotations

from typing import Any

from app.requests.register import RegisteredRequest
from app.requests.search.search import FoundRequests


def found_json(found: FoundRequests) -> dict[str, Any]:
    """Return requests that were found, and by field how many of all that were found have each value."""
    return {
        "total": found.total,
        "requests": [line_json(line) for line in found.lines],
        "facets": {
            field: {facet_value.value: facet_value.count for facet_value in values}
            for field, values in found.facets.items()
        },
    }


def line_json(line: RegisteredRequest) -> dict[str, Any]:
    """Return a line of the register; ``deadline`` is null where no dated one was found."""
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
        "missing": line.missing,
        "urgent": line.urgent,
    }
