"""Originals: the bytes as they came in, read-only, under their SHA-256 (design, contract 2)."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from typing import IO

from extraction.errors import RogatioError, storage_error

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
        Raises ``indexing.not_a_file``, ``indexing.folder_unreadable``, ``indexing.unreadable``, or what
        ``extraction.errors.storage_error`` gives where the copy could not be written.
        """
        with _opened(source) as file:
            try:
                return self._copied(file, scratch)
            except OSError as error:
                raise storage_error(error) from error

    def _copied(self, file: IO[bytes], scratch: Path) -> Original:
        digest, size = hashlib.sha256(), 0
        handle, name = tempfile.mkstemp(dir=scratch)
        try:
            with os.fdopen(handle, "wb") as copy:
                while piece := _piece(file):
                    digest.update(piece)
                    size += len(piece)
                    copy.write(piece)
            self._settle(Path(name), digest.hexdigest())
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


def _opened(source: Path) -> IO[bytes]:
    if os.path.isdir(source):
        raise RogatioError("indexing.folder_unreadable")
    try:
        if not stat.S_ISREG(source.stat().st_mode):  # a pipe or a device would never end
            raise RogatioError("indexing.not_a_file")
        return source.open("rb")
    except FileNotFoundError as error:  # a broken link
        raise RogatioError("indexing.not_a_file") from error
    except OSError as error:
        loops = error.errno == errno.ELOOP
        raise RogatioError("indexing.not_a_file" if loops else "indexing.unreadable") from error


def _piece(file: IO[bytes]) -> bytes:
    try:
        return file.read(PIECE)
    except OSError as error:
        raise RogatioError("indexing.unreadable") from error
