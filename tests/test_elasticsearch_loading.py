"""A new index of Elasticsearch is loaded without graph of its vectors, and has one when it answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from uuid import uuid4

import numpy as np
import pytest
from engine_kinds import elasticsearch_url
from engine_records import made

from indexing.engines.elasticsearch import engine as engine_module
from indexing.engines.elasticsearch.connection import Connection
from indexing.engines.elasticsearch.engine import ElasticEngine
from indexing.engines.elasticsearch.loading import in_chunks, load
from indexing.engines.plan import Everything, Plan
from indexing.engines.protocol import VectorQuery
from indexing.records.record import Record

pytestmark = pytest.mark.elasticsearch
PARTITION = "law"
ENOUGH = 400
"""Of fewer vectors (150 in 9.2) Elasticsearch makes no graph."""


@pytest.fixture
def engine() -> Iterator[ElasticEngine]:
    engine = ElasticEngine(Connection((elasticsearch_url(),), prefix=f"t{uuid4().hex[:10]}"))
    yield engine
    for partition in engine.partitions():
        engine.drop(partition)
    engine.close()


def records(number: int) -> list[Record]:
    """Return records of one document each, with vectors drawn by lot."""
    (record, *_) = made("d", "Cohecho.", partition=PARTITION)
    vectors = np.random.default_rng(7).normal(size=(number, 8)).astype("<f2")
    return [
        replace(
            record,
            id=f"d{at}",
            facts=replace(record.facts, document_id=f"d{at}"),
            vectors=(vector.tobytes(),),
            encoder="drawn@1",
        )
        for at, vector in enumerate(vectors)
    ]


@pytest.mark.parametrize("at_once", [30, ENOUGH, ENOUGH + 1])
def test_a_loaded_index_has_a_graph_and_the_settings_of_a_live_one(
    engine: ElasticEngine, at_once: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_BULK_COUNT", at_once)
    engine.rebuild(PARTITION, ([record] for record in records(ENOUGH)))
    (index,) = engine.indices.live(PARTITION)
    stats = engine._client.indices.stats(index=index, metric="dense_vector,segments").body["_all"]["primaries"]
    assert stats["segments"]["count"] == 1
    assert stats["dense_vector"]["value_count"] == ENOUGH
    assert stats["dense_vector"]["off_heap"]["total_vex_size_bytes"] > 0
    loaded = engine._client.indices.get_settings(index=index, flat_settings=True).body[index]["settings"]
    assert (loaded["index.refresh_interval"], loaded["index.auto_expand_replicas"]) == ("30s", "0-1")


@pytest.mark.parametrize("number", [0, 1, 7, 70])
def test_every_record_is_loaded_and_found_by_meaning(
    engine: ElasticEngine, number: int, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(engine_module, "_BULK_COUNT", 7)
    loaded = records(number)
    engine.rebuild(PARTITION, ([record] for record in loaded))
    assert engine.count(PARTITION) == number
    plan = Plan(PARTITION, ("law",), Everything(), limit=1)
    for record in loaded[::9]:
        question = VectorQuery("drawn@1", np.frombuffer(record.vectors[0], "<f2").astype(np.float32))
        assert [near.scope.id for near in engine.closest(plan, question)] == [record.id]


def test_a_request_that_fails_ends_the_loading(engine: ElasticEngine) -> None:
    index = engine.indices.begin(PARTITION)
    sent: list[int] = []

    def send(chunk: list[int]) -> None:
        if 5 in chunk:
            raise OSError
        sent.extend(chunk)

    with pytest.raises(OSError):  # noqa: PT011
        load(engine._client, index, in_chunks(range(1000), 2), send)
    assert len(sent) < 20
