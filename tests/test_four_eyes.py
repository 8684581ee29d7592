"""Deletion by two persons if there are accounts; at once in single-user mode and on the command line."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import update
from store_records import FRANCE, PUBLIC, add_document

from app.accounts.accounts import Grant, add_account
from app.accounts.credentials import SESSION, TOKEN, issue
from app.documents.schema import DeletionRequestRow
from app.web import create_app
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER
from indexing.settings import Settings
from indexing.store.reading import Store
from indexing.store.writing import now, writing


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    made = create_app({"SETTINGS": Settings(tmp_path / "home"), "WTF_CSRF_ENABLED": False})
    store = made.extensions["installation"].store
    for name, authority in (("ana", FRANCE.id), ("berta", FRANCE.id), ("otto", "elsewhere")):
        add_account(store, name, "officer", [Grant("authority", authority)], author="test")
    return made


def store_of(app: Flask) -> Store:
    held: Store = app.extensions["installation"].store
    return held


def client(app: Flask, name: str) -> FlaskClient:
    made = app.test_client()
    made.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issue(store_of(app), name, TOKEN)}"
    with made.session_transaction() as session:
        session["sign_in"] = issue(store_of(app), name, SESSION)
    return made


def is_there(app: Flask, document: str) -> bool:
    try:
        store_of(app).document(store_of(app).access(LOCAL_USER), document)
    except RogatioError:
        return False
    return True


def test_a_second_person_confirms_by_the_api(app: Flask, tmp_path: Path) -> None:
    document = add_document(store_of(app), tmp_path, FRANCE, b"a letter")
    address = f"/api/v1/documents/{document}"
    answer = client(app, "ana").delete(address)
    assert (answer.status_code, answer.json) == (202, {"state": "second_person_needed"})
    again = client(app, "ana").delete(address)
    assert (again.status_code, again.json["code"]) == (409, "app.second_person_needed")
    assert client(app, "otto").delete(address).status_code == 404
    assert is_there(app, document)
    assert client(app, "berta").delete(address).status_code == 204
    assert not is_there(app, document)


@pytest.mark.parametrize("confirms", [True, False])
def test_a_second_person_confirms_or_withdraws_by_the_page(app: Flask, tmp_path: Path, confirms: bool) -> None:
    document = add_document(store_of(app), tmp_path, FRANCE, b"a letter")
    address = f"/documents/{document}/deletion"
    ana, berta = client(app, "ana"), client(app, "berta")
    assert "Ask for the deletion" in ana.get(f"{address}?ui=en").text
    assert ana.post(address, data={"action": "delete"}).status_code == 302
    assert "Another person has to confirm it" in ana.get(f"{address}?ui=en").text
    page = berta.get(f"{address}?ui=en").text
    assert "ana asked for its deletion" in page
    assert "Delete for good" in page
    berta.post(address, data={"action": "delete" if confirms else "withdraw"})
    assert is_there(app, document) != confirms


def test_a_double_click_is_answered_like_the_first_one(app: Flask, tmp_path: Path) -> None:
    document = add_document(store_of(app), tmp_path, FRANCE, b"a letter")
    address = f"/documents/{document}/deletion"
    ana, berta = client(app, "ana"), client(app, "berta")
    for asking, location in ((ana, address), (berta, "/documents")):
        for _ in range(2):
            answer = asking.post(address, data={"action": "delete"})
            assert (answer.status_code, answer.location) == (302, location)
    assert [client(app, name).post(address).status_code for name in ("ana", "otto")] == [404, 404]
    assert berta.get(address).status_code == 404


def test_a_deletion_and_a_rule_wait_for_the_second_person(app: Flask, tmp_path: Path) -> None:
    document = add_document(store_of(app), tmp_path, FRANCE, b"a letter")
    add_account(store_of(app), "pia", "prosecutor", [Grant("authority", FRANCE.id)], author="test")
    ana = client(app, "ana")
    ana.post(f"/documents/{document}/deletion")
    ana.post("/retention/rules", data={"collection": FRANCE.id, "days": "365"})
    address = f'href="/documents/{document}/deletion"'
    seen = {name: client(app, name).get("/waiting?ui=en").text for name in ("ana", "berta", "otto", "pia")}
    assert {name: address in page for name, page in seen.items()} == dict.fromkeys(seen, False) | {"berta": True}
    assert [name for name, page in seen.items() if "1 retention rule to approve" in page] == ["berta"]
    withdrawn = {"action": "withdraw"}
    ana.post(f"/documents/{document}/deletion", data=withdrawn)
    assert address not in client(app, "berta").get("/waiting?ui=en").text


def test_a_request_ends_with_time(app: Flask, tmp_path: Path) -> None:
    document = add_document(store_of(app), tmp_path, FRANCE, b"a letter")
    client(app, "ana").delete(f"/api/v1/documents/{document}")
    with writing(store_of(app)) as session:
        session.execute(update(DeletionRequestRow).values(made=now() - timedelta(days=31)))
    assert client(app, "berta").delete(f"/api/v1/documents/{document}").status_code == 202


def test_public_law_needs_the_grant(app: Flask, tmp_path: Path) -> None:
    document = add_document(store_of(app), tmp_path, PUBLIC, b"a law")
    answer = client(app, "ana").delete(f"/api/v1/documents/{document}")
    assert (answer.status_code, answer.json["code"]) == (403, "indexing.not_writable")


def test_single_user_mode_deletes_at_once(tmp_path: Path) -> None:
    app = create_app({"SETTINGS": Settings(tmp_path / "alone")})
    document = add_document(store_of(app), tmp_path, FRANCE, b"a letter")
    assert app.test_client().delete(f"/api/v1/documents/{document}").status_code == 204
