"""Generations of a partition's embedded index, one of which is live.

``<root>/<partition>/current`` contains the name of the live generation. A name consists of a serial number, eight
random hexadecimal digits, which make it unique, and the schema version.

While the next generation is built, writes and deletions are logged (``Replay``), to be replayed on it. The files of the
log are accessed under the writer's lock of the partition. The rebuild itself holds a separate lock from beginning to
end: if files exist while nobody holds it, a rebuild was killed and its files are stale.
"""

from __future__ import annotations

import fcntl
import json
import os
import secrets
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from pathlib import Path
from threading import Lock
from urllib.parse import quote, unquote

import msgspec
import tantivy

from extraction.errors import RogatioError, storage_error
from indexing.engines.embedded.snapshots import Snapshot
from indexing.engines.embedded.vector_files import VectorFiles
from indexing.engines.plan import SCHEMA_VERSION
from indexing.records.record import Record

REFUSED = "indexing.query_refused"
_LOOKS = 5


@dataclass(slots=True)
class OpenGeneration:
    """An opened index with its vectors, and the content of tantivy's ``meta.json`` when it was (re)loaded.

    The content is compared because two commits within one clock tick have the same modification time.
    """

    version: str
    folder: Path
    index: tantivy.Index
    vectors: VectorFiles
    commit: bytes
    _snapshot: Snapshot | None = None

    def snapshot(self) -> Snapshot:
        """Return a state of the index at least as new as ``commit``, the same one until another commit is seen."""
        commit, known = self.commit, self._snapshot
        if known is None or known.commit != commit:
            known = self._snapshot = Snapshot(commit, self.index.searcher())
        return known

    def segments_with_removed(self) -> set[int]:
        """Return the positions, in the last commit, of the segments that contain removed records."""
        segments = json.loads(self.commit)["segments"] if self.commit else []
        return {place for place, segment in enumerate(segments) if segment["deletes"]}


class IndexGenerations:
    """The generations of all partitions under ``root``; thread-safe."""

    def __init__(self, root: Path, schema: tantivy.Schema) -> None:
        self._root = root
        self._schema = schema
        self._opened: dict[str, OpenGeneration] = {}
        self._lock = Lock()

    def partitions(self) -> tuple[str, ...]:
        """Return the partitions that have a live generation, sorted."""
        return tuple(sorted(unquote(path.parent.name) for path in self._root.glob("*/current")))

    def live_name(self, partition: str) -> str:
        """Return the name of the live generation, ``""`` if nothing was ever written."""
        with suppress(FileNotFoundError):
            return (self._folder(partition) / "current").read_text(encoding="ascii")
        return ""

    def current(self, partition: str) -> OpenGeneration | None:
        """Return the live index as of its last commit, or None if nothing was ever written.

        Raises ``indexing.index_unreadable`` and ``indexing.index_of_other_version``.
        """
        pointer = self._folder(partition) / "current"
        for _ in range(_LOOKS):
            try:
                version = pointer.read_text(encoding="ascii")
                commit = (pointer.parent / version / "meta.json").read_bytes()
                return self._at(partition, version, commit)
            except FileNotFoundError:
                if not pointer.exists():
                    return None
            except ValueError:  # a swap removed the files between the two reads
                self._opened.pop(partition, None)
        raise RogatioError("indexing.index_unreadable", space=partition)

    def current_or_new(self, partition: str) -> OpenGeneration:
        """Return the live index; create an empty one if nothing was ever written."""
        opened = self.current(partition)
        if opened is None:
            opened = self.create(partition)
            self.point(partition, opened.version)
        return opened

    def create(self, partition: str) -> OpenGeneration:
        """Return a new, empty generation that is not live yet."""
        existing = self._folders(partition)
        number = int(existing[-1].name[1:7]) + 1 if existing else 1
        version = f"v{number:06d}-{secrets.token_hex(4)}-{SCHEMA_VERSION}"
        path = self._folder(partition) / version
        path.mkdir(parents=True)
        return OpenGeneration(version, path, tantivy.Index(self._schema, str(path)), VectorFiles(path / "vectors"), b"")

    def point(self, partition: str, version: str) -> None:
        """Make ``version`` live and remove the others; processes that have them open can still read them."""
        folder = self._folder(partition)
        fresh = folder / "current.new"
        fresh.write_text(version, encoding="ascii")
        os.replace(fresh, folder / "current")
        building = self.replay(partition).generation()
        for path in self._folders(partition):
            if path.name not in (version, building):
                shutil.rmtree(path)

    def sweep(self, partition: str) -> None:
        """Remove the generations that are neither live nor being built, such as one left by a killed rebuild."""
        pointer = self._folder(partition) / "current"
        kept = {self.replay(partition).generation(), pointer.read_text(encoding="ascii") if pointer.exists() else ""}
        for path in self._folders(partition):
            if path.name not in kept:
                shutil.rmtree(path)

    def replay(self, partition: str) -> Replay:
        """Return the replay log of a partition."""
        return Replay(self._folder(partition))

    def drop(self, partition: str) -> None:
        """Remove a partition with all its generations."""
        with self._lock:
            self._opened.pop(partition, None)
        (self._folder(partition) / "current").unlink(missing_ok=True)
        for path in self._folders(partition):
            shutil.rmtree(path)

    @contextmanager
    def writing(self, partition: str) -> Iterator[None]:
        """Hold the writer's lock of the partition."""
        folder = self._folder(partition)
        folder.mkdir(parents=True, exist_ok=True)
        with (folder / "writer.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def close(self) -> None:
        """Close the open generations."""
        self._opened.clear()

    def _folder(self, partition: str) -> Path:
        return self._root / quote(partition, safe="").replace(".", "%2E")

    def _folders(self, partition: str) -> list[Path]:
        return sorted(path for path in self._folder(partition).glob("v*") if path.is_dir())

    def _at(self, partition: str, version: str, commit: bytes) -> OpenGeneration:
        if not version.endswith(f"-{SCHEMA_VERSION}"):
            raise RogatioError("indexing.index_of_other_version", space=partition)
        with self._lock:
            opened = self._opened.get(partition)
            if opened is None or opened.version != version:
                path = self._folder(partition) / version
                index = tantivy.Index.open(str(path))
                vectors = VectorFiles(path / "vectors")
                opened = self._opened[partition] = OpenGeneration(version, path, index, vectors, commit)
            elif opened.commit != commit:
                opened.index.reload()
                opened.commit, opened._snapshot = commit, None
            return opened


@contextmanager
def generation_state(partition: str, refused: str = "indexing.engine_failed") -> Iterator[None]:
    """Convert tantivy's exceptions to ``RogatioError`` without content of documents or queries.

    ``ValueError``, raised for unsupported requests, becomes the code ``refused``. A panic is a ``BaseException``, which
    would bypass every handler and end the thread; it becomes ``indexing.engine_failed``.
    """
    try:
        yield
    except OSError as error:
        raise storage_error(error) from error
    except ValueError as error:
        raise RogatioError(refused, space=partition) from error
    except BaseException as error:
        if type(error).__module__ != "pyo3_runtime":
            raise
        raise RogatioError("indexing.engine_failed", space=partition) from error


class Change(msgspec.Struct, frozen=True):
    """One write or deletion: document ids to remove, then records to add."""

    removed: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()


_change_decoder = msgspec.msgpack.Decoder(Change)


@dataclass(frozen=True, slots=True)
class Replay:
    """Replay log of one partition in its ``folder``, one file per change."""

    folder: Path

    @contextmanager
    def rebuilding(self) -> Iterator[None]:
        """Hold the rebuild lock of the partition."""
        self.folder.mkdir(parents=True, exist_ok=True)
        with (self.folder / "rebuild.lock").open("w") as lock:
            fcntl.flock(lock, fcntl.LOCK_EX)
            yield

    def begin(self, generation: str) -> None:
        """Start recording changes for ``generation``."""
        self.end()
        self._changes.mkdir()
        self._generation.write_text(generation, encoding="ascii")

    def end(self) -> None:
        """Stop recording and remove the log."""
        self._generation.unlink(missing_ok=True)
        shutil.rmtree(self._changes, ignore_errors=True)

    def generation(self) -> str:
        """Return the generation being built, or ``""``; the log of a killed rebuild is removed."""
        if not self._generation.exists():
            return ""
        with (self.folder / "rebuild.lock").open("w") as lock:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                return self._generation.read_text(encoding="ascii")
            self.end()
        return ""

    def note(self, removed: Sequence[str] = (), records: Sequence[Record] = ()) -> None:
        """Record a change if a generation is being built."""
        if self.generation():
            number = sum(1 for _ in self._changes.iterdir())
            content = msgspec.msgpack.encode(Change(tuple(removed), tuple(records)))
            (self._changes / f"{number:09d}").write_bytes(content)

    def changes(self) -> Iterator[Change]:
        """Yield the recorded changes in order."""
        for path in sorted(self._changes.iterdir()):
            yield _change_decoder.decode(path.read_bytes())

    @property
    def _changes(self) -> Path:
        return self.folder / "changes"

    @property
    def _generation(self) -> Path:
        return self.folder / "building"
