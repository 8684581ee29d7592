"""Database and search engine that do not answer for a while: nothing is lost, and work goes on by itself."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from urllib.parse import urlsplit
from uuid import uuid4

import pytest
from engine_kinds import elasticsearch_url
from flask import Flask
from tcp_relay import Relay
from test_job_queue import done, job, jobs_of, uploaded
from web_site import site

from indexing.settings import Settings

pytestmark = pytest.mark.workers


@pytest.fixture
def relay() -> Iterator[Relay]:
    """A relay to the Elasticsearch of the tests."""
    address = urlsplit(elasticsearch_url())
    made = Relay((str(address.hostname), address.port or 9200))
    yield made
    made.stop()


@pytest.fixture(scope="module")
def database(postgresql_url: str) -> str:
    """The socket of a PostgreSQL server."""
    return postgresql_url.partition("host=")[2] + "/.s.PGSQL.5432"


def run_waiting(app: Flask) -> None:
    """Execute what waits in the queue, as the consumer of a server does."""
    queue = jobs_of(app).queue
    while task := queue.dequeue():
        queue.execute(task)


@pytest.mark.elasticsearch
def test_an_upload_waits_for_elasticsearch(tmp_path: Path, relay: Relay) -> None:
    prefix = f"away{uuid4().hex[:8]}"
    url = f"http://127.0.0.1:{relay.port}"
    app = site(Settings(tmp_path / "home", "elasticsearch", url, elasticsearch_prefix=prefix))
    job_id = uploaded(app)
    run_waiting(app)
    staged = tmp_path / "home" / "uploads" / job_id / "1"
    assert job(app, job_id)["finished"] is None
    assert staged.is_file()
    searched = app.test_client().get("/api/v1/search?q=vessels")
    assert (searched.status_code, searched.json["code"]) == (503, "indexing.elasticsearch_unreachable")
    assert searched.headers["Retry-After"]
    jobs_of(app).start()
    try:
        relay.start()  # the consumer tries again by itself
        assert [file["status"] for file in done(app, job_id)["files"]] == ["indexed"]
        assert app.test_client().get("/api/v1/search?q=vessels").json["total"] == 1
        assert not staged.exists()
    finally:
        jobs_of(app).stop()
        app.extensions["installation"].engine.drop("public")


def test_an_upload_waits_for_postgresql(tmp_path: Path, database: str) -> None:
    relay = Relay(database)
    relay.start()
    through = f"postgresql://postgres@127.0.0.1:{relay.port}/postgres?gssencmode=disable&connect_timeout=5"
    app = site(Settings(tmp_path / "home", database_url=through))
    job_id = uploaded(app)
    relay.stop()
    run_waiting(app)
    refused = app.test_client().get(f"/api/v1/jobs/{job_id}")
    assert (refused.status_code, refused.json["code"]) == (503, "indexing.database_failed")
    staged = tmp_path / "home" / "uploads" / job_id / "1"
    assert staged.is_file()
    relay.start()
    assert job(app, job_id)["finished"] is None
    jobs_of(app).start()
    try:
        assert [file["status"] for file in done(app, job_id)["files"]] == ["indexed"]
        found = app.test_client().get("/api/v1/search?q=vessels").json
        assert found["total"] == 1
    finally:
        jobs_of(app).stop()
        relay.stop()
        app.extensions["installation"].close()
