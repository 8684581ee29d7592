"""JSON form of entities, shared by the REST API and the command line."""

from __future__ import annotations

from dataclasses import asdict
from typing import Any

from app.api_parameters import iso_time
from app.documents.json_form import document_json
from app.people.occurrences import Occurrence
from app.people.same_person import Proposal

_FIELDS = ("key", "within", "label", "name", "aliases", "identifiers", "candidates", "mentions", "confidence")


def entity_json(found: Occurrence) -> dict[str, Any]:
    """Return an entity of one document; ``places`` are the first of its ``mentions``."""
    return {name: getattr(found, name) for name in _FIELDS} | {"places": [asdict(place) for place in found.places]}


def occurrence_json(found: Occurrence) -> dict[str, Any]:
    return entity_json(found) | {"document": document_json(found.document)}


def proposal_json(proposal: Proposal) -> dict[str, Any]:
    return {
        "other": occurrence_json(proposal.other),
        "strength": proposal.strength,
        "reasons": proposal.reasons,
        "verdict": proposal.verdict,
        "author": proposal.author,
        "made": iso_time(proposal.made) if proposal.made else None,
    }
