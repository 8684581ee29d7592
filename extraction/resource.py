"""Resource files of the packages, parsed once per process."""

from __future__ import annotations

from functools import cache
from hashlib import blake2b
from importlib.resources import files
from typing import Any

import msgspec

from extraction.build_cache import read_entry, write_entry

# To be increased with a change in what is stored of a file.
_FORMAT = b"1\0"


@cache
def digest(name: str) -> bytes:
    """Return a digest of the content of a resource file, for results that are kept and depend on it."""
    return blake2b(_source(name), digest_size=16).digest()


@cache
def load(name: str) -> Any:
    """Return the content of a resource file: ``nlp.names`` is ``nlp/resources/names.yaml``.

    Parsed files are kept in the build cache, since a parse takes thirty times as long as reading the result. The
    result is shared, so callers must not modify it. Raises ``FileNotFoundError`` for an unknown name.
    """
    source = _source(name)
    if (stored := read_entry(name, _FORMAT + source)) is not None:
        return msgspec.msgpack.decode(stored)
    content = _parsed(source.decode("utf-8"))
    stored = msgspec.msgpack.encode(content)
    if repr(msgspec.msgpack.decode(stored)) == repr(content):  # dates would become text
        write_entry(name, _FORMAT + source, stored)
    return content


def _source(name: str) -> bytes:
    package, _, file = name.rpartition(".")
    return files(package).joinpath(f"resources/{file}.yaml").read_bytes()


def _parsed(text: str) -> Any:
    import yaml

    return yaml.load(text, Loader=getattr(yaml, "CSafeLoader", yaml.SafeLoader))
