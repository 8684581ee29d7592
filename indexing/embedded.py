"""The embedded engine: one tantivy index a space, on disk, without a server.

``home/index/<space>/current`` names the version that answers; readers of other processes see every commit and every
swap at their next question. Writers take turns by a lock file.
"""

from __future__ import annotations

import fcntl
import os
import shutil
from collections.abc import Iterable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from urllib.parse import quote, unquote

import tantivy
from tantivy import Occur, Order, Query

from extraction.errors import RogatioError
from indexing.embedded_compile import Compiler
from indexing.embedded_schema import (
    NEWEST,
    OLDEST,
    OWNER,
    PASSAGE_SCOPE,
    SCHEMA_VERSION,
    SHOWN,
    TITLE,
    document,
    schema,
)
from indexing.engine import FACET_SIZE, Found, Ranked, Shown, combined, unpack
from indexing.plan import Keyword, Plan
from indexing.records import Record

_HEAP = 128_000_000
_PINNED = 1000.0
_SORTS = {"newest": (NEWEST, Order.Desc), "oldest": (OLDEST, Order.Desc), "title": (TITLE, Order.Asc)}


@dataclass(slots=True)
class _Opened:
    """An index as this process has it open, and the state of its commit file then."""

    version: str
    index: tantivy.Index
    commit: int


class EmbeddedEngine:
    """``indexing.engine.Engine`` over tantivy; one object may be used by several threads."""

    def __init__(self, home: Path) -> None:
        self._root = home / "index"
        self._schema = schema()
        self._opened: dict[str, _Opened] = {}
        self._lock = Lock()

    def write(self, space: str, records: Iterable[Record]) -> None:
        with self._writing(space):
            self._add(self._open_or_create(space), records)

    def delete(self, space: str, document_ids: Iterable[str]) -> None:
        with self._writing(space):
            writer = self._open_or_create(space).writer(_HEAP, 1)
            for document_id in document_ids:
                writer.delete_documents_by_term(OWNER, document_id)
            writer.commit()
            writer.wait_merging_threads()

    def refresh(self, space: str) -> None:
        """Every commit is seen at the next question, so there is nothing to do."""

    def rebuild(self, space: str, batches: Iterable[Iterable[Record]]) -> None:
        with self._writing(space):
            version = self._next_version(space)
            index = self._create(space, version)
            writer = index.writer(_HEAP, 1)
            for batch in batches:
                for record in batch:
                    writer.add_document(document(record))
            writer.commit()
            writer.wait_merging_threads()
            self._point(space, version)

    def search(self, plan: Plan) -> Found:
        index = self._current(plan.space)
        if index is None:
            return Found((), 0)
        compiler, searcher = Compiler(self._schema), index.searcher()
        offset = _offset(plan.after)
        query = self._query(compiler, plan)
        field, order = _SORTS.get(plan.sort, (None, Order.Desc))
        found = searcher.search(query, limit=plan.limit, offset=offset, order_by_field=field, order=order)
        ranked = tuple(
            _ranked(searcher.doc(address)[SHOWN][0], key, plan.sort, offset + place)
            for place, (key, address) in enumerate(found.hits, start=1)
        )
        return Found(ranked, _count(found), self._facets(compiler, searcher, plan))

    def passages(self, plan: Plan, scope_ids: tuple[str, ...]) -> Mapping[str, Shown]:
        index = self._current(plan.space)
        if index is None:
            return {}
        searcher = index.searcher()
        wanted = Compiler(self._schema, passages=True).compile(plan.match)
        best: dict[str, Shown] = {}
        for scope_id in scope_ids:
            within = Query.const_score_query(Query.term_query(self._schema, PASSAGE_SCOPE, scope_id, "basic"), 0.0)
            query = Query.boolean_query([(Occur.Must, within), (Occur.Should, wanted)])
            for _, address in searcher.search(query, limit=1, count=False).hits:
                best[scope_id] = unpack(searcher.doc(address)[SHOWN][0])
        return best

    def count(self, space: str, document_ids: Iterable[str] | None = None) -> int:
        index = self._current(space)
        if index is None:
            return 0
        if document_ids is None:
            return int(index.searcher().num_docs)
        query = Query.term_set_query(self._schema, OWNER, list(document_ids))
        return _count(index.searcher().search(query, limit=1))

    def spaces(self) -> tuple[str, ...]:
        return tuple(sorted(unquote(path.parent.name) for path in self._root.glob("*/current")))

    def drop(self, space: str) -> None:
        with self._writing(space):
            self._opened.pop(space, None)
            (self._folder(space) / "current").unlink(missing_ok=True)
            for version in self._versions(space):
                shutil.rmtree(version)

    def close(self) -> None:
        self._opened.clear()

    def _query(self, compiler: Compiler, plan: Plan, leaving_out: str = "") -> Query:
        access = Keyword("collection", plan.collections)
        match = compiler.all((*combined(plan, leaving_out), access))
        if not plan.pinned:
            return match
        pins = [Keyword("identity", (identity,)) for identity in plan.pinned]
        first = [
            (Occur.Should, Query.const_score_query(compiler.compile(pin), _PINNED * (len(pins) - place)))
            for place, pin in enumerate(pins)
        ]
        rest = compiler.all((*combined(plan, leaving_out)[1:], access))
        either = Query.boolean_query([*first, (Occur.Should, compiler.compile(plan.match))])
        return Query.boolean_query([(Occur.Must, either), (Occur.Must, rest)])

    def _facets(
        self, compiler: Compiler, searcher: tantivy.Searcher, plan: Plan
    ) -> dict[str, tuple[tuple[str, int], ...]]:
        """Count every facet; those without a filter of their own share one pass."""
        filtered = {name for name, _ in plan.filters}
        shared = tuple(name for name in plan.facets if name not in filtered)
        counts: dict[str, tuple[tuple[str, int], ...]] = {}
        for names, leaving_out in [(shared, ""), *(((name,), name) for name in plan.facets if name in filtered)]:
            if names:
                wanted = {name: {"terms": {"field": name, "size": FACET_SIZE}} for name in names}
                counted = searcher.aggregate(self._query(compiler, plan, leaving_out), wanted)
                for name in names:
                    buckets = counted[name]["buckets"]
                    counts[name] = tuple((str(bucket["key"]), int(bucket["doc_count"])) for bucket in buckets)
        return {name: counts[name] for name in plan.facets}

    def _add(self, index: tantivy.Index, records: Iterable[Record]) -> None:
        """Write the records; the first of a document removes what the index held of it."""
        writer = index.writer(_HEAP, 1)
        replaced: set[str] = set()
        for record in records:
            if record.facts.document_id not in replaced:
                replaced.add(record.facts.document_id)
                writer.delete_documents_by_term(OWNER, record.facts.document_id)
            writer.add_document(document(record))
        writer.commit()
        writer.wait_merging_threads()

    def _folder(self, space: str) -> Path:
        return self._root / quote(space, safe="")

    def _versions(self, space: str) -> list[Path]:
        return sorted(path for path in self._folder(space).glob("v*") if path.is_dir())

    def _next_version(self, space: str) -> str:
        versions = self._versions(space)
        number = int(versions[-1].name[1:7]) + 1 if versions else 1
        return f"v{number:06d}-{SCHEMA_VERSION}"

    def _create(self, space: str, version: str) -> tantivy.Index:
        path = self._folder(space) / version
        path.mkdir(parents=True)
        return tantivy.Index(self._schema, str(path))

    def _open_or_create(self, space: str) -> tantivy.Index:
        index = self._current(space)
        if index is None:
            version = self._next_version(space)
            index = self._create(space, version)
            self._point(space, version)
        return index

    def _point(self, space: str, version: str) -> None:
        """Let ``version`` answer from now on, and remove the others; who has them open can still read them."""
        folder = self._folder(space)
        fresh = folder / "current.new"
        fresh.write_text(version, encoding="ascii")
        os.replace(fresh, folder / "current")
        for path in self._versions(space):
            if path.name != version:
                shutil.rmtree(path)

    def _current(self, space: str) -> tantivy.Index | None:
        """Return the space's index as of its last commit, None where nothing was ever written."""
        pointer = self._folder(space) / "current"
        for _ in range(5):
            try:
                version = pointer.read_text(encoding="ascii")
                commit = (pointer.parent / version / "meta.json").stat().st_mtime_ns
                return self._at(space, version, commit)
            except FileNotFoundError:
                if not pointer.exists():
                    return None
            except ValueError:  # a swap removed the files between the two looks
                self._opened.pop(space, None)
        raise RogatioError("indexing.index_unreadable", space=space)

    def _at(self, space: str, version: str, commit: int) -> tantivy.Index:
        if not version.endswith(f"-{SCHEMA_VERSION}"):
            raise RogatioError("indexing.index_of_other_version", space=space)
        with self._lock:
            opened = self._opened.get(space)
            if opened is None or opened.version != version:
                index = tantivy.Index.open(str(self._folder(space) / version))
                opened = self._opened[space] = _Opened(version, index, commit)
            elif opened.commit != commit:
                opened.index.reload()
                opened.commit = commit
            return opened.index

    @contextmanager
    def _writing(self, space: str) -> Iterator[None]:
        """Wait until no other process or thread writes to the space."""
        folder = self._folder(space)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "writer.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield


def _count(found: tantivy.SearchResult) -> int:
    return int(getattr(found, "count"))  # noqa: B009  (the binding's type stubs lack it)


def _offset(after: str) -> int:
    if not after:
        return 0
    if not after.isdecimal():
        raise RogatioError("indexing.cursor_unreadable")
    return int(after)


def _ranked(packed: bytes, key: float | int | str, sort: str, place: int) -> Ranked:
    found = unpack(packed)
    score = float(key) if sort == "relevance" else 0.0
    return Ranked(found, score, (key,) if sort == "title" else (-float(key),), str(place))
