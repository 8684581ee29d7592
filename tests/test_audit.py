"""Audit trail: who did what, when and why; a hash chain that reveals changes; no words of documents or queries."""

from __future__ import annotations

import json
import sqlite3
import threading
from collections.abc import Callable, Iterator
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner, Result
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from sqlalchemy.exc import DatabaseError
from web_site import write_files

from app.accounts.accounts import Grant, add_account
from app.accounts.credentials import TOKEN, issue
from app.accounts.passwords import set_password
from app.accounts.permissions import ANYONE, listed_endpoints, needed_permission
from app.audit.recording import operation_of
from app.audit.trail import BEGINNING, OPERATIONS, EntryFilter, Operation, append, entries, every_entry, verify
from app.cli import COMMANDS, rogatio
from app.web import create_app
from extraction.errors import RogatioError
from extraction.resource import load
from indexing.access import LOCAL_USER
from indexing.ingest.arrivals import IngestOptions
from indexing.ingest.ingest import ingest
from indexing.installation import open_installation
from indexing.settings import Settings
from indexing.store.reading import Store

Command = Callable[..., Result]


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = Store(Settings(tmp_path / "home"))
    yield opened
    opened.close()


@pytest.fixture
def rogatio_command(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Command:
    monkeypatch.setenv("ROGATIO_HOME", str(tmp_path / "home"))
    return lambda *arguments, **more: CliRunner().invoke(rogatio, ["--language", "en", *arguments], **more)


def fill(store: Store, number: int = 5) -> None:
    for at in range(number):
        append(store, Operation("ana", "consultation", "GET documents.document", {"document_id": f"d{at}"}))


def test_every_entry_follows_from_the_one_before(store: Store) -> None:
    fill(store)
    found = list(every_entry(store))
    assert [one.number for one in found] == [1, 2, 3, 4, 5]
    assert found[0].previous == BEGINNING
    assert [one.previous for one in found[1:]] == [one.digest for one in found[:-1]]
    whole = verify(found)
    assert (whole.entries, whole.head, whole.broken) == (5, found[-1].digest, 0)


@pytest.mark.parametrize(
    "change",
    [
        {"actor": "eva"},
        {"moment": "2020-01-01T00:00:00.000000+00:00"},
        {"objects": {}},
        {"outcome": "refused"},
        {"reason": "another"},
        {"operation": "erasure"},
        {"action": "GET help.help_page"},
        {"previous": "0" * 64},
        {"digest": "0" * 64},
        {"number": 9},
    ],
    ids=str,
)
def test_a_changed_entry_breaks_the_chain(store: Store, change: dict[str, object]) -> None:
    fill(store)
    found = list(every_entry(store))
    found[2] = replace(found[2], **change)  # type: ignore[arg-type]
    assert verify(found).broken == found[2].number


def test_a_changed_entry_with_a_digest_made_to_fit_breaks_the_next(store: Store) -> None:
    fill(store)
    found = list(every_entry(store))
    changed = replace(found[2], actor="eva")
    found[2] = replace(changed, digest=changed.expected_digest())
    assert verify(found).broken == 4


@pytest.mark.parametrize("gone", [0, 2], ids=["first", "middle"])
def test_a_missing_entry_breaks_the_chain(store: Store, gone: int) -> None:
    fill(store)
    found = list(every_entry(store))
    del found[gone]
    assert verify(found).broken == gone + 2


@pytest.mark.parametrize(
    "statement", ["UPDATE audit_trail SET actor = 'eva'", "DELETE FROM audit_trail", "TRUNCATE audit_trail"]
)
def test_the_database_refuses_to_change_the_trail(store: Store, statement: str) -> None:
    fill(store)
    with store.database.begin() as connection, pytest.raises((DatabaseError, RogatioError, sqlite3.Error)):
        connection.execute(text(statement))
    assert verify(every_entry(store)).entries == 5


def test_many_writers_make_one_chain(store: Store) -> None:
    writers = [threading.Thread(target=fill, args=(store, 10)) for _ in range(4)]
    for one in writers:
        one.start()
    for one in writers:
        one.join()
    assert verify(every_entry(store)) == replace(verify(every_entry(store)), entries=40, broken=0)


@pytest.mark.parametrize(
    ("wanted", "numbers"),
    [
        (EntryFilter(), [3, 2, 1]),
        (EntryFilter(actor="eva"), [2]),
        (EntryFilter(operation="erasure"), [3]),
        (EntryFilter(object_id="d1"), [3, 1]),
        (EntryFilter(object_id="d"), []),
        (EntryFilter(object_id="%"), []),
        (EntryFilter(first_day="2200-01-01"), []),
        (EntryFilter(last_day="2000-01-01"), []),
    ],
)
def test_entries_are_filtered(store: Store, wanted: EntryFilter, numbers: list[int]) -> None:
    append(store, Operation("ana", "consultation", "show", {"document": "d1"}))
    append(store, Operation("eva", "consultation", "show", {"document": "d2"}))
    append(store, Operation("ana", "erasure", "delete", {"documents": ["d1", "d3"]}))
    assert [one.number for one in entries(store, wanted)] == numbers


def test_every_route_and_permission_belongs_to_an_operation() -> None:
    table = load("app.audit")
    assert set(table["routes"]) <= listed_endpoints()
    assert set(table["permissions"].values()) | set(table["routes"].values()) <= set(OPERATIONS)
    permissions = {needed_permission(one) for one in listed_endpoints()} - {ANYONE}
    assert permissions == set(table["permissions"]), "app/resources/audit.yaml, permissions"
    assert operation_of("api.delete_document", "documents.delete") == "erasure"


def test_every_recorded_command_exists() -> None:
    table = load("app.audit")["commands"]
    assert {name.split()[0] for name in table} <= set(COMMANDS)
    assert {reported["operation"] for reported in table.values()} <= set(OPERATIONS)


class Desk:
    """A web application with documents, an officer, an auditor and an account with a password."""

    def __init__(self, folder: Path) -> None:
        self.settings = Settings(folder / "home")
        installation = open_installation(self.settings)
        ingest(installation, [write_files(folder / "in") / "files"], IngestOptions("lyon", "CRI 12"))
        add_account(installation.store, "ana", "officer", [Grant("authority", "lyon")], author="test")
        add_account(installation.store, "abel", "auditor", author="test")
        set_password(installation.store, "ana", "correct horse battery")
        self.tokens = {name: issue(installation.store, name, TOKEN) for name in ("ana", "abel")}
        (self.document,) = installation.store.documents(installation.store.access(LOCAL_USER))
        installation.close()
        self.app: Flask = create_app({"SETTINGS": self.settings, "WTF_CSRF_ENABLED": False})

    def client(self, name: str) -> FlaskClient:
        client = self.app.test_client()
        client.environ_base["HTTP_AUTHORIZATION"] = f"Bearer {self.tokens[name]}"
        return client


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Desk:
    return Desk(tmp_path_factory.mktemp("audit"))


def told(desk: Desk, address: str = "/api/v1/audit") -> list[dict[str, object]]:
    found: list[dict[str, object]] = desk.client("abel").get(address).json["entries"]
    return found


def test_reading_and_searching_are_recorded_without_the_words(desk: Desk) -> None:
    client = desk.client("ana")
    client.get(f"/api/v1/documents/{desk.document.id}/text", headers={"Rogatio-Reason": "case CRI 12"})
    client.get("/api/v1/search?q=Élodie+MARTIN+estupefacientes")
    client.get("/api/v1/search?q=blanchiment")
    client.get("/api/v1/documents/0123456789abcdef")
    newest = told(desk, "/api/v1/audit?actor=ana&limit=4")
    assert [(one["action"], one["outcome"]) for one in newest] == [
        ("GET api.document", "404"),
        ("GET api.search", "200"),
        ("GET api.search", "200"),
        ("GET api.text", "200"),
    ]
    assert newest[3]["objects"] == {"document_id": desk.document.id}
    assert newest[3]["reason"] == "case CRI 12"
    assert newest[1]["objects"] == {"documents": [desk.document.id]}
    whole = json.dumps(told(desk), ensure_ascii=False).lower()
    for word in ("élodie", "martin", "estupefacientes", "blanchiment", desk.document.source.lower()):
        assert word not in whole


def test_sign_ins_are_recorded_and_what_is_no_name_is_not(desk: Desk) -> None:
    client = desk.app.test_client()
    client.post("/sign-in", data={"name": "ana", "password": "wrong"})
    client.post("/sign-in", data={"name": "my secret typed here", "password": "x"})
    client.post("/sign-in", data={"name": "ana", "password": "correct horse battery"})
    newest = [one for one in told(desk) if one["action"] == "sign_in"][:3]
    assert [(one["actor"], one["outcome"]) for one in newest] == [
        ("ana", "done"),
        ("nobody", "refused"),
        ("ana", "refused"),
    ]


def test_a_refusal_is_recorded(desk: Desk) -> None:
    assert desk.client("ana").get("/api/v1/audit").status_code == 403
    newest = told(desk)[0]
    assert (newest["actor"], newest["action"], newest["outcome"]) == ("ana", "GET api.audit", "403")


def test_the_auditor_s_page_and_exports(desk: Desk, tmp_path: Path, rogatio_command: Command) -> None:
    client = desk.app.test_client()
    with client.session_transaction() as session:
        opened = open_installation(desk.settings)
        session["sign_in"] = issue(opened.store, "abel", "session")
        opened.close()
    page = client.get(f"/audit?ui=en&operation=consultation&object_id={desk.document.id}").text
    assert "<h1>Audit trail</h1>" in page
    assert desk.document.id in page
    assert "The chain is whole" in client.get("/audit/verification?ui=en").text
    assert client.get("/audit?operation=nonsense").status_code == 422
    assert client.get("/audit/trail.csv?actor=ana").data.startswith(b"\xef\xbb\xbfnumber,moment,actor")
    export = tmp_path / "trail.jsonl"
    export.write_bytes(client.get("/audit/trail.jsonl").data)
    assert rogatio_command("audit", "verify", str(export)).exit_code == 0
    lines = export.read_text().splitlines()
    export.write_text("\n".join([*lines[:2], *lines[3:]]))
    broken = rogatio_command("audit", "verify", str(export), "--json")
    assert (broken.exit_code, json.loads(broken.output)["broken"]) == (1, 4)
    export.write_text("nonsense\n")
    assert isinstance(rogatio_command("audit", "verify", str(export)).exception, RogatioError)


def test_the_command_line_acts_as_operator(rogatio_command: Command, tmp_path: Path) -> None:
    folder = write_files(tmp_path / "in")
    rogatio_command("ingest", str(folder / "files"), "--collection", "lyon")
    store = Store(Settings(tmp_path / "home"))
    (document,) = store.documents(store.access(LOCAL_USER))
    rogatio_command("search", "blanchiment secret")
    rogatio_command("delete", document.id, "--yes")
    rogatio_command("show", document.id)
    found = list(every_entry(store))
    assert [(one.operation, one.action, one.outcome) for one in found] == [
        ("collection", "ingest", "done"),
        ("consultation", "search", "done"),
        ("erasure", "delete", "done"),
        ("consultation", "show", "failed"),
    ]
    assert {one.actor.partition(":")[0] for one in found} == {"operator"}
    assert found[2].objects == {"documents": [document.id]}
    assert "blanchiment" not in json.dumps([one.action for one in found] + [one.objects for one in found])
    head = found[-1].digest
    assert rogatio_command("audit", "verify", "--head", head).exit_code == 0
    assert rogatio_command("audit", "verify", "--head", "0" * 64).exit_code == 1
    store.close()
