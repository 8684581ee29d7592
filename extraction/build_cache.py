"""Build cache: results computed from files of the installation, kept beside the program like Python's byte code.

A file of the cache is used only if it was made from the same sources by the same version of its maker, whole and
unaltered; it has data only, no code of Python. Where the folder cannot be written (installed by another user, or in a
worker that reads documents) nothing is written, and results are computed again.
"""

from __future__ import annotations

import mmap
import os
from collections.abc import Callable
from contextlib import suppress
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import BinaryIO, TypeVar

import msgspec

Result = TypeVar("Result")

FOLDER = Path(__file__).with_name("__pycache__")
_DIGEST = 32  # bytes


def kept(name: str, source: bytes, kind: type[Result], make: Callable[[], Result]) -> Result:
    """Return ``make()``, or what an earlier process got from it for the same ``source``.

    ``kind`` is its type, of what MessagePack can hold; ``source`` has all that the result depends on, such as the
    content of files and the versions of packages. A result of another shape is made again: a process that still ran
    when the program was updated may have stored it.
    """
    if (stored := read_entry(name, source)) is not None:
        with suppress(msgspec.DecodeError):
            return msgspec.msgpack.decode(stored, type=kind)
    result = make()
    write_entry(name, source, msgspec.msgpack.encode(result))
    return result


def code_digest(*modules: str) -> bytes:
    """Return a digest of source files (``__file__`` of modules), for results that depend on what is written there."""
    digest = blake2b(digest_size=_DIGEST)
    for module in modules:
        digest.update(Path(module).read_bytes())
    return digest.digest()


def read_entry(name: str, source: bytes) -> bytes | None:
    """Return what :func:`write_entry` stored under ``name`` for exactly this ``source``, else None."""
    try:
        content = (FOLDER / f"{name}.cache").read_bytes()
    except OSError:
        return None
    payload = content[_DIGEST:]
    return payload if content[:_DIGEST] == _digest(source, payload) else None


def write_entry(name: str, source: bytes, payload: bytes) -> None:
    """Store ``payload`` as the result for ``source``; an entry of the same name is replaced as a whole.

    Does nothing where the folder cannot be written or the disk is full.
    """
    _write(name, _digest(source, payload) + payload)


def map_entry(name: str, source: bytes) -> memoryview | None:
    """Return what :func:`write_mapped` stored under ``name`` for exactly this ``source``, mapped into memory."""
    try:
        with (FOLDER / f"{name}.cache").open("rb") as file:
            return _mapped(file, source)
    except (OSError, ValueError):  # no such file, or an empty one
        return None


def _mapped(file: BinaryIO, source: bytes) -> memoryview | None:
    content = memoryview(mmap.mmap(file.fileno(), 0, access=mmap.ACCESS_READ))
    payload = content[_DIGEST:]
    return payload if content[:_DIGEST] == _digest(source, _length(payload)) else None


def write_mapped(name: str, source: bytes, payload: bytes) -> None:
    """Store a large ``payload``, which is not read as a whole: its length is checked, not its content."""
    _write(name, _digest(source, _length(payload)) + payload)


def _length(payload: bytes | memoryview) -> bytes:
    return len(payload).to_bytes(8, "big")


def _write(name: str, content: bytes) -> None:
    new: Path | None = None
    try:
        FOLDER.mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=FOLDER, prefix=f"{name}.", suffix=".new", delete=False) as file:
            new = Path(file.name)
            file.write(content)
            file.flush()
            os.fsync(file.fileno())
            os.fchmod(file.fileno(), 0o644)  # read by every user of the installation, as byte code is
        os.replace(new, FOLDER / f"{name}.cache")
    except OSError:  # no permission, or a full disk
        if new:
            new.unlink(missing_ok=True)


def _digest(source: bytes, payload: bytes) -> bytes:
    digest = blake2b(len(source).to_bytes(8, "big") + source, digest_size=_DIGEST)
    digest.update(payload)
    return digest.digest()
