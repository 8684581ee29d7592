"""The embedded engine: one tantivy index and vector files per partition, on disk, without a server.

Readers in other processes see every commit and every swap at their next query; writers are serialised.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping, Sequence
from itertools import chain
from pathlib import Path

import numpy as np
import tantivy
from tantivy import Occur, Query

from extraction.errors import RogatioError
from indexing.engines.embedded.compiler import Compiler
from indexing.engines.embedded.generations import REFUSED, IndexGenerations, OpenGeneration, generation_state
from indexing.engines.embedded.grouped import EmbeddedGroupReader
from indexing.engines.embedded.nearest_vectors import VectorSearch
from indexing.engines.embedded.purging import purge, remove_unused_files
from indexing.engines.embedded.schema import BY_SCORE, OWNER, PASSAGE_SCOPE, SHOWN, SORTS, document, schema, sort_key
from indexing.engines.embedded.vector_files import VectorFiles
from indexing.engines.plan import Plan, conditions
from indexing.engines.protocol import (
    FACET_SIZE,
    EngineResult,
    GroupReader,
    NearestPassages,
    Ranked,
    VectorQuery,
    nothing,
)
from indexing.records.record import Record
from indexing.records.stored_fields import StoredFields, unpack

_HEAP = 128_000_000
_WAITING = 20_000  # vectors buffered before they are written
_MAX_CURSOR_LENGTH = 9
_PASSAGES_AT_ONCE = 6  # passages per retrieval unit, when the best passages of several are searched together


class EmbeddedEngine:
    """``indexing.engines.protocol.Engine`` over tantivy; one object may be used by several threads."""

    name = "embedded"

    def __init__(self, home: Path) -> None:
        self._schema = schema()
        self._generations = IndexGenerations(home / "index", self._schema)
        self._vector_search = VectorSearch(self._schema)

    def generation(self, partition: str) -> str:
        return self._generations.live_name(partition)

    def write(self, partition: str, records: Iterable[Record]) -> str:
        with self._generations.writing(partition):
            with generation_state(partition):
                opened = self._generations.current_or_new(partition)
            records = list(records)
            self._add(partition, opened, records, replacing=True)
            with generation_state(partition):
                self._merge(partition)
                self._generations.replay(partition).note(records=records)
            return opened.version

    def delete(self, partition: str, document_ids: Iterable[str]) -> None:
        with self._generations.writing(partition), generation_state(partition):
            document_ids = list(document_ids)
            self._remove(self._generations.current_or_new(partition), document_ids)
            self._generations.sweep(partition)
            self._purge(partition)
            self._generations.replay(partition).note(removed=document_ids)

    def documents_sharing_files(self, partition: str) -> frozenset[str]:
        """Return the documents in the segments that :func:`purge` leaves; tantivy drops one once all of it is dead."""
        with self._generations.writing(partition), generation_state(partition):
            opened = self._generations.current(partition)
            dead = opened.segments_with_removed() if opened else set()
            if opened is None or not dead:
                return frozenset()
            searcher = opened.index.searcher()
            found = searcher.search(Query.all_query(), limit=max(1, int(searcher.num_docs)), count=False)
            rows = (searcher.doc(address)[SHOWN][0] for _, address in found.hits if address.segment_ord in dead)
            return frozenset(unpack(packed).document_id for packed in rows)

    def expunges_later(self, partition: str) -> bool:
        """Return False: :meth:`delete` removes them."""
        return False

    def expunge(self, partition: str) -> None:
        with self._generations.writing(partition), generation_state(partition):
            self._purge(partition)

    def refresh(self, partition: str) -> None:
        """Do nothing: every commit is visible to the next query."""

    def rebuild(self, partition: str, batches: Iterable[Iterable[Record]]) -> str:
        """Build a generation while the live one answers and receives writes, replay those, then make it live."""
        replay = self._generations.replay(partition)
        with replay.rebuilding():
            with self._generations.writing(partition), generation_state(partition):
                opened = self._generations.create(partition)
                replay.begin(opened.version)
            self._add(partition, opened, chain.from_iterable(batches))
            with self._generations.writing(partition):
                for change in replay.changes():
                    with generation_state(partition):
                        self._remove(opened, change.removed)
                    self._add(partition, opened, change.records, replacing=True)
                with generation_state(partition):
                    replay.end()
                    opened.index.reload()
                    opened.vectors.merge(self._vector_search.living(opened.index), wholly=True)
                    self._generations.point(partition, opened.version)
            return opened.version

    def search(self, plan: Plan) -> EngineResult:
        with generation_state(plan.partition, REFUSED):
            return self._search(plan)

    def _search(self, plan: Plan) -> EngineResult:
        opened = self._generations.current(plan.partition)
        if opened is None:
            return nothing(plan)
        compiler, searcher = Compiler(self._schema), opened.index.searcher()
        # tantivy allocates memory for every rank up to the last one requested
        offset = min(_offset(plan.after), int(searcher.num_docs))
        limit = min(max(1, plan.limit), max(1, int(searcher.num_docs)))
        query = self._query(compiler, plan)
        field, order = SORTS.get(plan.sort, BY_SCORE)
        result = searcher.search(query, limit=limit, offset=offset, order_by_field=field, order=order)
        ranked = tuple(
            _ranked(searcher.doc(address)[SHOWN][0], key, plan.sort, offset + place)
            for place, (key, address) in enumerate(result.hits[: plan.limit], start=1)
        )
        return EngineResult(ranked, _count(result), self._facets(compiler, searcher, plan))

    def grouped(self, partition: str, field: str, values: Collection[str]) -> GroupReader | None:
        opened = self._generations.current(partition)
        if opened is None:
            return None
        return EmbeddedGroupReader(opened, opened.snapshot(), self._vector_search, self._schema, field, tuple(values))

    def passages(self, plan: Plan, scope_ids: tuple[str, ...]) -> Mapping[str, StoredFields]:
        opened = self._generations.current(plan.partition)
        if opened is None:
            return {}
        searcher = opened.index.searcher()
        with generation_state(plan.partition, REFUSED):
            query = Compiler(self._schema, passages=True).compile(plan.match)
        with generation_state(plan.partition, REFUSED):
            best = self._best_passages(searcher, query, scope_ids, _PASSAGES_AT_ONCE * len(scope_ids))
            for scope_id in set(scope_ids) - set(best):  # crowded out by passages of other units
                best |= self._best_passages(searcher, query, (scope_id,), 1)
        return best

    def _best_passages(
        self, searcher: tantivy.Searcher, wanted: Query, scope_ids: Sequence[str], limit: int
    ) -> dict[str, StoredFields]:
        """Return the best passage of each retrieval unit that has one among the ``limit`` best overall."""
        within = Query.const_score_query(Query.term_set_query(self._schema, PASSAGE_SCOPE, list(scope_ids)), 0.0)
        query = Query.boolean_query([(Occur.Must, within), (Occur.Should, wanted)])
        best: dict[str, StoredFields] = {}
        for _, address in searcher.search(query, limit=max(1, limit), count=False).hits:
            passage = unpack(searcher.doc(address)[SHOWN][0])
            best.setdefault(passage.scope_id, passage)
        return best

    def closest(self, plan: Plan, question: VectorQuery) -> tuple[NearestPassages, ...]:
        opened = self._generations.current(plan.partition)
        if opened is None or not plan.limit:
            return ()
        with generation_state(plan.partition, REFUSED):
            return self._vector_search.closest(opened, plan, question)

    def count(self, partition: str, document_ids: Iterable[str] | None = None) -> int:
        opened = self._generations.current(partition)
        if opened is None:
            return 0
        if document_ids is None:
            return int(opened.index.searcher().num_docs)
        query = Query.term_set_query(self._schema, OWNER, list(document_ids))
        return _count(opened.index.searcher().search(query, limit=1))

    def partitions(self) -> tuple[str, ...]:
        return self._generations.partitions()

    def drop(self, partition: str) -> None:
        with self._generations.writing(partition):
            self._generations.drop(partition)

    def close(self) -> None:
        self._generations.close()

    def _query(self, compiler: Compiler, plan: Plan, leaving_out: str = "") -> Query:
        match, others = conditions(plan, leaving_out)
        return compiler.all((match, *others))

    def _facets(
        self, compiler: Compiler, searcher: tantivy.Searcher, plan: Plan
    ) -> dict[str, tuple[tuple[str, int], ...]]:
        """Return the counts of each facet; a filtered facet is counted without its own filter."""
        filtered = {name for name, _ in plan.filters}
        shared = tuple(name for name in plan.facets if name not in filtered)
        counts: dict[str, tuple[tuple[str, int], ...]] = {}
        for names, leaving_out in [(shared, ""), *(((name,), name) for name in plan.facets if name in filtered)]:
            if names:
                aggregations = {name: {"terms": {"field": name, "size": FACET_SIZE}} for name in names}
                counted = searcher.aggregate(self._query(compiler, plan, leaving_out), aggregations)
                for name in names:
                    buckets = counted[name]["buckets"]
                    counts[name] = tuple((str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets)
        return {name: counts[name] for name in plan.facets}

    def _add(
        self, partition: str, opened: OpenGeneration, records: Iterable[Record], *, replacing: bool = False
    ) -> None:
        """Write the records; with ``replacing`` the first record of a document deletes its previous records.

        Vectors are written to their files before the index refers to them.
        """
        with generation_state(partition):
            writer = _writer(opened)
        replaced: set[str] = set()
        pending_vectors = PendingVectors(opened.vectors)
        for record in records:
            with generation_state(partition):
                if replacing and record.facts.document_id not in replaced:
                    replaced.add(record.facts.document_id)
                    writer.delete_documents_by_term(OWNER, record.facts.document_id)
                writer.add_document(document(record, pending_vectors.take(record)))
        with generation_state(partition):
            pending_vectors.write()
            writer.commit()
            writer.wait_merging_threads()

    def _remove(self, opened: OpenGeneration, document_ids: Iterable[str]) -> None:
        writer = _writer(opened)
        for document_id in document_ids:
            writer.delete_documents_by_term(OWNER, document_id)
        writer.commit()
        writer.wait_merging_threads()

    def _merge(self, partition: str) -> None:
        opened = self._generations.current_or_new(partition)
        remove_unused_files(opened.folder)
        opened.vectors.merge(self._vector_search.living(opened.index))

    def _purge(self, partition: str) -> None:
        """Remove the words and vectors of removed records from the files of the live generation."""
        purge(self._generations.current_or_new(partition).folder)
        opened = self._generations.current_or_new(partition)
        opened.vectors.merge(self._vector_search.living(opened.index), expunge=True)


def _writer(opened: OpenGeneration) -> tantivy.IndexWriter:
    """Return a writer; the files of a killed commit are removed, since the next one may give them the same names."""
    remove_unused_files(opened.folder)
    return opened.index.writer(_HEAP, 1)


def _count(result: tantivy.SearchResult) -> int:
    return int(getattr(result, "count"))  # noqa: B009  (the binding's type stubs lack it)


def _offset(after: str) -> int:
    if not after:
        return 0
    if not after.isdecimal() or len(after) > _MAX_CURSOR_LENGTH:
        raise RogatioError("indexing.cursor_unreadable")
    return int(after)


def _ranked(packed: bytes, key: float | int | str, sort: str, place: int) -> Ranked:
    score = float(key) if sort == "relevance" else 0.0
    return Ranked(unpack(packed), score, sort_key(key, sort), str(place))


class PendingVectors:
    """Buffer of the vectors of records being indexed, written to files in batches."""

    def __init__(self, files: VectorFiles) -> None:
        self._files = files
        self._next = files.next_row()
        self._encoder = ""
        self._vectors: list[bytes] = []

    def take(self, record: Record) -> int:
        """Buffer the vectors of ``record`` and return the row of the first."""
        if record.encoder and record.encoder != self._encoder:
            self.write()
            self._encoder = record.encoder
        elif len(self._vectors) >= _WAITING:
            self.write()
        first = self._next
        self._next += len(record.vectors)
        self._vectors += record.vectors
        return first

    def write(self) -> None:
        """Write the buffered vectors."""
        if self._vectors:
            length = max(2, *map(len, self._vectors))
            every = b"".join(vector or bytes(length) for vector in self._vectors)
            self._files.append(self._encoder, np.frombuffer(every, "<f2").reshape(len(self._vectors), -1))
            self._vectors = []
