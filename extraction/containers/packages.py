"""ZIP and BagIt packages, unpacked recursively to a bounded depth."""

from __future__ import annotations

import re
import struct
import zipfile
import zlib
from pathlib import Path, PurePosixPath

from extraction import media_type
from extraction.containers.bag import Bag
from extraction.containers.zip_files import DAMAGE, ENCRYPTED, open_member, open_zip
from extraction.encoding import decode
from extraction.errors import RogatioError, is_storage_failure, storage_error
from extraction.members import Budget, Reading, Unpacking

MAX_DEPTH = 4
UTF8_NAME = 0x800
UNICODE_PATH = 0x7075
SHORTEST_WORD = 3  # letters
_BEYOND_ASCII = re.compile(rb"[\x80-\xff]+")
_LETTERS_866 = re.compile(rb"[\x80-\xaf\xe0-\xf1]+")
SYSTEM_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
SIGNED_CONTAINER_FILES = ("mimetype", "META-INF/")  # signatures and manifests of ASiC (ETSI EN 319 162-1)
PACKAGE_METADATA = frozenset(
    {"extraction.too_many_files", "extraction.unpacked_too_large", "extraction.disk_full", "extraction.storage_failed"}
)


def read_zip(path: Path, scratch: Path, *, password: str = "", budget: Budget = Budget()) -> Reading:  # noqa: B008
    """Unpack ``path`` into ``scratch``, including nested packages, whose name prefixes the names of their members.

    An error of one member (see :func:`.zip_files.open_member` and :class:`.bag.Bag`) is recorded on that member.
    Raises for the whole package ``extraction.zip_bomb``, ``too_many_files``, ``unpacked_too_large``, ``truncated``,
    ``nested_too_deep`` and the storage errors of :func:`extraction.errors.storage_error`.
    """
    if budget.levels < 1:
        raise RogatioError("extraction.nested_too_deep")
    walk = _Walk(Unpacking(scratch, budget), password)
    walk.unpack(path)
    return Reading(None, tuple(walk.unpacking.members))


def member_name(info: zipfile.ZipInfo) -> str:
    """Return the name of a member: that in UTF-8 if there is one, else one decoded from the writer's code page."""
    if info.flag_bits & UTF8_NAME:
        return info.orig_filename
    try:
        raw = info.orig_filename.encode("cp437")
    except UnicodeEncodeError:
        return info.orig_filename
    return _unicode_path(info.extra, raw) or _in_dos_cyrillic(raw) or decode(raw).text


def _unicode_path(extra: bytes, raw: bytes) -> str:
    """Return the name in the extra field "Unicode Path" (APPNOTE 4.6.9), ``""`` if it is absent or outdated."""
    while len(extra) >= 4:
        kind, size = struct.unpack_from("<HH", extra)
        field, extra = extra[4 : 4 + size], extra[4 + size :]
        is_path = kind == UNICODE_PATH and len(field) > 5 and field[0] == 1
        if is_path and struct.unpack_from("<I", field, 1)[0] == zlib.crc32(raw):
            return field[5:].decode("utf-8", "replace")
    return ""


def _in_dos_cyrillic(raw: bytes) -> str:
    """Return a name in code page 866, the one of Russian systems, ``""`` if it is not in it.

    Western names have single accented letters, Cyrillic ones words of them; other Cyrillic pages have no letters below
    0xB0.
    """
    words = [word for word in _BEYOND_ASCII.findall(raw) if len(word) >= SHORTEST_WORD]
    is_cyrillic = bool(words) and all(_LETTERS_866.fullmatch(word) and min(word) < 0xB0 for word in words)
    return raw.decode("cp866") if is_cyrillic else ""


class _Walk:
    """Unpacks a package and the packages nested in it within one budget."""

    def __init__(self, unpacking: Unpacking, password: str) -> None:
        self.unpacking = unpacking
        self._password = password

    def unpack(self, path: Path, inside: str = "", depth: int = 1) -> None:
        with open_zip(path) as package:
            bag, is_signed = Bag(package), media_type.is_signed_container(package)
            for info in package.infolist():
                name = member_name(info)
                if info.is_dir() or is_system_file(name) or bag.is_tag_file(name):
                    continue
                if is_signed and name.startswith(SIGNED_CONTAINER_FILES):
                    continue
                try:
                    self._member(self._unpacked(package, info, name, bag), inside + name, depth)
                except RogatioError as error:
                    if error.code in PACKAGE_METADATA:
                        raise
                    self.unpacking.fail(inside + name, error)
            for name in bag.missing():
                self.unpacking.fail(inside + name, RogatioError("extraction.bag_incomplete"))

    def _unpacked(self, package: zipfile.ZipFile, info: zipfile.ZipInfo, name: str, bag: Bag) -> Path:
        try:
            with open_member(package, info, self._password) as source:
                path = self.unpacking.write(source)
        except DAMAGE as error:
            if is_storage_failure(error):  # fails the whole package, so that the next ingest reads it again
                raise storage_error(error) from error
            encrypted = info.flag_bits & ENCRYPTED
            raise RogatioError(f"extraction.{'wrong_password' if encrypted else 'truncated'}") from error
        bag.verify(name, path)
        return path

    def _member(self, path: Path, name: str, depth: int) -> None:
        if not _is_package(path, name):
            self.unpacking.add(name, path)
            return
        if depth >= min(MAX_DEPTH, self.unpacking.levels):
            raise RogatioError("extraction.nested_too_deep")
        self.unpack(path, f"{name}/", depth + 1)
        path.unlink()


def _is_package(path: Path, name: str) -> bool:
    """Return whether a member is a package by its content, or by its extension (its content may be damaged)."""
    if name.lower().endswith(".zip"):
        return True
    with path.open("rb") as file:
        if file.read(2) != b"PK":
            return False
    return media_type.media_type(path, name).name in (media_type.ZIP, media_type.BAGIT)


def is_system_file(name: str) -> bool:
    """Return whether a member is one that file managers add for themselves."""
    path = PurePosixPath(name)
    return path.name in SYSTEM_FILES or path.name.startswith("._") or "__MACOSX" in path.parts
