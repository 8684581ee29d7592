"""Accounts, grants, tokens, emergency access, four eyes and legal holds by the API."""

from __future__ import annotations

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import urlsplit

import pytest
from api_walk import OPERATIONS, problems
from flask import Flask
from store_records import FRANCE, PUBLIC, add_document
from werkzeug.test import TestResponse

from app.accounts.accounts import Grant, account, add_account
from app.accounts.credentials import SESSION, TOKEN, credentials, issue
from app.accounts.granting import restrict_case_file
from app.accounts.passwords import set_password
from app.accounts.reauthentication import ASKED_KEY, RECENT_SECONDS
from app.web import create_app
from indexing.access import LOCAL_USER
from indexing.settings import Settings
from indexing.store.reading import Store
from indexing.store.writing import ensure_collection

PASSWORD = "zarzaparrilla y belfegor"
REASON = "La oficial de guardia no responde desde ayer."


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    made = create_app({"SETTINGS": Settings(tmp_path / "home"), "WTF_CSRF_ENABLED": False})
    store = store_of(made)
    for collection in (FRANCE, PUBLIC):
        ensure_collection(store, collection, LOCAL_USER)
    add_account(store, "ada", "administrator", author="test")
    for name in ("ana", "berta"):
        add_account(store, name, "officer", [Grant("authority", FRANCE.id)], author="test")
    add_account(store, "eva", "expert", author="test")
    return made


def store_of(app: Flask) -> Store:
    store: Store = app.extensions["installation"].store
    return store


def sent(app: Flask, name: str, operation: str, body: Any = None, *, scopes: tuple[str, ...] = (), **parts: str) -> Any:
    """Send an operation with a new token of an account and check that its answer is as described."""
    return sent_with(app, issue(store_of(app), name, TOKEN, allowed=scopes), operation, body, parts)


def sent_with(app: Flask, token: str, operation: str, body: Any = None, parts: Mapping[str, str] = {}) -> TestResponse:
    method, path, described = OPERATIONS[operation]
    query = {name: value for name, value in parts.items() if f"{{{name}}}" not in path}
    answer = app.test_client().open(
        f"/api/v1{path.format(**parts)}",
        method=method,
        json=body,
        query_string=query,
        headers={"Authorization": f"Bearer {token}"},
    )
    assert not problems(answer, described)
    return answer


def test_an_administrator_invites_grants_and_disables(app: Flask) -> None:
    made = sent(app, "ada", "addAccount", {"name": "rita", "role": "prosecutor", "authority": FRANCE.id})
    assert (made.status_code, made.json["grants"][0]["collection"]) == (201, FRANCE.id)
    chosen = app.test_client().post(urlsplit(made.json["invitation"]).path, data={"password": "zarzaparrilla y más"})
    assert chosen.status_code == 302
    assert sent(app, "ada", "changeRole", {"role": "reviewer"}, principal="rita").json["role"] == "reviewer"
    given = sent(app, "ada", "addGrant", {"kind": "permission", "value": "public:write"}, principal="rita")
    assert (given.status_code, given.json["kind"]) == (201, "permission")
    taken = sent(app, "ada", "removeGrant", principal="rita", kind="authority", collection=FRANCE.id)
    assert taken.status_code == 204
    issue(store_of(app), "rita", TOKEN)
    (held,) = sent(app, "ada", "getAccountOf", principal="rita").json["credentials"]
    assert sent(app, "ada", "endCredential", principal="rita", credential=held["number"]).status_code == 204
    assert sent(app, "ada", "getAccountOf", principal="rita").json["credentials"] == []
    again = sent(app, "ada", "inviteAccount", principal="rita")
    assert sent(app, "ada", "endCredentials", principal="rita").status_code == 204
    assert app.test_client().get(urlsplit(again.json["invitation"]).path).status_code == 404
    assert sent(app, "ada", "disableAccount", principal="rita").status_code == 204
    (listed,) = [one for one in sent(app, "ada", "listAccounts").json["accounts"] if one["account"] == "rita"]
    assert (listed["disabled"], [one["kind"] for one in listed["grants"]]) == (True, ["permission"])


def test_authorities_and_restricted_case_files(app: Flask, tmp_path: Path) -> None:
    document = add_document(store_of(app), tmp_path, FRANCE, b"a letter", case_file="7/2031")
    place = {"collection": FRANCE.id, "case_file": "7/2031"}
    assert sent(app, "ada", "setAuthorityState", {"state": "fr"}, collection=FRANCE.id).status_code == 204
    (france,) = sent(app, "ada", "listAuthorities").json["authorities"]
    assert france["state"] == "FR"
    for restricted, status in ((True, 404), (False, 200)):
        assert sent(app, "ada", "restrictCaseFile", {**place, "restricted": restricted}).status_code == 204
        assert sent(app, "ana", "getDocument", document_id=document).status_code == status


@pytest.mark.parametrize(
    ("operation", "body", "parts"),
    [
        ("disableAccount", None, {}),
        ("changeRole", {"role": "officer"}, {}),
        ("inviteAccount", None, {}),
        ("addGrant", {"kind": "authority", "value": FRANCE.id}, {}),
        ("removeGrant", None, {"kind": "authority", "collection": FRANCE.id}),
        ("endCredentials", None, {}),
    ],
)
def test_nobody_changes_the_own_access(app: Flask, operation: str, body: Any, parts: dict[str, str]) -> None:
    answer = sent(app, "ada", operation, body, principal="ada", **parts)
    assert (answer.status_code, answer.json["code"]) == (403, "app.own_account")


@pytest.mark.parametrize(
    ("name", "scopes", "operation", "body"),
    [
        ("ada", ("read", "write", "tokens"), "addAccount", {"name": "rita", "role": "officer"}),
        ("ana", (), "addAccount", {"name": "rita", "role": "officer"}),
        ("ana", ("read", "write"), "addToken", {"scopes": ["read"]}),
        ("ana", ("read", "tokens"), "addToken", {"scopes": ["write"]}),
        ("ana", ("read", "write"), "takeEmergencyAccess", {"collection": "lima", "reason": REASON}),
        ("eva", (), "takeEmergencyAccess", {"collection": FRANCE.id, "reason": REASON}),
        ("eva", (), "holdCaseFile", {"collection": "public", "case_file": "1", "held": True}),
    ],
)
def test_a_scope_or_a_role_without_it_is_refused(
    app: Flask, name: str, scopes: tuple[str, ...], operation: str, body: Any
) -> None:
    answer = sent(app, name, operation, body, scopes=scopes)
    assert (answer.status_code, answer.json["code"]) == (403, "app.not_permitted")


def test_own_tokens_are_made_listed_and_ended(app: Flask) -> None:
    asking = issue(store_of(app), "ana", TOKEN, allowed=("read", "tokens"))
    made = sent_with(app, asking, "addToken", {"label": "exports", "scopes": ["read"]})
    assert made.status_code == 201
    listed = {one["label"]: one for one in sent_with(app, asking, "listOwnCredentials").json["credentials"]}
    assert listed["exports"]["scopes"] == ["read"]
    assert listed["exports"]["expires"] == listed[""]["expires"]  # no longer than the token that asked
    ended = sent_with(app, asking, "endOwnCredential", parts={"credential": listed["exports"]["number"]})
    assert ended.status_code == 204
    assert sent_with(app, made.json["token"], "getAccount").status_code == 401
    assert sent_with(app, asking, "addToken", {}).status_code == 201
    assert {one.scopes for one in credentials(store_of(app), "ana", TOKEN)} == {("read", "tokens"), ("read",)}


def test_a_session_makes_a_token_of_any_scope(app: Flask) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["sign_in"] = issue(store_of(app), "ana", SESSION)
        session[ASKED_KEY] = time.time()  # ana has no password: her provider has just asked who she is
    made = client.post("/api/v1/account/tokens", json={"scopes": ["write"]})
    assert made.status_code == 201
    assert sent_with(app, made.json["token"], "listDocuments").status_code == 403


@pytest.mark.parametrize(
    ("given", "status", "code"),
    [
        ({}, 403, "app.password_needed"),
        ({"password": "zarzaparrilla y menos"}, 422, "app.password_is_wrong"),
        ({"password": PASSWORD}, 201, None),
    ],
)
def test_a_session_makes_a_token_with_the_password_only(
    app: Flask, given: dict[str, str], status: int, code: str | None
) -> None:
    set_password(store_of(app), "ana", PASSWORD)
    client = app.test_client()
    with client.session_transaction() as session:
        session["sign_in"] = issue(store_of(app), "ana", SESSION)
        session[ASKED_KEY] = time.time()  # does not replace the password of an account that has one
    made = client.post("/api/v1/account/tokens", json={"label": "export", **given})
    assert (made.status_code, made.json.get("code")) == (status, code)
    assert len(credentials(store_of(app), "ana", TOKEN)) == (0 if code else 1)


def test_a_session_of_a_provider_makes_no_token_long_after_it_was_asked(app: Flask) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["sign_in"] = issue(store_of(app), "ana", SESSION)
        session[ASKED_KEY] = time.time() - RECENT_SECONDS - 1
    made = client.post("/api/v1/account/tokens", json={})
    assert made.json["code"] == "app.sign_in_again"
    assert credentials(store_of(app), "ana", TOKEN) == ()


def test_a_session_ends_none_without_the_password(app: Flask) -> None:
    client = app.test_client()
    with client.session_transaction() as session:
        session["sign_in"] = issue(store_of(app), "ana", SESSION)
    (own,) = client.get("/api/v1/account/credentials").json["credentials"]
    refused = client.delete(f"/api/v1/account/credentials/{own['number']}")
    assert (refused.status_code, refused.json["code"]) == (403, "app.ended_on_page")


def test_nobody_ends_another_s_token(app: Flask) -> None:
    issue(store_of(app), "berta", TOKEN)
    (held,) = credentials(store_of(app), "berta", TOKEN)
    assert sent(app, "ana", "endOwnCredential", credential=held.number).status_code == 404
    assert credentials(store_of(app), "berta", TOKEN) == (held,)


def test_emergency_access_is_announced_to_the_authority(app: Flask, tmp_path: Path) -> None:
    store = store_of(app)
    add_account(store, "otto", "officer", [Grant("authority", "lima")], author="test")
    document = add_document(store, tmp_path, FRANCE, b"a letter")
    assert sent(app, "otto", "getDocument", document_id=document).status_code == 404
    assert sent(app, "otto", "takeEmergencyAccess", {"collection": FRANCE.id, "reason": "urgente"}).status_code == 422
    taken = sent(app, "otto", "takeEmergencyAccess", {"collection": FRANCE.id, "reason": REASON})
    assert taken.status_code == 204
    assert sent(app, "otto", "getDocument", document_id=document).status_code == 200
    for operation, body, parts in (
        ("changeDocuments", {"documents": [document], "collection": "lima"}, {}),
        ("changeDocuments", {"documents": [document], "title": "Carta"}, {}),
        ("deleteDocument", {}, {"document_id": document}),
        ("holdDocument", {"held": True}, {"document_id": document}),
    ):
        refused = sent(app, "otto", operation, body, **parts)
        assert (refused.status_code, refused.json["code"]) == (403, "indexing.not_writable"), operation
    (announced,) = sent(app, "ana", "listEmergencyAccesses").json["emergency_accesses"]
    assert (announced["account"], announced["reason"]) == ("otto", REASON)
    assert sent(app, "eva", "listEmergencyAccesses").json["emergency_accesses"] == []
    assert account(store, "otto").grants[-1].until is not None


def test_a_deletion_is_asked_for_withdrawn_and_confirmed(app: Flask, tmp_path: Path) -> None:
    document = add_document(store_of(app), tmp_path, FRANCE, b"a letter")
    asked = {"document_id": document}
    assert sent(app, "berta", "getDeletion", **asked).json == {"asked": None, "hold": ""}
    assert sent(app, "ana", "deleteDocument", **asked).status_code == 202
    assert sent(app, "berta", "getDeletion", **asked).json["asked"]["account"] == "ana"
    assert sent(app, "eva", "withdrawDeletion", **asked).status_code == 403
    assert sent(app, "berta", "withdrawDeletion", **asked).status_code == 204
    assert sent(app, "berta", "deleteDocument", **asked).status_code == 202
    assert sent(app, "ana", "deleteDocument", **asked).status_code == 204


def test_what_is_held_is_not_deleted_until_it_is_released(app: Flask, tmp_path: Path) -> None:
    document = add_document(store_of(app), tmp_path, FRANCE, b"a letter", case_file="7/2031")
    sent(app, "ana", "deleteDocument", document_id=document)
    file = {"collection": FRANCE.id, "case_file": "7/2031"}
    one = {"document_id": document}
    for operation, body, parts, hold in (
        ("holdDocument", {}, one, "document"),
        ("holdCaseFile", file, {}, "case_file"),
    ):
        assert sent(app, "ana", operation, {**body, "held": True}, **parts).status_code == 204
        assert sent(app, "berta", "getDeletion", document_id=document).json["hold"] == hold
        refused = sent(app, "berta", "deleteDocument", document_id=document)
        assert (refused.status_code, refused.json["code"]) == (409, "indexing.legal_hold")
        assert sent(app, "ana", operation, {**body, "held": False}, **parts).status_code == 204
    assert sent(app, "berta", "deleteDocument", document_id=document).status_code == 204


def test_the_deletion_of_what_is_held_is_not_asked_for(app: Flask, tmp_path: Path) -> None:
    document = add_document(store_of(app), tmp_path, FRANCE, b"a letter", case_file="7/2031")
    file = {"collection": FRANCE.id, "case_file": "7/2031"}
    assert sent(app, "ana", "holdCaseFile", {**file, "held": True}).status_code == 204
    refused = sent(app, "ana", "deleteDocument", document_id=document)
    assert (refused.status_code, refused.json["code"]) == (409, "indexing.legal_hold")
    assert sent(app, "berta", "getDeletion", document_id=document).json["asked"] is None


def test_a_case_file_that_may_not_be_seen_is_not_held(app: Flask) -> None:
    restrict_case_file(store_of(app), FRANCE.id, "oculto", restricted=True)
    place = {"case_file": "oculto", "held": True}
    answers = [
        sent(app, "ana", "holdCaseFile", place | {"collection": FRANCE.id}).json["code"],
        sent(app, "ana", "holdCaseFile", place | {"collection": "lima"}).json["code"],
        sent(app, "ana", "holdCaseFile", place | {"collection": "public"}).json["code"],
    ]
    assert answers == ["app.no_such_case_file", "indexing.no_such_collection", "indexing.not_writable"]


def test_the_page_holds_and_releases(app: Flask, tmp_path: Path) -> None:
    document = add_document(store_of(app), tmp_path, FRANCE, b"a letter")
    client, address = app.test_client(), f"/documents/{document}/deletion"
    with client.session_transaction() as session:
        session["sign_in"] = issue(store_of(app), "ana", SESSION)
    assert "Put under legal hold" in client.get(f"{address}?ui=en").text
    client.post(f"/documents/{document}/hold", data={"action": "hold"})
    held = client.get(f"{address}?ui=en").text
    assert "Release the legal hold" in held
    assert "Ask for the deletion" not in held
    client.post(f"/documents/{document}/hold", data={"action": "release"})
    assert "Ask for the deletion" in client.get(f"{address}?ui=en").text
