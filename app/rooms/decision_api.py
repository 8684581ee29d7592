"""Decisions of workspaces and votes in the REST API."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_operations import JsonBody, Operation, list_of, no_content, object_of
from app.api_parameters import body
from app.principal import current_principal, installation
from app.rooms.decisions import CHOICES, MAX_DECISION_LENGTH, OUTCOMES, close_decision, decisions, propose, vote
from app.rooms.json_form import decision_json


@dataclass(frozen=True, slots=True)
class NewDecision:
    text: str


@dataclass(frozen=True, slots=True)
class NewVote:
    choice: str


@dataclass(frozen=True, slots=True)
class NewOutcome:
    outcome: str


def list_decisions(room_id: str) -> Response:
    found = decisions(installation().store, current_principal(), room_id)
    return jsonify({"decisions": [decision_json(item) for item in found]})


def post_decision(room_id: str) -> ResponseReturnValue:
    made = propose(installation().store, current_principal(), room_id, body(NewDecision).text)
    return jsonify(decision_json(made)), 201


def put_vote(room_id: str, number: int) -> ResponseReturnValue:
    vote(installation().store, current_principal(), room_id, number, body(NewVote).choice)
    return "", 204


def put_outcome(room_id: str, number: int) -> ResponseReturnValue:
    close_decision(installation().store, current_principal(), room_id, number, body(NewOutcome).outcome)
    return "", 204


OPERATIONS = (
    Operation(
        "/rooms/<room_id>/decisions",
        list_decisions,
        "listDecisions",
        tag="rooms",
        summary="Decisions of a workspace with their votes",
        answer=list_of("decisions", "Decision", "Open ones first, the newest first."),
        endpoint="room_decisions",
    ),
    Operation(
        "/rooms/<room_id>/decisions",
        post_decision,
        "proposeDecision",
        tag="rooms",
        summary="Propose a decision",
        answer=object_of("Decision", "The decision.", status=201),
        method="POST",
        endpoint="new_room_decision",
        body=JsonBody(
            NewDecision,
            {"text": "Proponer una definición común de «bienes»."},
            refined={"text": {"maxLength": MAX_DECISION_LENGTH, "pattern": "\\S"}},
        ),
    ),
    Operation(
        "/rooms/<room_id>/decisions/<int:number>/vote",
        put_vote,
        "voteOnDecision",
        tag="rooms",
        summary="Vote on a decision, or change one's vote",
        answer=no_content("Recorded."),
        method="PUT",
        endpoint="room_vote",
        body=JsonBody(NewVote, {"choice": "for"}, refined={"choice": {"enum": list(CHOICES)}}),
    ),
    Operation(
        "/rooms/<room_id>/decisions/<int:number>/outcome",
        put_outcome,
        "closeDecision",
        tag="rooms",
        summary="Close the vote: owners record any outcome, authors withdraw",
        answer=no_content("Recorded."),
        method="PUT",
        endpoint="room_decision_outcome",
        body=JsonBody(NewOutcome, {"outcome": "adopted"}, refined={"outcome": {"enum": list(OUTCOMES)}}),
    ),
)
