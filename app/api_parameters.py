"""Bodies of the REST API: read, validated or refused; and the form of its times."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TypeVar

import msgspec
import regex
from flask import request

from extraction.errors import RogatioError
from indexing.store.schema import MOST_NUMBER

Body = TypeVar("Body")

_PLACE = regex.compile(r"at `(?:key in )?\$(?P<path>[^`]*)`")
_LACKING = regex.compile(r"required field `(?P<name>[^`]*)`")


def body(kind: type[Body]) -> Body:
    """Read the JSON of the request as a ``kind``; ``app.bad_body`` where it is none, with the place that is not."""
    given = request.get_data()
    if b"\\u0000" in given:  # no text has the character NUL, and databases refuse it
        raise RogatioError("app.bad_body", place="\\u0000")
    try:
        return msgspec.convert(_decoder.decode(given), kind)
    except (msgspec.DecodeError, RecursionError) as error:
        raise RogatioError("app.bad_body", place=_place(str(error))) from error


def _number(written: str) -> int | float:
    """Return a number without a fraction as the whole number that it is in JSON Schema, however it is written."""
    found = float(written)
    return int(found) if found.is_integer() and abs(found) <= MOST_NUMBER else found


_decoder = msgspec.json.Decoder(float_hook=_number)


def _place(message: str) -> str:
    """Return where msgspec found what it did not expect: ``verdict``, ``question.most``; ``JSON`` for the whole."""
    path, lacking = _PLACE.search(message), _LACKING.search(message)
    steps = (path["path"].lstrip(".") if path else "", lacking["name"] if lacking else "")
    return ".".join(filter(None, steps)) or "JSON"


def iso_time(value: datetime) -> str:
    """Return a time of the store as ISO 8601; SQLite returns times without their zone, which is UTC."""
    return (value if value.tzinfo else value.replace(tzinfo=UTC)).isoformat()
