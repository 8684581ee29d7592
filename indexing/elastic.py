"""The Elasticsearch engine (9.x): versioned indices behind aliases, bulk writing, no feature outside the free core.

Runs without ``info``, scripts and ``delete_by_query``. The alias ``rogatio-<space>`` answers; while a space is
rebuilt, ``rogatio-building-<space>`` gets every write as well.
"""

from __future__ import annotations

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from itertools import chain, groupby
from typing import Any

import msgspec
from elasticsearch import ApiError, Elasticsearch, NotFoundError, TransportError
from elasticsearch.helpers import BulkIndexError, streaming_bulk

from extraction.errors import RogatioError
from indexing.elastic_compile import Body, Compiler
from indexing.elastic_mapping import (
    DATE,
    ORDINAL,
    OWNER,
    PASSAGE_SCOPE,
    RECORD,
    SHOWN,
    TITLE,
    mapping,
    settings,
    source,
)
from indexing.engine import FACET_SIZE, Found, Ranked, Shown, combined
from indexing.plan import Keyword, Plan
from indexing.records import Record

_PINNED = 1000.0
_BULK_COUNT = 500
_BULK_BYTES = 5_000_000
_DOCUMENTS_AT_ONCE = 200
_SORTS: dict[str, Body] = {
    "relevance": {"_score": {"order": "desc"}},
    "newest": {DATE: {"order": "desc", "missing": "_last"}},
    "oldest": {DATE: {"order": "asc", "missing": "_last"}},
    "title": {TITLE: {"order": "asc", "missing": "_last"}},
}
_ALIAS, _BUILDING = "rogatio-", "rogatio-building-"


class ElasticEngine:
    """``indexing.engine.Engine`` over a cluster; one object may be used by several threads."""

    def __init__(self, url: str) -> None:
        self._client = Elasticsearch(url, request_timeout=60, max_retries=3, retry_on_timeout=True)

    def write(self, space: str, records: Iterable[Record]) -> None:
        with _told():
            targets = self._targets(space) or [self._first(space)]
            for batch in _batches(records):
                for index in targets:
                    self._replace(index, batch)

    def delete(self, space: str, document_ids: Iterable[str]) -> None:
        with _told():
            for index in self._targets(space):
                self._bulk(index, ({"_op_type": "delete", "_id": one} for one in self._ids(index, list(document_ids))))
                self._client.indices.refresh(index=index)

    def refresh(self, space: str) -> None:
        with _told():
            for index in self._targets(space):
                self._client.indices.refresh(index=index)

    def rebuild(self, space: str, batches: Iterable[Iterable[Record]]) -> None:
        with _told():
            building = _BUILDING + _written(space)
            for left_over in self._behind(building):
                self._client.indices.delete(index=left_over)
            old = self._behind(_ALIAS + _written(space))
            index = self._create(space, old, building)
            self._bulk(index, ({"_id": one.id, "_source": source(one)} for batch in batches for one in batch))
            self._client.indices.refresh(index=index)
            self._swap(space, index, old)

    def search(self, plan: Plan) -> Found:
        alias = _ALIAS + _written(plan.space)
        compiler = Compiler()
        body: Body = {
            "query": _query(compiler, plan),
            "size": plan.limit,
            "sort": [_SORTS[plan.sort], {RECORD: {"order": "asc"}}],
            "track_scores": plan.sort == "relevance",
            "track_total_hits": True,
            "_source": [SHOWN],
        }
        if plan.after:
            body["search_after"] = _after(plan.after)
        filtered = {name for name, _ in plan.filters}
        shared = [name for name in plan.facets if name not in filtered]
        if shared:
            body["aggs"] = {name: _counted(name) for name in shared}
        bodies = [body]
        for name in plan.facets:
            if name in filtered:
                bodies.append({"query": _query(compiler, plan, name), "size": 0, "aggs": {name: _counted(name)}})
        answers = self._ask(alias, bodies)
        if not answers:
            return Found((), 0)
        hits = answers[0]["hits"]
        ranked = tuple(_ranked(hit, plan.sort) for hit in hits["hits"])
        return Found(ranked, int(hits["total"]["value"]), _facets(plan, answers))

    def passages(self, plan: Plan, scope_ids: tuple[str, ...]) -> Mapping[str, Shown]:
        body = {
            "query": {
                "bool": {
                    "filter": [{"terms": {PASSAGE_SCOPE: list(scope_ids)}}],
                    "should": [Compiler(passages=True).compile(plan.match)],
                }
            },
            "collapse": {"field": PASSAGE_SCOPE},
            "sort": [{"_score": {"order": "desc"}}, {ORDINAL: {"order": "asc"}}],
            "size": len(scope_ids),
            "_source": [SHOWN],
            "track_total_hits": False,
        }
        answers = self._ask(_ALIAS + _written(plan.space), [body])
        found = [_shown(hit) for answer in answers for hit in answer["hits"]["hits"]]
        return {passage.scope_id: passage for passage in found}

    def count(self, space: str, document_ids: Iterable[str] | None = None) -> int:
        query: Body = {"match_all": {}} if document_ids is None else {"terms": {OWNER: list(document_ids)}}
        body = {"query": query, "size": 0, "track_total_hits": True}
        answers = self._ask(_ALIAS + _written(space), [body])
        return sum(int(answer["hits"]["total"]["value"]) for answer in answers)

    def spaces(self) -> tuple[str, ...]:
        with _told():
            held = self._client.indices.get_alias(index=f"{_ALIAS}*", allow_no_indices=True).body
        names = {name for about in held.values() for name in about["aliases"] if not name.startswith(_BUILDING)}
        return tuple(sorted(_read(name.removeprefix(_ALIAS)) for name in names))

    def drop(self, space: str) -> None:
        with _told():
            for index in self._targets(space):
                self._client.indices.delete(index=index)

    def close(self) -> None:
        self._client.close()

    # --- indices

    def _behind(self, alias: str) -> list[str]:
        try:
            return sorted(self._client.indices.get_alias(name=alias).body)
        except NotFoundError:
            return []

    def _targets(self, space: str) -> list[str]:
        """Return the indices that a write goes to: the one that answers and one that is being built."""
        written = _written(space)
        return [*self._behind(_ALIAS + written), *self._behind(_BUILDING + written)]

    def _first(self, space: str) -> str:
        return self._create(space, [], _ALIAS + _written(space))

    def _create(self, space: str, old: list[str], alias: str) -> str:
        number = max((int(name[-6:]) for name in old), default=0) + 1
        name = f"{_ALIAS}{_written(space)}-v{number:06d}"
        self._client.indices.create(index=name, mappings=mapping(), settings=settings(), aliases={alias: {}})
        return name

    def _swap(self, space: str, index: str, old: list[str]) -> None:
        """Let ``index`` answer in place of ``old`` in one step, then remove those."""
        written = _written(space)
        actions: list[Body] = [{"add": {"index": index, "alias": _ALIAS + written}}]
        actions.append({"remove": {"index": index, "alias": _BUILDING + written}})
        actions += [{"remove_index": {"index": name}} for name in old]
        self._client.indices.update_aliases(actions=actions)

    # --- writing

    def _replace(self, index: str, records: list[Record]) -> None:
        """Write the records, then delete what the index held of their documents beyond them."""
        self._client.indices.refresh(index=index)
        held = set(self._ids(index, list({record.facts.document_id for record in records})))
        self._bulk(index, ({"_id": record.id, "_source": source(record)} for record in records))
        stale = held - {record.id for record in records}
        self._bulk(index, ({"_op_type": "delete", "_id": one} for one in sorted(stale)))

    def _bulk(self, index: str, actions: Iterable[Body]) -> None:
        """Send ``actions`` by count and bytes; a busy cluster is asked again, later and later."""
        sent = streaming_bulk(
            self._client,
            actions,
            index=index,
            chunk_size=_BULK_COUNT,
            max_chunk_bytes=_BULK_BYTES,
            max_retries=6,
            initial_backoff=0.5,
            max_backoff=30,
        )
        for _ in sent:
            pass

    def _ids(self, index: str, document_ids: list[str]) -> list[str]:
        """Return the ids of all records of these documents."""
        found: list[str] = []
        body: Body = {"query": {"terms": {OWNER: document_ids}}, "size": 10_000, "sort": [RECORD], "_source": False}
        while True:
            hits = self._client.search(index=index, **body)["hits"]["hits"]
            found += [hit["_id"] for hit in hits]
            if len(hits) < body["size"]:
                return found
            body["search_after"] = hits[-1]["sort"]

    def _ask(self, alias: str, bodies: list[Body]) -> list[dict[str, Any]]:
        """Return the answers, none where the space was never written to."""
        with _told():
            try:
                if len(bodies) == 1:
                    return [dict(self._client.search(index=alias, **bodies[0]).body)]
                searches: list[Body] = [part for body in bodies for part in ({}, body)]
                answers = self._client.msearch(index=alias, searches=searches).body["responses"]
            except NotFoundError:
                return []
            if any(answer.get("status") == 404 for answer in answers):
                return []
            for answer in answers:
                if "error" in answer:
                    raise RogatioError("indexing.elasticsearch_refused", reason=answer["error"]["type"])
            return list(answers)


def _query(compiler: Compiler, plan: Plan, leaving_out: str = "") -> Body:
    wanted, *filters = combined(plan, leaving_out)
    within = [compiler.compile(clause) for clause in (*filters, Keyword("collection", plan.collections))]
    match = compiler.compile(wanted)
    if plan.pinned:
        pins = [
            {
                "constant_score": {
                    "filter": {"term": {"identity": identity}},
                    "boost": _PINNED * (len(plan.pinned) - place),
                }
            }
            for place, identity in enumerate(plan.pinned)
        ]
        match = {"bool": {"should": [*pins, match], "minimum_should_match": 1}}
    return {"bool": {"must": [match], "filter": within}}


def _counted(name: str) -> Body:
    return {"terms": {"field": name, "size": FACET_SIZE}}


def _facets(plan: Plan, answers: list[dict[str, Any]]) -> dict[str, tuple[tuple[str, int], ...]]:
    counted = {name: value for answer in answers for name, value in answer.get("aggregations", {}).items()}
    return {
        name: tuple((str(bucket["key"]), int(bucket["doc_count"])) for bucket in counted[name]["buckets"])
        for name in plan.facets
    }


def _shown(hit: Mapping[str, Any]) -> Shown:
    return msgspec.convert(hit["_source"][SHOWN], Shown)


def _ranked(hit: Mapping[str, Any], sort: str) -> Ranked:
    first = hit["sort"][0]
    key = str(first or "") if sort == "title" else -float(first) if sort != "oldest" else float(first)
    return Ranked(_shown(hit), float(hit["_score"] or 0.0), (key,), json.dumps(hit["sort"]))


def _after(cursor: str) -> list[Any]:
    try:
        values = json.loads(cursor)
    except ValueError as error:
        raise RogatioError("indexing.cursor_unreadable") from error
    if not isinstance(values, list) or len(values) != 2:
        raise RogatioError("indexing.cursor_unreadable")
    return values


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield the records of some documents at a time; those of one document stay together."""
    documents = (list(held) for _, held in groupby(records, key=lambda record: record.facts.document_id))
    waiting: list[list[Record]] = []
    for document in documents:
        waiting.append(document)
        if len(waiting) == _DOCUMENTS_AT_ONCE or sum(map(len, waiting)) > 10 * _BULK_COUNT:
            yield list(chain.from_iterable(waiting))
            waiting = []
    if waiting:
        yield list(chain.from_iterable(waiting))


def _written(space: str) -> str:
    """Return a space's name as an index may be called: lower case ASCII, the rest as ``_`` and hexadecimal."""
    return re.sub(r"[^a-z0-9-]", lambda found: "".join(f"_{byte:02x}" for byte in found[0].encode()), space)


def _read(written: str) -> str:
    return re.sub(r"(?:_[0-9a-f]{2})+", lambda found: bytes.fromhex(found[0].replace("_", "")).decode(), written)


@contextmanager
def _told() -> Iterator[None]:
    """Turn the client's errors into ours, with no word of a document in them."""
    try:
        yield
    except BulkIndexError as error:
        kinds = sorted({next(iter(one.values())).get("error", {}).get("type", "") for one in error.errors})
        raise RogatioError("indexing.elasticsearch_refused", reason=", ".join(kinds)) from None
    except ApiError as error:
        raise RogatioError("indexing.elasticsearch_refused", reason=f"{error.status_code} {error.error}") from error
    except TransportError as error:
        raise RogatioError("indexing.elasticsearch_unreachable", reason=type(error).__name__) from error
