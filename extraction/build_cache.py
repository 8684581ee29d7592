"""Build cache: results computed from files of the installation, kept beside the program like Python's byte code.

A file of the cache is used only if it was made from the same sources by the same version of its maker, whole and
unaltered; it has data only, no code of Python. Where the folder cannot be written (installed by another user, or in a
worker that reads documents) nothing is written, and results are computed again.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from hashlib import blake2b
from pathlib import Path
from tempfile import NamedTemporaryFile
from typing import TypeVar

import msgspec

Result = TypeVar("Result")

FOLDER = Path(__file__).with_name("__pycache__")
_DIGEST = 32  # bytes


def kept(name: str, source: bytes, kind: type[Result], make: Callable[[], Result]) -> Result:
    """Return ``make()``, or what an earlier process got from it for the same ``source``.

    ``kind`` is its type, of what MessagePack can hold; ``source`` has all that the result depends on, such as the
    content of files and the versions of packages.
    """
    if (stored := read_entry(name, source)) is not None:
        return msgspec.msgpack.decode(stored, type=kind)
    result = make()
    write_entry(name, source, msgspec.msgpack.encode(result))
    return result


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

    Does nothing where the folder cannot be written.
    """
    try:
        FOLDER.mkdir(exist_ok=True)
        with NamedTemporaryFile(dir=FOLDER, prefix=f"{name}.", suffix=".new", delete=False) as file:
            file.write(_digest(source, payload) + payload)
            os.fchmod(file.fileno(), 0o644)  # read by every user of the installation, as byte code is
        os.replace(file.name, FOLDER / f"{name}.cache")
    except OSError:
        return


def _digest(source: bytes, payload: bytes) -> bytes:
    digest = blake2b(len(source).to_bytes(8, "big") + source, digest_size=_DIGEST)
    digest.update(payload)
    return digest.digest()
