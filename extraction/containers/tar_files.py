"""TAR archives and files compressed with gzip, bzip2 or xz; nested archives are read as members.

What is decompressed is bounded in relation to the size of the file, as for ZIP files.
"""

from __future__ import annotations

import bz2
import gzip
import lzma
import tarfile
import zlib
from collections.abc import Callable
from pathlib import Path
from typing import IO, Any, cast

from extraction.containers.packages import is_system_file
from extraction.containers.zip_files import HARMLESS, MAX_RATIO
from extraction.errors import RogatioError, is_storage_failure, storage_error
from extraction.media_type import TAR_MARK
from extraction.members import Budget, Reading, Unpacking

BLOCK = 512  # bytes of a TAR header
COMPRESSED = "file"  # name of the one file of a compressed file; few formats keep it
OPENERS: dict[bytes, Callable[..., Any]] = {b"\x1f\x8b": gzip.open, b"BZh": bz2.open, b"\xfd7zXZ\x00": lzma.open}
DAMAGE = (tarfile.TarError, zlib.error, lzma.LZMAError, EOFError, OSError, ValueError)


class _Bounded:
    """Reads from ``source``; raises ``extraction.zip_bomb`` beyond ``limit`` bytes."""

    def __init__(self, source: IO[bytes], limit: int) -> None:
        self._source, self._left = source, limit

    def read(self, size: int = -1) -> bytes:
        data = self._source.read(min(size, self._left + 1) if size >= 0 else self._left + 1)
        self._left -= len(data)
        if self._left < 0:
            raise RogatioError("extraction.zip_bomb")
        return data


def read_tar(path: Path, scratch: Path, *, budget: Budget = Budget()) -> Reading:  # noqa: B008
    """Unpack ``path`` into ``scratch``: the files of an archive, or the one file that is compressed.

    Links, devices and sparse files are listed as failed. Raises ``extraction.zip_bomb``, ``too_many_files``,
    ``unpacked_too_large``, ``truncated``, ``nested_too_deep`` and the storage errors of
    :func:`extraction.errors.storage_error`.
    """
    if budget.levels < 1:
        raise RogatioError("extraction.nested_too_deep")
    unpacking = Unpacking(scratch, budget)
    try:
        with _opened(path) as source:
            head = source.read(BLOCK)
        with _opened(path) as source:
            bounded = cast(IO[bytes], _Bounded(source, max(HARMLESS, MAX_RATIO * path.stat().st_size)))
            if head[TAR_MARK[0] :].startswith(TAR_MARK[1]):
                _unpack(bounded, unpacking)
            else:
                unpacking.attach(COMPRESSED, bounded)
    except DAMAGE as error:
        if is_storage_failure(error):
            raise storage_error(error) from error
        raise RogatioError("extraction.truncated") from error
    return Reading(None, tuple(unpacking.members))


def _opened(path: Path) -> IO[bytes]:
    with path.open("rb") as file:
        head = file.read(max(map(len, OPENERS)))
    opener = next((opener for mark, opener in OPENERS.items() if head.startswith(mark)), open)
    opened: IO[bytes] = opener(path, "rb")
    return opened


def _unpack(source: IO[bytes], unpacking: Unpacking) -> None:
    """Add the files of the archive in ``source``, which is read once from start to end."""
    with tarfile.open(fileobj=source, mode="r|") as archive:
        for member in archive:
            if member.isdir() or is_system_file(member.name):
                continue
            file = archive.extractfile(member) if member.isreg() and not member.issparse() else None
            if file is None:
                unpacking.fail(member.name, RogatioError("extraction.path_traversal"))
            else:
                unpacking.attach(member.name, file)
