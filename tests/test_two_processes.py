"""Two processes on one installation, like two machines on PostgreSQL: both end, with the combined result."""

from __future__ import annotations

import threading
from pathlib import Path
from uuid import uuid4

import pytest
from engine_kinds import elasticsearch_url
from test_kill_points import tried

from indexing.engines.elasticsearch.engine import ElasticEngine


@pytest.mark.parametrize(
    ("database", "rounds"),
    [
        ("postgresql", "1"),
        pytest.param("sqlite", "5", marks=pytest.mark.full),
        pytest.param("postgresql", "5", marks=pytest.mark.full),
    ],
)
def test_what_two_processes_do_at_once_is_all_done(
    tmp_path: Path, request: pytest.FixtureRequest, database: str, rounds: str
) -> None:
    server = [] if database == "sqlite" else ["--server", request.getfixturevalue("postgresql_url")]
    found = tried("two_runs.py", tmp_path, "--rounds", rounds, *server)
    assert {str(one["pair"]): one["wrong"] for one in found if one["wrong"]} == {}
    assert len(found) > 1


@pytest.mark.elasticsearch
def test_two_machines_make_the_index_of_a_new_partition_at_once() -> None:
    partition = f"first-{uuid4().hex[:8]}"
    engines = [ElasticEngine(elasticsearch_url()) for _ in range(4)]
    made: list[str] = []
    ready = threading.Barrier(len(engines))

    def first(engine: ElasticEngine) -> None:
        ready.wait()
        made.append(engine.indices.first(partition))

    threads = [threading.Thread(target=first, args=(engine,)) for engine in engines]
    try:
        for thread in threads:
            thread.start()
        for thread in threads:
            thread.join()
        assert len(made) == len(engines)
        assert len(set(made)) == 1
    finally:
        engines[0].drop(partition)
