"""Requests to Elasticsearch have the same content as by the client's own serializers."""

from __future__ import annotations

import json
from datetime import date
from typing import Any

import pytest
from elastic_transport import SerializationError
from elasticsearch.serializer import DEFAULT_SERIALIZERS

from indexing.engines.elasticsearch.serializers import SERIALIZERS


@pytest.mark.parametrize(
    "data",
    [
        {"query": {"match_all": {}}, "size": 10},
        {"vector": [0.12345, -1.0, 1e-05, 0.0], "place": 0},
        {"text": '«ñandú» \u2028 \U0001f600 "quoted" \\ \n', "none": None, "is": True},
        {"text": "lone \ud800 surrogate"},
        {"day": date(2024, 5, 3)},
        {},
    ],
)
def test_the_content_is_the_same(data: dict[str, Any]) -> None:
    mine, own = SERIALIZERS["application/json"], DEFAULT_SERIALIZERS["application/json"]
    assert json.loads(mine.dumps(data).decode("utf-8", "surrogatepass")) == json.loads(
        own.dumps(data).decode("utf-8", "surrogatepass")
    )


def test_lines_of_a_bulk_request_are_the_same() -> None:
    lines = [{"index": {"_id": "a"}}, {"text": "uno\ndos"}, '{"delete":{"_id":"b"}}']
    mine, own = (some["application/x-ndjson"].dumps(lines) for some in (SERIALIZERS, DEFAULT_SERIALIZERS))
    assert mine.endswith(b"\n")
    assert [json.loads(line) for line in mine.splitlines()] == [json.loads(line) for line in own.splitlines()]


def test_what_cannot_be_written_is_refused() -> None:
    with pytest.raises(SerializationError):
        SERIALIZERS["application/json"].dumps({"value": object()})
