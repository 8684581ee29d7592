"""Caps on what an account may have at once: API tokens and workspaces."""

from __future__ import annotations

import time

import pytest
from account_site import AccountSite, account_site

from app.accounts.credentials import SESSION, TOKEN, credentials, end, issue
from app.accounts.limits import DEFAULTS, TOKENS, WORKSPACES, check_limits, limit
from app.accounts.reauthentication import ASKED_KEY
from app.rooms.rooms import close_room, open_room, rooms
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.store.reading import Store


@pytest.fixture(scope="module")
def site(tmp_path_factory: pytest.TempPathFactory) -> AccountSite:
    return account_site(tmp_path_factory.mktemp("limits"))


@pytest.fixture(scope="module")
def store(site: AccountSite) -> Store:
    held: Store = site.app.extensions["installation"].store
    return held


@pytest.mark.parametrize("wrong", ["0", "-1", "10001", "many", "1.5", "٣"])
def test_a_wrong_limit_is_named(wrong: str) -> None:
    for name in DEFAULTS:
        with pytest.raises(RogatioError, match="setting_wrong") as raised:
            check_limits({name: wrong})
        assert raised.value.facts == {"name": name}


def test_a_limit_is_its_setting_or_the_default() -> None:
    assert limit(TOKENS, {TOKENS: " 7 "}) == 7
    assert limit(WORKSPACES, {WORKSPACES: ""}) == DEFAULTS[WORKSPACES]


def test_an_ended_token_makes_room_for_another(
    site: AccountSite, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    client = site.client("ana")  # signed in by a session, which is no token
    with client.session_transaction() as session:
        session[ASKED_KEY] = time.time()
    held = len(credentials(store, "ana", TOKEN))
    monkeypatch.setenv(TOKENS, str(held + 2))
    for _ in range(2):
        assert client.post("/api/v1/account/tokens", json={"label": "export"}).status_code == 201
    refused = client.post("/api/v1/account/tokens", json={"label": "one more"})
    assert (refused.status_code, refused.json["code"]) == (409, "app.too_many_tokens")
    assert str(held + 2) in refused.json["title"] + refused.json.get("detail", "")
    issue(store, "ana", SESSION)  # only tokens are limited
    issue(store, "eva", TOKEN)  # and each account by itself
    end(store, "ana", credentials(store, "ana", TOKEN)[0].number)
    assert client.post("/api/v1/account/tokens", json={"label": "again"}).status_code == 201


def test_a_deleted_workspace_makes_room_for_another(
    site: AccountSite, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    client, ana = site.client("ana"), Principal("ana", frozenset({"public"}))
    monkeypatch.setenv(WORKSPACES, str(len(rooms(store, ana)) + 1))
    question = {"name": "Grupo", "question": {"concept": "ML"}}
    assert client.post("/api/v1/rooms", json=question).status_code == 201
    refused = client.post("/api/v1/rooms", json=question)
    assert (refused.status_code, refused.json["code"]) == (409, "indexing.too_many_rooms")
    page = client.post("/rooms/", data={"name": "Grupo", "concept": "ML"})
    assert page.status_code == 409
    newest = rooms(store, ana)[0]
    close_room(store, ana, newest.id)
    assert open_room(store, ana, "Grupo", newest.question).author == "ana"
    for _ in range(3):  # the one user of an installation without accounts has no limit
        open_room(store, LOCAL_USER, "Grupo", newest.question)


def test_every_sentence_has_the_limit(store: Store) -> None:
    for code in ("app.too_many_tokens", "indexing.too_many_rooms"):
        for language in ("es", "pt", "pt-PT", "en", "fr"):
            assert "7" in RogatioError(code, most=7).sentence(language)
