"""Batch log: events of each file as it is processed, and the final report."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from typing import Any

from extraction.errors import RogatioError
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument
from indexing.store.schema import Status
from indexing.store.writing import add_items, settle


@dataclass(frozen=True, slots=True)
class IngestEvent:
    """What became of one file; ``done`` of ``known`` files that have been seen so far are through."""

    source: str
    document_id: str
    status: Status
    error: RogatioError | None
    done: int
    known: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, and why."""

    source: str
    error: RogatioError


@dataclass(frozen=True, slots=True)
class IngestReport:
    """``came_in`` is always ``indexed + duplicates + failed``; ``unchanged`` of the indexed were so before.

    ``restored`` counts stored originals whose bytes had been altered on the disk and were restored from their file.
    """

    batch: str
    came_in: int
    indexed: int
    duplicates: int
    failed: int
    unchanged: int
    pages: int
    restored: int
    failures: tuple[Failure, ...]


@dataclass(slots=True)
class BatchLog:
    """``known`` counts every file seen so far; each of them is told of exactly once.

    A run that takes no files in has no ``batch``.
    """

    store: Store
    batch: str = ""
    on_event: Callable[[IngestEvent], None] = lambda event: None
    known: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    lines: list[Mapping[str, Any]] = field(default_factory=list)

    def indexed(self, document: StoredDocument, pages: int) -> None:
        self.counts["pages"] += pages
        self._tell_of(document, Status.INDEXED)

    def unchanged(self, document: StoredDocument) -> None:
        """Tell of a document that was indexed before and stays as it is."""
        self.counts["unchanged"] += 1
        self._tell_of(document, Status.INDEXED)

    def duplicate(self, document: StoredDocument) -> None:
        settle(self.store, [(document.id, {"status": Status.DUPLICATE})])
        self._tell_of(document, Status.DUPLICATE)

    def failed(self, document: StoredDocument, error: RogatioError, *, told: bool = True) -> None:
        failed = {"status": Status.FAILED, "error": error.code, "error_facts": error.facts}
        settle(self.store, [(document.id, failed)])
        if told:
            self._tell_of(document, Status.FAILED, error)

    def failed_before(self, document: StoredDocument) -> None:
        """Tell once more of what never had bytes of its own, such as a damaged member of a package."""
        self._tell_of(document, Status.FAILED, RogatioError(document.error, **document.error_facts))

    def did_not_arrive(self, source: str, collection: str, error: RogatioError) -> None:
        self._tell(source, "", collection, Status.FAILED, error)

    def keep(self) -> None:
        """Write into the batch what became of files since the last time."""
        if self.lines:
            add_items(self.store, self.batch, self.lines)
            self.lines.clear()

    def report(self) -> IngestReport:
        return IngestReport(
            batch=self.batch,
            came_in=self.known,
            indexed=self.counts[Status.INDEXED],
            duplicates=self.counts[Status.DUPLICATE],
            failed=self.counts[Status.FAILED],
            unchanged=self.counts["unchanged"],
            pages=self.counts["pages"],
            restored=self.counts["restored"],
            failures=tuple(self.failures),
        )

    def _tell_of(self, document: StoredDocument, status: Status, error: RogatioError | None = None) -> None:
        self._tell(document.source, document.id, document.collection, status, error)

    def _tell(self, source: str, document_id: str, collection: str, status: Status, error: RogatioError | None) -> None:
        self.counts[status] += 1
        done = sum(self.counts[one] for one in Status)
        if error:
            self.failures.append(Failure(source, error))
        self.lines.append(
            {
                "ordinal": done,
                "source": source,
                "document": document_id,
                "collection": collection,
                "status": status,
                "error": error.code if error else "",
                "error_facts": dict(error.facts) if error else {},
            }
        )
        self.on_event(IngestEvent(source, document_id, status, error, done, self.known))
