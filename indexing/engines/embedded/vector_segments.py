"""Immutable vector segment: exact float16 search, with an HNSW graph over 8-bit codes for large segments.

Measured on 200,000 vectors of 384 dimensions: exact 7.7 ms, graph 0.44 ms at recall@10 0.988. Graph traversal is slow
and incomplete under restrictive filters; in that case the allowed rows are compared exhaustively.
"""

from __future__ import annotations

import errno
import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any, TypeAlias

import numpy as np
import numpy.typing as npt

Rows: TypeAlias = npt.NDArray[np.int64]
Vectors: TypeAlias = npt.NDArray[np.float16]

GRAPH_FROM = 100_000
COMPARED_UP_TO = 40_000
COMPARED_SHARE = 0.1
_LINKS = 32
_EFFORT_BUILDING = 80
_EFFORT = 128
_AT_ONCE = 20_000


@cache
def _faiss() -> Any:
    """Import faiss, which takes half a second, when vectors are read or written; its type stubs are those of C++."""
    import faiss

    return faiss


@dataclass(frozen=True, slots=True)
class Segment:
    """Rows in ascending order; entry n of ``exact`` and ``graph`` is the vector of ``rows[n]``."""

    rows: Rows
    exact: Any
    graph: Any = None

    def search(
        self, question: npt.NDArray[np.float32], allowed: npt.NDArray[np.bool_], limit: int
    ) -> tuple[Rows, npt.NDArray[np.float32]]:
        """Return the rows closest to ``question`` (dimensions,), at most ``limit``, and their cosines.

        ``allowed`` is a mask over the entries of the segment.
        """
        count = int(allowed.sum())
        if not count:
            return np.zeros(0, np.int64), np.zeros(0, np.float32)
        chosen = _faiss().IDSelectorBitmap(np.packbits(allowed, bitorder="little")) if count < len(self.rows) else None
        if self.graph is None or count <= COMPARED_UP_TO or count < COMPARED_SHARE * len(self.rows):
            index, how = self.exact, _faiss().SearchParameters(sel=chosen)
        else:
            index, how = self.graph, _faiss().SearchParametersHNSW(sel=chosen, efSearch=max(_EFFORT, limit))
        with _one_thread():
            scores, places = index.search(question.reshape(1, -1), min(limit, count), params=how)
        valid = places[0] >= 0
        return self.rows[places[0][valid]], scores[0][valid]

    def vectors(self) -> Vectors:
        """Return all vectors (n, dimensions) as they were written."""
        codes = _faiss().vector_to_array(self.exact.codes)
        vectors: Vectors = codes.view(np.float16).reshape(len(self.rows), self.exact.d)
        return vectors


def open_segment(folder: Path, name: str) -> Segment:
    """Open a segment, memory-mapped; raises ``FileNotFoundError`` if it was removed."""
    rows = np.load(_path(folder, name, "rows.npy"), mmap_mode="r")
    graph = _path(folder, name, "graph")
    return Segment(rows, _read(_path(folder, name, "exact")), _read(graph) if len(rows) >= GRAPH_FROM else None)


def write_segment(folder: Path, name: str, rows: Rows, vectors: Vectors) -> None:
    """Write unit ``vectors`` (n, dimensions) with their ascending ``rows``; the file of rows is written last."""
    exact = _faiss().IndexScalarQuantizer(
        vectors.shape[1], _faiss().ScalarQuantizer.QT_fp16, _faiss().METRIC_INNER_PRODUCT
    )
    _fill(exact, vectors)
    _write(exact, _path(folder, name, "exact"))
    if len(rows) >= GRAPH_FROM:
        graph = _faiss().IndexHNSWSQ(
            vectors.shape[1], _faiss().ScalarQuantizer.QT_8bit, _LINKS, _faiss().METRIC_INNER_PRODUCT
        )
        graph.hnsw.efConstruction = _EFFORT_BUILDING
        graph.train(vectors[:: max(1, len(vectors) // _AT_ONCE)].astype(np.float32))
        _fill(graph, vectors)
        _write(graph, _path(folder, name, "graph"))
    with _path(folder, name, "rows.npy").open("wb") as file:
        np.save(file, rows.astype(np.int64))
        file.flush()
        os.fsync(file.fileno())


@contextmanager
def _one_thread() -> Iterator[None]:
    """Run faiss single-threaded: for one query, synchronisation costs more than the search."""
    threads = _faiss().omp_get_max_threads()
    _faiss().omp_set_num_threads(1)
    try:
        yield
    finally:
        _faiss().omp_set_num_threads(threads)


def _path(folder: Path, name: str, kind: str) -> Path:
    return folder / f"{name}.vectors.{kind}"


def _fill(index: Any, vectors: Vectors) -> None:
    for first in range(0, len(vectors), _AT_ONCE):
        index.add(vectors[first : first + _AT_ONCE].astype(np.float32))


def _write(index: Any, path: Path) -> None:
    try:
        _faiss().write_index(index, str(path))
    except RuntimeError as error:  # faiss raises nothing more specific for a failed write
        full = os.strerror(errno.ENOSPC) in str(error)
        raise OSError(errno.ENOSPC if full else errno.EIO, "vectors were not written", str(path)) from error
    with path.open("rb") as file:
        os.fsync(file.fileno())


def _read(path: Path) -> Any:
    if not path.exists():
        raise FileNotFoundError(path)
    return _faiss().read_index(str(path), _faiss().IO_FLAG_MMAP_IFC)
