"""JSON form of similar requests and networks, shared by the REST API and the command line."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from app.requests.related.network import Network, NetworkParty
from app.requests.related.similar import SimilarRequest, median_days
from indexing.store.rows import StoredDocument


def related_json(similar: Sequence[SimilarRequest], network: Network) -> dict[str, Any]:
    """Return the requests similar to one, and its parties with the other files that may name them."""
    return {
        "similar": [_similar(request) for request in similar],
        "median_days": median_days(similar),
        "parties": [_party(party) for party in network.parties],
    }


def _similar(similar: SimilarRequest) -> dict[str, Any]:
    return {
        **_document(similar.document),
        "score": similar.score,
        "measures": list(similar.measures),
        "offences": list(similar.offences),
        "states": list(similar.states),
        "text": similar.text,
        "outcome": similar.outcome or None,
        "days": similar.days,
    }


def _party(party: NetworkParty) -> dict[str, Any]:
    return {
        "kind": party.party.kind,
        "name": party.party.name,
        "role": party.party.role or None,
        "start": party.party.start,
        "files": [
            {**_document(link.document), "name": link.name, "state": link.state, "match": link.match}
            for link in party.links
        ],
    }


def _document(document: StoredDocument) -> dict[str, Any]:
    return {
        "document_id": document.id,
        "title": document.title or document.source,
        "case_file": document.case_file,
        "date": document.date,
    }
