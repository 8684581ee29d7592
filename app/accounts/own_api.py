"""One's own account in the REST API: sessions and tokens, new tokens, emergency access."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Annotated

import msgspec
from flask import Response, g, jsonify
from flask.typing import ResponseReturnValue

from app.accounts.credentials import SESSION, TOKEN, SignedIn, credentials, end_held, issue_own
from app.accounts.emergency import MIN_REASON_LENGTH, emergency_accesses, take_emergency_access
from app.accounts.json_form import credential_json, emergency_json
from app.accounts.passwords import LONGEST
from app.accounts.reauthentication import require_reauthentication
from app.api_operations import JsonBody, Operation, list_of, no_content, object_of
from app.api_parameters import body
from app.principal import installation
from extraction.errors import RogatioError


@dataclass(frozen=True, slots=True)
class NewToken:
    """``scopes`` are those of the session or token that asks, by default ``read`` alone.

    ``password`` is that of the account, which a browser session has to give again.
    """

    label: Annotated[str, msgspec.Meta(max_length=200)] = ""
    scopes: list[str] = field(default_factory=list)
    password: Annotated[str, msgspec.Meta(max_length=LONGEST)] = ""


@dataclass(frozen=True, slots=True)
class NewEmergencyAccess:
    """Without a case file, access is to all files of the authority that are not restricted."""

    collection: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    reason: Annotated[str, msgspec.Meta(min_length=MIN_REASON_LENGTH, max_length=500)]
    case_file: Annotated[str, msgspec.Meta(max_length=200)] = ""


def list_own_credentials() -> Response:
    found = credentials(installation().store, _own().account.id, SESSION, TOKEN)
    return jsonify({"credentials": [credential_json(credential) for credential in found]})


def end_own_credential(credential: str) -> ResponseReturnValue:
    """End a credential of the caller, who asks with a token: a session has to give the password again, on the page."""
    own = _own()
    if own.credential.kind == SESSION:
        raise RogatioError("app.ended_on_page")
    end_held(installation().store, own.account.id, credential)
    return "", 204


def new_token() -> ResponseReturnValue:
    """Create a token; a session, which may be a stolen one, has to give the password (OWASP ASVS 5.0.0, 7.5.1).

    Raises ``app.password_needed`` without a password and what ``require_reauthentication`` does.
    """
    asked, own = body(NewToken), _own()
    if own.credential.kind == SESSION:
        if own.account.has_password and not asked.password:
            raise RogatioError("app.password_needed")
        require_reauthentication(own.account, asked.password)
    secret = issue_own(installation().store, own, label=asked.label, allowed=asked.scopes)
    return jsonify({"account": own.account.id, "token": secret}), 201


def list_emergency_accesses() -> Response:
    """Return the emergency accesses of the last days to the files of the caller's own authorities."""
    collections = [grant.collection for grant in _own().account.lasting_authorities]
    found = emergency_accesses(installation().store, collections)
    return jsonify({"emergency_accesses": [emergency_json(access) for access in found]})


def new_emergency_access() -> ResponseReturnValue:
    asked = body(NewEmergencyAccess)
    take_emergency_access(installation().store, _own().account, asked.collection, asked.case_file, asked.reason)
    return "", 204


def _own() -> SignedIn:
    found: SignedIn | None = g.get("signed_in")
    if found is None:  # the local user of an installation without accounts
        raise RogatioError("app.no_accounts")
    return found


OPERATIONS = (
    Operation(
        "/account/credentials",
        list_own_credentials,
        "listOwnCredentials",
        tag="accounts",
        summary="The sessions and tokens of the caller's account",
        answer=list_of("credentials", "Credential", "Valid sessions and tokens, most recently used first."),
        endpoint="own_credentials",
    ),
    Operation(
        "/account/credentials/<credential>",
        end_own_credential,
        "endOwnCredential",
        tag="accounts",
        summary="End a session or a token of the caller's account",
        answer=no_content("The credential is no longer valid."),
        method="DELETE",
        endpoint="end_own_credential",
    ),
    Operation(
        "/account/tokens",
        new_token,
        "addToken",
        tag="accounts",
        summary="Create a token for the caller's account",
        answer=object_of("NewToken", "The token, which is shown only once.", status=201),
        method="POST",
        endpoint="new_token",
        description="A token created with a token expires no later than that one; ending one does not end the other. "
        "A browser session gives the password of the account.",
        body=JsonBody(NewToken, {"label": "nightly export", "scopes": ["read"]}),
    ),
    Operation(
        "/account/emergency-accesses",
        list_emergency_accesses,
        "listEmergencyAccesses",
        tag="accounts",
        summary="Emergency accesses to the files of the caller's authorities",
        answer=list_of("emergency_accesses", "EmergencyAccess", "Accesses of the last thirty days, newest first."),
        endpoint="emergency_accesses",
    ),
    Operation(
        "/account/emergency-accesses",
        new_emergency_access,
        "takeEmergencyAccess",
        tag="accounts",
        summary="Take emergency access beyond the caller's grants for four hours, with a reason",
        answer=no_content("The response does not reveal whether the case file exists. The authority is informed."),
        method="POST",
        endpoint="new_emergency_access",
        body=JsonBody(
            NewEmergencyAccess,
            {"collection": "paris", "case_file": "7/2031", "reason": "The officer on duty cannot be reached."},
        ),
    ),
)
