"""Administrators invite, grant, revoke, change roles, end sessions and disable, but never their own account."""

from __future__ import annotations

import re
from html import unescape
from pathlib import Path

import pytest
from flask import Flask
from flask.testing import FlaskClient
from markupsafe import escape

from app.accounts.accounts import Grant, account, accounts, add_account
from app.accounts.credentials import SESSION, TOKEN, credentials, issue
from app.accounts.permissions import roles
from app.web import create_app
from extraction.errors import sentence
from indexing.access import LOCAL_USER, Collection
from indexing.settings import Settings
from indexing.store.reading import Store
from indexing.store.writing import ensure_collection


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    made = create_app({"SETTINGS": Settings(tmp_path / "home"), "WTF_CSRF_ENABLED": False})
    store = made.extensions["installation"].store
    ensure_collection(store, Collection("paris", "Paris", "paris"), LOCAL_USER)
    add_account(store, "ada", "administrator", author="test")
    add_account(store, "ana", "officer", [Grant("authority", "lima")], author="test")
    return made


def store_of(app: Flask) -> Store:
    store: Store = app.extensions["installation"].store
    return store


def client(app: Flask, name: str) -> FlaskClient:
    asking = app.test_client()
    with asking.session_transaction() as session:
        session["sign_in"] = issue(store_of(app), name, SESSION)
    return asking


def test_a_person_is_invited_and_chooses_a_password(app: Flask) -> None:
    asking = client(app, "ada")
    made = asking.post("/accounts/new", data={"name": "rita", "role": "prosecutor", "authority": "paris"})
    (address,) = re.findall(r"http://localhost(/invitation/[^<]+)", made.text)
    assert account(store_of(app), "rita").grants[0].collection == "paris"
    new = app.test_client()
    assert new.post(address, data={"password": "zarzaparrilla y belfegor"}).status_code == 302
    assert new.post("/sign-in", data={"name": "rita", "password": "zarzaparrilla y belfegor"}).location == "/"
    assert address not in asking.get("/accounts/rita").text


@pytest.mark.parametrize(
    ("language", "words"),
    [("es", "ninguna autoridad"), ("pt", "Não há autoridade"), ("en", "no authority"), ("fr", "aucune autorité")],
)
def test_an_authority_that_does_not_exist_is_refused(app: Flask, language: str, words: str) -> None:
    asking, store = client(app, "ada"), store_of(app)
    before = account(store, "ana").grants
    given = asking.post(f"/accounts/ana/grants?ui={language}", data={"kind": "authority", "value": "nowhere"})
    assert (given.status_code, words in given.text) == (422, True)
    assert account(store, "ana").grants == before
    made = {"name": "rita", "role": "prosecutor", "authority": "nowhere"}
    assert asking.post("/accounts/new", data=made).status_code == 422
    assert [one.id for one in accounts(store) if one.id == "rita"] == []
    file = {"kind": "case_file", "value": "9/2031", "collection": "nowhere"}
    assert asking.post("/accounts/ana/grants", data=file).status_code == 422


def test_grants_role_sessions_and_end_of_an_account(app: Flask) -> None:
    asking, store = client(app, "ada"), store_of(app)
    token = issue(store, "ana", TOKEN)
    assert asking.post("/accounts/ana/grants", data={"kind": "authority", "value": "paris"}).status_code == 302
    assert asking.post("/accounts/ana/grants", data={"kind": "permission", "value": "public:write"}).status_code == 302
    assert asking.post("/accounts/ana/grants", data={"kind": "case_file", "value": "9"}).status_code == 422
    lima = {"kind": "authority", "collection": "lima", "value": ""}
    assert asking.post("/accounts/ana/grants/removal", data=lima).status_code == 302
    assert {(one.kind, one.collection) for one in account(store, "ana").grants} == {
        ("authority", "paris"),
        ("permission", ""),
    }
    assert asking.post("/accounts/ana/role", data={"role": "expert"}).status_code == 302
    assert account(store, "ana").role == "expert"
    assert [one.kind for one in account(store, "ana").grants] == ["permission"]
    headers = {"Authorization": f"Bearer {token}"}
    assert app.test_client().get("/api/v1/account", headers=headers).status_code == 401  # with the role it ends
    issue(store, "ana", TOKEN)
    (one,) = credentials(store, "ana", TOKEN)
    assert asking.post(f"/accounts/ana/sessions/{one.number}/end").status_code == 302
    issue(store, "ana", TOKEN)
    assert asking.post("/accounts/ana/sessions/all/end").status_code == 302
    assert credentials(store, "ana", TOKEN, SESSION) == ()
    assert asking.post("/accounts/ana/disabling").status_code == 302
    assert account(store, "ana").disabled


@pytest.mark.parametrize(
    ("language", "ended", "refused"),
    [
        ("es", "nuevo perfil no puede tener: autoridad lima", "con este perfil no puede tener ese acceso"),
        ("pt", "novo perfil não pode ter: autoridade lima", "com este perfil não pode ter esse acesso"),
        ("pt-PT", "novo perfil não pode ter: autoridade lima", "a um especialista podem ser concedidos excertos"),
        ("en", "new role cannot hold has ended: authority lima", "with this role cannot hold this access"),
        ("fr", "ne peut pas avoir a pris fin : autorité lima", "ayant ce profil ne peut pas recevoir cet accès"),
    ],
)
def test_access_that_a_role_cannot_hold_ends_with_the_change(
    app: Flask, language: str, ended: str, refused: str
) -> None:
    asking, store = client(app, "ada"), store_of(app)
    changed = asking.post(f"/accounts/ana/role?ui={language}", data={"role": "expert"}, follow_redirects=True)
    assert ended in changed.text.replace("\u00a0", " ").replace("\u202f", " ")
    assert account(store, "ana").grants == ()
    given = asking.post(f"/accounts/ana/grants?ui={language}", data={"kind": "authority", "value": "paris"})
    assert (given.status_code, refused in unescape(given.text)) == (422, True)
    assert account(store, "ana").grants == ()


def test_the_answer_names_the_access_that_ended(app: Flask) -> None:
    token = issue(store_of(app), "ada", TOKEN, allowed=("accounts",))
    headers = {"Authorization": f"Bearer {token}"}
    asked = app.test_client().put("/api/v1/accounts/ana/role", json={"role": "auditor"}, headers=headers)
    assert [(one["kind"], one["collection"]) for one in asked.json["ended_grants"]] == [("authority", "lima")]
    assert asked.json["grants"] == []


@pytest.mark.parametrize("role", ["prosecutor", "reviewer"])
def test_access_that_a_role_can_hold_stays(app: Flask, role: str) -> None:
    before = account(store_of(app), "ana").grants
    assert client(app, "ada").post("/accounts/ana/role", data={"role": role}).status_code == 302
    assert account(store_of(app), "ana").grants == before != ()


@pytest.mark.parametrize(
    ("address", "form"),
    [
        ("grants", {"kind": "authority", "value": "paris"}),
        ("role", {"role": "officer"}),
        ("disabling", {}),
        ("invitation", {}),
        ("sessions/all/end", {}),
        ("grants/removal", {"kind": "authority", "collection": "paris"}),
    ],
)
def test_nobody_changes_the_own_access(app: Flask, address: str, form: dict[str, str]) -> None:
    answer = client(app, "ada").post(f"/accounts/ada/{address}", data=form)
    assert answer.status_code == 403
    assert "app.own_account" in answer.text
    assert account(store_of(app), "ada").grants == ()


def test_pages_in_four_languages_offer_what_can_be_done(app: Flask) -> None:
    asking = client(app, "ada")
    for language, words in (
        ("es", "Conceder acceso"),
        ("pt", "Conceder acesso"),
        ("en", "Grant access"),
        ("fr", "Accorder l’accès"),
    ):
        shown = asking.get("/accounts/ana", headers={"Accept-Language": language}).text
        assert words in shown
    assert "Conceder acceso" not in asking.get("/accounts/ada", headers={"Accept-Language": "es"}).text
    assert 'action="/accounts/new"' in asking.get("/accounts").text


def value_of(page: str, name: str) -> str:
    """Return what a field of a page is filled with, of a choice what is chosen."""
    (field,) = re.findall(rf'<input [^>]*id="{name}"[^>]*>|<select [^>]*id="{name}".*?</select>', page, re.DOTALL)
    chosen = re.findall(r'<option selected value="([^"]*)"|<option value="([^"]*)" selected', field)
    return "".join(chosen[0]) if chosen else re.findall(r'^<input.* value="([^"]*)"', field)[0]


TYPED = {"name": "rita", "role": "prosecutor", "authority": "paris"}


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
@pytest.mark.parametrize(
    ("wrong", "about", "code"),
    [
        ({"name": "ana"}, "name", "app.account_exists"),
        ({"name": "no spaces allowed"}, "name", "app.bad_account_name"),
        ({"authority": "nowhere"}, "authority", "app.no_such_authority"),
        ({"authority": "public"}, "authority", "app.public_is_no_authority"),
        ({"role": "king"}, "role", "app.no_such_role"),
    ],
)
def test_a_refused_account_comes_back_with_what_was_typed(
    app: Flask, language: str, wrong: dict[str, str], about: str, code: str
) -> None:
    typed, before = TYPED | wrong, accounts(store_of(app))
    answer = client(app, "ada").post(f"/accounts/new?ui={language}", data=typed)
    assert answer.status_code == 422
    kept = {name: value_of(answer.text, name) for name in typed if (name, about) != ("role", "role")}
    assert kept == {name: typed[name] for name in kept}
    facts = {"account": "ana", "collection": typed["authority"], "roles": ", ".join(roles())}
    told = escape(sentence(code, language, **facts))
    assert f'<p class="failed" id="{about}-error">{told}</p>' in answer.text
    field = rf'<[^>]* aria-describedby="{about}-error" aria-invalid="true"[^>]* autofocus[^>]* name="{about}"'
    assert re.search(field, answer.text)
    assert accounts(store_of(app)) == before


@pytest.mark.parametrize(
    ("typed", "about"),
    [
        ({"kind": "authority", "value": "nowhere", "collection": ""}, "value"),
        ({"kind": "case_file", "value": "9/2031", "collection": "nowhere"}, "collection"),
        ({"kind": "case_file", "value": "9/2031", "collection": ""}, "value"),
        ({"kind": "document", "value": "0" * 24, "collection": ""}, "value"),
        ({"kind": "passage", "value": "the second page", "collection": ""}, "value"),
    ],
)
def test_a_refused_grant_comes_back_with_what_was_typed(app: Flask, typed: dict[str, str], about: str) -> None:
    answer = client(app, "ada").post("/accounts/ana/grants", data=typed)
    assert answer.status_code in (404, 422)
    assert {name: value_of(answer.text, name) for name in typed} == typed
    assert f'id="{about}-error"' in answer.text
    assert value_of(answer.text, "role") == "officer"


def links(page: str) -> set[str]:
    return {unescape(address) for address in re.findall(r'<a [^>]*href="([^"]+)"', page)}


@pytest.mark.parametrize(
    ("address", "before"),
    [
        ("/documents", "/requests/"),
        ("/documents", "/documents?ui=fr"),
        ("/requests/", "/accounts"),
        ("/accounts/nobody", "/accounts"),
        ("/nowhere", "/nowhere?ui=pt"),
        ("/nowhere", "/elsewhere"),
    ],
)
def test_every_link_of_an_error_page_leads_administrators_somewhere(app: Flask, address: str, before: str) -> None:
    asking = client(app, "ada")
    refused = asking.get(address, headers={"Referer": f"http://localhost{before}"})
    assert refused.status_code in (403, 404, 422)
    main = refused.text[refused.text.index('<main id="content"') :]
    found = {link: asking.get(link, follow_redirects=True).status_code for link in links(main) if link[0] != "#"}
    assert set(found.values()) == {200}, found
    assert 'href="/account"' in main
    assert 'action="/"' not in refused.text, "no search for who sees no documents"


def test_the_languages_of_an_answer_to_a_form_are_those_of_its_page(app: Flask) -> None:
    asking, page = client(app, "ada"), {"Referer": "http://localhost/accounts/ana"}
    for address, data in (("grants", {"kind": "authority", "value": "nowhere"}), ("role", {"role": "king"})):
        answer = asking.post(f"/accounts/ana/{address}", data=data, headers=page)
        assert answer.status_code == 422
        assert "/accounts/ana?ui=pt" in links(answer.text)
        assert f"/accounts/ana/{address}?ui=pt" not in links(answer.text)
        again = asking.post(f"/accounts/ana/{address}", data=data, headers={"Referer": f"{page['Referer']}/{address}"})
        assert "/accounts/ana?ui=pt" in links(again.text), "the page of a form that was refused before has its address"
