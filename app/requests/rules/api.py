"""Rules of a desk in the REST API."""

from __future__ import annotations

from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_operations import Operation, list_of, no_content
from app.i18n import interface_variety
from app.principal import current_access, current_principal, installation
from app.requests.rules.desk_rules import remove_rule, visible_rules
from app.requests.rules.words import rule_json


def list_request_rules() -> Response:
    """Return the rules that follow from the decisions of the caller's desks."""
    rules = visible_rules(installation().store, current_access())
    return jsonify({"rules": [rule_json(rule, interface_variety()) for rule in rules]})


def remove_request_rule(rule_key: str) -> ResponseReturnValue:
    """Remove a rule."""
    remove_rule(installation().store, current_access(), current_principal(), rule_key)
    return "", 204


OPERATIONS = (
    Operation(
        "/request-rules",
        list_request_rules,
        "listRequestRules",
        tag="requests",
        summary="Rules derived from decisions of a desk, which change later proposals",
        answer=list_of("rules", "RequestRule", "The rules, those based on most letters first."),
        endpoint="request_rules",
    ),
    Operation(
        "/request-rules/<rule_key>",
        remove_request_rule,
        "removeRequestRule",
        tag="requests",
        summary="Remove a rule of a desk",
        answer=no_content("The rule was removed."),
        method="DELETE",
        endpoint="remove_rule",
    ),
)
