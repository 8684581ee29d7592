"""Members of a file: unpacking within limits, and the result of reading a file, its document and its members."""

from __future__ import annotations

import os
import re
import tempfile
from dataclasses import dataclass, replace
from pathlib import Path
from typing import IO

from extraction.characters import one_line
from extraction.document import Document
from extraction.errors import RogatioError

MAX_FILES = 10_000
MAX_BYTES = 4 << 30  # of all members together, uncompressed
MAX_CONTAINERS = 8  # nesting depth of packages and messages
MAX_NAME = 240  # characters
CHUNK = 1 << 20
_OUTSIDE = re.compile(r"^(?:/|[A-Za-z]:)|(?:^|/)\.\.(?:/|$)")


@dataclass(frozen=True, slots=True)
class Member:
    """A file inside a container or e-mail, by its sanitised ``name``; unpacked to ``path``, or ``error``."""

    name: str
    path: Path | None
    error: RogatioError | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """Document and members of a file: an e-mail has both, a ZIP file only members."""

    document: Document | None
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Budget:
    """Remaining limits for unpacking one outermost container: files, bytes, nesting levels.

    A nested container gets what is left, so that nesting cannot multiply the limits.
    """

    files: int = MAX_FILES
    size: int = MAX_BYTES
    levels: int = MAX_CONTAINERS

    def less(self, files: int, size: int) -> Budget:
        """Return the budget after ``files`` files of ``size`` bytes in total.

        Raises ``extraction.too_many_files`` or ``extraction.unpacked_too_large``.
        """
        if files > self.files:
            raise RogatioError("extraction.too_many_files", limit=MAX_FILES)
        if size > self.size:
            raise RogatioError("extraction.unpacked_too_large", limit=MAX_BYTES >> 20)
        return replace(self, files=self.files - files, size=self.size - size)


class Unpacking:
    """Writes members under generated names into ``scratch``, within one budget for all of them."""

    def __init__(self, scratch: Path, budget: Budget = Budget()) -> None:
        self.members: list[Member] = []
        self.levels = budget.levels
        self._scratch = scratch
        self._left = budget
        self._names: dict[str, int] = {}
        scratch.mkdir(parents=True, exist_ok=True)

    def add(self, name: str, path: Path) -> None:
        """Add the file at ``path`` as a member.

        Raises ``extraction.path_traversal`` for an unsafe name, and ``extraction.too_many_files``.
        """
        if leads_outside(name):
            raise RogatioError("extraction.path_traversal")
        self._list(Member(self._unused(name), path))

    def attach(self, name: str, source: IO[bytes]) -> None:
        """Write ``source`` as a member; one with an unsafe path or nested too deep is listed as failed."""
        try:
            self.add(name, self.write(source))
        except RogatioError as error:
            if error.code not in ("extraction.path_traversal", "extraction.nested_too_deep"):
                raise
            self.fail(name, error)

    def fail(self, name: str, error: RogatioError) -> None:
        """Add a member that could not be read, with its error; raises ``extraction.too_many_files``."""
        self._list(Member(self._unused(name), None, error))

    def write(self, source: IO[bytes]) -> Path:
        """Copy ``source`` to a new file, which is not yet a member, and return its path.

        Raises ``extraction.nested_too_deep`` beyond the nesting limit and ``extraction.unpacked_too_large`` when the
        files written exceed the budget.
        """
        if self.levels < 1:
            raise RogatioError("extraction.nested_too_deep")
        handle, path_written = tempfile.mkstemp(dir=self._scratch)
        with os.fdopen(handle, "wb") as target:
            while chunk := source.read(CHUNK):
                self._left = self._left.less(0, len(chunk))
                target.write(chunk)
        return Path(path_written)

    def _list(self, member: Member) -> None:
        self._left = self._left.less(1, 0)
        self.members.append(member)

    def _unused(self, name: str) -> str:
        shown = shown_name(name)
        stem, dot, extension = shown.rpartition(".")
        unused = shown
        while unused in self._names:
            self._names[shown] += 1
            number = self._names[shown]
            unused = f"{stem} ({number}).{extension}" if dot else f"{shown} ({number})"
        self._names[unused] = 1
        return unused


def leads_outside(name: str) -> bool:
    """Return whether ``name``, as a path, is absolute or contains ``..``."""
    return bool(_OUTSIDE.search(name.replace("\\", "/").strip()))


def shown_name(name: str) -> str:
    """Return ``name`` for display: one line, without control or direction marks or ``..``, at most ``MAX_NAME``."""
    parts = [one_line(part) for part in name.replace("\\", "/").split("/")]
    shown = "/".join(part for part in parts if part not in ("", ".", ".."))
    return shown[-MAX_NAME:] or "?"
