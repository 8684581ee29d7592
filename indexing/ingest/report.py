"""What an ingest tells: an event for each file as it goes, a report at the end."""

from __future__ import annotations

from dataclasses import dataclass

from extraction.errors import RogatioError
from indexing.store.schema import Status


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
    """``came_in`` is always ``indexed + duplicates + failed``; ``unchanged`` of the indexed were so before."""

    batch: str
    came_in: int
    indexed: int
    duplicates: int
    failed: int
    unchanged: int
    pages: int
    failures: tuple[Failure, ...]
