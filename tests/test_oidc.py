"""Sign-in through a real OpenID Connect provider, which this process serves: code flow, PKCE, signed ID tokens."""

from __future__ import annotations

import hashlib
import json
import re
import threading
import time
from base64 import urlsafe_b64encode
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from functools import partial
from html import unescape
from http.server import HTTPServer, SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

import pytest
from click.testing import CliRunner
from flask import Flask, jsonify, redirect, request
from flask.testing import FlaskClient
from joserfc import jwt
from joserfc.jwk import RSAKey
from mail_relay import server_context
from waitress import create_server

from app.accounts.accounts import add_account, disable_account
from app.accounts.oidc import OidcProvider
from app.accounts.passkeys import passkeys
from app.accounts.passwords import set_password
from app.accounts.schema import PasskeyRow
from app.cli import rogatio
from app.web import create_app
from indexing.settings import Settings
from indexing.store.reading import Store
from indexing.store.writing import now, writing

CLIENT, SECRET = "rogatio", "client-secret"


@dataclass
class Provider:
    """A provider at which one person, with ``claims``, is signed in; ``wrong`` spoils what it answers."""

    issuer: str = ""
    key: RSAKey = field(default_factory=lambda: RSAKey.generate_key(2048, {"kid": "one"}))
    claims: dict[str, Any] = field(default_factory=lambda: {"sub": "s-1", "preferred_username": "ana"})
    wrong: dict[str, Any] = field(default_factory=dict)
    codes: dict[str, dict[str, str]] = field(default_factory=dict)

    def app(self) -> Flask:
        app = Flask("provider")
        app.get("/.well-known/openid-configuration")(self.discovery)
        app.get("/keys")(lambda: jsonify({"keys": [self.key.as_dict(private=False)]}))
        app.get("/authorize")(self.authorize)
        app.post("/token")(self.token)
        return app

    def discovery(self) -> Any:
        paths = {"authorization_endpoint": "authorize", "token_endpoint": "token", "jwks_uri": "keys"}
        named = {name: f"{self.issuer}/{path}" for name, path in paths.items()}
        said = {"issuer": self.issuer, **named, "id_token_signing_alg_values_supported": ["RS256"]}
        return jsonify(said | self.wrong.get("document", {}))

    def authorize(self) -> Any:
        asked = request.args
        assert (asked["client_id"], asked["response_type"], asked["code_challenge_method"]) == (CLIENT, "code", "S256")
        code = f"code-{len(self.codes)}"
        self.codes[code] = dict(asked.items())
        return redirect(asked["redirect_uri"] + "?" + urlencode({"code": code, "state": asked["state"]}))

    def token(self) -> Any:
        asked = self.codes.pop(request.form["code"])
        verifier = hashlib.sha256(request.form["code_verifier"].encode()).digest()
        assert urlsafe_b64encode(verifier).rstrip(b"=").decode() == asked["code_challenge"]
        assert request.authorization
        assert request.authorization.password == SECRET
        moment = int(time.time())
        claims = {"iss": self.issuer, "aud": CLIENT, "iat": moment, "exp": moment + 60, "nonce": asked["nonce"]}
        key = self.wrong.get("key", self.key)
        signed = jwt.encode({"alg": "RS256", "kid": "one"}, claims | self.claims | self.wrong.get("claims", {}), key)
        return jsonify({"access_token": "a", "token_type": "Bearer", "expires_in": 60, "id_token": signed})


@pytest.fixture(scope="module")
def provider() -> Iterator[Provider]:
    made = Provider()
    server = create_server(made.app(), host="127.0.0.1", port=0, threads=2)
    made.issuer = f"http://127.0.0.1:{server.effective_port}"
    threading.Thread(target=server.run, daemon=True).start()
    yield made
    server.close()


@pytest.fixture
def app(tmp_path: Path, provider: Provider) -> Flask:
    provider.claims, provider.wrong = {"sub": "s-1", "preferred_username": "ana"}, {}
    oidc = OidcProvider(provider.issuer, CLIENT, SECRET)
    made = create_app({"SETTINGS": Settings(tmp_path / "home"), "OIDC": oidc, "WTF_CSRF_ENABLED": False})
    for name in ("ana", "otto"):
        add_account(store_of(made), name, "officer", author="test")
    return made


def store_of(app: Flask) -> Store:
    store: Store = app.extensions["installation"].store
    return store


def through(asking: FlaskClient, provider: Provider, path: str = "/sign-in/oidc") -> Any:
    """Follow the way of a browser: to the provider, back, and to the first page."""
    sent = asking.get(path)
    assert sent.location.startswith(f"{provider.issuer}/authorize?")
    at_provider = provider.app().test_client().get(sent.location.removeprefix(provider.issuer))
    back = urlsplit(at_provider.location)
    return asking.get(f"{back.path}?{back.query}")


def test_a_person_of_the_provider_signs_in_and_is_linked(app: Flask, provider: Provider) -> None:
    asking = app.test_client()
    assert "/sign-in/oidc" in asking.get("/sign-in").text
    assert through(asking, provider, "/sign-in/oidc?next=/documents").location == "/documents"
    assert asking.get("/account").status_code == 200
    provider.claims = {"sub": "s-1", "preferred_username": "renamed"}
    again = app.test_client()
    assert through(again, provider).location == "/"
    assert "ana" in again.get("/account").text
    provider.claims = {"sub": "s-2", "preferred_username": "ana"}  # somebody else has got the name since
    assert through(app.test_client(), provider).status_code == 403


def test_who_has_no_account_or_a_password_or_was_disabled_is_refused(app: Flask, provider: Provider) -> None:
    set_password(store_of(app), "otto", "zarzaparrilla y belfegor")
    for name in ("nobody", "otto", "", None):
        provider.claims = {"sub": f"s-{name}", "preferred_username": name}
        answer = through(app.test_client(), provider)
        assert (answer.status_code, "app.oidc_no_account" in answer.text) == (403, True)
    disable_account(store_of(app), "ana")
    provider.claims = {"sub": "s-1", "preferred_username": "ana"}
    assert through(app.test_client(), provider).status_code == 403


@pytest.mark.parametrize(
    "wrong",
    [
        {"key": RSAKey.generate_key(2048, {"kid": "one"})},
        {"claims": {"aud": "another"}},
        {"claims": {"iss": "http://127.0.0.1:1"}},
        {"claims": {"exp": 1_000_000_000}},
        {"claims": {"nonce": "another"}},
        {"claims": {"sub": ""}},
    ],
    ids=["signature", "audience", "issuer", "expiry", "nonce", "subject"],
)
def test_a_token_that_is_not_valid_signs_nobody_in(app: Flask, provider: Provider, wrong: dict[str, Any]) -> None:
    provider.wrong = wrong
    asking = app.test_client()
    assert through(asking, provider).status_code == 401
    assert asking.get("/account").status_code == 302


def test_a_foreign_state_and_a_provider_that_is_away(app: Flask, provider: Provider, tmp_path: Path) -> None:
    asking = app.test_client()
    state = parse_qs(urlsplit(asking.get("/sign-in/oidc").location).query)["state"][0]
    assert app.test_client().get(f"/sign-in/oidc/callback?code=code-0&state={state}").status_code == 401
    away = OidcProvider("http://127.0.0.1:1", CLIENT, SECRET)
    other = create_app({"SETTINGS": Settings(tmp_path / "other"), "OIDC": away})
    add_account(store_of(other), "ana", "officer", author="test")
    assert other.test_client().get("/sign-in/oidc").status_code == 401
    without = create_app({"SETTINGS": Settings(tmp_path / "other"), "OIDC": None})
    assert without.test_client().get("/sign-in/oidc").status_code == 404


def test_the_operator_links_an_account_that_has_a_password(
    app: Flask, provider: Provider, monkeypatch: pytest.MonkeyPatch
) -> None:
    set_password(store_of(app), "otto", "zarzaparrilla y belfegor")
    monkeypatch.setenv("ROGATIO_HOME", str(app.extensions["installation"].settings.home))
    monkeypatch.setenv("ROGATIO_OIDC_ISSUER", provider.issuer)
    monkeypatch.setenv("ROGATIO_OIDC_CLIENT_ID", CLIENT)
    provider.claims = {"sub": "s-9", "preferred_username": "otto"}
    assert CliRunner().invoke(rogatio, ["account", "oidc", "otto", "s-9"]).exit_code == 0
    assert CliRunner().invoke(rogatio, ["account", "oidc", "ana", "s-9"]).exit_code != 0
    assert through(app.test_client(), provider).location == "/"
    assert CliRunner().invoke(rogatio, ["account", "oidc", "otto"]).exit_code == 0
    assert through(app.test_client(), provider).status_code == 403


def test_an_account_without_a_password_removes_its_passkey_after_it_was_asked_again(
    app: Flask, provider: Provider
) -> None:
    asking = app.test_client()
    through(asking, provider)
    with writing(store_of(app)) as session:
        session.add(PasskeyRow(id="k", account="ana", public_key="k", sign_count=0, label="Key", made=now()))
    assert 'id="passkey-password"' not in asking.get("/account").text
    refused = asking.post("/account/passkeys/removal?ui=en", data={"passkey": "k"})
    assert (refused.status_code, "identity provider has to ask again" in refused.text) == (403, True)
    again = re.search(r'href="(/sign-in/oidc\?[^"]*again=1[^"]*)"', asking.get("/account").text)
    assert again
    assert "prompt=login" in asking.get(unescape(again[1])).location
    assert through(asking, provider, unescape(again[1])).location == "/account"
    assert "again=1" not in asking.get("/account").text
    assert asking.post("/account/passkeys/removal", data={"passkey": "k"}).status_code == 302
    assert not passkeys(store_of(app), "ana")


def test_a_provider_that_did_not_ask_again_does_not_count(app: Flask, provider: Provider) -> None:
    provider.wrong = {"claims": {"auth_time": int(time.time()) - 3600}}
    asking = app.test_client()
    through(asking, provider, "/sign-in/oidc?again=1")
    assert asking.post("/account/password", data={"password": "a long new password"}).status_code == 403


def doctor_finds(monkeypatch: pytest.MonkeyPatch, home: Path, **settings: str) -> dict[str, Any] | None:
    """Return what ``rogatio doctor`` says of the provider of the settings."""
    monkeypatch.setenv("ROGATIO_HOME", str(home))
    for name, value in settings.items():
        monkeypatch.setenv(f"ROGATIO_OIDC_{name}", value)
    rows = json.loads(CliRunner().invoke(rogatio, ["--language", "en", "doctor", "--json"]).stdout)
    return next((row for row in rows if row["name"] == "oidc"), None)


def test_doctor_is_silent_without_a_provider(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert doctor_finds(monkeypatch, tmp_path) is None
    found = doctor_finds(monkeypatch, tmp_path, ISSUER="https://login.example.org")
    assert found is not None
    assert (found["state"], found["reason"]) == ("missing", "settings")


@pytest.mark.parametrize(
    ("document", "reason", "remedy"),
    [
        ({}, "", ""),
        ({"code_challenge_methods_supported": ["S256"]}, "", ""),
        ({"issuer": "https://another.example.org"}, "issuer", "character by character"),
        ({"token_endpoint": None}, "document", "lacks what the sign-in needs"),
        ({"code_challenge_methods_supported": ["plain"]}, "document", "lacks what the sign-in needs"),
        ({"token_endpoint": "http://login.example.org/token"}, "tls", "https and a certificate"),
        ({"jwks_uri": "http://127.0.0.1:9/keys"}, "unreachable", "does not answer"),
    ],
)
def test_doctor_reads_the_discovery_document_of_the_provider(
    app: Flask,
    provider: Provider,
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    document: dict[str, Any],
    reason: str,
    remedy: str,
) -> None:
    provider.wrong = {"document": document}
    found = doctor_finds(monkeypatch, tmp_path / "home", ISSUER=provider.issuer, CLIENT_ID=CLIENT)
    assert found is not None
    assert (found["state"], found["reason"]) == ("missing" if reason else "ok", reason)
    assert remedy in found["get"]


def test_doctor_asks_for_a_certificate_that_is_trusted(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    with https_server(tmp_path) as address:
        found = doctor_finds(monkeypatch, tmp_path / "home", ISSUER=address, CLIENT_ID=CLIENT)
        assert found is not None
        assert (found["state"], found["reason"]) == ("missing", "tls")
        monkeypatch.setenv("REQUESTS_CA_BUNDLE", str(tmp_path / "site.pem"))
        trusted = doctor_finds(monkeypatch, tmp_path / "home", ISSUER=address, CLIENT_ID=CLIENT)
        assert trusted is not None
        assert trusted["reason"] != "tls"


@contextmanager
def https_server(folder: Path) -> Iterator[str]:
    """Serve an empty folder over TLS with a certificate of its own, ``site.pem`` in ``folder``."""
    context = server_context(folder / "site.pem")
    served = HTTPServer(("127.0.0.1", 0), partial(SimpleHTTPRequestHandler, directory=str(folder / "none")))
    served.socket = context.wrap_socket(served.socket, server_side=True)
    threading.Thread(target=served.serve_forever, daemon=True).start()
    yield f"https://127.0.0.1:{served.server_port}"
    served.shutdown()
    served.server_close()
