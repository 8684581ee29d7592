"""The audit trail in the REST API."""

from __future__ import annotations

from dataclasses import asdict

from flask import Response, jsonify

from app.api_operations import Answer, Choice, Operation, Text, Whole
from app.audit.page import filter_from_request
from app.audit.trail import entries, every_entry, verify
from app.principal import installation

ACTOR = Text("actor")
OPERATION = Choice(
    "operation",
    known=("", "consultation", "collection", "alteration", "disclosure", "combination", "erasure", "administration"),
)
OBJECT_ID = Text("object_id", description="Id of a document or another object.")
FIRST_DAY = Text("first_day", schema={"format": "date"})
LAST_DAY = Text("last_day", schema={"format": "date"}, description="Inclusive.")
LIMIT = Whole("limit", usual=100, least=1, most=1000)
BEFORE = Whole("before", usual=0, description="Value of `before` from an earlier response.")


def list_audit() -> Response:
    """Return entries, newest first; ``before`` of the response is the start of the next page, 0 at the end."""
    limit = LIMIT.value()
    before = BEFORE.value()
    found = entries(installation().store, filter_from_request(), before=before, limit=limit + 1)
    rest = found[limit - 1].number if len(found) > limit else 0
    return jsonify({"entries": [asdict(entry) for entry in found[:limit]], "before": rest})


def verify_audit() -> Response:
    return jsonify(asdict(verify(every_entry(installation().store))))


OPERATIONS = (
    Operation(
        "/audit",
        list_audit,
        "listAudit",
        tag="installation",
        summary="Audit trail",
        answer=Answer(
            "Entries; `before` is 0 on the last page.",
            {
                "type": "object",
                "required": ["entries", "before"],
                "properties": {
                    "before": {"type": "integer"},
                    "entries": {
                        "type": "array",
                        "items": {
                            "type": "object",
                            "required": [
                                "number",
                                "moment",
                                "actor",
                                "operation",
                                "action",
                                "objects",
                                "outcome",
                                "reason",
                                "previous",
                                "digest",
                            ],
                            "properties": {
                                "number": {"type": "integer"},
                                "moment": {"type": "string", "format": "date-time"},
                                "actor": {"type": "string"},
                                "operation": {"type": "string"},
                                "action": {"type": "string"},
                                "objects": {"type": "object"},
                                "outcome": {"type": "string"},
                                "reason": {"type": "string"},
                                "previous": {"type": "string"},
                                "digest": {"type": "string"},
                            },
                        },
                    },
                },
            },
        ),
        endpoint="audit",
        description=(
            "Who did what, when and why, the newest first; objects are ids. For auditors; in single-user mode "
            "for the local user."
        ),
        parameters=(
            ACTOR,
            OPERATION,
            OBJECT_ID,
            FIRST_DAY,
            LAST_DAY,
            LIMIT,
            BEFORE,
        ),
    ),
    Operation(
        "/audit/verification",
        verify_audit,
        "verifyAudit",
        tag="installation",
        summary="Verify the chain of the audit trail",
        answer=Answer(
            "The result; `broken` is the number of the first entry that does not match its predecessor, 0 for none.",
            {
                "type": "object",
                "required": ["entries", "head", "broken"],
                "properties": {
                    "entries": {"type": "integer"},
                    "head": {"type": "string"},
                    "broken": {"type": "integer"},
                },
            },
        ),
        endpoint="audit_verification",
    ),
)
