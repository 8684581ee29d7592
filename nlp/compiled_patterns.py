"""Compiled regular expressions of the program, kept between processes.

``regex`` compiles in Python, which takes most of the start of a first annotation: 0.64 s of processor time for 296
expressions, 0.007 s from their compiled form. That form is what the library gives for pickling, here without pickle.
"""

from __future__ import annotations

import atexit
import copyreg
import sys
from functools import cache
from hashlib import blake2b
from typing import Any

import msgspec
import regex

from extraction.build_cache import read_entry, write_entry

_NAME = "patterns"
# What the compiled form depends on besides the expression and its flags.
_SOURCE = f"{regex.__version__} {sys.version} {sys.byteorder}".encode()
# Largest store (bytes): beyond it, as after years of development, a new one is begun.
_LARGEST = 1 << 25
# Expression, flags, code, groups by name and by number, named lists (unused), and what every match contains.
_Compiled = tuple[
    str, int, bytes, dict[str, int], dict[int, str], dict[str, Any], list[Any], int, tuple[int, ...], int, int
]
_DECODER = msgspec.msgpack.Decoder(_Compiled)


def compiled(expression: str, flags: int = 0) -> regex.Pattern[str]:
    """Return ``regex.compile(expression, flags)``.

    For expressions of the program and of its resource files only, since each of them is kept.
    """
    key = blake2b(f"{int(flags)} {expression}".encode("utf-8", "surrogatepass"), digest_size=16).digest()
    if (stored := _store().get(key)) is not None:
        parts = _DECODER.decode(stored)
        if parts[0] == expression:
            pattern: regex.Pattern[str] = _maker()(*parts)
            return pattern
    pattern = regex.compile(expression, flags)
    _keep(key, pattern)
    return pattern


@cache
def _store() -> dict[bytes, msgspec.Raw]:
    """Return the expressions that earlier processes kept, to which this one adds its own."""
    return _read()


def _read() -> dict[bytes, msgspec.Raw]:
    stored = read_entry(_NAME, _SOURCE)
    if stored is None or len(stored) > _LARGEST:
        return {}
    return msgspec.msgpack.decode(stored, type=dict[bytes, msgspec.Raw])


@cache
def _maker() -> Any:
    return _reduced(regex.compile(""))[0]


def _reduced(pattern: regex.Pattern[str]) -> Any:
    """Return the function that makes a pattern and its arguments, as for pickling."""
    return copyreg.dispatch_table[type(pattern)](pattern)


def _keep(key: bytes, pattern: regex.Pattern[str]) -> None:
    """Keep a pattern for later processes, unless another release of the library compiles to something else."""
    stored = msgspec.msgpack.encode(_reduced(pattern)[1])
    try:
        _DECODER.decode(stored)
    except msgspec.ValidationError:
        return
    _store()[key] = msgspec.Raw(stored)
    _save_at_exit()


@cache
def _save_at_exit() -> None:
    atexit.register(_save)


def _save() -> None:
    write_entry(_NAME, _SOURCE, msgspec.msgpack.encode(_read() | _store()))
