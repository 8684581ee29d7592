"""The Elasticsearch index of one space: strict mapping, and a record as its document.

The fields are those of the embedded engine: scopes and passages in fields of their own, tokens ready made and parted
by the whitespace analyzer. Tokens are indexed and not kept; what is shown is kept and not indexed.
"""

from __future__ import annotations

from typing import Any

import msgspec

from indexing.engine import day, keywords, shown
from indexing.folding import fold
from indexing.plan import CONTEXT, EXACT, KEYWORDS, LEMMA, PLAIN
from indexing.records import Record, RecordKind

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
TOMBSTONE = -1  # the ordinal of what stands for a document that was deleted while its index was being built
VECTOR, DIMENSIONS = "vector", 384
_TOKENS = (EXACT, PLAIN, LEMMA, CONTEXT, PASSAGE_PLAIN, PASSAGE_LEMMA)
_LONGEST_KEYWORD = 8000


def mapping() -> dict[str, Any]:
    """Return the mapping; ``vector`` is the place of a passage's embedding (multilingual-e5-small, brief design)."""
    text = {"type": "text", "analyzer": "whitespace"}
    keyword = {"type": "keyword", "ignore_above": _LONGEST_KEYWORD}
    return {
        "dynamic": "strict",
        "_source": {"excludes": [*_TOKENS, VECTOR]},
        "properties": {
            **dict.fromkeys(_TOKENS, text),
            **dict.fromkeys((*KEYWORDS, RECORD, OWNER, PASSAGE_SCOPE, TITLE), keyword),
            ORDINAL: {"type": "integer"},
            DATE: {"type": "integer"},
            ENTITIES: {
                "type": "nested",
                "dynamic": "strict",
                "properties": {"label": {"type": "keyword"}, "value": keyword},
            },
            VECTOR: {"type": "dense_vector", "dims": DIMENSIONS, "index": True, "similarity": "cosine"},
            SHOWN: {"type": "object", "enabled": False},
        },
    }


def settings() -> dict[str, Any]:
    """Return an index's settings: one shard, a copy where there is a second node, refreshed when asked."""
    return {"number_of_shards": 1, "auto_expand_replicas": "0-1", "refresh_interval": "30s"}


def tombstone(document_id: str) -> dict[str, Any]:
    """Return the document that says that another one is deleted; without a collection no search finds it."""
    return {RECORD: f"deleted-{document_id}", OWNER: document_id, ORDINAL: TOMBSTONE}


def source(record: Record) -> dict[str, Any]:
    """Return the document of a record; a passage has no field that scopes are found by."""
    made: dict[str, Any] = {
        RECORD: record.id,
        OWNER: record.facts.document_id,
        ORDINAL: record.ordinal,
        SHOWN: msgspec.to_builtins(shown(record)),
    }
    plain = " ".join(map(fold, record.exact))
    if record.kind is RecordKind.PASSAGE:
        return made | {PASSAGE_SCOPE: record.scope_id, PASSAGE_PLAIN: plain, PASSAGE_LEMMA: " ".join(record.lemmas)}
    made |= {EXACT: " ".join(record.exact), PLAIN: plain, LEMMA: " ".join(record.lemmas)}
    made[CONTEXT] = " ".join(record.context)
    made |= {name: list(values) for name, values in keywords(record).items()}
    made[ENTITIES] = [{"label": label, "value": value} for label, value in record.entities]
    made[TITLE] = fold(record.facts.title)
    date = day(record.facts.date)
    return made | ({DATE: date} if date else {})
