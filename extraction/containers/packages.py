"""ZIP and BagIt packages, unpacked recursively to a bounded depth."""

from __future__ import annotations

import zipfile
from pathlib import Path, PurePosixPath

from extraction import media_type
from extraction.containers.bag import Bag
from extraction.containers.zip_files import DAMAGE, ENCRYPTED, open_member, open_zip
from extraction.encoding import decode
from extraction.errors import RogatioError, is_storage_failure, storage_error
from extraction.members import Budget, Reading, Unpacking

MAX_DEPTH = 4
UTF8_NAME = 0x800
SYSTEM_FILES = frozenset({".DS_Store", "Thumbs.db", "desktop.ini"})
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
    """Return the name of a member; names without the UTF-8 flag are decoded from the code page of the writer."""
    if info.flag_bits & UTF8_NAME:
        return info.orig_filename
    try:
        return decode(info.orig_filename.encode("cp437")).text
    except UnicodeEncodeError:
        return info.orig_filename


class _Walk:
    """Unpacks a package and the packages nested in it within one budget."""

    def __init__(self, unpacking: Unpacking, password: str) -> None:
        self.unpacking = unpacking
        self._password = password

    def unpack(self, path: Path, inside: str = "", depth: int = 1) -> None:
        with open_zip(path) as package:
            bag = Bag(package)
            for info in package.infolist():
                name = member_name(info)
                if info.is_dir() or is_system_file(name) or bag.is_tag_file(name):
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
