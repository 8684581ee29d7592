"""Opening a ZIP file and its members safely: no bomb, no link, no damage that stops more than itself."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import IO

import pyzipper

from extraction.errors import RogatioError
from extraction.reading import MAX_FILES

# Deflate packs at most 1 : 1032; text packs to about a tenth, a white scan to a hundredth
MAX_RATIO = 300
HARMLESS = 50 << 20  # unpacked bytes below which no ratio is suspicious
AES = 99  # the compression method that stands for AES encryption
ENCRYPTED = 0x1
# what zipfile raises for a damaged package: it seeks and counts as the damage tells it to
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError, struct.error)


def open_zip(path: Path) -> zipfile.ZipFile:
    """Open ``path`` after a look at its directory; raises ``extraction.truncated`` or ``extraction.zip_bomb``."""
    try:
        package = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise RogatioError("extraction.truncated") from error
    refuse_bomb(package.infolist(), path.stat().st_size)
    return package


def refuse_bomb(members: list[zipfile.ZipInfo], size: int) -> None:
    """Raise ``extraction.zip_bomb`` where members overlap or unpack to far more than a real file would.

    ``size`` is that of the package in bytes. Raises ``extraction.too_many_files`` as well.
    """
    if len(members) > MAX_FILES:
        raise RogatioError("extraction.too_many_files", limit=MAX_FILES)
    packed = sum(member.compress_size for member in members)
    unpacked = sum(member.file_size for member in members)
    swollen = any(member.file_size > max(HARMLESS, MAX_RATIO * member.compress_size) for member in members)
    if swollen or packed > size or unpacked > max(HARMLESS, MAX_RATIO * size):
        raise RogatioError("extraction.zip_bomb")


def open_member(package: zipfile.ZipFile, info: zipfile.ZipInfo, password: str) -> IO[bytes]:
    """Open one member for reading.

    Raises ``extraction.encrypted``, ``wrong_password``, ``encryption_unsupported``; for a link ``path_traversal``.
    """
    if stat.S_ISLNK(info.external_attr >> 16):
        raise RogatioError("extraction.path_traversal")
    if info.flag_bits & ENCRYPTED and not password:
        raise RogatioError("extraction.encrypted")
    try:
        if info.compress_type == AES:
            encrypted: IO[bytes] = pyzipper.AESZipFile(package.filename).open(info.filename, pwd=password.encode())
            return encrypted
        return package.open(info, pwd=password.encode() or None)
    except NotImplementedError as error:
        raise RogatioError("extraction.encryption_unsupported") from error
    except RuntimeError as error:
        raise RogatioError("extraction.wrong_password") from error
