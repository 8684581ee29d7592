"""Matches between files and blind notices between authorities in the REST API."""

from __future__ import annotations

from dataclasses import dataclass

from flask import Blueprint, Response, jsonify, request
from flask.typing import ResponseReturnValue

from app.api_parameters import body, number
from app.i18n import interface_language
from app.principal import current_access, current_principal, installation
from app.requests.matching.blind import acknowledge, blind_notices
from app.requests.matching.json_form import matches_json, notice_json
from app.requests.matching.queue import MOST_MATCHES, OPEN, PAGE_SIZE, decide_match, matches
from indexing.store.schema import MOST_NUMBER


@dataclass(frozen=True, slots=True)
class MatchVerdict:
    """A decision: ``same``, ``different``, ``unclear``, or ``open`` to take the last one back."""

    verdict: str


def add_rules(api: Blueprint) -> None:
    """Add the routes of matches to the API's blueprint."""
    api.add_url_rule("/request-matches", "request_matches", listed)
    api.add_url_rule("/request-matches/<match_id>/decisions", "decide_match", decided, methods=["POST"])
    api.add_url_rule("/request-notices", "blind_notices", notices)
    api.add_url_rule(
        "/request-notices/<int:number>/acknowledgement", "acknowledge_notice", acknowledged, methods=["POST"]
    )


def listed() -> Response:
    found = matches(
        installation().store,
        current_access(),
        state=request.args.get("state", OPEN),
        kind=request.args.get("kind", ""),
        document=request.args.get("document", ""),
        start=number("start", 0, 0, MOST_NUMBER),
        limit=number("limit", PAGE_SIZE, 1, MOST_MATCHES),
    )
    return jsonify(matches_json(found, interface_language()))


def decided(match_id: str) -> ResponseReturnValue:
    asked = body(MatchVerdict)
    decide_match(installation().store, current_access(), current_principal(), match_id, asked.verdict)
    return "", 204


def notices() -> Response:
    found = blind_notices(installation().store, current_access())
    return jsonify({"notices": [notice_json(one) for one in found]})


def acknowledged(number: int) -> ResponseReturnValue:
    acknowledge(installation().store, current_access(), current_principal(), number)
    return "", 204
