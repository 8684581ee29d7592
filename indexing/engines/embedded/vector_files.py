"""Vector files of one generation of a partition's index.

Every vector has a row, a number that is never reused. Retrieval units in the index refer to their rows, so the index
alone determines which vectors are live: rows of deleted or replaced units, or of a process killed before its commit,
are never found. Files are immutable and listed in ``vectors.json``, which is replaced atomically; a reader that reads
the index first finds a file for each row it refers to.
"""

from __future__ import annotations

import os
from collections.abc import Sequence
from pathlib import Path
from threading import Lock

import msgspec
import numpy as np
import numpy.typing as npt

from indexing.engines.embedded.vector_segments import Rows, Segment, Vectors, open_segment, write_segment
from indexing.records.record import Record

SEGMENTS_UNMERGED = 8
_GROWTH = 2
_LOOKS = 5
_WAITING = 20_000
_MAX_DEAD_SHARE = 0.2


class _Listed(msgspec.Struct, frozen=True):
    name: str
    count: int


class _List(msgspec.Struct, frozen=True):
    """Content of ``vectors.json``; ``rows`` is the next free row, ``number`` the next file number."""

    encoder: str = ""
    rows: int = 0
    number: int = 0
    segments: tuple[_Listed, ...] = ()


_decoder = msgspec.json.Decoder(_List)


class VectorFiles:
    """The folder of one generation; safe for concurrent readers, writers hold the lock of the partition."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: dict[str, Segment] = {}
        self._lock = Lock()

    def next_row(self) -> int:
        """Return the next free row."""
        return self._list().rows

    def append(self, encoder: str, vectors: Vectors) -> None:
        """Add ``vectors`` (n, dimensions) as the next rows; zero vectors get a row but are not stored.

        Vectors of other encoders are dropped, because queries can no longer be compared with them.
        """
        self._folder.mkdir(exist_ok=True)
        listing = self._list()
        segments = listing.segments if listing.encoder == encoder else ()
        rows = listing.rows + np.flatnonzero(vectors.any(axis=1))
        if len(rows):
            name = f"{listing.number:06d}"
            write_segment(self._folder, name, rows, vectors[rows - listing.rows])
            segments = (*segments, _Listed(name, len(rows)))
        self._write(_List(encoder, listing.rows + len(vectors), listing.number + 1, segments))

    def merge(self, living: npt.NDArray[np.bool_], *, wholly: bool = False, expunge: bool = False) -> None:
        """Merge several small files, or compact one with many dead rows; only rows in the mask ``living`` are kept.

        With ``wholly`` all files are merged into one, with ``expunge`` all that hold a dead row.
        """
        listing = self._list()
        if expunge:
            chosen = [file for file in listing.segments if not within(living, self._segment(file.name).rows).all()]
        else:
            chosen = list(listing.segments) if wholly else self._worth_merging(listing.segments, living)
        if not chosen:
            return
        parts = [self._segment(file.name) for file in chosen]
        rows = np.concatenate([part.rows for part in parts])
        name = f"{listing.number:06d}"
        kept = within(living, rows)
        write_segment(self._folder, name, rows[kept], np.concatenate([part.vectors() for part in parts])[kept])
        at = listing.segments.index(chosen[0])
        others = [file for file in listing.segments if file not in chosen]
        others.insert(at, _Listed(name, int(kept.sum())))
        listed = tuple(file for file in others if file.count)
        self._write(_List(listing.encoder, listing.rows, listing.number + 1, listed))

    def search(
        self, encoder: str, question: npt.NDArray[np.float32], allowed: npt.NDArray[np.bool_], limit: int
    ) -> tuple[Rows, npt.NDArray[np.float32]]:
        """Return the ``allowed`` rows (mask) closest to ``question``, at most ``limit``, and their cosines."""
        rows: list[Rows] = [np.zeros(0, np.int64)]
        scores = [np.zeros(0, np.float32)]
        for segment in self._segments(encoder):
            nearest, score = segment.search(question, within(allowed, segment.rows), limit)
            rows.append(nearest)
            scores.append(score)
        every, all_scores = np.concatenate(rows), np.concatenate(scores)
        order = np.lexsort((every, -all_scores))[:limit]
        return every[order], all_scores[order]

    def _segments(self, encoder: str) -> list[Segment]:
        for _ in range(_LOOKS):
            listing = self._list()
            if listing.encoder != encoder:
                return []
            try:
                return [self._segment(file.name) for file in listing.segments]
            except FileNotFoundError:
                continue  # merged between the two reads
        raise FileNotFoundError(self._folder)

    def _segment(self, name: str) -> Segment:
        with self._lock:
            if name not in self._opened:
                self._opened[name] = open_segment(self._folder, name)
            return self._opened[name]

    def _worth_merging(self, segments: Sequence[_Listed], living: npt.NDArray[np.bool_]) -> list[_Listed]:
        """Return the newest files whose total size is comparable to the next older file, so that each vector is rarely
        rewritten; otherwise one file with more than ``_MAX_DEAD_SHARE`` dead rows."""
        if len(segments) > SEGMENTS_UNMERGED:
            chosen: list[_Listed] = []
            for file in reversed(segments):
                if len(chosen) > 1 and file.count > _GROWTH * sum(other.count for other in chosen):
                    break
                chosen.insert(0, file)
            return chosen
        parts = ((file, self._segment(file.name)) for file in segments)
        return [file for file, part in parts if not within(living, part.rows).mean() > 1 - _MAX_DEAD_SHARE][:1]

    def _list(self) -> _List:
        try:
            return _decoder.decode((self._folder / "vectors.json").read_bytes())
        except FileNotFoundError:
            return _List()

    def _write(self, listed: _List) -> None:
        fresh = self._folder / "vectors.new"
        with fresh.open("wb") as file:
            file.write(msgspec.json.encode(listed))
            file.flush()
            os.fsync(file.fileno())
        os.replace(fresh, self._folder / "vectors.json")
        names = {segment.name for segment in listed.segments}
        for path in self._folder.glob("*.vectors.*"):
            if path.name.partition(".")[0] not in names:
                path.unlink()
        with self._lock:
            self._opened = {name: segment for name, segment in self._opened.items() if name in names}


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


def within(mask: npt.NDArray[np.bool_], rows: Rows) -> npt.NDArray[np.bool_]:
    """Return ``mask`` at the ascending ``rows``; rows beyond its end are False."""
    selected = np.zeros(len(rows), np.bool_)
    known = int(np.searchsorted(rows, len(mask)))
    selected[:known] = mask[rows[:known]]
    return selected
