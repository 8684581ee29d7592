"""The caller's account, and availability of the service, in the REST API."""

from __future__ import annotations

from flask import Response, g, jsonify
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.credentials import SignedIn
from app.accounts.json_form import grant_json
from app.api_operations import Answer, Operation, ref
from app.principal import current_principal, installation


def get_account() -> Response:
    """Return the caller's account with role, grants and permissions."""
    found: SignedIn | None = g.get("signed_in")
    if found is None:
        return jsonify({"account": current_principal().id, "role": "", "grants": [], "permissions": []})
    grants = [grant_json(grant) for grant in found.account.grants]
    own = {"account": found.account.id, "role": found.account.role, "grants": grants}
    return jsonify(own | {"permissions": sorted(found.permissions)})


def get_health() -> Response:
    """Return whether the service and its database are available, and nothing else."""
    with Session(installation().store.database) as session:
        session.execute(text("SELECT 1"))
    return jsonify({"status": "ok"})


OPERATIONS = (
    Operation(
        "/account",
        get_account,
        "getAccount",
        tag="installation",
        summary="Account of the caller",
        answer=Answer(
            "The account of the session or token.",
            {
                "type": "object",
                "required": ["account", "role", "grants", "permissions"],
                "properties": {
                    "account": {"type": "string"},
                    "role": {
                        "type": "string",
                        "enum": ["", "officer", "prosecutor", "reviewer", "expert", "auditor", "administrator"],
                    },
                    "permissions": {"type": "array", "items": {"type": "string"}},
                    "grants": {
                        "type": "array",
                        "items": ref("Grant"),
                    },
                },
            },
        ),
        description="The account, its role, grants and permissions. In single-user mode the role is empty.",
        endpoint="account",
    ),
    Operation(
        "/health",
        get_health,
        "getHealth",
        tag="installation",
        summary="Availability of the service",
        answer=Answer(
            "The service and its database are available.",
            {"type": "object", "required": ["status"], "properties": {"status": {"type": "string", "const": "ok"}}},
        ),
        description="Requires neither a session nor a token.",
        endpoint="health",
        is_open=True,
    ),
)
