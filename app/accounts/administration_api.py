"""Accounts, their grants and credentials in the REST API, for administrators.

Administrators cannot create tokens for others, because a token shows what their own role may not see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec
from flask import Response, jsonify, url_for
from flask.typing import ResponseReturnValue

from app.accounts import accounts as book
from app.accounts import administration
from app.accounts.credentials import SESSION, TOKEN, credentials, end_held
from app.accounts.json_form import account_json, credential_json, grant_json
from app.accounts.permissions import roles
from app.api_operations import Choice, JsonBody, Operation, Text, list_of, no_content, object_of
from app.api_parameters import body
from app.audit.recording import note
from app.principal import current_principal, installation

Name = Annotated[str, msgspec.Meta(pattern=rf"^{book.NAME.pattern}$".replace("a-z", "A-Za-z"))]
Granted = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


@dataclass(frozen=True, slots=True)
class NewAccount:
    """``authority`` is the collection whose files the account reads, if any."""

    name: Name
    role: str
    authority: Annotated[str, msgspec.Meta(max_length=64)] = ""


@dataclass(frozen=True, slots=True)
class NewRole:
    role: str


@dataclass(frozen=True, slots=True)
class NewGrant:
    """``value`` is a collection, a case file, the id of a document or a permission, as ``kind`` says.

    ``collection`` is that of the case file, where several have one of the same reference.
    """

    kind: str
    value: Granted
    collection: Annotated[str, msgspec.Meta(max_length=64)] = ""


def list_accounts() -> Response:
    return jsonify({"accounts": [account_json(account) for account in book.accounts(installation().store)]})


def get_account(principal: str) -> Response:
    """Return an account with its sessions and tokens."""
    store = installation().store
    found = book.account(store, principal)
    held = credentials(store, found.id, SESSION, TOKEN)
    return jsonify(account_json(found) | {"credentials": [credential_json(credential) for credential in held]})


def add_account() -> ResponseReturnValue:
    asked, author = body(NewAccount), current_principal().id
    secret = administration.add_invited(installation().store, asked.name, asked.role, asked.authority, author=author)
    note(principal=asked.name)
    return _invitation(asked.name, secret)


def invite(principal: str) -> ResponseReturnValue:
    return _invitation(principal, administration.invite(installation().store, principal, author=current_principal().id))


def _invitation(name: str, secret: str) -> ResponseReturnValue:
    address = url_for("accounts.invitation", secret=secret, _external=True)
    return jsonify(account_json(book.account(installation().store, name)) | {"invitation": address}), 201


def change_role(principal: str) -> Response:
    store, author = installation().store, current_principal().id
    ended = administration.change_role(store, principal, body(NewRole).role, author=author)
    return jsonify(account_json(book.account(store, principal)) | {"ended_grants": list(map(grant_json, ended))})


def disable_account(principal: str) -> ResponseReturnValue:
    administration.disable(installation().store, principal, author=current_principal().id)
    return "", 204


def add_grant(principal: str) -> ResponseReturnValue:
    asked, author = body(NewGrant), current_principal().id
    given = administration.give(
        installation().store, principal, asked.kind, asked.value, asked.collection, author=author
    )
    return jsonify(grant_json(given)), 201


KIND = Choice("kind", known=book.GRANTS, usual=book.AUTHORITY)
COLLECTION = Text("collection", longest=64, example="lima")
VALUE = Text("value", longest=200)


def remove_grant(principal: str) -> ResponseReturnValue:
    grant = book.Grant(KIND.value(), COLLECTION.value(), VALUE.value())
    administration.take(installation().store, principal, grant, author=current_principal().id)
    return "", 204


def end_credential(principal: str, credential: str) -> ResponseReturnValue:
    store = installation().store
    end_held(store, book.account(store, principal).id, credential)
    return "", 204


def end_credentials(principal: str) -> ResponseReturnValue:
    administration.end_everything(installation().store, principal, author=current_principal().id)
    return "", 204


_ROLE = {"role": {"enum": list(roles())}}
_ACCOUNT = object_of("Account", "The account.")
_INVITED = object_of("InvitedAccount", "The account with the address of its invitation, which is shown only once.", 201)

OPERATIONS = (
    Operation(
        "/accounts",
        list_accounts,
        "listAccounts",
        tag="accounts",
        summary="List accounts with their grants",
        answer=list_of("accounts", "Account", "Accounts by name."),
        endpoint="accounts",
    ),
    Operation(
        "/accounts",
        add_account,
        "addAccount",
        tag="accounts",
        summary="Add an account and invite its holder to choose a password",
        answer=_INVITED,
        method="POST",
        endpoint="add_account",
        body=JsonBody(NewAccount, {"name": "rita", "role": "prosecutor", "authority": "paris"}, refined=_ROLE),
    ),
    Operation(
        "/accounts/<principal>",
        get_account,
        "getAccountOf",
        tag="accounts",
        summary="An account with its grants, sessions and tokens",
        answer=object_of("AccountWithCredentials", "The account."),
        endpoint="account_of",
    ),
    Operation(
        "/accounts/<principal>",
        disable_account,
        "disableAccount",
        tag="accounts",
        summary="Disable an account permanently; its sessions and tokens end",
        answer=no_content("The account is disabled. Nobody can disable their own account."),
        method="DELETE",
        endpoint="disable_account",
    ),
    Operation(
        "/accounts/<principal>/invitation",
        invite,
        "inviteAccount",
        tag="accounts",
        summary="Invite the holder of an account to choose a new password; earlier invitations end",
        answer=_INVITED,
        method="POST",
        endpoint="invite_account",
    ),
    Operation(
        "/accounts/<principal>/role",
        change_role,
        "changeRole",
        tag="accounts",
        summary="Give an account another role; its sessions and tokens end, and the grants that the role cannot hold",
        answer=object_of("AccountWithRole", "The account, and the grants that ended."),
        method="PUT",
        endpoint="change_role",
        body=JsonBody(NewRole, {"role": "reviewer"}, refined=_ROLE),
    ),
    Operation(
        "/accounts/<principal>/grants",
        add_grant,
        "addGrant",
        tag="accounts",
        summary="Grant an account access to an authority's files, a case file or a document, or `public:write`",
        answer=object_of("Grant", "The grant.", 201),
        method="POST",
        endpoint="add_grant",
        body=JsonBody(NewGrant, {"kind": "authority", "value": "lima"}, refined={"kind": {"enum": list(book.GRANTS)}}),
    ),
    Operation(
        "/accounts/<principal>/grants",
        remove_grant,
        "removeGrant",
        tag="accounts",
        summary="Revoke a grant of an account",
        answer=no_content("The grant is revoked."),
        method="DELETE",
        endpoint="remove_grant",
        parameters=(KIND, COLLECTION, VALUE),
    ),
    Operation(
        "/accounts/<principal>/credentials",
        end_credentials,
        "endCredentials",
        tag="accounts",
        summary="End all sessions, tokens and invitations of an account",
        answer=no_content("All credentials are invalid."),
        method="DELETE",
        endpoint="end_credentials",
    ),
    Operation(
        "/accounts/<principal>/credentials/<credential>",
        end_credential,
        "endCredential",
        tag="accounts",
        summary="End a session or a token of an account",
        answer=no_content("The credential is no longer valid."),
        method="DELETE",
        endpoint="end_credential",
    ),
)
