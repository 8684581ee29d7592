"""Batch log: the outcome of each file as it is processed, and the final report."""

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

QUARANTINING = frozenset({"indexing.classification_marking", "indexing.wrong_collection"})
"""Errors for which a document is quarantined: a person releases it, moves it or deletes it."""


@dataclass(frozen=True, slots=True)
class IngestEvent:
    """Outcome of one file; ``done`` of the ``known`` files so far are finished."""

    source: str
    document_id: str
    status: Status
    error: RogatioError | None
    done: int
    known: int


@dataclass(frozen=True, slots=True)
class Failure:
    """A file that could not be read, with the error."""

    source: str
    error: RogatioError


@dataclass(frozen=True, slots=True)
class IngestReport:
    """Totals of an ingest; ``came_in`` equals ``indexed + duplicates + failed + quarantined``.

    ``unchanged`` counts those of ``indexed`` that were indexed before. ``restored`` counts stored originals that had
    been altered on disk and were restored from the incoming file.
    """

    batch: str
    came_in: int
    indexed: int
    duplicates: int
    failed: int
    quarantined: int
    unchanged: int
    pages: int
    restored: int
    failures: tuple[Failure, ...]


@dataclass(slots=True)
class BatchLog:
    """Collects outcomes; ``known`` counts the files so far, each of which is reported exactly once.

    A run without incoming files has no ``batch``. ``names`` are those of files that came in, by the id of the document
    that is read for them, where it is an earlier copy.
    """

    store: Store
    batch: str = ""
    on_event: Callable[[IngestEvent], None] = lambda event: None
    known: int = 0
    counts: Counter[str] = field(default_factory=Counter)
    failures: list[Failure] = field(default_factory=list)
    lines: list[Mapping[str, Any]] = field(default_factory=list)
    names: dict[str, str] = field(default_factory=dict)

    def indexed(self, document: StoredDocument, pages: int) -> None:
        """Report a document that was indexed, with its number of pages."""
        self.counts["pages"] += pages
        self._report_document(document, Status.INDEXED)

    def unchanged(self, document: StoredDocument) -> None:
        """Report a document that was indexed before and needs no processing."""
        self.counts["unchanged"] += 1
        self._report_document(document, Status.INDEXED)

    def duplicate(self, document: StoredDocument) -> None:
        """Record and report a copy of another document."""
        settle(self.store, [(document.id, {"status": Status.DUPLICATE})])
        self._report_document(document, Status.DUPLICATE)

    def failed(self, document: StoredDocument, error: RogatioError, *, reported: bool = True) -> None:
        """Record why a document failed or is quarantined; report it unless it is no file of this ingest."""
        status = Status.QUARANTINED if error.code in QUARANTINING else Status.FAILED
        settle(self.store, [(document.id, {"status": status, "error": error.code, "error_facts": error.facts})])
        if reported:
            self._report_document(document, status, error)

    def failed_before(self, document: StoredDocument) -> None:
        """Report again a document in quarantine, or a member that never had bytes (it was damaged in its package)."""
        self._report_document(document, document.status, RogatioError(document.error, **document.error_facts))

    def did_not_arrive(self, source: str, collection: str, error: RogatioError) -> None:
        """Report a file that could not be stored and so has no document."""
        self._report(source, "", collection, Status.FAILED, error)

    def keep(self) -> None:
        """Write the outcomes since the last call to the batch."""
        if self.lines:
            add_items(self.store, self.batch, self.lines)
            self.lines.clear()

    def report(self) -> IngestReport:
        """Return the totals."""
        return IngestReport(
            batch=self.batch,
            came_in=self.known,
            indexed=self.counts[Status.INDEXED],
            duplicates=self.counts[Status.DUPLICATE],
            failed=self.counts[Status.FAILED],
            quarantined=self.counts[Status.QUARANTINED],
            unchanged=self.counts["unchanged"],
            pages=self.counts["pages"],
            restored=self.counts["restored"],
            failures=tuple(self.failures),
        )

    def _report_document(self, document: StoredDocument, status: Status, error: RogatioError | None = None) -> None:
        name = self.names.pop(document.id, document.source)
        self._report(name, document.id, document.collection, status, error)

    def _report(
        self, source: str, document_id: str, collection: str, status: Status, error: RogatioError | None
    ) -> None:
        self.counts[status] += 1
        done = sum(self.counts[outcome] for outcome in Status)
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
