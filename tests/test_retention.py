"""Retention: a rule approved by a second person, a report, deletion by two persons, precedence of holds."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner
from flask.testing import FlaskClient
from postgresql_server import postgresql, why_missing
from sqlalchemy import event, func, select, update
from sqlalchemy.orm import Session
from store_records import BRAZIL, FRANCE, add_document

from app.accounts.accounts import Grant, add_account, disable_account
from app.accounts.credentials import SESSION, issue
from app.accounts.granting import hold_case_file
from app.audit.trail import every_entry
from app.cli import rogatio
from app.documents.four_eyes import request_deletion
from app.job_steps import run_pending
from app.retention import deletion, rules
from app.retention.deletion import (
    ask_for_deletion,
    confirm_deletion,
    delete_all_due,
    delete_next,
    has_unfinished,
    retention_deletions,
)
from app.retention.schema import RetentionDeletionDocumentRow
from app.uploads import job_progress, job_records
from app.web import create_app
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.installation import Installation
from indexing.settings import Settings
from indexing.store.holds import hold_document
from indexing.store.reading import Selection, Store
from indexing.store.schema import DocumentRow, Status
from indexing.store.writing import now, writing

ANA, RITA = (Principal(name, frozenset({FRANCE.id})) for name in ("ana", "rita"))


def principal(name: str) -> Principal:
    return {one.id: one for one in (ANA, RITA, LOCAL_USER)}[name]


@pytest.fixture
def desk(request: pytest.FixtureRequest, tmp_path: Path) -> Iterator[Installation]:
    if getattr(request, "param", "sqlite") == "sqlite":
        yield Installation(Settings(tmp_path / "home"))
        return
    if reason := why_missing():
        pytest.skip(f"NOT TESTED ON POSTGRESQL: {reason}")
    with postgresql() as url:
        opened = Installation(Settings(tmp_path / "home", database_url=url))
        yield opened
        opened.close()


def filled(desk: Installation, tmp_path: Path) -> dict[str, str]:
    """Add documents of different ages (days) in two collections; return their ids by name."""
    store, made = desk.store, {}
    for name, days, collection in (
        ("old", 400, FRANCE),
        ("held", 400, FRANCE),
        ("new", 5, FRANCE),
        ("other", 400, BRAZIL),
    ):
        made[name] = add_document(store, tmp_path, collection, name.encode(), place=f"/in/{name}", case_file=name)
        with writing(store) as session:
            added = now() - timedelta(days=days)
            session.execute(update(DocumentRow).where(DocumentRow.id == made[name]).values(added=added))
    made["inside"] = add_document(store, tmp_path, FRANCE, b"inside", place="inside", parent=made["old"])
    return made


@pytest.mark.parametrize("desk", ["sqlite", "postgresql"], indirect=True)
def test_a_rule_of_two_persons_deletes_by_two_persons_what_is_not_held(desk: Installation, tmp_path: Path) -> None:
    made, store = filled(desk, tmp_path), desk.store
    rule = rules.propose_rule(store, FRANCE.id, "", 365, ANA)
    assert rules.due_documents(store, store.access(ANA)) == []
    with pytest.raises(RogatioError, match=r"app\.second_person_needed"):
        rules.approve_rule(store, rule.id, ANA)
    rules.approve_rule(store, rule.id, RITA)
    hold_case_file(store, FRANCE.id, "held", held=True)
    due = rules.due_documents(store, store.access(RITA))
    assert {(one.document.id, one.is_held) for one in due} == {(made["old"], False), (made["held"], True)}
    assert confirm_deletion(store, ANA) is None
    assert ask_for_deletion(desk, ANA) == 1
    assert ask_for_deletion(desk, RITA) == 0
    assert confirm_deletion(store, ANA) is None
    begun = confirm_deletion(store, RITA)
    assert begun == confirm_deletion(store, RITA), "a second click begins nothing"
    assert set(delete_next(desk, principal) or ()) == {made["old"], made["inside"]}
    assert delete_next(desk, principal) is None
    left = store.documents(store.access(LOCAL_USER), Selection())
    assert {one.id for one in left} == {made["held"], made["new"], made["other"]}


def test_a_rule_for_a_type_takes_precedence_and_a_held_member_holds_all(desk: Installation, tmp_path: Path) -> None:
    made, store = filled(desk, tmp_path), desk.store
    with writing(store) as session:
        letter = update(DocumentRow).where(DocumentRow.id == made["held"]).values(document_type="rogatory_letter")
        session.execute(letter)
    for document_type, days in (("", 365), ("rogatory_letter", 3650)):
        rule = rules.propose_rule(store, FRANCE.id, document_type, days, ANA)
        rules.approve_rule(store, rule.id, RITA)
    member = store.document(store.access(LOCAL_USER), made["inside"])
    hold_document(store, member, "ana", held=True)
    (due,) = rules.due_documents(store, store.access(ANA))
    assert (due.document.id, due.is_held) == (made["old"], True)
    assert ask_for_deletion(desk, ANA) == 0


@pytest.mark.parametrize("by_two", [True, False])
def test_all_that_is_due_leaves_the_index_by_one_change(
    desk: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, by_two: bool
) -> None:
    made, changes = filled(desk, tmp_path), list[list[str]]()
    rules.approve_rule(desk.store, rules.propose_rule(desk.store, FRANCE.id, "", 365, ANA).id, RITA)
    desk.engine.write(FRANCE.partition, [])
    delete = desk.engine.delete

    def counted(partition: str, document_ids: Iterable[str]) -> None:
        changes.append(sorted(document_ids))
        delete(partition, changes[-1])

    monkeypatch.setattr(desk.engine, "delete", counted)
    if by_two:
        ask_for_deletion(desk, ANA)
        confirm_deletion(desk.store, RITA)
        delete_next(desk, principal)
    else:
        delete_all_due(desk, LOCAL_USER)
    assert changes == [sorted((made["old"], made["held"], made["inside"]))]


def all_due(desk: Installation, tmp_path: Path, number: int) -> list[str]:
    """Add ``number`` documents of France that are due under an approved rule."""
    store = desk.store
    ids = [add_document(store, tmp_path, FRANCE, str(n).encode(), place=f"/in/{n}") for n in range(number)]
    with writing(store) as session:
        session.execute(update(DocumentRow).values(added=now() - timedelta(days=400)))
    rules.approve_rule(store, rules.propose_rule(store, FRANCE.id, "", 365, ANA).id, RITA)
    return ids


def test_a_large_deletion_is_done_in_slices_with_progress(
    desk: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deletion, "SLICE", 2)
    made = all_due(desk, tmp_path, 5)
    ask_for_deletion(desk, ANA)
    confirm_deletion(desk.store, RITA)
    seen, gone = list[tuple[int, int, bool]](), list[str]()
    while (some := delete_next(desk, principal)) is not None:
        gone += some
        (one,) = retention_deletions(desk.store, RITA)
        seen.append((one.done, one.total, one.finished is not None))
    assert seen == [(2, 5, False), (4, 5, False), (5, 5, True)]
    assert sorted(gone) == sorted(made)
    assert retention_deletions(desk.store, ANA) == ()
    recorded = [entry for entry in every_entry(desk.store) if entry.action == "retention deletion"]
    assert {entry.actor for entry in recorded} == {RITA.id}
    for outcome in ("begun", "done"):
        named = [entry.objects["documents"] for entry in recorded if entry.outcome == outcome]
        assert sorted(one for documents in named for one in documents) == sorted(made)


def test_all_due_documents_are_listed_once(desk: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(deletion, "SLICE", 2)
    all_due(desk, tmp_path, 5)
    listed, due_documents = list[int](), rules.due_documents

    def counted(*arguments: Any) -> list[rules.DueDocument]:
        listed.append(len(found := due_documents(*arguments)))
        return found

    monkeypatch.setattr(deletion, "due_documents", counted)
    confirm_deletion(desk.store, LOCAL_USER, alone=True)
    while delete_next(desk, principal) is not None:
        pass
    assert listed == [5, 2, 2, 1]
    with Session(desk.store.database) as session:
        assert session.scalar(select(func.count()).select_from(RetentionDeletionDocumentRow)) == 0


def test_the_operator_sees_progress_and_continues_what_a_killed_command_left(
    desk: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(deletion, "SLICE", 2)
    made = all_due(desk, tmp_path, 5)

    def killed_after_a_slice(done: int, total: int) -> None:
        if done:
            raise SystemExit

    with pytest.raises(SystemExit):
        delete_all_due(desk, LOCAL_USER, killed_after_a_slice)
    left = {one.id for one in desk.store.documents(desk.store.access(LOCAL_USER), Selection())}
    assert len(left) == 3
    shown = list[tuple[int, int]]()
    assert set(delete_all_due(desk, LOCAL_USER, lambda *counts: shown.append(counts))) == left < set(made)
    assert shown == [(2, 5), (4, 5), (5, 5)]
    (ended,) = retention_deletions(desk.store, LOCAL_USER)
    assert (ended.done, ended.total, ended.finished is None) == (5, 5, False)


def test_the_operator_is_told_why_a_deletion_ended(
    desk: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    all_due(desk, tmp_path, 1)

    def refused(*_: object, **__: object) -> tuple[str, ...]:
        raise RogatioError("indexing.legal_hold", document="a")

    monkeypatch.setattr(deletion, "remove_several", refused)
    with pytest.raises(RogatioError, match="legal_hold"):
        delete_all_due(desk, LOCAL_USER)
    assert not has_unfinished(desk.store)


def test_a_killed_deletion_is_recorded_and_goes_on(
    desk: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = all_due(desk, tmp_path, 3)
    job_records.add_job(desk.store, "j", "ana", FRANCE.id, {}, "", [("Pérez.pdf", 1)])
    job_progress.settle(desk.store, "j", "Pérez.pdf", [1], status=Status.INDEXED, document=made[0])
    confirm_deletion(desk.store, LOCAL_USER, alone=True)

    def killed(*_: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patched:
        patched.setattr("indexing.ingest.corrections.finish_removals", killed)
        with pytest.raises(SystemExit):
            delete_next(desk, principal)
    recorded = [entry for entry in every_entry(desk.store) if entry.action == "retention deletion"]
    assert [(sorted(entry.objects["documents"]), entry.outcome) for entry in recorded] == [(sorted(made), "begun")]
    assert [file.name for file in job_records.job_files(desk.store, "j")] == [""]
    while delete_next(desk, principal) is not None:
        pass
    (ended,) = retention_deletions(desk.store, LOCAL_USER)
    assert (ended.done, ended.total, ended.finished is None) == (3, 3, False)
    assert not list(desk.store.documents(desk.store.access(LOCAL_USER), Selection()))


def test_a_confirmation_covers_what_was_requested_before_it(desk: Installation, tmp_path: Path) -> None:
    made = all_due(desk, tmp_path, 3)
    request_deletion(desk, made[0], ANA)
    confirm_deletion(desk.store, RITA)
    request_deletion(desk, made[1], ANA)
    assert delete_next(desk, principal) == (made[0],)
    assert not has_unfinished(desk.store)


def test_a_deletion_ends_where_its_author_may_no_longer_act(desk: Installation, tmp_path: Path) -> None:
    made = all_due(desk, tmp_path, 2)
    add_account(desk.store, "rita", "officer", [Grant("authority", FRANCE.id)], author="test")
    ask_for_deletion(desk, ANA)
    confirm_deletion(desk.store, RITA)
    disable_account(desk.store, "rita")
    run_pending(desk)
    (ended,) = retention_deletions(desk.store, RITA)
    assert (ended.error, ended.done, ended.finished is None) == ("app.not_permitted", 0, False)
    left = desk.store.documents(desk.store.access(LOCAL_USER), Selection())
    assert {one.id for one in left} == set(made)


def test_a_deletion_waits_for_a_server_that_does_not_answer(
    desk: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (made,) = all_due(desk, tmp_path, 1)
    confirm_deletion(desk.store, LOCAL_USER, alone=True)

    def fail(name: str) -> Principal:
        raise RogatioError("indexing.database_busy")

    with pytest.raises(RogatioError, match="database_busy"):
        delete_next(desk, fail)
    assert has_unfinished(desk.store)
    assert delete_next(desk, principal) == (made,)


def test_what_a_hold_protects_meanwhile_is_kept(desk: Installation, tmp_path: Path) -> None:
    made = all_due(desk, tmp_path, 3)
    confirm_deletion(desk.store, LOCAL_USER, alone=True)
    hold_document(desk.store, desk.store.document(desk.store.access(LOCAL_USER), made[1]), "ana", held=True)
    assert set(delete_next(desk, principal) or ()) == {made[0], made[2]}
    (ended,) = retention_deletions(desk.store, LOCAL_USER)
    assert (ended.done, ended.total, ended.error) == (2, 3, "")


def test_rules_of_others_are_neither_seen_nor_changed(desk: Installation, tmp_path: Path) -> None:
    filled(desk, tmp_path)
    rule = rules.propose_rule(desk.store, BRAZIL.id, "", 365, LOCAL_USER)
    assert rules.retention_rules(desk.store, desk.store.access(ANA)) == ()
    for act in (rules.approve_rule, rules.remove_rule):
        with pytest.raises(RogatioError, match=r"app\.no_such_rule"):
            act(desk.store, rule.id, ANA)
    with pytest.raises(RogatioError, match=r"indexing\.no_such_collection"):
        rules.propose_rule(desk.store, BRAZIL.id, "", 365, ANA)


def client(desk: Installation, name: str) -> FlaskClient:
    add_account(desk.store, name, "officer", [Grant("authority", FRANCE.id)], author="test")
    asking = create_app({"SETTINGS": desk.settings, "WTF_CSRF_ENABLED": False}).test_client()
    with asking.session_transaction() as session:
        session["sign_in"] = issue(desk.store, name, SESSION)
    return asking


def test_on_the_page_and_at_the_command_line(
    desk: Installation, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    made = filled(desk, tmp_path)
    ana, rita = client(desk, "ana"), client(desk, "rita")
    form = {"collection": FRANCE.id, "document_type": "", "days": "365"}
    assert ana.post("/retention/rules", data=form).status_code == 302
    assert 'value="approve"' not in ana.get("/retention/").text
    (known,) = ana.get("/api/v1/retention").json["rules"]
    assert (known["days"], known["author"], known["approver"]) == (365, "ana", "")
    again = ana.post("/api/v1/retention/rules", json={"collection": FRANCE.id, "days": 365})
    assert (again.status_code, again.json["id"]) == (201, 1)
    assert 'value="approve"' in rita.get("/retention/").text
    assert rita.post("/retention/rules/1", data={"action": "approve"}).status_code == 302
    assert ana.post("/retention/deletion", data={"action": "ask"}).status_code == 302
    assert 'value="confirm"' in rita.get("/retention/").text
    monkeypatch.setenv("ROGATIO_HOME", str(desk.settings.home))
    run = CliRunner().invoke
    assert made["old"] in run(rogatio, ["retention", "report", "--json"]).output
    assert rita.post("/retention/deletion", data={"action": "confirm"}).status_code == 302
    page = rita.get("/retention/?ui=en").text
    assert "0 of 2 documents deleted" in page
    assert "data-poll" in page
    assert 'value="confirm"' not in page
    run_pending(desk)
    assert "2 of 2 documents deleted" in rita.get("/retention/deletion/state?ui=en").text
    (done,) = rita.get("/api/v1/retention").json["deletions"]
    assert (done["done"], done["total"], done["error"]) == (2, 2, "")
    assert "data-poll" not in rita.get("/retention/").text
    assert run(rogatio, ["retention", "report", "--json"]).output == "[]\n"
    assert run(rogatio, ["retention", "rule", BRAZIL.id, "--days", "100"]).exit_code == 0
    applied = run(rogatio, ["retention", "apply", "--yes"])
    assert applied.exit_code == 0, applied.output
    left = desk.store.documents(desk.store.access(LOCAL_USER), Selection())
    assert {one.id for one in left} == {made["new"]}


def test_what_is_due_is_read_by_as_many_queries_as_for_one_document(tmp_path: Path) -> None:
    desk = Installation(Settings(tmp_path / "home"))
    filled(desk, tmp_path)
    store = desk.store
    rule = rules.propose_rule(store, FRANCE.id, "", 365, ANA)
    rules.approve_rule(store, rule.id, RITA)
    assert ask_for_deletion(desk, ANA) == 2
    with statements(store) as few:
        due = rules.due_documents(store, store.access(RITA))
    assert [one.asked_by for one in due] == [ANA.id, ANA.id]
    for number in range(6):
        add_document(store, tmp_path, FRANCE, str(number).encode(), place=f"/in/{number}")
    with writing(store) as session:
        session.execute(update(DocumentRow).values(added=now() - timedelta(days=400)))
    with statements(store) as many:
        assert len(rules.due_documents(store, store.access(RITA))) == 9
    assert len(many) == len(few)


@contextmanager
def statements(store: Store) -> Iterator[list[str]]:
    """Collect the statements that the database is asked."""
    asked: list[str] = []

    def note(_connection: object, _cursor: object, statement: str, *_: object) -> None:
        asked.append(statement)

    event.listen(store.database, "before_cursor_execute", note)
    yield asked
    event.remove(store.database, "before_cursor_execute", note)
