"""Log of writes and deletions made while the next generation of a partition is built, to be replayed on it.

The files of ``Replay`` exist only during a rebuild and are accessed under the writer's lock of the partition. The
rebuild itself holds a separate lock from beginning to end: if files exist while nobody holds it, a rebuild was killed
and its files are stale.
"""

from __future__ import annotations

import fcntl
import shutil
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

import msgspec

from indexing.records.record import Record


class Change(msgspec.Struct, frozen=True):
    """One write or deletion: document ids to remove, then records to add."""

    removed: tuple[str, ...] = ()
    records: tuple[Record, ...] = ()


_decoder = msgspec.msgpack.Decoder(Change)


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
            yield _decoder.decode(path.read_bytes())

    @property
    def _changes(self) -> Path:
        return self.folder / "changes"

    @property
    def _generation(self) -> Path:
        return self.folder / "building"
