"""The JSON form of accounts, their grants and their sessions and tokens, for the API and the command line."""

from __future__ import annotations

from typing import Any

from app.accounts.accounts import Account, Grant
from app.accounts.credentials import Credential
from app.accounts.emergency import EmergencyAccess


def grant_json(grant: Grant) -> dict[str, Any]:
    return {
        "kind": grant.kind,
        "collection": grant.collection,
        "value": grant.value,
        "until": grant.until.isoformat() if grant.until else None,
        "reason": grant.reason,
    }


def account_json(account: Account) -> dict[str, Any]:
    return {
        "account": account.id,
        "role": account.role,
        "disabled": account.disabled,
        "has_password": account.has_password,
        "has_second_factor": account.has_second_factor,
        "grants": [grant_json(one) for one in account.grants],
    }


def credential_json(one: Credential) -> dict[str, Any]:
    """Return a session or token without its secret."""
    return {
        "number": one.number,
        "kind": one.kind,
        "label": one.label,
        "scopes": list(one.scopes),
        "made": one.made.isoformat(),
        "used": one.used.isoformat(),
        "expires": one.expires.isoformat() if one.expires else None,
    }


def emergency_json(one: EmergencyAccess) -> dict[str, Any]:
    return {
        "account": one.account,
        "collection": one.collection,
        "case_file": one.case_file,
        "reason": one.reason,
        "made": one.made.isoformat(),
        "until": one.until.isoformat(),
    }
