"""What is given to the REST API: arguments of the address and bodies of JSON, read or refused."""

from __future__ import annotations

from typing import TypeVar

import msgspec
from flask import request

from extraction.errors import RogatioError

Body = TypeVar("Body")


def number(name: str, usual: int, least: int, most: int) -> int:
    """Return the whole number of an argument, ``usual`` without one; raises ``app.bad_parameter`` out of bounds."""
    given = request.args.get(name)
    if given is None:
        return usual
    try:
        found = int(given)
    except ValueError as error:
        raise RogatioError("app.bad_parameter", name=name) from error
    if not least <= found <= most:
        raise RogatioError("app.bad_parameter", name=name)
    return found


def one_of(name: str, known: tuple[str, ...], usual: str) -> str:
    """Return an argument that is one of ``known``; ``app.bad_parameter`` for any other."""
    given = request.args.get(name, usual)
    if given not in known:
        raise RogatioError("app.bad_parameter", name=name)
    return given


def body(kind: type[Body]) -> Body:
    """Read the JSON of the request as a ``kind``; ``app.bad_request`` where it is none."""
    try:
        return msgspec.json.decode(request.get_data(), type=kind)
    except msgspec.DecodeError as error:
        raise RogatioError("app.bad_request") from error
