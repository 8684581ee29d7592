"""Matches between files and blind notices between authorities in the REST API."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_operations import Answer, Choice, JsonBody, Operation, Text, Whole, list_of, no_content, ref
from app.api_parameters import body
from app.i18n import interface_language
from app.principal import current_access, current_principal, installation
from app.requests.matching.blind import acknowledge, blind_notices
from app.requests.matching.json_form import matches_json, notice_json
from app.requests.matching.queue import MAX_MATCHES, OPEN, PAGE_SIZE, decide_match, matches

STATE = Choice(
    "state",
    known=("", "open", "same", "different", "unclear"),
    usual=OPEN,
    description="What was decided; empty for all.",
)
KIND = Text("kind", schema=ref("MatchKindOrAll"))
DOCUMENT = Text("document", longest=32, description="Only those of this request.")
START = Whole("start", usual=0, description="How many to skip.")
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
    return jsonify(matches_json(found, interface_language()))


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
        summary="Persons, companies and identifiers that may be the same in several files of one authority",
        answer=Answer(
            "Matches between requests that may be seen.",
            {
                "type": "object",
                "required": ["total", "states", "matches"],
                "properties": {
                    "total": {"type": "integer"},
                    "states": {
                        "type": "object",
                        "description": "How many are in each state.",
                        "additionalProperties": {"type": "integer"},
                    },
                    "matches": {"type": "array", "items": ref("RequestMatch")},
                },
            },
        ),
        endpoint="request_matches",
        description="Proposals with their reasons, the surest first. Nothing is merged; people decide.",
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
        summary="Decide that the two are the same, different or unclear, or take the decision back",
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
        summary="That requests share an identifier with requests of other authorities",
        answer=list_of("notices", "BlindNotice", "The notices on requests that may be seen."),
        endpoint="blind_notices",
        description="Nothing is said of the identifier or of the other authority's file.",
    ),
    Operation(
        "/request-notices/<int:number>/acknowledgement",
        acknowledge_blind_notice,
        "acknowledgeBlindNotice",
        tag="requests",
        summary="Take note of a notice",
        answer=no_content("Recorded."),
        method="POST",
        endpoint="acknowledge_notice",
    ),
)
