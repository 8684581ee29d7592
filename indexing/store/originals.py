"""Originals: received bytes, read-only, under their SHA-256."""

from __future__ import annotations

import errno
import hashlib
import os
import stat
import tempfile
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from extraction.errors import RogatioError, storage_error

PIECE = 1 << 20


@dataclass(frozen=True, slots=True)
class Original:
    """A kept file: its SHA-256 in hexadecimal and its size in bytes.

    ``restored`` says that other bytes were found under its name, which those of the file replaced.
    """

    sha256: str
    size: int
    restored: bool = False


class Originals:
    """The folder ``originals`` of an installation: ``ab/abcdef…`` for each file, mode 0444."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "originals"

    def path(self, sha256: str) -> Path:
        return self.folder / sha256[:2] / sha256

    def keep(self, source: Path, scratch: Path) -> Original:
        """Copy ``source`` in and return what it is.

        The copy is made in ``scratch``, a folder of the same disk, and appears under its name only when it is whole
        and on the disk. A file that is already here is kept where its bytes are still those of its name; else the
        copy takes its place. Raises ``indexing.not_a_file``, ``indexing.folder_unreadable``, ``indexing.unreadable``,
        or what ``extraction.errors.storage_error`` gives where the copy could not be written.
        """
        with _opened(source) as file:
            try:
                return self._copied(file, scratch)
            except OSError as error:
                raise storage_error(error) from error

    def holds(self, original: Original) -> bool:
        """Whether the file is here with its size; its bytes are not read."""
        try:
            found = self.path(original.sha256).stat()
        except FileNotFoundError:
            return False
        return stat.S_ISREG(found.st_mode) and found.st_size == original.size

    def is_intact(self, original: Original) -> bool:
        """Whether the file is here and its bytes have the SHA-256 of its name."""
        return self.holds(original) and sha256_of(self.path(original.sha256)) == original.sha256

    def remove(self, sha256: str) -> bool:
        """Delete the file; whether it was there."""
        path = self.path(sha256)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        _sync(path.parent)
        return True

    def _copied(self, file: IO[bytes], scratch: Path) -> Original:
        digest, size = hashlib.sha256(), 0
        handle, name = tempfile.mkstemp(dir=scratch)
        try:
            with os.fdopen(handle, "wb") as copy:
                while piece := _piece(file):
                    digest.update(piece)
                    size += len(piece)
                    copy.write(piece)
            original = Original(digest.hexdigest(), size)
            found = self.path(original.sha256).exists()
            if found and self.is_intact(original):
                _sync(self.path(original.sha256).parent)  # whoever placed it may not have come that far
                return original
            self._place(Path(name), self.path(original.sha256))
            return replace(original, restored=found)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(name)

    def _place(self, copy: Path, target: Path) -> None:
        """Move ``copy`` to ``target`` so that it survives a power failure: the file first, then its name (fsync(2))."""
        if not target.parent.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            _sync(self.folder)
        copy.chmod(0o444)
        _sync(copy)
        copy.replace(target)
        _sync(target.parent)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _sync(path: Path) -> None:
    """Wait until a file, or the names in a folder, are on the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


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
