"""Safe opening of ZIP files and their members: bombs and links are refused, damage is confined to the member."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from pathlib import Path
from typing import IO, cast

import pyzipper

from extraction.containers.deflate64 import METHOD, Deflate64Member
from extraction.errors import RogatioError
from extraction.members import MAX_FILES

# Deflate compresses by at most 1032 : 1; text compresses to about a tenth, a blank scan to a hundredth
MAX_RATIO = 300
HARMLESS = 50 << 20  # uncompressed bytes below which any ratio is accepted
AES = 99  # compression method number of AES encryption (APPNOTE 6.3, AE-x)
ENCRYPTED = 0x1
# raised by zipfile for damaged packages, whose offsets and sizes it trusts
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError, struct.error)


def open_zip(path: Path) -> zipfile.ZipFile:
    """Open ``path`` and check its directory.

    Raises ``extraction.truncated``, ``extraction.zip_bomb`` or ``extraction.too_many_files``.
    """
    try:
        package = zipfile.ZipFile(path)
    except DAMAGE as error:
        raise RogatioError("extraction.truncated") from error
    refuse_bomb(package.infolist(), path.stat().st_size)
    return package


def refuse_bomb(members: list[zipfile.ZipInfo], size: int) -> None:
    """Raise ``extraction.zip_bomb`` if members overlap or exceed ``MAX_RATIO``, or ``extraction.too_many_files``.

    ``size`` is the size of the package in bytes.
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

    Raises ``extraction.encrypted``, ``wrong_password``, ``encryption_unsupported``, ``unsupported_archive`` for a rare
    method of compression; for a symbolic link ``path_traversal``.
    """
    if stat.S_ISLNK(info.external_attr >> 16):
        raise RogatioError("extraction.path_traversal")
    if info.flag_bits & ENCRYPTED and not password:
        raise RogatioError("extraction.encrypted")
    try:
        if info.compress_type == AES:
            encrypted: IO[bytes] = pyzipper.AESZipFile(package.filename).open(info.filename, pwd=password.encode())
            return encrypted
        if info.compress_type == METHOD and not info.flag_bits & ENCRYPTED:
            return cast(IO[bytes], Deflate64Member(Path(str(package.filename)), info))
        return package.open(info, pwd=password.encode() or None)
    except NotImplementedError as error:
        if info.flag_bits & ENCRYPTED:
            raise RogatioError("extraction.encryption_unsupported") from error
        raise RogatioError("extraction.unsupported_archive", media_type="ZIP") from error
    except RuntimeError as error:
        raise RogatioError("extraction.wrong_password") from error
