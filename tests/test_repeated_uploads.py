"""An upload that is repeated because no answer came is done once, whichever server is asked and whatever was away."""

from __future__ import annotations

import io
import os
import subprocess
import sys
import time
from base64 import b64encode
from collections.abc import Iterator
from pathlib import Path
from uuid import uuid4

import psycopg
import pytest
from flask import Flask
from flask.testing import FlaskClient
from sqlalchemy import text
from tcp_relay import Relay
from test_servers_away import run_waiting
from uploading_officers import CONTENT, client, home_of_officers
from web_site import site
from werkzeug.test import TestResponse

from app.uploads import staging
from indexing.settings import Settings

COMMITTED = b"C\x00\x00\x00\x0bCOMMIT\x00"
"""The message by which PostgreSQL confirms a transaction (CommandComplete, documentation 54.7)."""


@pytest.fixture
def home(tmp_path: Path) -> Path:
    return home_of_officers(tmp_path)


def posted(asking: FlaskClient, key: str, content: bytes = CONTENT, **fields: str) -> TestResponse:
    data = {"collection": "paris", "files": (io.BytesIO(content), "ley.txt"), **fields}
    return asking.post("/api/v1/jobs", data=data, headers={"Idempotency-Key": key} if key else {})


def jobs_listed(asking: FlaskClient) -> list[str]:
    return [job["id"] for job in asking.get("/api/v1/jobs").json["jobs"]]


def staged(home: Path) -> list[str]:
    return sorted(path.name for path in (home / "uploads").iterdir())


def test_a_request_with_the_same_key_returns_the_job_of_the_first(home: Path) -> None:
    asking, other = client(home, "ana"), client(home, "otto")
    first = posted(asking, "a").json["id"]
    again = posted(client(home, "ana"), "a")
    assert (again.status_code, again.json["id"], again.headers["Location"]) == (202, first, f"/api/v1/jobs/{first}")
    different = [posted(asking, key).json["id"] for key in ("b", "", "")]
    different.append(posted(other, "a").json["id"])
    assert len({first, *different}) == 5
    assert staged(home) == sorted([first, *different])


@pytest.mark.parametrize(
    ("key", "fields", "code"),
    [
        ("a", {"case_file": "7"}, "app.key_used_otherwise"),
        ("a", {"content": CONTENT * 2}, "app.key_used_otherwise"),
        ("ñ", {}, "app.bad_parameter"),
        ("a" * 256, {}, "app.bad_parameter"),
    ],
)
def test_a_key_is_for_one_upload(home: Path, key: str, fields: dict[str, str], code: str) -> None:
    asking = client(home, "ana")
    posted(asking, "a")
    refused = posted(asking, key, **fields)  # type: ignore[arg-type]
    assert (refused.status_code, refused.json["code"]) == (422, code)
    assert len(jobs_listed(asking)) == len(staged(home)) == 1


def test_a_refused_request_may_be_repeated_otherwise(home: Path) -> None:
    asking = client(home, "ana")
    assert posted(asking, "a", date="tomorrow").status_code == 422
    assert posted(asking, "a").status_code == 202


def resumable(asking: FlaskClient) -> str:
    """Upload a file in parts and return the id of the upload."""
    metadata = {"Tus-Resumable": "1.0.0", "Upload-Metadata": f"filename {b64encode(b'ley.txt').decode()}"}
    address = asking.post("/api/v1/uploads", headers=metadata | {"Upload-Length": str(len(CONTENT))}).headers[
        "Location"
    ]
    part = {"Tus-Resumable": "1.0.0", "Content-Type": "application/offset+octet-stream", "Upload-Offset": "0"}
    assert asking.patch(address, headers=part, data=CONTENT).status_code == 204
    return address.rpartition("/")[2]


def test_resumable_uploads_are_handed_in_once(home: Path) -> None:
    asking = client(home, "ana")
    one, two = resumable(asking), resumable(asking)
    first = asking.post("/api/v1/jobs", data={"collection": "paris", "uploads": [one, two]})
    again = asking.post("/api/v1/jobs", data={"collection": "paris", "uploads": [two, one]})
    assert (again.status_code, again.json) == (202, first.json)
    part = asking.post("/api/v1/jobs", data={"collection": "paris", "uploads": [one]})
    assert (part.status_code, part.json["code"]) == (404, "app.no_such_upload")
    assert jobs_listed(asking) == staged(home) == [first.json["id"]]
    assert not list((home / "partial").iterdir())


def test_a_form_that_is_sent_twice_is_one_upload(tmp_path: Path) -> None:
    app = site(Settings(tmp_path / "home"), WTF_CSRF_ENABLED=False)
    asking, key = app.test_client(), uuid4().hex
    sent = [
        asking.post("/upload", data={"collection": "paris", "key": key, "files": (io.BytesIO(content), "ley.txt")})
        for content in (CONTENT, CONTENT, CONTENT * 2)
    ]
    places = [answer.headers["Location"] for answer in sent]
    assert places[0] == places[1] != places[2]
    assert 'name="key"' in asking.get("/upload").text


@pytest.fixture
def relayed(tmp_path: Path, postgresql_url: str) -> Iterator[tuple[Flask, Relay]]:
    """Give a server with a collection, whose database is behind a relay."""
    name = f"r{uuid4().hex[:8]}"
    with psycopg.connect(postgresql_url, autocommit=True) as connection:
        connection.execute(f"CREATE DATABASE {name}".encode())
    relay = Relay(postgresql_url.partition("host=")[2] + "/.s.PGSQL.5432")
    relay.start()
    url = f"postgresql://postgres@127.0.0.1:{relay.port}/{name}?gssencmode=disable&connect_timeout=5"
    app = site(Settings(tmp_path / "home", database_url=url))
    posted(app.test_client(), "", b"Another act.")
    run_waiting(app)
    yield app, relay
    app.extensions["installation"].close()
    relay.stop()


@pytest.mark.parametrize("is_away", [False, True])
def test_the_database_commits_and_its_answer_is_lost(relayed: tuple[Flask, Relay], is_away: bool) -> None:
    app, relay = relayed
    asking = app.test_client()
    relay.cut(COMMITTED, and_stop=is_away)
    answered = posted(asking, "a")
    assert answered.status_code == (503 if is_away else 202)
    if is_away:
        relay.start()
    again = posted(asking, "a")
    assert again.status_code == 202
    assert jobs_listed(asking)[0] == again.json["id"]
    assert len(jobs_listed(asking)) == 2
    run_waiting(app)
    app.extensions["jobs"].requeue()
    run_waiting(app)
    (file,) = asking.get(f"/api/v1/jobs/{again.json['id']}").json["files"]
    assert file["status"] == "indexed"


def test_an_upload_whose_answer_fails_is_not_done_twice(relayed: tuple[Flask, Relay]) -> None:
    """Accepted and queued, but the audit trail cannot be written, so that the answer is an error."""
    app, _ = relayed
    asking, records = app.test_client(), app.extensions["installation"].store.database
    with records.begin() as connection:
        connection.execute(text("ALTER TABLE audit_trail RENAME TO away"))
    assert posted(asking, "a").status_code >= 500
    with records.begin() as connection:
        connection.execute(text("ALTER TABLE away RENAME TO audit_trail"))
    run_waiting(app)
    again = posted(asking, "a").json["id"]
    run_waiting(app)
    assert len(jobs_listed(asking)) == 2
    (file,) = asking.get(f"/api/v1/jobs/{again}").json["files"]
    assert file["status"] == "indexed"


CLIENT = """
import io, json, sys
from pathlib import Path
sys.path.insert(0, "tests")
from test_repeated_uploads import posted
from uploading_officers import CONTENT, client, home_of_officers
from web_site import site
from indexing.settings import Settings

asking = site(Settings(Path(sys.argv[1]), database_url=sys.argv[2])).test_client()
print("ready", flush=True)
sys.stdin.readline()
print(json.dumps([posted(asking, str(number)).json["id"] for number in range(20)]))
"""


def test_two_servers_with_the_same_requests_at_once(tmp_path: Path, postgresql_url: str) -> None:
    command = [sys.executable, "-c", CLIENT, str(tmp_path / "home"), postgresql_url]
    root = Path(__file__).parent.parent
    servers = []
    for _ in range(2):
        server = subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, text=True, cwd=root)
        assert server.stdout is not None
        assert server.stdout.readline() == "ready\n"
        servers.append(server)
    for server in servers:
        assert server.stdin is not None
        server.stdin.write("\n")
        server.stdin.flush()
    answers = [server.communicate(timeout=120)[0] for server in servers]
    assert answers[0] == answers[1]
    app = site(Settings(tmp_path / "home", database_url=postgresql_url))
    assert len(jobs_listed(app.test_client())) == len(staged(tmp_path / "home")) == 20
    app.extensions["installation"].close()


def test_folders_of_interrupted_requests_are_removed_after_a_day(tmp_path: Path) -> None:
    app = site(Settings(tmp_path / "home"))
    job_id = posted(app.test_client(), "").json["id"]
    uploads = tmp_path / "home" / "uploads"
    for name in ("new-1", uuid4().hex, "new-2"):
        (uploads / name).mkdir()
    for name in (job_id, *staged(tmp_path / "home")[:3]):
        os.utime(uploads / name, (time.time() - 90_000,) * 2)
    os.utime(uploads / "new-2")
    staging.remove_abandoned(app.extensions["installation"].store, tmp_path / "home")
    assert staged(tmp_path / "home") == sorted([job_id, "new-2"])
