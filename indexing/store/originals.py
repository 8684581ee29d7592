"""Originals: the bytes as they came in, read-only, under their SHA-256 (design, contract 2)."""

from __future__ import annotations

import hashlib
import os
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path

from extraction.errors import RogatioError

PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Original:
    """A kept file: its SHA-256 in hexadecimal and its size in bytes."""

    sha256: str
    size: int


class Originals:
    """The folder ``originals`` of an installation: ``ab/abcdef…`` for each file, mode 0444."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "originals"

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def keep(self, source: Path, scratch: Path) -> Original:
        """Copy ``source`` in and return what it is; a file that is already here is not written again.

        The copy is made in ``scratch``, a folder of the same disk, and appears under its name only when it is whole.
        Raises ``indexing.not_a_file`` and ``indexing.unreadable``.
        """
        if not source.is_file():  # a pipe or a device would never end
            raise RogatioError("indexing.not_a_file")
        digest, size = hashlib.sha256(), 0
        handle, name = tempfile.mkstemp(dir=scratch)
        try:
            with os.fdopen(handle, "wb") as copy, source.open("rb") as file:
                while piece := file.read(PIECE):
                    digest.update(piece)
                    size += len(piece)
                    copy.write(piece)
            self._settle(Path(name), digest.hexdigest())
        except PermissionError as error:
            raise RogatioError("indexing.unreadable") from error
        finally:
            with suppress(FileNotFoundError):
                os.unlink(name)
        return Original(digest.hexdigest(), size)

    def remove(self, sha256: str) -> bool:
        """Delete the file; whether it was there."""
        path = self.path(sha256)
        existed = path.exists()
        path.unlink(missing_ok=True)
        return existed

    def _settle(self, copy: Path, sha256: str) -> None:
        target = self.path(sha256)
        if target.exists():
            return
        target.parent.mkdir(parents=True, exist_ok=True)
        copy.chmod(0o444)
        copy.rename(target)
