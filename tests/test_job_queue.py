"""Job queue on SQLite and Redis: jobs of other servers are kept, those of a dead server are done once."""

import io
import json
import logging
import shutil
import signal
import sqlite3
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from alembic import command
from alembic.config import Config
from flask import Flask
from postgresql_server import postgresql
from postgresql_server import why_missing as why_no_postgresql
from redis_server import redis_server, why_missing
from sqlalchemy import create_engine, inspect, text
from web_site import site

from app.job_queue import ShortFailures
from app.jobs import Jobs
from indexing.settings import Settings
from indexing.store.database import MIGRATIONS, open_database
from indexing.store.schema import Base

pytestmark = pytest.mark.workers

TEXT = b"Act 5 of 2030\n\nSection 1. Confiscation of vessels.\n"


@pytest.fixture(scope="module")
def redis_url() -> Iterator[str]:
    if reason := why_missing():
        pytest.skip(f"NOT TESTED WITH REDIS: {reason}")
    with redis_server() as url:
        yield url


@pytest.fixture(params=["sqlite", "redis"])
def settings(request: pytest.FixtureRequest, tmp_path: Path) -> Settings:
    url = "" if request.param == "sqlite" else request.getfixturevalue("redis_url")
    return Settings(tmp_path / "home", redis_url=url)


def uploaded(app: Flask, content: bytes = TEXT, name: str = "act.txt") -> str:
    posted = app.test_client().post("/api/v1/jobs", data={"collection": "public", "files": (io.BytesIO(content), name)})
    assert posted.status_code == 202, posted.text
    identifier: str = posted.json["id"]
    return identifier


def job(app: Flask, job_id: str) -> dict[str, Any]:
    answer: dict[str, Any] = app.test_client().get(f"/api/v1/jobs/{job_id}").json
    return answer


def done(app: Flask, job_id: str) -> dict[str, Any]:
    """Wait for the end of a job, at most two minutes."""
    for _ in range(1200):
        if (found := job(app, job_id))["finished"]:
            return found
        time.sleep(0.1)
    raise AssertionError("the job did not end")


def jobs_of(app: Flask) -> Jobs:
    held: Jobs = app.extensions["jobs"]
    return held


def waiting(app: Flask) -> list[str]:
    return [task.args[0] for task in jobs_of(app).queue.pending()]


def test_a_server_that_starts_drops_nothing_and_doubles_nothing(settings: Settings) -> None:
    """Another server has queued jobs and is about to do them."""
    first, second = site(settings), site(settings)
    queued = [uploaded(first, TEXT + bytes([65 + number]), f"{number}.txt") for number in range(3)]
    jobs_of(first).compute_proposals("untoc", ["ES"], "2020-01-01")
    for _ in range(3):
        jobs_of(second).requeue()
        assert sorted(waiting(second)) == sorted([*queued, "untoc"])


def test_another_installation_on_the_same_redis_has_a_queue_of_its_own(redis_url: str, tmp_path: Path) -> None:
    one, other = (site(Settings(tmp_path / name, redis_url=redis_url)) for name in ("one", "other"))
    queued = uploaded(one)
    assert waiting(other) == []
    jobs_of(other).start()
    jobs_of(other).stop()
    assert waiting(one) == [queued]


def test_a_message_that_no_server_signed_is_not_loaded(settings: Settings) -> None:
    """Who can write to the queue can neither queue a task nor make a server run code."""
    app = site(settings)
    queue, job_id = jobs_of(app).queue, uploaded(app)
    (signed,) = queue.storage.enqueued_items()
    content, _, signature = signed.rpartition(b":")
    assert json.loads(content)["args"] == [job_id]
    queue.storage.dequeue()
    for message in (content, content + b":" + signature[::-1], b"{}:" + signature):
        queue.storage.enqueue(message)
        with pytest.raises(ValueError):  # noqa: PT011
            queue.dequeue()
    queue.storage.enqueue(signed)
    assert queue.dequeue().args == (job_id,)


def test_a_queue_that_does_not_answer_is_one_line_a_minute(caplog: pytest.LogCaptureFixture) -> None:
    logger, short = logging.getLogger("test of the queue"), ShortFailures()
    logger.addFilter(short)
    for error in (OSError("a"), sqlite3.OperationalError("b"), ValueError("c")):
        try:
            raise error
        except Exception:
            logger.exception("Error reading from queue")
    logger.removeFilter(short)
    said = [(record.getMessage(), bool(record.exc_info)) for record in caplog.records]
    assert said == [
        ("the job queue does not answer and is retried: OSError", False),
        ("Error reading from queue", True),
    ]


def test_a_job_that_is_worked_at_is_not_queued_again(settings: Settings) -> None:
    app, other = site(settings), site(settings)
    job_id = uploaded(app)
    assert jobs_of(app).queue.dequeue().args[0] == job_id  # a consumer has taken it
    with jobs_of(app).working_at(job_id):
        jobs_of(other).requeue()
        assert waiting(other) == []
    jobs_of(other).requeue()
    jobs_of(app).requeue()
    assert waiting(other) == [job_id]


SERVER = """
import sys, time
from pathlib import Path
sys.path.insert(0, "tests")
from web_site import site
from indexing.settings import Settings
from app import job_steps

def stuck(*arguments, **named):
    print("working", flush=True)
    time.sleep(300)

if __name__ == "__main__":
    job_steps.ingest = stuck
    app = site(Settings(Path(sys.argv[1]), redis_url=sys.argv[2]))
    app.extensions["jobs"].start()
    time.sleep(300)
"""


def test_what_a_killed_server_was_working_at_is_done_by_another(settings: Settings, tmp_path: Path) -> None:
    app = site(settings)
    left = uploaded(app)
    script = tmp_path / "server.py"
    script.write_text(SERVER)
    arguments = [sys.executable, str(script), str(settings.home), settings.redis_url]
    dead = subprocess.Popen(arguments, stdout=subprocess.PIPE, text=True, cwd=Path(__file__).parent.parent)
    try:
        assert dead.stdout is not None
        assert dead.stdout.readline() == "working\n"
        jobs_of(app).requeue()
        assert waiting(app) == []
    finally:
        dead.send_signal(signal.SIGKILL)
        dead.wait(30)
    jobs_of(app).start()
    try:
        assert [file["status"] for file in done(app, left)["files"]] == ["indexed"]
    finally:
        jobs_of(app).stop()
    assert not list((settings.home / "uploads").iterdir())


def test_a_job_queued_twice_is_done_once(settings: Settings) -> None:
    app = site(settings)
    job_id = uploaded(app)
    jobs_of(app).run(job_id)
    jobs_of(app).run(job_id)
    last = uploaded(app, TEXT + b"Section 2.", "last.txt")
    jobs_of(app).start()
    try:
        assert len(done(app, last)["files"]) == 1
        assert len(job(app, job_id)["files"]) == 1
    finally:
        jobs_of(app).stop()
    assert not list((settings.home / "uploads").iterdir())


def test_files_of_another_machine_are_left_to_it(tmp_path: Path) -> None:
    """Two machines share the records but not the folder in which uploads wait: it is a copy without them."""
    if reason := why_no_postgresql():
        pytest.skip(f"NOT TESTED ON POSTGRESQL: {reason}")
    with postgresql() as url:
        one = site(Settings(tmp_path / "one", database_url=url))
        shutil.copytree(tmp_path / "one", tmp_path / "other")
        other = site(Settings(tmp_path / "other", database_url=url))
        job_id = uploaded(one)
        jobs_of(other).requeue()
        assert waiting(other) == []
        assert job(other, job_id)["finished"] is None
        for app in (one, other):
            app.extensions["installation"].close()


def test_an_upload_survives_a_queue_that_does_not_answer(tmp_path: Path, redis_url: str) -> None:
    home = tmp_path / "home"
    down = site(Settings(home, redis_url="redis://127.0.0.1:1/0"))
    job_id = uploaded(down)
    again = site(Settings(home, redis_url=redis_url))
    jobs_of(again).requeue()
    assert waiting(again) == [job_id]


def test_tables_of_jobs_made_before_migrations_knew_them_are_kept(tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path / 'records.sqlite'}"
    database = create_engine(url)
    config = Config()
    config.set_main_option("script_location", str(MIGRATIONS))
    with database.begin() as connection:
        config.attributes["connection"] = connection
        command.upgrade(config, "0011")
        Base.metadata.create_all(connection, [Base.metadata.tables[name] for name in ("jobs", "job_files")])
        newer = {"jobs": ("held", "priority", "done", "served"), "job_files": ("part", "options")}
        for table, column in ((table, column) for table, columns in newer.items() for column in columns):
            connection.execute(text(f"ALTER TABLE {table} DROP COLUMN {column}"))
        row = "('a', 'local', 'public', '{}', 'secret', '2026-01-01 00:00:00', NULL, '', '{}')"
        connection.execute(text(f"INSERT INTO jobs VALUES {row}"))
    database.dispose()
    migrated = open_database(url)
    with migrated.connect() as connection:
        assert connection.execute(text("SELECT id, password FROM jobs")).all() == [("a", "secret")]
    assert {"jobs", "job_files"} <= set(inspect(migrated).get_table_names())
    migrated.dispose()
