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
        "grants": [grant_json(grant) for grant in account.grants],
    }


def credential_json(credential: Credential) -> dict[str, Any]:
    """Return a session or token without its secret."""
    return {
        "number": credential.number,
        "kind": credential.kind,
        "label": credential.label,
        "scopes": list(credential.scopes),
        "made": credential.made.isoformat(),
        "used": credential.used.isoformat(),
        "expires": credential.expires.isoformat() if credential.expires else None,
    }


def emergency_json(access: EmergencyAccess) -> dict[str, Any]:
    return {
        "account": access.account,
        "collection": access.collection,
        "case_file": access.case_file,
        "reason": access.reason,
        "made": access.made.isoformat(),
        "until": access.until.isoformat(),
    }
