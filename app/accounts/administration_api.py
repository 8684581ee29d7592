"""Accounts, grants, authorities and restricted case files in the REST API, for administrators.

An administrator makes no tokens for others: with one, he or she would read what the role does not see.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec
from flask import Response, jsonify, url_for
from flask.typing import ResponseReturnValue

from app.accounts import accounts as book
from app.accounts import administration, granting
from app.accounts.authorities import MAX_MEBIBYTES, authorities, set_authority_state, set_quota
from app.accounts.credentials import SESSION, TOKEN, credentials, end_held
from app.accounts.json_form import account_json, credential_json, grant_json
from app.accounts.permissions import roles
from app.api_operations import Choice, JsonBody, Operation, Text, list_of, no_content, object_of
from app.api_parameters import body
from app.audit.recording import note
from app.principal import current_principal, installation
from indexing.store.quotas import storage_use

Name = Annotated[str, msgspec.Meta(pattern=rf"^{book.NAME.pattern}$".replace("a-z", "A-Za-z"))]
CollectionId = Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
CaseFile = Annotated[str, msgspec.Meta(min_length=1, max_length=200)]


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
    value: CaseFile
    collection: Annotated[str, msgspec.Meta(max_length=64)] = ""


@dataclass(frozen=True, slots=True)
class NewState:
    """``state`` is a code of ISO 3166-1 alpha-2, empty for none."""

    state: Annotated[str, msgspec.Meta(max_length=2)]


@dataclass(frozen=True, slots=True)
class NewQuota:
    """``mebibytes`` is the limit of the originals of a collection, null for none."""

    mebibytes: Annotated[int, msgspec.Meta(ge=1, le=MAX_MEBIBYTES)] | None


@dataclass(frozen=True, slots=True)
class Restriction:
    collection: CollectionId
    case_file: CaseFile
    restricted: bool


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
    administration.change_role(installation().store, principal, body(NewRole).role, author=current_principal().id)
    return jsonify(account_json(book.account(installation().store, principal)))


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


def list_authorities() -> Response:
    found = authorities(installation().store)
    return jsonify(
        {
            "authorities": [
                {"collection": authority.id, "name": authority.name, "state": authority.state} for authority in found
            ]
        }
    )


def set_state(collection: str) -> ResponseReturnValue:
    set_authority_state(installation().store, collection, body(NewState).state)
    return "", 204


def list_storage() -> Response:
    return jsonify(
        {
            "storage": [
                {"collection": use.collection, "name": use.name, "used_bytes": use.used, "quota_bytes": use.quota}
                for use in storage_use(installation().store)
            ]
        }
    )


def set_storage_quota(collection: str) -> ResponseReturnValue:
    set_quota(installation().store, collection, body(NewQuota).mebibytes)
    return "", 204


def restrict_case_file() -> ResponseReturnValue:
    asked, store = body(Restriction), installation().store
    grant = granting.case_file_grant(store, asked.case_file, [asked.collection])
    granting.restrict_case_file(store, grant.collection, grant.value, restricted=asked.restricted)
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
        summary="Give an account another role; its sessions and tokens end",
        answer=_ACCOUNT,
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
    Operation(
        "/authorities",
        list_authorities,
        "listAuthorities",
        tag="accounts",
        summary="Authorities of the installation, with the State of each",
        answer=list_of("authorities", "Authority", "Authorities by name."),
        endpoint="authorities",
    ),
    Operation(
        "/authorities/<collection>/state",
        set_state,
        "setAuthorityState",
        tag="accounts",
        summary="Set the State of an authority",
        answer=no_content("It is set."),
        method="PUT",
        endpoint="set_authority_state",
        body=JsonBody(NewState, {"state": "FR"}),
    ),
    Operation(
        "/storage",
        list_storage,
        "listStorage",
        tag="accounts",
        summary="Bytes that the originals of each collection take, with its quota",
        answer=list_of("storage", "StorageUse", "Collections by name."),
        endpoint="storage",
    ),
    Operation(
        "/storage/<collection>",
        set_storage_quota,
        "setStorageQuota",
        tag="accounts",
        summary="Set or remove the storage quota of a collection",
        answer=no_content("It is set; what is stored beyond it remains."),
        method="PUT",
        endpoint="set_storage_quota",
        body=JsonBody(NewQuota, {"mebibytes": 20480}),
    ),
    Operation(
        "/case-files/restriction",
        restrict_case_file,
        "restrictCaseFile",
        tag="accounts",
        summary="Restrict a case file to the accounts to which it was granted by name, or open it",
        answer=no_content("It is restricted or open."),
        method="PUT",
        endpoint="restrict_case_file",
        body=JsonBody(Restriction, {"collection": "paris", "case_file": "7/2031", "restricted": True}),
    ),
)
