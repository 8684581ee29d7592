"""The Elasticsearch engine (9.x): versioned indices behind aliases and bulk writing.

Only features of the free licence are used, without ``info``, scripts and ``delete_by_query``.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from contextlib import suppress
from functools import partial
from itertools import chain, groupby
from typing import Any

from elasticsearch import NotFoundError
from elasticsearch.helpers import streaming_bulk

from extraction.errors import RogatioError
from indexing.engines.elasticsearch.compiler import Body, Compiler
from indexing.engines.elasticsearch.connection import Connection
from indexing.engines.elasticsearch.expunging import expunge_index, has_removed_records, merge
from indexing.engines.elasticsearch.grouped import ElasticGroupReader
from indexing.engines.elasticsearch.indices import Indices, index_state
from indexing.engines.elasticsearch.loading import complete, in_chunks, load
from indexing.engines.elasticsearch.mapping import (
    ORDINAL,
    OWNER,
    PASSAGE_SCOPE,
    RECORD,
    SHOWN,
    TOMBSTONE,
    source,
    tombstone,
)
from indexing.engines.elasticsearch.requests import (
    bodies,
    closest_body,
    read_close,
    read_found,
    read_shown,
)
from indexing.engines.plan import Plan
from indexing.engines.protocol import EngineResult, GroupReader, NearestPassages, VectorQuery, nothing
from indexing.records.record import Record
from indexing.records.stored_fields import StoredFields, passage_id

_BULK_COUNT = 500
_BULK_BYTES = 5_000_000
_DOCUMENTS_AT_ONCE = 200
_PASSAGES_AT_ONCE = 5000  # within the limit of 10,000 hits of a response


class ElasticEngine:
    """``indexing.engines.protocol.Engine`` over a cluster; one object may be used by several threads."""

    name = "elasticsearch"

    def __init__(self, cluster: Connection | str) -> None:
        """Open no connection yet; an address alone names the nodes of a cluster without credentials or owner."""
        cluster = cluster if isinstance(cluster, Connection) else Connection((cluster,))
        self._client = cluster.client()
        self.indices = Indices(self._client, cluster.prefix, cluster.owner)

    def generation(self, partition: str) -> str:
        with index_state():
            return self.indices.generation(partition)

    def write(self, partition: str, records: Iterable[Record]) -> str:
        with index_state():
            self.indices.require_current(partition)
            if not self.indices.live(partition):
                self.indices.first(partition)
            before = self.indices.generation(partition)
            for batch in _batches(records):
                # requested for each batch, because a rebuild that began meanwhile must receive the rest too
                for index in self.indices.targets(partition):
                    with suppress(NotFoundError):  # replaced by a rebuild, whose index is also in the list
                        self._replace(index, batch)
            return before if before == self.indices.generation(partition) else ""

    def delete(self, partition: str, document_ids: Iterable[str]) -> None:
        with index_state():
            self.indices.require_current(partition)
            documents = list(document_ids)
            live, building = self.indices.live(partition), self.indices.building(partition)
            for index in building:
                self._bulk(index, ({"_id": f"deleted-{name}", "_source": tombstone(name)} for name in documents))
            for index in live:
                with suppress(NotFoundError):  # replaced by a rebuild, which has the tombstone
                    self._remove(index, documents)
            for index in building:
                self._remove(index, documents, keeping_tombstones=True)

    def documents_sharing_files(self, partition: str) -> frozenset[str]:
        """Return no documents: see ``expunge``."""
        return frozenset()

    def expunges_later(self, partition: str) -> bool:
        """Return True: it takes half a minute and more."""
        return True

    def expunge(self, partition: str) -> None:
        with index_state():
            for index in self.indices.live(partition):
                with suppress(NotFoundError):  # replaced by a rebuild, which has no removed records
                    expunge_index(self._client, index)

    def refresh(self, partition: str) -> None:
        with index_state():
            for index in self.indices.targets(partition):
                self._client.indices.refresh(index=index)

    def rebuild(self, partition: str, batches: Iterable[Iterable[Record]]) -> str:
        with index_state():
            index = self.indices.begin(partition)
            try:
                self._fill(index, batches)
                self.indices.swap(partition, index)
                if has_removed_records(self._client, index):  # documents that were deleted during the last merge
                    expunge_index(self._client, index)
            except BaseException:
                self.indices.abandon(index)
                raise
            return self.indices.unique_id(index)

    def search(self, plan: Plan) -> EngineResult:
        answers = self._ask(plan.partition, bodies(plan))
        return read_found(plan, answers) if answers else nothing(plan)

    def passages(self, plan: Plan, scope_ids: tuple[str, ...]) -> Mapping[str, StoredFields]:
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
        answers = self._ask(plan.partition, [body])
        passages = [read_shown(hit) for answer in answers for hit in answer["hits"]["hits"]]
        return {passage.scope_id: passage for passage in passages}

    def grouped(self, partition: str, field: str, values: Collection[str]) -> GroupReader | None:
        return ElasticGroupReader(partial(self._ask, partition), field, tuple(values))

    def closest(self, plan: Plan, question: VectorQuery) -> tuple[NearestPassages, ...]:
        """Return the closest scopes with their closest passages, which are read in one request."""
        if not plan.limit:
            return ()
        near = [read_close(hit) for hit in self._hits(plan, closest_body(plan, question))]
        shown = {scope.id: scope for scope, _, _ in near}
        ids = {passage_id(scope, place) for scope, place, _ in near} - shown.keys()
        for first in range(0, len(ids), _PASSAGES_AT_ONCE):
            some = sorted(ids)[first : first + _PASSAGES_AT_ONCE]
            body = {"query": {"terms": {RECORD: some}}, "size": len(some), "_source": [SHOWN]}
            shown |= {passage.id: passage for passage in map(read_shown, self._hits(plan, body))}
        return _nearest(near, shown)

    def _hits(self, plan: Plan, body: Body) -> list[dict[str, Any]]:
        return [hit for answer in self._ask(plan.partition, [body]) for hit in answer["hits"]["hits"]]

    def count(self, partition: str, document_ids: Iterable[str] | None = None) -> int:
        query: Body = {"match_all": {}} if document_ids is None else {"terms": {OWNER: list(document_ids)}}
        body = {"query": query, "size": 0, "track_total_hits": True}
        answers = self._ask(partition, [body])
        return sum(int(answer["hits"]["total"]["value"]) for answer in answers)

    def partitions(self) -> tuple[str, ...]:
        with index_state():
            return self.indices.partitions()

    def drop(self, partition: str) -> None:
        with index_state():
            self.indices.drop(partition)

    def close(self) -> None:
        self._client.close()

    def _replace(self, index: str, records: list[Record]) -> None:
        """Write the records, then delete other records of their documents."""
        self._client.indices.refresh(index=index)
        existing = set(self._ids(index, list({record.facts.document_id for record in records})))
        self._bulk(index, ({"_id": record.id, "_source": source(record)} for record in records))
        stale = existing - {record.id for record in records}
        self._bulk(index, ({"_op_type": "delete", "_id": name} for name in sorted(stale)))

    def _fill(self, index: str, batches: Iterable[Iterable[Record]]) -> None:
        """Write a new index and merge it to one segment, without documents that were deleted meanwhile."""
        actions = ({"_id": record.id, "_source": source(record)} for batch in batches for record in batch)
        load(self._client, index, in_chunks(actions, _BULK_COUNT), partial(self._bulk, index))
        self._bury(index)
        merge(self._client, index)
        complete(self._client, index)
        self._bury(index)

    def _remove(self, index: str, document_ids: list[str], *, keeping_tombstones: bool = False) -> None:
        """Delete all records of these documents, including those not yet refreshed."""
        self._client.indices.refresh(index=index)
        existing = self._ids(index, document_ids)
        kept = {f"deleted-{name}" for name in document_ids} if keeping_tombstones else set()
        self._bulk(index, ({"_op_type": "delete", "_id": name} for name in existing if name not in kept))
        self._client.indices.refresh(index=index)

    def _bury(self, index: str) -> None:
        """Apply the tombstones of ``index``: delete documents that were deleted while it was built."""
        self._client.indices.refresh(index=index)
        query: Body = {"term": {ORDINAL: TOMBSTONE}}
        while hits := self._client.search(index=index, query=query, size=1000, source={"includes": [OWNER]})["hits"][
            "hits"
        ]:
            self._remove(index, [hit["_source"][OWNER] for hit in hits])

    def _bulk(self, index: str, actions: Iterable[Body]) -> None:
        """Send ``actions`` in chunks, with exponential backoff while the cluster is busy."""
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
        ids: list[str] = []
        body: Body = {"query": {"terms": {OWNER: document_ids}}, "size": 10_000, "sort": [RECORD], "_source": False}
        while True:
            hits = self._client.search(index=index, **body)["hits"]["hits"]
            ids += [hit["_id"] for hit in hits]
            if len(hits) < body["size"]:
                return ids
            body["search_after"] = hits[-1]["sort"]

    def _ask(self, partition: str, requests: list[Body]) -> list[dict[str, Any]]:
        """Return the responses to search ``bodies``, none if the partition was never written."""
        alias = self.indices.alias_of(partition)
        with index_state():
            if not self.indices.require_current(partition):
                return []
            try:
                if len(requests) == 1:
                    return [dict(self._client.search(index=alias, **requests[0]).body)]
                searches: list[Body] = [part for body in requests for part in ({}, body)]
                answers = self._client.msearch(index=alias, searches=searches).body["responses"]
            except NotFoundError:
                return []
            if any(answer.get("status") == 404 for answer in answers):
                return []
            for answer in answers:
                if "error" in answer:
                    raise RogatioError("indexing.elasticsearch_refused", reason=answer["error"]["type"])
            return list(answers)


def _nearest(
    near: list[tuple[StoredFields, int, float]], shown: Mapping[str, StoredFields]
) -> tuple[NearestPassages, ...]:
    """Return retrieval units with their closest passages, the closest first; ``shown`` are passages by id."""
    ordered = sorted(near, key=lambda item: (-item[2], item[0].id))
    ranked = ((scope, shown.get(passage_id(scope, place)), score) for scope, place, score in ordered)
    return tuple(NearestPassages(scope, passage, score) for scope, passage, score in ranked if passage)


def _batches(records: Iterable[Record]) -> Iterator[list[Record]]:
    """Yield batches of records; the records of one document are always in the same batch."""
    documents = (list(group) for _, group in groupby(records, key=lambda record: record.facts.document_id))
    batch: list[list[Record]] = []
    for document in documents:
        batch.append(document)
        if len(batch) == _DOCUMENTS_AT_ONCE or sum(map(len, batch)) > 10 * _BULK_COUNT:
            yield list(chain.from_iterable(batch))
            batch = []
    if batch:
        yield list(chain.from_iterable(batch))
