"""A failure of the program is said to be one, never a damaged file or a file in a queue that does not move."""

from __future__ import annotations

import io
import logging
import threading
import time
from pathlib import Path

import pytest
from click.testing import CliRunner
from flask import Flask

from app import job_steps, request_limits
from app.cli import rogatio
from app.web import create_app
from extraction.errors import LANGUAGES, RogatioError
from indexing.access import LOCAL_USER
from indexing.ingest.ingest import ingest, new_collection
from indexing.ingest.status import status
from indexing.installation import Installation
from indexing.settings import Settings
from indexing.store.change_log import newest_change
from indexing.store.schema import Status
from indexing.store.writing import begin_batch, ensure_collection, writing

MESSAGE = b"From: a@b.pt\nTo: c@d.pt\nSubject: Carta\nMIME-Version: 1.0\nContent-Type: text/plain\n\nCarta rogatoria.\n"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app({"SETTINGS": Settings(tmp_path / "home"), "WTF_CSRF_ENABLED": False})


def _uploaded(app: Flask) -> str:
    files = [(io.BytesIO(b"Act %d of 2030\n\nSection 1.\n" % number), f"{number}.txt") for number in range(3)]
    answer = app.test_client().post("/api/v1/jobs", data={"collection": "lima", "files": files})
    assert answer.status_code == 202, answer.text
    return str(answer.json["id"])


def test_files_of_a_job_that_the_program_broke_off_do_not_wait(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("Unexpected error within the Pool")

    job = _uploaded(app)
    monkeypatch.setattr(job_steps, "ingest", broken)
    job_steps.run_slice(app.extensions["installation"], LOCAL_USER, job)
    found = app.test_client().get(f"/api/v1/jobs/{job}").json
    assert (found["state"], found["error"], found["counts"]) == ("finished", "app.job_failed", {"failed": 3})
    assert {file["error"] for file in found["files"]} == {"app.job_failed"}
    assert "upload the files again" in app.test_client().get(f"/jobs/{job}?ui=en").text


def test_a_reader_that_cannot_be_imported_is_no_damaged_file(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    def missing(_: str) -> None:
        raise ModuleNotFoundError("No module named 'bic'")

    (tmp_path / "carta.eml").write_bytes(MESSAGE)
    monkeypatch.setattr("extraction.read._function", missing)
    with caplog.at_level(logging.ERROR):
        report = ingest(Installation(Settings(tmp_path / "home")), [tmp_path / "carta.eml"])
    (failure,) = report.failures
    assert failure.error.code == "indexing.unexpected"
    assert "ModuleNotFoundError at test_program_failures.py:" in caplog.text


@pytest.mark.parametrize("language", LANGUAGES)
def test_the_sentence_names_no_module(language: str) -> None:
    sentence = RogatioError("indexing.unexpected").sentence(language)
    assert "{" not in sentence
    assert ";" in sentence, "the cause, then what to do"


def test_a_page_is_answered_while_an_ingest_writes(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(request_limits, "REQUEST_LOCK_SECONDS", 0.1)
    store, held = app.extensions["installation"].store, threading.Event()

    def write() -> None:
        with writing(store):
            held.set()
            time.sleep(1.0)

    writer = threading.Thread(target=write)
    writer.start()
    held.wait()
    answer = app.test_client().get("/api/v1/treaty-paths?from=ES&to=CO&measure=bank_information")
    writer.join()
    assert answer.status_code == 200, answer.text


def test_a_file_given_twice_is_taken_once(tmp_path: Path) -> None:
    file, installation = tmp_path / "in" / "act.txt", Installation(Settings(tmp_path / "home"))
    file.parent.mkdir()
    file.write_text("Act 3 of 2030\n\nSection 1. Confiscation of vessels.\n")
    report = ingest(installation, [file, file.parent, file])
    assert (report.came_in, report.indexed) == (1, 1)
    assert newest_change(installation.store.database) == 1
    (document,) = installation.store.every_document(installation.store.access(LOCAL_USER))
    assert document.status is Status.INDEXED


def test_an_ingest_that_was_killed_counts_until_a_later_one_made_it_good(tmp_path: Path) -> None:
    installation, other = Installation(Settings(tmp_path / "home")), tmp_path / "other"
    store = installation.store
    ensure_collection(store, new_collection("public"), LOCAL_USER)
    begin_batch(store, "public", LOCAL_USER.id)
    assert status(installation, LOCAL_USER).unfinished == 1
    other.mkdir()
    (other / "act.txt").write_text("Act 3 of 2030\n\nSection 1. Confiscation of vessels.\n")
    ingest(installation, [other])
    assert status(installation, LOCAL_USER).unfinished == 0
    begin_batch(store, "public", LOCAL_USER.id)
    assert status(installation, LOCAL_USER).unfinished == 1


def test_files_with_a_dot_in_front_are_said_to_be_left_out(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("ROGATIO_HOME", str(tmp_path / "home"))
    (tmp_path / "in").mkdir()
    for name in ("act.txt", "..txt"):
        (tmp_path / "in" / name).write_text("Act 3 of 2030\n\nSection 1. Confiscation of vessels.\n")
    said = CliRunner().invoke(rogatio, ["--language", "en", "ingest", str(tmp_path / "in")]).output
    assert "names begin with a dot: ..txt (1)" in said
