"""Originals: files as received, read-only, under their SHA-256."""

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
    """A stored file: SHA-256 in hexadecimal and size in bytes.

    ``restored``: a damaged file of the same name was replaced.
    """

    sha256: str
    size: int
    restored: bool = False


class Originals:
    """The folder ``originals`` of an installation: ``ab/abcdef…`` for each file, mode 0444."""

    def __init__(self, home: Path) -> None:
        self.folder = home / "originals"

    def path(self, sha256: str) -> Path:
        """Return the file of an original."""
        return self.folder / sha256[:2] / sha256

    def keep(self, source: Path, scratch: Path) -> Original:
        """Copy ``source`` into the store.

        The copy is made in ``scratch``, a folder on the same disk, and renamed only when complete and synced. An
        existing file is kept if it is intact, otherwise replaced. Raises ``indexing.not_a_file``,
        ``indexing.folder_unreadable``, ``indexing.unreadable``, and the errors of
        :func:`extraction.errors.storage_error`.
        """
        with _opened(source) as file:
            try:
                return self._copied(file, scratch)
            except OSError as error:
                raise storage_error(error) from error

    def holds(self, original: Original) -> bool:
        """Return whether the file exists with its size; its content is not read."""
        try:
            status = self.path(original.sha256).stat()
        except FileNotFoundError:
            return False
        return stat.S_ISREG(status.st_mode) and status.st_size == original.size

    def is_intact(self, original: Original) -> bool:
        """Return whether the file exists and its content has the SHA-256 of its name."""
        return self.holds(original) and sha256_of(self.path(original.sha256)) == original.sha256

    def remove(self, sha256: str) -> bool:
        """Delete the file; return whether it existed."""
        path = self.path(sha256)
        try:
            path.unlink()
        except FileNotFoundError:
            return False
        sync(path.parent)
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
            exists = self.path(original.sha256).exists()
            if exists and self.is_intact(original):
                sync(self.path(original.sha256).parent)  # the process that placed it may not have synced
                return original
            self._place(Path(name), self.path(original.sha256))
            return replace(original, restored=exists)
        finally:
            with suppress(FileNotFoundError):
                os.unlink(name)

    def _place(self, copy: Path, target: Path) -> None:
        """Move ``copy`` to ``target`` durably: sync the file, rename it, sync the folder (fsync(2))."""
        if not target.parent.exists():
            target.parent.mkdir(parents=True, exist_ok=True)
            sync(self.folder)
        copy.chmod(0o444)
        sync(copy)
        copy.replace(target)
        sync(target.parent)


def sha256_of(path: Path) -> str:
    """Return the SHA-256 of a file's bytes in hexadecimal."""
    with path.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def sync(path: Path) -> None:
    """Sync a file, or the names in a folder, to the disk."""
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


def _opened(source: Path) -> IO[bytes]:
    if os.path.isdir(source):
        raise RogatioError("indexing.folder_unreadable")
    try:
        if not stat.S_ISREG(source.stat().st_mode):  # reading a pipe or device might never end
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
