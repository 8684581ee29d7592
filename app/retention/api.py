"""Retention rules and due documents in the REST API."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated, Any

import msgspec
from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.api_operations import Answer, JsonBody, Operation, object_of, ref
from app.api_parameters import body, iso_time
from app.principal import current_access, current_principal, installation
from app.retention import rules
from app.retention.deletion import RetentionDeletion, retention_deletions
from app.retention.rules import DueDocument, RetentionRule


@dataclass(frozen=True, slots=True)
class NewRule:
    """Documents of a collection are due ``days`` after their arrival.

    A rule without a type covers the types that have no rule of their own.
    """

    collection: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    days: Annotated[int, msgspec.Meta(ge=rules.MIN_DAYS, le=rules.MAX_DAYS)]
    document_type: str = ""


def get_retention() -> Response:
    """Return the rules of the writable collections, the documents due under approved rules, and own deletions."""
    store, access = installation().store, current_access()
    known, due = rules.retention_rules(store, access), rules.due_documents(store, access)
    begun = retention_deletions(store, current_principal())
    return jsonify(
        {
            "rules": [_rule_json(rule) for rule in known],
            "due": [_due_json(item) for item in due],
            "deletions": [_deletion_json(one) for one in begun],
        }
    )


def propose_rule() -> ResponseReturnValue:
    """Propose a rule; it takes effect once another person has approved it on the retention page."""
    asked = body(NewRule)
    principal, store = current_principal(), installation().store
    made = rules.propose_rule(store, asked.collection, asked.document_type, asked.days, principal)
    return jsonify(_rule_json(made)), 201


def _rule_json(rule: RetentionRule) -> dict[str, Any]:
    return {
        "id": rule.id,
        "collection": rule.collection,
        "document_type": rule.document_type,
        "days": rule.days,
        "author": rule.author,
        "approver": rule.approver,
    }


def _due_json(item: DueDocument) -> dict[str, Any]:
    return {
        "document_id": item.document.id,
        "since": iso_time(item.since),
        "is_held": item.is_held,
        "asked_by": item.asked_by,
    }


def _deletion_json(one: RetentionDeletion) -> dict[str, Any]:
    return {
        "id": one.id,
        "added": iso_time(one.added),
        "finished": iso_time(one.finished) if one.finished else None,
        "done": one.done,
        "total": one.total,
        "error": one.error,
    }


OPERATIONS = (
    Operation(
        "/retention",
        get_retention,
        "getRetention",
        tag="documents",
        summary="Retention rules and the documents due for deletion",
        answer=object_of(
            "Retention", "Rules, and the documents due with the date since when; documents under legal hold are kept."
        ),
        endpoint="retention",
    ),
    Operation(
        "/retention/rules",
        propose_rule,
        "proposeRetentionRule",
        tag="documents",
        summary="Propose a retention rule",
        answer=Answer("The rule; another person must approve it.", ref("RetentionRule"), status=201),
        method="POST",
        endpoint="propose_retention_rule",
        body=JsonBody(NewRule, {"collection": "public", "days": 3650}, refined={"document_type": ref("DocumentType")}),
    ),
)
