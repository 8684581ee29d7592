"""ZIP and BagIt packages, nested to a bounded depth."""

from __future__ import annotations

import stat
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath
from typing import IO

import pyzipper

from extraction.containers.bag import Bag
from extraction.encoding import decode
from extraction.errors import RogatioError, is_storage_failure, storage_error
from extraction.reading import MAX_FILES, Reading, Unpacking

MAX_DEPTH = 4
# Deflate packs at most 1 : 1032; text packs to about a tenth, a white scan to a hundredth
MAX_RATIO = 300
HARMLESS = 50 << 20  # unpacked bytes below which no ratio is suspicious
AES = 99  # the compression method that stands for AES encryption
UTF8_NAME, ENCRYPTED = 0x800, 0x1
SYSTEM_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
# what zipfile raises for a damaged package: it seeks and counts as the damage tells it to
DAMAGE = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, OverflowError, struct.error)
OF_THE_WHOLE = frozenset(
    {"extraction.too_many_files", "extraction.unpacked_too_large", "extraction.disk_full", "extraction.storage_failed"}
)


def read_zip(path: Path, scratch: Path, *, password: str = "") -> Reading:
    """Unpack ``path`` into ``scratch``; packages inside it are unpacked too, their name before that of each member.

    One bad member fails alone, with the errors of :func:`open_member` and :class:`.bag.Bag`. Raises for the whole:
    ``extraction.zip_bomb``, ``too_many_files``, ``unpacked_too_large``, ``truncated``.
    """
    walk = _Walk(Unpacking(scratch), password)
    walk.unpack(path)
    return Reading(None, tuple(walk.unpacking.members))


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


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member, which old programs write in their code page and ``zipfile`` reads as cp437."""
    if info.flag_bits & UTF8_NAME:
        return info.orig_filename
    try:
        return decode(info.orig_filename.encode("cp437")).text
    except UnicodeEncodeError:
        return info.orig_filename


class _Walk:
    """Goes through a package and the packages inside it, one budget for all."""

    def __init__(self, unpacking: Unpacking, password: str) -> None:
        self.unpacking = unpacking
        self._password = password

    def unpack(self, path: Path, inside: str = "", depth: int = 1) -> None:
        with open_zip(path) as package:
            bag = Bag(package)
            for info in package.infolist():
                name = member_name(info)
                if info.is_dir() or _is_system_file(name) or bag.is_tag_file(name):
                    continue
                try:
                    self._member(self._written(package, info, name, bag), inside + name, depth)
                except RogatioError as error:
                    if error.code in OF_THE_WHOLE:
                        raise
                    self.unpacking.fail(inside + name, error)
            for name in bag.missing():
                self.unpacking.fail(inside + name, RogatioError("extraction.bag_incomplete"))

    def _written(self, package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, bag: Bag) -> Path:
        try:
            with open_member(package, info, self._password) as source:
                path = self.unpacking.write(source)
        except DAMAGE as error:
            if is_storage_failure(error):  # of the whole, so that another ingest reads the package again
                raise storage_error(error) from error
            encrypted = info.flag_bits & ENCRYPTED
            raise RogatioError(f"extraction.{'wrong_password' if encrypted else 'truncated'}") from error
        bag.verify(name, path)
        return path

    def _member(self, path: Path, name: str, depth: int) -> None:
        if not name.lower().endswith(".zip"):
            self.unpacking.add(name, path)
            return
        if depth >= MAX_DEPTH:
            raise RogatioError("extraction.nested_too_deep")
        self.unpack(path, f"{name}/", depth + 1)
        path.unlink()


def _is_system_file(name: str) -> bool:
    path = PurePosixPath(name)
    return path.name in SYSTEM_FILES or "__MACOSX" in path.parts
