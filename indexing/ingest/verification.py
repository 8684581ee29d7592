"""Verification and repair of originals, derived files, database records and index entries.

Derivable data can be repaired: derived files from originals, index entries from derived files, and the original of a
member or attachment from its container. Database records and other originals cannot.
"""

from __future__ import annotations

import hashlib
import os
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path

import msgspec

from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, AccessFilter
from indexing.ingest.ingest import reprocess, resume
from indexing.ingest.reindexing import reindex
from indexing.ingest.status import LastVerification, record_path
from indexing.installation import Installation
from indexing.store.derived import UNREADABLE
from indexing.store.index_entries import begin_writes, encoder_of
from indexing.store.originals import Original
from indexing.store.rows import StoredDocument
from indexing.store.schema import Status
from indexing.store.writing import writing


class Kind(StrEnum):
    """Kind of a problem."""

    ORIGINAL_MISSING = "original_missing"
    ORIGINAL_DAMAGED = "original_damaged"
    ORIGINAL_WITHOUT_RECORD = "original_without_record"
    TEXT_DAMAGED = "text_damaged"
    ANNOTATIONS_DAMAGED = "annotations_damaged"
    VECTORS_DAMAGED = "vectors_damaged"
    DERIVED_WITHOUT_RECORD = "derived_without_record"
    UNFINISHED = "unfinished"
    INDEX_OUTDATED = "index_outdated"
    INDEX_INCOMPLETE = "index_incomplete"
    INDEX_SURPLUS = "index_surplus"
    INDEX_UNREADABLE = "index_unreadable"


_ORIGINAL = frozenset({Kind.ORIGINAL_MISSING, Kind.ORIGINAL_DAMAGED})
_WRITE_AGAIN = frozenset(
    {Kind.TEXT_DAMAGED, Kind.ANNOTATIONS_DAMAGED, Kind.VECTORS_DAMAGED, Kind.INDEX_OUTDATED, Kind.INDEX_INCOMPLETE}
)
_REBUILD = frozenset({Kind.INDEX_SURPLUS, Kind.INDEX_UNREADABLE})


@dataclass(frozen=True, slots=True)
class Problem:
    """``document`` is an id and ``source`` its file name; else ``place`` is a SHA-256 or the partition of an index."""

    kind: Kind
    document: str = ""
    source: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class VerificationReport:
    """Number of ``documents`` checked, ``problems`` remaining and problems ``repaired``."""

    documents: int
    problems: tuple[Problem, ...]
    repaired: tuple[Problem, ...] = ()


def verify(
    installation: Installation,
    on_progress: Callable[[int, int], None] = lambda done, known: None,
    *,
    repair: bool = False,
) -> VerificationReport:
    """Check the whole installation; with ``repair``, regenerate derivable data and check again.

    Intended for a time without ingest: documents in progress may be listed as problems.
    """
    checked, initial = _check(installation, on_progress)
    problems = initial
    if repair and initial:
        _repair(installation, initial)
        checked, problems = _check(installation, on_progress)
    report = VerificationReport(checked, problems, tuple(problem for problem in initial if problem not in problems))
    _record(installation.settings.home, report)
    return report


def _record(home: Path, report: VerificationReport) -> None:
    finished = datetime.now(UTC).isoformat(timespec="seconds")
    fresh = record_path(home).with_suffix(".new")
    fresh.write_bytes(msgspec.json.encode(LastVerification(finished, report.documents, len(report.problems))))
    os.replace(fresh, record_path(home))


def _check(installation: Installation, on_progress: Callable[[int, int], None]) -> tuple[int, tuple[Problem, ...]]:
    check = _Check(installation, installation.store.access(LOCAL_USER))
    documents = list(installation.store.every_document(check.access))
    problems = list(check.unreadable())
    for done, document in enumerate(documents, 1):
        problems += check.document(document)
        on_progress(done, len(documents))
    problems += check.surplus()
    problems += _without_record(installation, {stored.sha256 for stored in documents})
    return len(documents), tuple(problems)


@dataclass(slots=True)
class _Check:
    """One pass over all documents; ``originals`` are problems by SHA-256, ``records`` counts by partition."""

    installation: Installation
    access: AccessFilter
    originals: dict[str, Kind | None] = field(default_factory=dict)
    partitions: dict[str, str] = field(default_factory=dict)  # by collection; readable ones only
    generations: dict[str, str] = field(default_factory=dict)
    records: dict[str, int] = field(default_factory=dict)

    def unreadable(self) -> Iterator[Problem]:
        """Yield the partitions that the engine cannot read; record the others."""
        engine = self.installation.engine
        for collection in self.installation.store.collections(self.access):
            partition = collection.partition
            try:
                engine.count(partition)
                self.generations[partition] = engine.generation(partition)
            except RogatioError:
                yield Problem(Kind.INDEX_UNREADABLE, place=partition)
            else:
                self.partitions[collection.id] = partition

    def document(self, document: StoredDocument) -> Iterator[Problem]:
        """Yield the problems of one document."""
        if document.sha256 and (kind := self._original(document)):
            yield _problem(kind, document)
        if document.status is Status.WAITING:
            yield _problem(Kind.UNFINISHED, document)
        if document.status is Status.INDEXED and not document.duplicate_of and document.reader_version:
            for kind in (*self._derived(document), *self._index(document)):
                yield _problem(kind, document)

    def surplus(self) -> Iterator[Problem]:
        """Yield the partitions with records of documents that do not exist."""
        for partition in sorted(set(self.partitions.values())):
            if self.installation.engine.count(partition) > self.records.get(partition, 0):
                yield Problem(Kind.INDEX_SURPLUS, place=partition)

    def _original(self, document: StoredDocument) -> Kind | None:
        if document.sha256 not in self.originals:
            self.originals[document.sha256] = original_problem(self.installation, document)
        return self.originals[document.sha256]

    def _derived(self, document: StoredDocument) -> Iterator[Kind]:
        store = self.installation.store
        try:
            text = store.reading(self.access, document.id).text
            store.words(self.access, document.id)
        except (RogatioError, *UNREADABLE):
            yield Kind.TEXT_DAMAGED
        else:
            if document.text_sha256 not in ("", hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()):
                yield Kind.TEXT_DAMAGED
        try:
            store.annotations(self.access, document.id)
        except (RogatioError, *UNREADABLE):
            yield Kind.ANNOTATIONS_DAMAGED
        if store.derived.damaged_vectors(document.sha256, document.id):
            yield Kind.VECTORS_DAMAGED

    def _index(self, document: StoredDocument) -> Iterator[Kind]:
        partition = self.partitions.get(document.collection)
        if partition is None:
            return
        engine = self.installation.engine
        indexed = engine.count(partition, [document.id])
        self.records[partition] = self.records.get(partition, 0) + indexed
        if not document.passages:
            return
        if encoder_of(self.installation.store, engine.name, self.generations[partition], document.id) is None:
            yield Kind.INDEX_OUTDATED
        elif indexed < document.passages:  # a retrieval unit with a single passage is one record
            yield Kind.INDEX_INCOMPLETE


def original_problem(installation: Installation, document: StoredDocument) -> Kind | None:
    """Return the problem of the stored original of a document, None if it is intact."""
    originals = installation.store.originals
    try:
        if originals.is_intact(Original(document.sha256, document.size)):
            return None
        return Kind.ORIGINAL_DAMAGED if originals.path(document.sha256).exists() else Kind.ORIGINAL_MISSING
    except OSError:
        return Kind.ORIGINAL_DAMAGED


def _problem(kind: Kind, document: StoredDocument) -> Problem:
    return Problem(kind, document.id, document.source)


def _without_record(installation: Installation, known: Collection[str]) -> Iterator[Problem]:
    """Yield originals and derived files without a document."""
    home = installation.settings.home
    for folder, kind in (("originals", Kind.ORIGINAL_WITHOUT_RECORD), ("derived", Kind.DERIVED_WITHOUT_RECORD)):
        for path in sorted((home / folder).glob("*/*")):
            if path.name not in known:
                yield Problem(kind, place=path.name)


def _repair(installation: Installation, problems: Sequence[Problem]) -> None:
    store = installation.store
    access = store.access(LOCAL_USER)
    documents = {problem.document: store.document(access, problem.document) for problem in problems if problem.document}
    _restore_originals(installation, [documents[problem.document] for problem in problems if problem.kind in _ORIGINAL])
    for problem in problems:
        if problem.kind is Kind.DERIVED_WITHOUT_RECORD:
            store.derived.remove(problem.place)
        elif problem.document:
            _clear(installation, problem.kind, documents[problem.document])
    with writing(store) as session:
        again = {problem.document for problem in problems if problem.kind in _WRITE_AGAIN}
        begin_writes(session, installation.engine.name, sorted(again))
    for partition in sorted({problem.place for problem in problems if problem.kind in _REBUILD}):
        reindex(installation, partition=partition)
    if unfinished := [problem.document for problem in problems if problem.kind is Kind.UNFINISHED]:
        resume(installation, unfinished)
    else:
        reprocess(installation)


def _clear(installation: Installation, kind: Kind, document: StoredDocument) -> None:
    """Remove damaged derived files that can be regenerated; a text only if its original is intact."""
    derived = installation.store.derived
    if kind is Kind.TEXT_DAMAGED and original_problem(installation, document) is None:
        derived.remove_text(document.sha256)
    elif kind is Kind.ANNOTATIONS_DAMAGED:
        derived.annotations_path(document.sha256, document.id, document.annotations).unlink(missing_ok=True)
    elif kind is Kind.VECTORS_DAMAGED:
        for path in derived.damaged_vectors(document.sha256, document.id):
            path.unlink(missing_ok=True)


def _restore_originals(installation: Installation, damaged: Sequence[StoredDocument]) -> None:
    """Unpack the innermost intact container of each document again, repeatedly while that restores originals."""
    damaged_by_id = {document.id: document for document in damaged}
    while damaged_by_id:
        containers = _intact_containers(installation, damaged_by_id)
        if containers:
            reprocess(installation, list(containers.values()))
        still = {key: document for key, document in damaged_by_id.items() if original_problem(installation, document)}
        if len(still) == len(damaged_by_id):
            return
        damaged_by_id = still


def _intact_containers(installation: Installation, damaged: Mapping[str, StoredDocument]) -> dict[str, StoredDocument]:
    access = installation.store.access(LOCAL_USER)
    containers: dict[str, StoredDocument] = {}
    for document in damaged.values():
        around = document
        while around.parent:
            around = installation.store.document(access, around.parent)
            if original_problem(installation, around) is None:
                containers[around.id] = around
                break
    return containers
