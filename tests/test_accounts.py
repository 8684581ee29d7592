"""Accounts: sign-in and sign-out, sessions that end, tokens with scopes, grants, and single-user mode."""

from __future__ import annotations

import io
import json
import re
import time
from collections.abc import Callable, Iterator
from datetime import timedelta
from pathlib import Path

import pyotp
import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient
from lxml import html
from sqlalchemy import select, update
from sqlalchemy.orm import Session
from store_records import add_document

from app.accounts import accounts as book
from app.accounts import granting
from app.accounts.accounts import Grant, add_account, disable_account
from app.accounts.credentials import IDLE, INVITATION, MOST_SESSIONS, SESSION, TOKEN, credentials, issue, signed_in
from app.accounts.passwords import MAX_FAILURES, PAUSE, check_password, set_password
from app.accounts.permissions import PUBLIC_WRITE
from app.accounts.schema import AccountRow, CredentialRow, GrantRow, UnknownNameRow
from app.accounts.second_factor import REQUIRED_OF, STEP_SECONDS, second_factor_required
from app.audit.trail import every_entry
from app.cli import rogatio
from app.web import create_app
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Collection
from indexing.settings import Settings
from indexing.store.reading import Store
from indexing.store.writing import ensure_collection, now, writing

PASSWORD = "correct horse battery"
Command = Callable[..., Result]


@pytest.fixture
def app(tmp_path: Path) -> Iterator[Flask]:
    made = create_app({"SETTINGS": Settings(tmp_path / "home"), "WTF_CSRF_ENABLED": False})
    yield made
    made.extensions["installation"].close()


@pytest.fixture
def store(app: Flask) -> Store:
    held: Store = app.extensions["installation"].store
    return held


@pytest.fixture
def rogatio_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("ROGATIO_HOME", str(tmp_path / "home"))
    return lambda *arguments, **more: CliRunner().invoke(rogatio, ["--language", "en", *arguments], **more)


def with_password(store: Store, name: str = "ana", role: str = "officer", *grants: Grant) -> str:
    add_account(store, name, role, grants, author="test")
    set_password(store, name, PASSWORD)
    return name


def sign_in(client: FlaskClient, name: str = "ana", password: str = PASSWORD, **more: str) -> int:
    return client.post("/sign-in", data={"name": name, "password": password, **more}).status_code


def with_token(app: Flask, store: Store, name: str, *scopes: str) -> FlaskClient:
    client = app.test_client()
    client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {issue(store, name, TOKEN, allowed=scopes)}"
    return client


def test_single_user_mode_says_so_and_ends_with_the_first_account(app: Flask, store: Store) -> None:
    client = app.test_client()
    assert "Single-user mode" in client.get("/?ui=en").text
    assert client.get("/api/v1/collections").status_code == 200
    add_account(store, "ana", "officer", author="test")
    assert client.get("/").status_code == 302
    assert client.get("/api/v1/collections").status_code == 401
    assert "Single-user mode" not in client.get("/sign-in").text


def test_single_user_mode_serves_this_machine_alone(app: Flask, rogatio_command: Command) -> None:
    answer = app.test_client().get("/api/v1/status", environ_overrides={"REMOTE_ADDR": "192.0.2.7"})
    assert (answer.status_code, answer.json["code"]) == (403, "app.single_user_loopback")
    refused = rogatio_command("serve", "--host", "0.0.0.0", "--port", "0")
    assert isinstance(refused.exception, RogatioError)
    assert refused.exception.code == "app.single_user_loopback"


@pytest.mark.parametrize("language", ["es", "pt", "en", "fr"])
def test_the_sign_in_page_in_each_language(app: Flask, store: Store, language: str) -> None:
    add_account(store, "ana", "officer", author="test")
    page = app.test_client().get(f"/sign-in?ui={language}").text
    heading = {"es": "Iniciar sesión", "pt": "Entrar", "en": "Sign in", "fr": "Se connecter"}[language]
    assert f"<h1>{heading}</h1>" in page


def test_sign_in_and_sign_out(app: Flask, store: Store) -> None:
    with_password(store)
    client = app.test_client()
    assert sign_in(client, password="wrong") == 401
    assert sign_in(client, name="nobody") == 401
    answer = client.post("/sign-in", data={"name": "ana", "password": PASSWORD, "next": "/concepts/?ui=en"})
    assert answer.location == "/concepts/?ui=en"
    assert client.get("/").status_code == 200
    (session,) = credentials(store, "ana", SESSION)
    assert client.post("/sign-out").location == "/sign-in"
    assert client.get("/").status_code == 302
    assert credentials(store, "ana", SESSION) == ()
    assert session.account == "ana"


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        ("Mozilla/5.0 (Windows NT 10.0; Win64; x64; rv:139.0) Gecko/20100101 Firefox/139.0", "Firefox, Windows"),
        ("curl/8.5.0", "curl"),
        ("\u00ff", ""),
    ],
)
def test_a_session_is_named_by_its_browser(app: Flask, store: Store, agent: str, name: str) -> None:
    with_password(store)
    client = app.test_client()
    client.environ_base["HTTP_USER_AGENT"] = agent
    sign_in(client)
    assert [one.label for one in credentials(store, "ana", SESSION)] == [name]


@pytest.mark.parametrize("address", ["https://evil.example/", "//evil.example", "/\\evil.example", "javascript:x", ""])
def test_sign_in_never_leads_to_another_site(app: Flask, store: Store, address: str) -> None:
    with_password(store)
    answer = app.test_client().post("/sign-in", data={"name": "ana", "password": PASSWORD, "next": address})
    assert answer.location == "/"


def test_guessing_is_slowed_down(app: Flask, store: Store) -> None:
    with_password(store)
    client = app.test_client()
    assert [sign_in(client, password=f"guess {n}") for n in range(MAX_FAILURES)] == [401] * MAX_FAILURES
    assert sign_in(client) == 429
    with writing(store) as session:
        session.execute(update(AccountRow).values(failed=now() - PAUSE))
    assert sign_in(client) == 302


def test_guessing_does_not_tell_which_accounts_exist(app: Flask, store: Store) -> None:
    with_password(store)
    client = app.test_client()

    def guessed(name: str) -> list[int]:
        return [sign_in(client, name, f"guess {number}") for number in range(MAX_FAILURES + 2)]

    assert guessed("nobody") == guessed("ana") == [401] * MAX_FAILURES + [429] * 2
    with Session(store.database) as session:
        (row,) = session.scalars(select(UnknownNameRow))
        assert "nobody" not in row.digest
    with writing(store) as session:
        session.execute(update(UnknownNameRow).values(failed=now() - PAUSE))
    assert sign_in(client, "nobody", "guess") == sign_in(client, "other", "guess") == 401
    with Session(store.database) as session:
        assert sorted(session.scalars(select(UnknownNameRow.failures))) == [1, 1]  # the former row is gone


@pytest.mark.parametrize("ending", ["idle", "expired", "disabled", "revoked", "password"])
def test_sessions_end(app: Flask, store: Store, ending: str) -> None:
    with_password(store)
    client, other = app.test_client(), app.test_client()
    sign_in(client)
    (this,) = credentials(store, "ana", SESSION)
    sign_in(other)
    match ending:
        case "idle":
            with writing(store) as session:
                session.execute(update(CredentialRow).values(used=now() - IDLE - timedelta(seconds=1)))
        case "expired":
            with writing(store) as session:
                session.execute(update(CredentialRow).values(expires=now()))
        case "disabled":
            disable_account(store, "ana")
        case "revoked":
            other.post(f"/account/credentials/{this.number}/end", data={"current": PASSWORD})
        case "password":
            other.post("/account/password", data={"password": "another long password", "current": PASSWORD})
    assert client.get("/").status_code == 302


@pytest.mark.parametrize("current", ["", "wrong", "another long password"])
def test_a_password_is_changed_by_who_knows_the_current_one(app: Flask, store: Store, current: str) -> None:
    with_password(store)
    client = app.test_client()
    sign_in(client)
    assert 'name="current"' in client.get("/account").text
    answer = client.post("/account/password", data={"password": "another long password", "current": current})
    assert answer.status_code in (403, 422)
    assert sign_in(app.test_client()) == 302


@pytest.mark.parametrize(("length", "is_taken"), [(11, False), (12, True), (128, True), (129, False)])
def test_length_of_a_password(store: Store, length: int, is_taken: bool) -> None:
    add_account(store, "ana", "officer", author="test")
    if is_taken:
        set_password(store, "ana", "x" * length)
        assert check_password(store, "ana", "x" * length)
        assert not check_password(store, "ana", "x" * (length - 1))
    else:
        with pytest.raises(RogatioError, match="bad_password"):
            set_password(store, "ana", "x" * length)


@pytest.mark.parametrize(
    ("setting", "role", "is_asked"),
    [
        ("", "administrator", False),
        ("administrators", "administrator", True),
        ("administrators", "officer", False),
        ("everyone", "officer", True),
    ],
)
def test_a_second_factor_can_be_required(
    app: Flask, store: Store, monkeypatch: pytest.MonkeyPatch, setting: str, role: str, is_asked: bool
) -> None:
    monkeypatch.setenv(REQUIRED_OF, setting)
    add_account(store, "ana", role, author="test")
    set_password(store, "ana", PASSWORD)
    client = app.test_client()
    sign_in(client)
    first = "/accounts" if role == "administrator" else "/documents"
    answer = client.get(first)
    assert (answer.status_code, answer.location) == ((302, "/account/second-factor") if is_asked else (200, None))
    refused = client.get("/api/v1/accounts" if role == "administrator" else "/api/v1/documents")
    assert refused.status_code == (403 if is_asked else 200)
    assert client.get("/account").status_code == 200  # where it is set up
    token = issue(store, "ana", TOKEN)  # programs have no second factor
    asked = app.test_client().get("/api/v1/account", headers={"Authorization": f"Bearer {token}"})
    assert asked.status_code == 200
    with writing(store) as session:
        session.execute(update(AccountRow).values(one_time_secret="x"))
    assert client.get(first).status_code == 200


def test_a_wrong_setting_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(REQUIRED_OF, "yes")
    with pytest.raises(RogatioError, match="setting_wrong"):
        second_factor_required("administrator")


def test_nobody_ends_another_s_session(app: Flask, store: Store) -> None:
    for name in ("ana", "otto"):
        with_password(store, name)
    client = app.test_client()
    sign_in(client, "otto")
    issue(store, "ana", SESSION)
    (of_ana,) = credentials(store, "ana", SESSION)
    client.post(f"/account/credentials/{of_ana.number}/end", data={"current": PASSWORD})
    assert credentials(store, "ana", SESSION) == (of_ana,)


def test_one_session_too_many_ends_the_one_that_was_not_used_for_longest(store: Store) -> None:
    with_password(store)
    secrets = [issue(store, "ana", SESSION) for _ in range(MOST_SESSIONS)]
    with writing(store) as session:
        oldest = update(CredentialRow).where(CredentialRow.number == number_of(store, secrets[3]))
        session.execute(oldest.values(used=now() - timedelta(minutes=20)))
    secrets.append(issue(store, "ana", SESSION))
    assert [n for n, secret in enumerate(secrets) if signed_in(store, secret, SESSION) is None] == [3]


def number_of(store: Store, secret: str) -> str:
    found = signed_in(store, secret, SESSION)
    assert found
    return found.credential.number


def test_a_session_is_ended_with_the_password(app: Flask, store: Store) -> None:
    with_password(store)
    client = app.test_client()
    sign_in(client)
    issue(store, "ana", SESSION, label="another browser")
    other = next(one for one in credentials(store, "ana", SESSION) if one.label == "another browser")
    address = f"/account/credentials/{other.number}/end"
    assert address in client.get("/account").text
    assert "another browser" in client.get(address).text
    for wrong in ({}, {"current": "wrong"}):
        assert client.post(address, data=wrong).status_code == 422
    assert other in credentials(store, "ana", SESSION)
    assert client.post(address, data={"current": PASSWORD}).location == "/account"
    assert other not in credentials(store, "ana", SESSION)
    assert client.get(address).location == "/account"


def test_an_invitation_counts_once(app: Flask, store: Store) -> None:
    add_account(store, "ana", "expert", author="test")
    address = f"/invitation/{issue(store, 'ana', INVITATION)}"
    client = app.test_client()
    assert client.get(address).status_code == 200
    assert client.post(address, data={"password": "short"}).status_code == 422
    assert client.post(address, data={"password": PASSWORD}).status_code == 302
    assert client.post(address, data={"password": PASSWORD}).status_code == 404
    assert sign_in(client) == 302


def test_secrets_and_passwords_are_not_stored(app: Flask, store: Store, tmp_path: Path) -> None:
    with_password(store)
    secret = issue(store, "ana", TOKEN)
    held = b"".join(path.read_bytes() for path in (tmp_path / "home").rglob("records.sqlite*"))
    assert b"argon2id" in held
    assert PASSWORD.encode() not in held
    assert secret.encode() not in held


@pytest.mark.parametrize(
    ("scopes", "read", "write"),
    [((), 200, 202), (("read",), 200, 403), (("write",), 403, 202), (("accounts",), 403, 403)],
)
def test_scopes_limit_a_token(app: Flask, store: Store, scopes: tuple[str, ...], read: int, write: int) -> None:
    add_account(store, "ana", "officer", [Grant("authority", "paris")], author="test")
    client = with_token(app, store, "ana", *scopes)
    assert client.get("/api/v1/search?q=x").status_code == read
    data = {"collection": "paris", "files": (io.BytesIO(b"A letter."), "letter.txt")}
    assert client.post("/api/v1/jobs", data=data).status_code == write


@pytest.mark.parametrize("given", ["Bearer wrong", "Bearer ", "Basic YTpi", "nonsense", "Bearer \xff"])
def test_a_wrong_token_is_refused(app: Flask, store: Store, given: str) -> None:
    with_password(store)
    client = app.test_client()
    sign_in(client)
    answer = client.get("/api/v1/status", headers={"Authorization": given})
    assert (answer.status_code, answer.json["code"]) == (401, "app.not_signed_in")
    assert answer.headers["WWW-Authenticate"] == "Bearer"


@pytest.mark.parametrize(
    ("role", "grants", "collection", "case_file", "status"),
    [
        ("officer", (Grant("authority", "paris"),), "paris", "7", 202),
        ("officer", (Grant("authority", "paris"),), "paris", "closed", 403),
        ("officer", (Grant("authority", "paris"),), "lima", "7", 404),
        ("officer", (Grant("authority", "paris"),), "public", "", 403),
        ("officer", (Grant("permission", "", PUBLIC_WRITE),), "public", "", 202),
        ("prosecutor", (Grant("case_file", "paris", "closed"),), "paris", "closed", 202),
        ("prosecutor", (Grant("case_file", "paris", "closed"),), "paris", "7", 404),
        ("reviewer", (Grant("authority", "paris"),), "paris", "7", 403),
        ("expert", (), "public", "", 403),
        ("expert", (Grant("permission", "", PUBLIC_WRITE),), "public", "", 202),
        ("expert", (Grant("permission", "", PUBLIC_WRITE),), "paris", "7", 404),
        ("auditor", (Grant("authority", "paris"),), "paris", "7", 403),
    ],
)
def test_who_uploads_where(
    app: Flask, store: Store, role: str, grants: tuple[Grant, ...], collection: str, case_file: str, status: int
) -> None:
    for one in ("public", "paris", "lima"):
        ensure_collection(store, Collection(one, one, "" if one == "public" else one), LOCAL_USER)
    granting.restrict_case_file(store, "paris", "closed", restricted=True)
    add_account(store, "ana", role, grants, author="test")
    data = {"collection": collection, "case_file": case_file, "files": (io.BytesIO(b"A letter."), "letter.txt")}
    assert with_token(app, store, "ana").post("/api/v1/jobs", data=data).status_code == status


@pytest.mark.parametrize(
    ("role", "grants", "is_offered"),
    [
        ("officer", (Grant("authority", "paris"),), True),
        ("expert", (Grant("permission", "", PUBLIC_WRITE),), True),
        ("expert", (), False),
        ("reviewer", (Grant("authority", "paris"),), False),
    ],
)
def test_who_may_not_upload_is_offered_no_upload(
    app: Flask, store: Store, role: str, grants: tuple[Grant, ...], is_offered: bool
) -> None:
    ensure_collection(store, Collection("paris", "paris", "paris"), LOCAL_USER)
    client = app.test_client()
    sign_in(client, with_password(store, "ana", role, *grants))
    for address in ("/", "/documents", "/requests/"):
        page = client.get(address)
        assert page.status_code == 200
        assert ('href="/upload"' in page.text) == is_offered, address


@pytest.mark.parametrize(
    ("grants", "offered", "filled"),
    [
        ((Grant("authority", "paris"),), ["paris"], "paris"),
        ((Grant("authority", "paris"), Grant("authority", "lima")), ["lima", "paris"], ""),
        ((Grant("permission", "", PUBLIC_WRITE),), ["published law and judgments"], ""),
    ],
)
def test_the_only_authority_of_an_account_is_filled_in_where_it_uploads(
    app: Flask, store: Store, grants: tuple[Grant, ...], offered: list[str], filled: str
) -> None:
    for one in ("public", "paris", "lima"):
        ensure_collection(store, Collection(one, one, "" if one == "public" else one), LOCAL_USER)
    client = app.test_client()
    sign_in(client, with_password(store, "ana", "officer", *grants))
    page = html.fromstring(client.get("/upload?ui=en").data)
    assert page.xpath("//datalist[@id='collections']/option/@value") == offered
    assert page.xpath("//input[@name='collection']/@value") == ([filled] if filled else [""])


def test_a_grant_for_a_time_ends(app: Flask, store: Store) -> None:
    ensure_collection(store, Collection("paris", "paris", "paris"), LOCAL_USER)
    add_account(store, "ana", "officer", author="test")
    client = with_token(app, store, "ana")
    for until, seen in ((now() + timedelta(hours=1), ["paris"]), (now(), [])):
        book.grant(store, "ana", Grant("authority", "paris", until=until), author="test")
        result = client.get("/api/v1/collections").json["collections"]
        assert [one["id"] for one in result] == seen


def test_the_command_line(rogatio_command: Command, store: Store) -> None:
    adding = ("account", "add", "ana", "--role", "officer", "--authority", "paris", "--token", "--json")
    refused = rogatio_command(*adding)
    assert (refused.exit_code, str(refused.exception)[:21]) == (1, "app.no_such_authority")
    rogatio_command("collections", "--add", "paris", "--authority", "Paris")
    unusable = rogatio_command(*adding, "--scope", "accounts")
    assert str(unusable.exception).startswith("app.scope_not_usable")
    made = rogatio_command(*adding)
    result = json.loads(made.output)
    assert set(result) == {"account", "token"}
    assert result["token"].startswith("rgt_")
    (first,) = credentials(store, "ana", TOKEN)
    assert first.scopes == ("read",)
    assert rogatio_command("account", "token", "ana", "--scope", "write").exit_code == 0
    unusable = rogatio_command("account", "token", "ana", "--scope", "accounts")
    assert str(unusable.exception).startswith("app.scope_not_usable")
    assert rogatio_command("account", "add", "ana", "--role", "expert").exit_code != 0
    assert json.loads(rogatio_command("account", "add", "eva", "--role", "expert", "--json").output)["token"] is None
    rogatio_command("account", "grant", "eva", "--permission", PUBLIC_WRITE)
    rogatio_command("account", "revoke", "ana", "--authority", "paris")
    rogatio_command("account", "disable", "ana")
    rows = {one["account"]: one for one in json.loads(rogatio_command("account", "list", "--json").output)}
    assert (rows["ana"]["disabled"], rows["ana"]["grants"]) == (True, [])
    (held,) = rows["eva"]["grants"]
    assert (held["kind"], held["collection"], held["value"]) == ("permission", "", PUBLIC_WRITE)
    assert rogatio_command("account", "token", "ana").exit_code != 0
    assert rogatio_command("account", "grant", "eva").exit_code == 2
    rogatio_command("account", "password", "eva", input=f"{PASSWORD}\n")
    assert book.account(store, "eva").has_password
    path = rogatio_command("account", "invite", "eva")
    assert path.stdout.startswith("/invitation/rgt_")
    assert "ROGATIO_PUBLIC_URL" in path.stderr
    site = {"ROGATIO_PUBLIC_URL": "https://rogatio.example.org/"}
    whole = rogatio_command("account", "invite", "eva", env=site)
    assert whole.stdout.startswith("https://rogatio.example.org/invitation/rgt_")
    assert not whole.stderr


def test_case_files_are_named_without_doubt(rogatio_command: Command, store: Store) -> None:
    for collection in ("paris", "lima"):
        granting.restrict_case_file(store, collection, "7", restricted=True)
    granting.restrict_case_file(store, "lima", "8", restricted=True)
    add_account(store, "ana", "prosecutor", author="test")
    codes = {
        "7": "app.ambiguous_case_file",
        "9": "app.no_such_case_file",
        " ": "app.no_such_case_file",
    }
    for case_file, code in codes.items():
        refused = rogatio_command("account", "grant", "ana", "--case-file", case_file)
        assert isinstance(refused.exception, RogatioError)
        assert refused.exception.code == code
    assert rogatio_command("case-file", " ", "--restricted", "--authority", "lima").exit_code == 2
    assert rogatio_command("account", "grant", "ana", "--case-file", " 8\n").exit_code == 0
    assert book.account(store, "ana").grants == (Grant("case_file", "lima", "8"),)


def test_a_case_file_is_restricted_before_its_first_document(
    rogatio_command: Command, store: Store, tmp_path: Path
) -> None:
    refused = rogatio_command("case-file", "7/2031", "--restricted")
    assert isinstance(refused.exception, RogatioError)
    assert refused.exception.code == "app.no_such_case_file", "there is no authority yet"
    add_account(store, "ana", "officer", [Grant("authority", "lima")], author="test")
    completed = rogatio_command("case-file", "7/2031", "--restricted")
    assert completed.exit_code == 0
    assert "No collection has the case file" in completed.output
    assert "7/2031 (lima): restricted" in completed.output
    assert granting.collections_with(store, "7/2031") == ["lima"]
    ensure_collection(store, Collection("paris", "paris", "paris"), LOCAL_USER)
    assert rogatio_command("case-file", "9/2031", "--restricted").exit_code == 0
    assert granting.collections_with(store, "9/2031") == ["lima", "paris"]
    with pytest.raises(RogatioError, match=r"app\.ambiguous_case_file"):
        granting.case_file_grant(store, "9/2031")
    add_document(store, tmp_path, Collection("paris", "paris", "paris"), b"a letter", case_file="9/2031")
    assert granting.case_file_grant(store, "9/2031") == Grant("case_file", "paris", "9/2031")
    refused = rogatio_command("case-file", "8/2031", "--open")
    assert isinstance(refused.exception, RogatioError)
    assert refused.exception.code == "app.no_such_case_file"


def codes_of(secret: str) -> tuple[str, str, str]:
    """Return the codes of this step and the next two, which stay valid when a step ends during the test."""
    step = int(time.time()) // STEP_SECONDS
    first, second, third = (pyotp.TOTP(secret).generate_otp(step + number) for number in range(3))
    return first, second, third


def test_a_second_factor_is_requested_and_each_code_counts_once(
    app: Flask, store: Store, tmp_path: Path, rogatio_command: Command
) -> None:
    with_password(store)
    client = app.test_client()
    sign_in(client)
    secret = re.search(r"secret=([A-Z2-7]+)", client.get("/account/second-factor").text)
    assert secret
    first, code, unused = codes_of(secret[1])
    elsewhere, sent = app.test_client(), {"code": first, "current": "another"}
    sign_in(elsewhere)
    assert client.post("/account/second-factor", data={"code": "000000", "current": PASSWORD}).status_code == 422
    assert client.post("/account/second-factor", data=sent).status_code != 302
    assert client.post("/account/second-factor", data=sent | {"current": PASSWORD}).status_code == 302
    assert (client.get("/account").status_code, elsewhere.get("/account").status_code) == (200, 302)
    held = b"".join(path.read_bytes() for path in (tmp_path / "home").rglob("records.sqlite*"))
    assert secret[1].encode() not in held
    other = app.test_client()
    answer = other.post("/sign-in", data={"name": "ana", "password": PASSWORD, "next": "/help"})
    assert answer.location == "/sign-in/code"
    assert other.get("/").status_code == 302, "the password alone opens nothing"
    assert other.post("/sign-in/code", data={"code": "000000"}).status_code == 401
    assert other.post("/sign-in/code", data={"code": code}).location == "/help"
    assert other.get("/").status_code == 200
    third = app.test_client()
    sign_in(third)
    assert third.post("/sign-in/code", data={"code": code}).status_code == 401, "it was used"
    for _ in range(MAX_FAILURES):
        third.post("/sign-in/code", data={"code": "000000"})
    assert third.post("/sign-in/code", data={"code": unused}).status_code == 429
    assert rogatio_command("account", "forget-second-factor", "ana").exit_code == 0
    assert not book.account(store, "ana").has_second_factor


def test_signing_in_again_ends_the_session_before(app: Flask, store: Store) -> None:
    with_password(store)
    client, copied = app.test_client(), app.test_client()
    sign_in(client)
    with client.session_transaction() as session, copied.session_transaction() as copy:
        copy.update(session)
    assert copied.get("/account").status_code == 200
    sign_in(client)
    assert (client.get("/account").status_code, copied.get("/account").status_code) == (200, 302)


def test_emergency_access_ends_and_is_announced(app: Flask, store: Store) -> None:
    ensure_collection(store, Collection("paris", "paris", "paris"), LOCAL_USER)
    with_password(store, "ana", "officer", Grant("authority", "paris"))
    with_password(store, "otto", "prosecutor")
    client, other = app.test_client(), app.test_client()
    sign_in(client, "otto")
    query = {"collection": "paris", "case_file": "", "reason": "too short"}
    assert client.post("/account/emergency", data=query).status_code == 422
    assert with_token(app, store, "otto").get("/api/v1/collections").json["collections"] == []
    reason = "The duty officer cannot be reached; a witness is in danger."
    assert client.post("/account/emergency", data=query | {"reason": reason}).status_code == 302
    assert [one["id"] for one in with_token(app, store, "otto").get("/api/v1/collections").json["collections"]] == [
        "paris"
    ]
    sign_in(other, "ana")
    assert reason in other.get("/account").text
    assert reason in {one.reason for one in every_entry(store)}
    with writing(store) as session:
        session.execute(update(GrantRow).where(GrantRow.account == "otto").values(until=now()))
    assert with_token(app, store, "otto").get("/api/v1/collections").json["collections"] == []
