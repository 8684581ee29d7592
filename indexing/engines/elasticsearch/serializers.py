"""JSON of requests to Elasticsearch, written by msgspec in half the time of the standard library where vectors are."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

import msgspec
from elastic_transport import JsonSerializer, NdjsonSerializer, Serializer

_BY_STANDARD_LIBRARY = (TypeError, UnicodeEncodeError)
"""What msgspec does not write: other types, and lone surrogates, which documents may have."""


class FastJson(JsonSerializer):
    """JSON by msgspec, by the standard library for what msgspec refuses."""

    def json_dumps(self, data: Any) -> bytes:
        try:
            return msgspec.json.encode(data)
        except _BY_STANDARD_LIBRARY:
            return super().json_dumps(data)


class FastNdjson(NdjsonSerializer):
    """Lines of JSON by msgspec, by the standard library for what msgspec refuses."""

    def json_dumps(self, data: Any) -> bytes:
        try:
            return msgspec.json.encode(data)
        except _BY_STANDARD_LIBRARY:
            return super().json_dumps(data)


SERIALIZERS: Mapping[str, Serializer] = {
    "application/json": FastJson(),
    "application/x-ndjson": FastNdjson(),
    "application/vnd.elasticsearch+json": FastJson(),
    "application/vnd.elasticsearch+x-ndjson": FastNdjson(),
}
