"""Matches between files and blind notices between authorities in the REST API."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_operations import Answer, Choice, JsonBody, Operation, Text, Whole, list_of, no_content, ref
from app.api_parameters import body
from app.i18n import interface_variety
from app.principal import current_access, current_principal, installation
from app.requests.matching.blind import acknowledge, blind_notices
from app.requests.matching.json_form import matches_json, notice_json
from app.requests.matching.queue import MAX_MATCHES, OPEN, PAGE_SIZE, decide_match, matches

STATE = Choice(
    "state",
    known=("", "open", "same", "different", "unclear"),
    usual=OPEN,
    description="Decision on the match; empty for all.",
)
KIND = Text("kind", schema=ref("MatchKindOrAll"))
DOCUMENT = Text("document", longest=32, description="Only matches of this request.")
START = Whole("start", usual=0, description="Number of entries to skip.")
LIMIT = Whole("limit", usual=PAGE_SIZE, least=1, most=MAX_MATCHES)


@dataclass(frozen=True, slots=True)
class MatchVerdict:
    """A decision: ``same``, ``different``, ``unclear``, or ``open`` to take the last one back."""

    verdict: str


def list_request_matches() -> Response:
    found = matches(
        installation().store,
        current_access(),
        state=STATE.value(),
        kind=KIND.value(),
        document=DOCUMENT.value(),
        start=START.value(),
        limit=LIMIT.value(),
    )
    return jsonify(matches_json(found, interface_variety()))


def decide_request_match(match_id: str) -> ResponseReturnValue:
    posted = body(MatchVerdict)
    decide_match(installation().store, current_access(), current_principal(), match_id, posted.verdict)
    return "", 204


def list_blind_notices() -> Response:
    found = blind_notices(installation().store, current_access())
    return jsonify({"notices": [notice_json(notice) for notice in found]})


def acknowledge_blind_notice(number: int) -> ResponseReturnValue:
    acknowledge(installation().store, current_access(), current_principal(), number)
    return "", 204


OPERATIONS = (
    Operation(
        "/request-matches",
        list_request_matches,
        "listRequestMatches",
        tag="requests",
        summary="Possible matches of persons, companies and identifiers between files of one authority",
        answer=Answer(
            "Matches between readable requests.",
            {
                "type": "object",
                "required": ["total", "states", "matches"],
                "properties": {
                    "total": {"type": "integer"},
                    "states": {
                        "type": "object",
                        "description": "Number of matches by state.",
                        "additionalProperties": {"type": "integer"},
                    },
                    "matches": {"type": "array", "items": ref("RequestMatch")},
                },
            },
        ),
        endpoint="request_matches",
        description="Proposals with reasons, the most certain first. Nothing is merged; people decide.",
        parameters=(
            STATE,
            KIND,
            DOCUMENT,
            START,
            LIMIT,
        ),
    ),
    Operation(
        "/request-matches/<match_id>/decisions",
        decide_request_match,
        "decideRequestMatch",
        tag="requests",
        summary="Decide that two parties are the same, different or unclear, or withdraw the decision",
        answer=no_content("Recorded."),
        method="POST",
        endpoint="decide_match",
        body=JsonBody(
            MatchVerdict,
            {"verdict": "different"},
            refined={"verdict": {"enum": ["same", "different", "unclear", "open"]}},
        ),
    ),
    Operation(
        "/request-notices",
        list_blind_notices,
        "listBlindNotices",
        tag="requests",
        summary="Notices that requests share an identifier with requests of other authorities",
        answer=list_of("notices", "BlindNotice", "Notices on readable requests."),
        endpoint="blind_notices",
        description="Neither the identifier nor the file of the other authority is disclosed.",
    ),
    Operation(
        "/request-notices/<int:number>/acknowledgement",
        acknowledge_blind_notice,
        "acknowledgeBlindNotice",
        tag="requests",
        summary="Acknowledge a notice",
        answer=no_content("Recorded."),
        method="POST",
        endpoint="acknowledge_notice",
    ),
)
