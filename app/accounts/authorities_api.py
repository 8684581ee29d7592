"""Authorities, storage quotas and restricted case files in the REST API, for administrators."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Annotated

import msgspec
from flask import Response, jsonify
from flask.typing import ResponseReturnValue

from app.accounts import granting
from app.accounts.authorities import MAX_MEBIBYTES, authorities, set_authority_state, set_quota
from app.api_operations import JsonBody, Operation, list_of, no_content
from app.api_parameters import body
from app.principal import installation
from indexing.store.quotas import storage_use


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
    collection: Annotated[str, msgspec.Meta(min_length=1, max_length=64)]
    case_file: Annotated[str, msgspec.Meta(min_length=1, max_length=200)]
    restricted: bool


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


OPERATIONS = (
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
