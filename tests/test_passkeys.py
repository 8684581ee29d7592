"""Passkeys as a second factor, with an authenticator in software: registration, sign-in, replay, removal."""

from __future__ import annotations

import hashlib
import json
import re
from html import unescape
from pathlib import Path
from typing import Any

import cbor2
import pytest
from cryptography.hazmat.primitives import hashes
from cryptography.hazmat.primitives.asymmetric import ec
from flask import Flask
from flask.testing import FlaskClient
from webauthn.helpers import bytes_to_base64url

from app.accounts.accounts import account, add_account
from app.accounts.passkeys import RelyingParty, passkeys
from app.accounts.passwords import MAX_FAILURES, set_password
from app.web import create_app
from indexing.settings import Settings
from indexing.store.reading import Store

PASSWORD = "zarzaparrilla y belfegor"
ORIGIN = "http://localhost"


class Authenticator:
    """A key of ES256 that makes one credential and signs with it (W3C Web Authentication, sections 6.1 and 6.5)."""

    def __init__(self, key: int = 1, origin: str = ORIGIN) -> None:
        self.key = ec.derive_private_key(key, ec.SECP256R1())
        self.id = hashlib.sha256(str(key).encode()).digest()
        self.origin, self.count = origin, 0

    def create(self, options: Any) -> str:
        numbers = self.key.public_key().public_numbers()
        point = {-2: numbers.x.to_bytes(32, "big"), -3: numbers.y.to_bytes(32, "big")}
        public = cbor2.dumps({1: 2, 3: -7, -1: 1, **point})
        attested = bytes(16) + len(self.id).to_bytes(2, "big") + self.id + public
        data = self._data(options["rp"]["id"], 0x41) + attested
        attestation = cbor2.dumps({"fmt": "none", "attStmt": {}, "authData": data})
        client = self._client("webauthn.create", options)
        return self._answer(clientDataJSON=client, attestationObject=attestation)

    def get(self, options: Any) -> str:
        self.count += 1
        data, client = self._data(options["rpId"], 0x01), self._client("webauthn.get", options)
        signature = self.key.sign(data + hashlib.sha256(client).digest(), ec.ECDSA(hashes.SHA256()))
        return self._answer(clientDataJSON=client, authenticatorData=data, signature=signature)

    def _data(self, site: str, flags: int) -> bytes:
        return hashlib.sha256(site.encode()).digest() + bytes([flags]) + self.count.to_bytes(4, "big")

    def _client(self, kind: str, options: Any) -> bytes:
        return json.dumps({"type": kind, "challenge": options["challenge"], "origin": self.origin}).encode()

    def _answer(self, **response: bytes) -> str:
        known = bytes_to_base64url(self.id)
        parts = {name: bytes_to_base64url(value) for name, value in response.items()}
        return json.dumps({"id": known, "rawId": known, "type": "public-key", "response": parts})


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    made = create_app({"SETTINGS": Settings(tmp_path / "home"), "WTF_CSRF_ENABLED": False})
    for name in ("ana", "berta"):
        add_account(store_of(made), name, "officer", author="test")
        set_password(store_of(made), name, PASSWORD)
    return made


def store_of(app: Flask) -> Store:
    store: Store = app.extensions["installation"].store
    return store


def options_in(page: str) -> Any:
    (found,) = re.findall(r'data-passkey="([^"]+)"', page)
    return json.loads(unescape(found))


def half_signed_in(app: Flask, name: str = "ana", address: str = "/documents") -> tuple[FlaskClient, str]:
    """Give the password and return the client with the page that asks for the second factor."""
    client = app.test_client()
    answer = client.post("/sign-in", data={"name": name, "password": PASSWORD, "next": address})
    return client, client.get(answer.location).text


def signed_in(app: Flask, name: str = "ana") -> FlaskClient:
    client = app.test_client()
    client.post("/sign-in", data={"name": name, "password": PASSWORD})
    return client


def add_passkey(
    client: FlaskClient, authenticator: Authenticator, label: str = "Llave azul", password: str = PASSWORD
) -> int:
    options = options_in(client.get("/account/passkeys/new").text)
    sent = {"answer": authenticator.create(options), "label": label, "current": password}
    return client.post("/account/passkeys/new", data=sent).status_code


def test_a_passkey_is_the_second_factor(app: Flask) -> None:
    key = Authenticator()
    client, elsewhere = signed_in(app), signed_in(app)
    assert add_passkey(client, key, password="another") != 302
    assert add_passkey(client, key) == 302
    assert "Llave azul" in client.get("/account").text
    assert elsewhere.get("/account").status_code == 302, "a new factor ends the other sessions"
    assert account(store_of(app), "ana").has_second_factor
    other, page = half_signed_in(app)
    assert 'name="code"' not in page  # one-time codes are not set up
    assert other.get("/documents").status_code == 302
    assert other.post("/sign-in/passkey", data={"answer": key.get(options_in(page))}).location == "/documents"
    assert other.get("/account").status_code == 200
    assert passkeys(store_of(app), "ana")[0].used is not None


def test_an_answer_counts_once_and_for_its_challenge(app: Flask) -> None:
    key = Authenticator()
    add_passkey(signed_in(app), key)
    first, page = half_signed_in(app)
    with first.session_transaction() as kept:
        cookie = dict(kept)
    answer = key.get(options_in(page))
    assert first.post("/sign-in/passkey", data={"answer": answer}).status_code == 302
    replay = app.test_client()
    with replay.session_transaction() as session:
        session.update(cookie)
    assert replay.post("/sign-in/passkey", data={"answer": answer}).status_code == 401
    later, _ = half_signed_in(app)
    assert later.post("/sign-in/passkey", data={"answer": answer}).status_code == 401


@pytest.mark.parametrize(
    "other",
    [Authenticator(key=2), Authenticator(origin="https://evil.example"), Authenticator(origin="http://localhost:8001")],
    ids=["another key", "another site", "another port"],
)
def test_another_key_or_site_is_refused(app: Flask, other: Authenticator) -> None:
    add_passkey(signed_in(app), Authenticator())
    other.count = 5
    client, page = half_signed_in(app)
    assert client.post("/sign-in/passkey", data={"answer": other.get(options_in(page))}).status_code == 401
    assert client.get("/documents").status_code == 302


@pytest.mark.parametrize("answer", ["", "{}", "[]", "null", '{"id": "x"}', "\ud800", '{"id": 1, "response": 2}'])
def test_hostile_answers_are_refused(app: Flask, answer: str) -> None:
    client = signed_in(app)
    client.get("/account/passkeys/new")
    sent = {"answer": answer.encode("utf-8", "surrogatepass"), "label": "x", "current": PASSWORD}
    assert client.post("/account/passkeys/new", data=sent).status_code == 422
    add_passkey(client, Authenticator())
    half, _ = half_signed_in(app)
    assert half.post("/sign-in/passkey", data={"answer": sent["answer"]}).status_code == 401


def test_a_passkey_belongs_to_one_account(app: Flask) -> None:
    key = Authenticator()
    add_passkey(signed_in(app), key)
    assert add_passkey(signed_in(app, "berta"), key) == 422
    add_passkey(signed_in(app, "berta"), Authenticator(key=2))
    client, page = half_signed_in(app, "berta")
    assert client.post("/sign-in/passkey", data={"answer": key.get(options_in(page))}).status_code == 401


def test_guessing_is_slowed_down(app: Flask) -> None:
    key = Authenticator()
    add_passkey(signed_in(app), key)
    client, page = half_signed_in(app)
    for _ in range(MAX_FAILURES):
        client.post("/sign-in/passkey", data={"answer": "{}"})
    assert client.post("/sign-in/passkey", data={"answer": key.get(options_in(page))}).status_code == 429


def test_a_passkey_is_removed_with_the_password(app: Flask) -> None:
    client = signed_in(app)
    add_passkey(client, Authenticator())
    (held,) = passkeys(store_of(app), "ana")
    wrong = client.post("/account/passkeys/removal", data={"passkey": held.id, "password": "no"})
    assert wrong.status_code == 422
    berta = signed_in(app, "berta")
    berta.post("/account/passkeys/removal", data={"passkey": held.id, "password": PASSWORD})
    assert passkeys(store_of(app), "ana") == (held,)
    client.post("/account/passkeys/removal", data={"passkey": held.id, "password": PASSWORD})
    assert passkeys(store_of(app), "ana") == ()


@pytest.mark.parametrize(
    ("host", "expected"),
    [
        ("localhost:8000", RelyingParty("localhost", ("https://localhost:8000", "http://localhost:8000"))),
        ("rogatio.example.org", RelyingParty("rogatio.example.org", ("https://rogatio.example.org",))),
        ("127.0.0.1:8000", None),
        ("[::1]:8000", None),
        ("[::1]", None),
    ],
)
def test_sites_by_host(host: str, expected: RelyingParty | None) -> None:
    assert RelyingParty.of_host(host) == expected


@pytest.mark.parametrize(("language", "words"), [("es", "Llaves de acceso"), ("pt", "Chaves de acesso"),
                                                 ("en", "Passkeys"), ("fr", "Clés d’accès")])  # fmt: skip
def test_the_account_page_in_each_language(app: Flask, language: str, words: str) -> None:
    client = signed_in(app)
    assert words in client.get(f"/account?ui={language}").text
    numeric = client.get(f"/account?ui={language}", base_url="http://127.0.0.1").text
    assert "/account/passkeys/new" not in numeric
