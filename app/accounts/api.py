"""One's own account, and whether the service answers, in the REST API."""

from __future__ import annotations

from dataclasses import asdict

from flask import Blueprint, Response, g, jsonify
from sqlalchemy import text
from sqlalchemy.orm import Session

from app.accounts.credentials import SignedIn
from app.principal import current_principal, installation


def add_rules(api: Blueprint) -> None:
    """Add the routes of accounts to the API's blueprint."""
    api.add_url_rule("/account", "account", account)
    api.add_url_rule("/health", "health", health)


def account() -> Response:
    """Answer who asks, in which role and with which grants and permissions."""
    found: SignedIn | None = g.get("signed_in")
    if found is None:
        return jsonify({"account": current_principal().id, "role": "", "grants": [], "permissions": []})
    grants = [asdict(one) | {"until": one.until.isoformat() if one.until else None} for one in found.account.grants]
    own = {"account": found.account.id, "role": found.account.role, "grants": grants}
    return jsonify(own | {"permissions": sorted(found.permissions)})


def health() -> Response:
    """Answer that the service and its database answer, and nothing else."""
    with Session(installation().store.database) as session:
        session.execute(text("SELECT 1"))
    return jsonify({"status": "ok"})
