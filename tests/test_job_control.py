"""Uploads in slices: fair between users, paused, cancelled, and resumed after a kill without double counts."""

from __future__ import annotations

import io
from collections import Counter
from pathlib import Path

import hostile_files as hostile
import pytest
from flask import Flask
from whole_jobs import run_job

from app import job_steps
from app.home.waiting import waiting
from app.uploads import job_progress, job_records
from app.web import create_app
from indexing.access import LOCAL_USER
from indexing.settings import Settings

LAW = b"Act %d of 2030\n\nSection 1. Confiscation of vessels.\n"


@pytest.fixture
def app(tmp_path: Path) -> Flask:
    return create_app({"SETTINGS": Settings(tmp_path / "home"), "WTF_CSRF_ENABLED": False})


def uploaded(app: Flask, *contents: bytes) -> str:
    files = [(io.BytesIO(content), f"{number}.bin") for number, content in enumerate(contents)]
    answer = app.test_client().post("/api/v1/jobs", data={"collection": "lima", "files": files})
    assert answer.status_code == 202, answer.text
    return str(answer.json["id"])


def test_users_are_served_in_turn_and_one_s_own_uploads_by_priority(app: Flask) -> None:
    store = app.extensions["installation"].store
    for name, author in (("a1", "ana"), ("a2", "ana"), ("a3", "ana"), ("o1", "otto")):
        job_records.add_job(store, name, author, "lima", {}, "", [(f"{number}.txt", 1) for number in range(4)])
    job_progress.prioritise(store, "a3", 5)
    job_progress.hold(store, "a2", job_records.PAUSED)
    served = []
    for _ in range(5):
        now = job_records.jobs_in_turn(store)[0]
        part = job_progress.begin_slice(store, now, 2)
        job_progress.end_slice(store, now, part[-1].ordinal)
        served.append(now)
        if part[-1].ordinal == 4:
            job_progress.finish(store, now)
    assert served == ["a3", "o1", "a3", "o1", "a1"]


def test_paused_resumed_and_cancelled(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_steps, "SLICE", 2)
    installation, asking = app.extensions["installation"], app.test_client()
    job = uploaded(app, *(LAW % number for number in range(5)))
    assert job_steps.run_slice(installation, LOCAL_USER, job)
    assert asking.patch(f"/api/v1/jobs/{job}", json={"paused": True}).json["code"] == "app.bad_body"
    assert asking.patch("/api/v1/jobs/none", json={}).status_code == 404
    assert asking.patch(f"/api/v1/jobs/{job}", json={"action": "pause"}).json["state"] == "paused"
    assert job_steps.run_slice(installation, LOCAL_USER, job) is False
    assert "en pausa" in asking.get(f"/jobs/{job}").text
    assert asking.patch(f"/api/v1/jobs/{job}", json={"action": "resume", "priority": 3}).json["state"] == "waiting"
    assert job_steps.run_slice(installation, LOCAL_USER, job)
    assert asking.post(f"/jobs/{job}/control", data={"action": "cancel"}).status_code == 302
    assert job_steps.run_slice(installation, LOCAL_USER, job) is False
    found = asking.get(f"/api/v1/jobs/{job}").json
    assert (found["state"], found["counts"]) == ("finished", {"indexed": 4, "failed": 1})
    assert found["files"][4]["error"] == "app.upload_cancelled"
    assert found["files"][0]["title"]
    page = asking.get(f"/jobs/{job}?ui=en").text
    assert "The upload was cancelled. 4 files read, 1 not read." in page
    assert waiting(installation.store, installation.store.access(LOCAL_USER), LOCAL_USER) == []
    over = asking.patch(f"/api/v1/jobs/{job}", json={"action": "resume"})
    assert (over.status_code, over.json["code"]) == (409, "app.job_is_over")
    assert asking.get(f"/jobs/{job}?status=failed").text.count("<tr>") == 2
    assert "app.upload_cancelled" in asking.get(f"/jobs/{job}.csv").text


def test_uploads_are_listed_when_a_file_in_quarantine_was_deleted(app: Flask) -> None:
    """The marking that its message quotes goes with the document."""
    installation, asking = app.extensions["installation"], app.test_client()
    job = uploaded(app, b"CONFIDENCIAL\n\nCarta")
    job_steps.run_slice(installation, LOCAL_USER, job)
    (file,) = asking.get(f"/api/v1/jobs/{job}").json["files"]
    assert (file["status"], "“CONFIDENTIAL”" in file["message"]) == ("quarantined", True)
    assert "0 files read, 1 in quarantine." in asking.get(f"/jobs/{job}?ui=en").text
    assert asking.delete(f"/api/v1/documents/{file['document_id']}").status_code == 204
    (listed,) = asking.get("/api/v1/jobs").json["jobs"]
    assert "“…”" in listed["files"][0]["message"]
    assert asking.get(f"/jobs/{job}").status_code == 200
    assert asking.get(f"/jobs/{job}.csv").status_code == 200


def test_a_killed_slice_is_done_again_and_every_file_counts_once(app: Flask, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(job_steps, "SLICE", 3)
    installation, noted, note = app.extensions["installation"], list[str](), job_steps._note
    marked = hostile.zipped(("one.txt", b"SECRETO\n\ncarta"), ("two.txt", LAW % 9))
    contents = [LAW % 1, marked, b"", LAW % 1, hostile.nested(12), LAW % 2, b"%PDF-1.4 nothing"]
    whole = uploaded(app, *contents)
    run_job(installation, LOCAL_USER, whole)
    expected = Counter(one.status for one in job_records.job_files(installation.store, whole))

    def killed(*given: object) -> None:
        note(*given)  # type: ignore[arg-type]
        noted.append("file")
        if len(noted) in (2, 6):
            raise KeyboardInterrupt

    again = uploaded(app, *contents)
    monkeypatch.setattr(job_steps, "_note", killed)
    for _ in range(2):
        with pytest.raises(KeyboardInterrupt):
            run_job(installation, LOCAL_USER, again)
    run_job(installation, LOCAL_USER, again)
    found = job_records.job_files(installation.store, again)
    assert Counter(one.status for one in found).total() == expected.total()
    assert not any(one.status == "waiting" for one in found)
    assert job_records.job(installation.store, installation.store.access(LOCAL_USER), again).finished


def test_a_duplicate_names_the_file_that_it_repeats(app: Flask) -> None:
    installation, asking = app.extensions["installation"], app.test_client()
    first = uploaded(app, LAW % 1)
    job_steps.run_slice(installation, LOCAL_USER, first)
    again = asking.post(
        "/api/v1/jobs", data={"collection": "lima", "files": [(io.BytesIO(LAW % 1), "renamed.txt")]}
    ).json["id"]
    job_steps.run_slice(installation, LOCAL_USER, again)
    (held,) = asking.get(f"/api/v1/jobs/{first}").json["files"]
    (file,) = asking.get(f"/api/v1/jobs/{again}").json["files"]
    assert (file["status"], held["duplicate_of"]) == ("duplicate", None)
    assert file["duplicate_of"] == {"document_id": held["document_id"], "name": "0.bin"}
    assert f'href="/documents/{held["document_id"]}"' in asking.get(f"/jobs/{again}").text
    assert "0.bin" in asking.get(f"/jobs/{again}.csv").text
