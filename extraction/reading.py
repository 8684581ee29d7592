"""Result of reading a file: a document and its members."""

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
MAX_BYTES = 4 << 30  # of all members together, unpacked
MAX_CONTAINERS = 8  # one in another: packages, messages, messages attached to messages
MAX_NAME = 240  # characters
CHUNK = 1 << 20
_OUTSIDE = re.compile(r"^(?:/|[A-Za-z]:)|(?:^|/)\.\.(?:/|$)")


@dataclass(frozen=True, slots=True)
class Member:
    """A file found inside a container or an e-mail, under its cleaned ``name``; unpacked at ``path`` or failed."""

    name: str
    path: Path | None
    error: RogatioError | None = None


@dataclass(frozen=True, slots=True)
class Reading:
    """An e-mail has both a document and members, a ZIP file has members only."""

    document: Document | None
    members: tuple[Member, ...] = ()


@dataclass(frozen=True, slots=True)
class Budget:
    """What may still be unpacked from one outermost container, whatever lies in it: files, bytes, levels.

    A container inside another one gets what is left, so that nesting multiplies nothing.
    """

    files: int = MAX_FILES
    size: int = MAX_BYTES
    levels: int = MAX_CONTAINERS

    def less(self, files: int, size: int) -> Budget:
        """Return what is left after ``files`` of ``size`` bytes together.

        Raises ``extraction.too_many_files`` or ``extraction.unpacked_too_large``.
        """
        if files > self.files:
            raise RogatioError("extraction.too_many_files", limit=MAX_FILES)
        if size > self.size:
            raise RogatioError("extraction.unpacked_too_large", limit=MAX_BYTES >> 20)
        return replace(self, files=self.files - files, size=self.size - size)


class Unpacking:
    """Writes members under names of our own into ``scratch``, within a budget that holds for all of them together."""

    def __init__(self, scratch: Path, budget: Budget = Budget()) -> None:
        self.members: list[Member] = []
        self.levels = budget.levels
        self._scratch = scratch
        self._left = budget
        self._names: dict[str, int] = {}
        scratch.mkdir(parents=True, exist_ok=True)

    def add(self, name: str, path: Path) -> None:
        """List the file at ``path`` as a member; raises ``extraction.path_traversal`` for a name that leads outside."""
        if leads_outside(name):
            raise RogatioError("extraction.path_traversal")
        self._list(Member(self._unused(name), path))

    def fail(self, name: str, error: RogatioError) -> None:
        """List a member that could not be had; raises ``extraction.too_many_files``, as ``add`` does."""
        self._list(Member(self._unused(name), None, error))

    def write(self, source: IO[bytes]) -> Path:
        """Write ``source`` to a new file, which is no member yet.

        Raises ``extraction.nested_too_deep`` inside too many containers, and ``extraction.unpacked_too_large`` once
        all files written take more than the budget.
        """
        if self.levels < 1:
            raise RogatioError("extraction.nested_too_deep")
        handle, written = tempfile.mkstemp(dir=self._scratch)
        with os.fdopen(handle, "wb") as target:
            while chunk := source.read(CHUNK):
                self._left = self._left.less(0, len(chunk))
                target.write(chunk)
        return Path(written)

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
    """Tell whether ``name``, as a path, is absolute or climbs above its start."""
    return bool(_OUTSIDE.search(name.replace("\\", "/").strip()))


def shown_name(name: str) -> str:
    """Return ``name`` fit to be shown: one line, no control or direction marks, no climbing, at most ``MAX_NAME``."""
    parts = [one_line(part) for part in name.replace("\\", "/").split("/")]
    shown = "/".join(part for part in parts if part not in ("", ".", ".."))
    return shown[-MAX_NAME:] or "?"
