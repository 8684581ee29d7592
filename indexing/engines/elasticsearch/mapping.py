"""Mapping of a partition's Elasticsearch index, and conversion of records to its documents.

The fields are those of the embedded engine: retrieval units and passages have separate fields, and tokens are prepared
and separated by white space. Token fields are indexed but not stored, displayed fields are stored but not indexed.
"""

from __future__ import annotations

from typing import Any

import msgspec
import numpy as np

from indexing.analysis.folding import fold
from indexing.engines.plan import CONTEXT, DAYS, EXACT, KEYWORDS, LEMMA, PLAIN
from indexing.records.record import Record, RecordKind
from indexing.records.stored_fields import days, keywords, stored_fields
from indexing.records.validity import day

PASSAGE_PLAIN, PASSAGE_LEMMA, PASSAGE_SCOPE = "passage_plain", "passage_lemma", "passage_scope"
RECORD, OWNER, ORDINAL, SHOWN, DATE, TITLE, ENTITIES = (
    "record",
    "owner",
    "ordinal",
    "shown",
    "date",
    "title_order",
    "entities",
)
TOMBSTONE = -1  # ordinal of the entry for a document that was deleted while its index was being built
PASSAGES, PLACE, VECTOR, ENCODER = "passages", "passages.place", "passages.vector", "encoder"
GRAPH = "int8_hnsw"
"""Type of vectors of a live index: eight bits and a graph of neighbours."""

_MAX_PASSAGES = 100_000
_TOKENS = (EXACT, PLAIN, LEMMA, CONTEXT, PASSAGE_PLAIN, PASSAGE_LEMMA)
_MAX_KEYWORD_LENGTH = 8000


def mapping(vectors: str = GRAPH) -> dict[str, Any]:
    """Return the mapping, with ``vectors`` as their type in the index.

    Vectors are nested in the retrieval unit of their passages, so that filters of units apply during vector search and
    each unit is found once. The number of dimensions is that of the first vector written.
    """
    text = {"type": "text", "analyzer": "whitespace"}
    keyword = {"type": "keyword", "ignore_above": _MAX_KEYWORD_LENGTH}
    return {
        "dynamic": "strict",
        "_source": {"excludes": [*_TOKENS, VECTOR]},
        "properties": {
            **dict.fromkeys(_TOKENS, text),
            **dict.fromkeys((*KEYWORDS, RECORD, OWNER, PASSAGE_SCOPE, TITLE), keyword),
            ORDINAL: {"type": "integer"},
            **{name: {"type": "integer"} for name in (DATE, *DAYS)},
            ENTITIES: {
                "type": "nested",
                "dynamic": "strict",
                "properties": {"label": {"type": "keyword"}, "value": keyword},
            },
            ENCODER: keyword,
            PASSAGES: {
                "type": "nested",
                "dynamic": "strict",
                "properties": {
                    "place": {"type": "integer"},
                    "vector": {
                        "type": "dense_vector",
                        "index": True,
                        "similarity": "cosine",
                        "index_options": {"type": vectors},
                    },
                },
            },
            SHOWN: {"type": "object", "enabled": False},
        },
    }


def fixed_settings() -> dict[str, Any]:
    """Return the settings that an index has from its creation: one shard, many passages in a retrieval unit."""
    return {"number_of_shards": 1, "mapping.nested_objects.limit": _MAX_PASSAGES}


def settings() -> dict[str, Any]:
    """Return the settings of a live index: one replica if there is a second node, slow automatic refresh."""
    return {"auto_expand_replicas": "0-1", "refresh_interval": "30s"}


def tombstone(document_id: str) -> dict[str, Any]:
    """Return the entry that records a deletion; it has no collection, so no search finds it."""
    return {RECORD: f"deleted-{document_id}", OWNER: document_id, ORDINAL: TOMBSTONE}


def source(record: Record) -> dict[str, Any]:
    """Return the Elasticsearch document of a record; passages have none of the fields of retrieval units."""
    fields: dict[str, Any] = {
        RECORD: record.id,
        OWNER: record.facts.document_id,
        ORDINAL: record.ordinal,
        SHOWN: msgspec.to_builtins(stored_fields(record)),
    }
    plain = " ".join(map(fold, record.exact))
    if record.kind is RecordKind.PASSAGE:
        return fields | {PASSAGE_SCOPE: record.scope_id, PASSAGE_PLAIN: plain, PASSAGE_LEMMA: " ".join(record.lemmas)}
    fields |= {EXACT: " ".join(record.exact), PLAIN: plain, LEMMA: " ".join(record.lemmas)}
    fields[CONTEXT] = " ".join(record.context)
    fields |= {name: list(values) for name, values in keywords(record).items()}
    fields[ENTITIES] = [{"label": label, "value": value} for label, value in record.entities]
    if any(record.vectors):
        fields[ENCODER] = record.encoder
        fields[PASSAGES] = [
            {"place": place, "vector": _floats(vector)} for place, vector in enumerate(record.vectors) if vector
        ]
    fields[TITLE] = fold(record.facts.title)
    date = day(record.facts.date)
    return fields | days(record) | ({DATE: date} if date else {})


def _floats(vector: bytes) -> list[float]:
    """Return a stored float16 vector rounded to its precision."""
    rounded: list[float] = np.frombuffer(vector, "<f2").astype(np.float64).round(5).tolist()
    return rounded
