"""JSON form of matches and blind notices, shared by the REST API and the command line."""

from __future__ import annotations

from typing import Any

from app.api_parameters import iso_time
from app.requests.matching.blind import BlindNotice
from app.requests.matching.queue import Matches, ProposedMatch, Side
from app.wording import wording


def matches_json(found: Matches, language: str) -> dict[str, Any]:
    """Return a page of matches, the reasons in words of ``language``."""
    return {
        "total": found.total,
        "states": dict(found.states),
        "matches": [match_json(match, language) for match in found.found],
    }


def match_json(match: ProposedMatch, language: str) -> dict[str, Any]:
    return {
        "id": match.key,
        "state": match.state,
        "proposed": match.verdict,
        "score": match.score,
        "reasons": [{"key": key, "text": wording(f"match_reason.{key}", language)} for key in match.reasons],
        "kind": match.left.party.kind,
        "left": _side(match.left),
        "right": _side(match.right),
        "history": [
            {"verdict": made.verdict, "principal": made.principal, "made": iso_time(made.made)}
            for made in match.history
        ],
    }


def _side(side: Side) -> dict[str, Any]:
    party, document = side.party, side.document
    return {
        "document_id": document.id,
        "title": document.title or document.source,
        "case_file": document.case_file,
        "name": party.name,
        "birth_date": party.birth_date or None,
        "document": party.number or None,
        "role": party.role or None,
        "start": party.start,
    }


def notice_json(notice: BlindNotice) -> dict[str, Any]:
    return {
        "id": notice.id,
        "document_id": notice.document.id,
        "case_file": notice.document.case_file,
        "authority": notice.authority,
        "found": iso_time(notice.found),
        "seen_by": notice.seen_by or None,
        "seen": iso_time(notice.seen) if notice.seen else None,
    }
