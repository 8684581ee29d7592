"""Vector files of one generation of a partition's index.

Every vector has a row, a number that is never given twice. A scope in the index names its rows, so the index alone
says which vectors live: rows that it does not name are never found, whether they were deleted, replaced, or written by
a process that was killed before its commit. Files are immutable and listed in ``vectors.json``, which is replaced at
once; a reader that looks at the index first finds a file for each row that it names.
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
_ALL_DEAD = 0.2


class _Listed(msgspec.Struct, frozen=True):
    name: str
    count: int


class _List(msgspec.Struct, frozen=True):
    """``rows`` is the next row to be given, ``number`` the next name of a file."""

    encoder: str = ""
    rows: int = 0
    number: int = 0
    segments: tuple[_Listed, ...] = ()


_decoder = msgspec.json.Decoder(_List)


class VectorFiles:
    """The folder of one version; readers may be several threads, who writes holds the lock of the partition."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder
        self._opened: dict[str, Segment] = {}
        self._lock = Lock()

    def next_row(self) -> int:
        return self._list().rows

    def append(self, encoder: str, vectors: Vectors) -> None:
        """Add ``vectors`` (n, dimensions) as the next rows; rows of zeros are counted and not kept.

        Vectors of another encoder than ``encoder`` go: no question can be compared with them any more.
        """
        self._folder.mkdir(exist_ok=True)
        held = self._list()
        segments = held.segments if held.encoder == encoder else ()
        rows = held.rows + np.flatnonzero(vectors.any(axis=1))
        if len(rows):
            name = f"{held.number:06d}"
            write_segment(self._folder, name, rows, vectors[rows - held.rows])
            segments = (*segments, _Listed(name, len(rows)))
        self._write(_List(encoder, held.rows + len(vectors), held.number + 1, segments))

    def merge(self, living: npt.NDArray[np.bool_], *, wholly: bool = False) -> None:
        """Make one of several small files, or of one of which much is dead, and leave out what is not ``living``."""
        held = self._list()
        chosen = held.segments if wholly else self._worth_merging(held.segments, living)
        if not chosen:
            return
        parts = [self._segment(one.name) for one in chosen]
        rows = np.concatenate([part.rows for part in parts])
        name = f"{held.number:06d}"
        kept = within(living, rows)
        write_segment(self._folder, name, rows[kept], np.concatenate([part.vectors() for part in parts])[kept])
        at = held.segments.index(chosen[0])
        others = [one for one in held.segments if one not in chosen]
        others.insert(at, _Listed(name, int(kept.sum())))
        listed = tuple(one for one in others if one.count)
        self._write(_List(held.encoder, held.rows, held.number + 1, listed))

    def search(
        self, encoder: str, question: npt.NDArray[np.float32], allowed: npt.NDArray[np.bool_], limit: int
    ) -> tuple[Rows, npt.NDArray[np.float32]]:
        """Return the ``allowed`` rows that are closest to ``question``, at most ``limit``, and their cosines."""
        rows: list[Rows] = [np.zeros(0, np.int64)]
        scores = [np.zeros(0, np.float32)]
        for segment in self._segments(encoder):
            found, score = segment.search(question, within(allowed, segment.rows), limit)
            rows.append(found)
            scores.append(score)
        every, all_scores = np.concatenate(rows), np.concatenate(scores)
        order = np.lexsort((every, -all_scores))[:limit]
        return every[order], all_scores[order]

    def _segments(self, encoder: str) -> list[Segment]:
        for _ in range(_LOOKS):
            held = self._list()
            if held.encoder != encoder:
                return []
            try:
                return [self._segment(one.name) for one in held.segments]
            except FileNotFoundError:
                continue  # merged between the two looks
        raise FileNotFoundError(self._folder)

    def _segment(self, name: str) -> Segment:
        with self._lock:
            if name not in self._opened:
                self._opened[name] = open_segment(self._folder, name)
            return self._opened[name]

    def _worth_merging(self, segments: Sequence[_Listed], living: npt.NDArray[np.bool_]) -> list[_Listed]:
        """Return the newest files that are together not much smaller than the next, so that each vector is seldom
        written again; else one of which a fifth is dead."""
        if len(segments) > SEGMENTS_UNMERGED:
            chosen: list[_Listed] = []
            for one in reversed(segments):
                if len(chosen) > 1 and one.count > _GROWTH * sum(other.count for other in chosen):
                    break
                chosen.insert(0, one)
            return chosen
        parts = ((one, self._segment(one.name)) for one in segments)
        return [one for one, part in parts if not within(living, part.rows).mean() > 1 - _ALL_DEAD][:1]

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
        names = {one.name for one in listed.segments}
        for path in self._folder.glob("*.vectors.*"):
            if path.name.partition(".")[0] not in names:
                path.unlink()
        with self._lock:
            self._opened = {name: segment for name, segment in self._opened.items() if name in names}


class PendingVectors:
    """The vectors of records on their way to the index, written to their files some thousands at a time."""

    def __init__(self, files: VectorFiles) -> None:
        self._files = files
        self._next = files.next_row()
        self._encoder = ""
        self._vectors: list[bytes] = []

    def take(self, record: Record) -> int:
        """Keep the vectors of ``record`` and return the row that the first of them will have."""
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
        if self._vectors:
            length = max(2, *map(len, self._vectors))
            every = b"".join(vector or bytes(length) for vector in self._vectors)
            self._files.append(self._encoder, np.frombuffer(every, "<f2").reshape(len(self._vectors), -1))
            self._vectors = []


def within(mask: npt.NDArray[np.bool_], rows: Rows) -> npt.NDArray[np.bool_]:
    """Return for each of the ascending ``rows`` whether ``mask`` holds it; beyond its end it holds none."""
    held = np.zeros(len(rows), np.bool_)
    known = int(np.searchsorted(rows, len(mask)))
    held[:known] = mask[rows[:known]]
    return held
