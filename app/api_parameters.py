"""Bodies of the REST API, decoded and validated, and the format of its times."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from itertools import chain
from typing import Any, TypeVar

import msgspec
import regex
from flask import request

from extraction.errors import RogatioError
from indexing.store.database import utc
from indexing.store.schema import MAX_NUMBER

Body = TypeVar("Body")

_PLACE = regex.compile(r"at `(?:key in )?\$(?P<path>[^`]*)`")
_LACKING = regex.compile(r"required field `(?P<name>[^`]*)`")


def body(kind: type[Body]) -> Body:
    """Decode the JSON of the request as ``kind``.

    Raises ``app.bad_body`` with the path of the first invalid value, or of the first property that ``kind`` lacks: a
    misspelt one would otherwise be ignored.
    """
    given = request.get_data()
    if b"\\u0000" in given:  # databases reject the character NUL
        raise RogatioError("app.bad_body", place="\\u0000")
    try:
        decoded = _decoder.decode(given)
        read = msgspec.convert(decoded, kind)
    except UnicodeDecodeError as error:
        raise RogatioError("app.bad_body", place="UTF-8") from error
    except (msgspec.DecodeError, RecursionError) as error:
        raise RogatioError("app.bad_body", place=_place(str(error))) from error
    if unknown := next(_unknown(decoded, msgspec.to_builtins(read)), ""):
        raise RogatioError("app.bad_body", place=unknown[:80])
    return read


def _unknown(given: Any, read: Any) -> Iterator[str]:
    """Yield the paths of the properties of ``given`` that are not in what was ``read`` of it."""
    if isinstance(given, dict) and isinstance(read, dict):
        for name, part in given.items():
            if name in read:
                yield from (f"{name}.{path}" for path in _unknown(part, read[name]))
            else:
                yield name
    elif isinstance(given, list) and isinstance(read, list):
        yield from chain.from_iterable(map(_unknown, given, read))


def _number(written: str) -> int | float:
    """Return a number with an integral value as an integer, as JSON Schema does, whatever its notation."""
    found = float(written)
    return int(found) if found.is_integer() and abs(found) <= MAX_NUMBER else found


_decoder = msgspec.json.Decoder(float_hook=_number)


def _place(message: str) -> str:
    """Return the path in msgspec's message, such as ``verdict`` or ``question.most``; ``JSON`` for the root."""
    path, lacking = _PLACE.search(message), _LACKING.search(message)
    steps = (path["path"].lstrip(".") if path else "", lacking["name"] if lacking else "")
    return ".".join(filter(None, steps)) or "JSON"


def iso_time(value: datetime) -> str:
    """Return a time of the store in ISO 8601."""
    return utc(value).isoformat()
