"""Checks of requests of the REST API before their views: arguments, fields of forms, and media types of bodies."""

from __future__ import annotations

import functools
from collections.abc import Callable, Collection, Iterable
from typing import Any, Protocol, TypeAlias

from flask import request
from flask.typing import ResponseReturnValue

from extraction.errors import RogatioError

View: TypeAlias = Callable[..., ResponseReturnValue]


class Checked(Protocol):
    """A parameter whose value is checked when it is read."""

    @property
    def name(self) -> str:
        """Return the name of the parameter."""

    def value(self) -> object:
        """Return the value of this request; raises ``app.bad_parameter``."""


LANGUAGE_ARGUMENT = "ui"
"""The argument that every address takes: the language of its messages (see ``app/i18n.py``)."""


def of_known_arguments(view: View, names: Iterable[str]) -> View:
    """Return a view that refuses arguments other than ``names`` (``app.unknown_parameter``).

    A misspelt filter or limit would otherwise be ignored, and the answer would have more than was asked for.
    """
    known = (*names, LANGUAGE_ARGUMENT)
    return _checked(view, lambda: _refuse_unknown(request.args, known))


def of_single_arguments(view: View, names: Collection[str]) -> View:
    """Return a view that refuses several values of one of ``names`` (``app.repeated_parameter``).

    All but one of them would otherwise be ignored.
    """
    return _checked(view, lambda: _refuse_repeated(names))


def of_known_fields(view: View, names: Collection[str]) -> View:
    """Return a view that refuses fields and files of a form other than ``names`` (``app.unknown_parameter``)."""
    return _checked(view, lambda: _refuse_unknown((*request.form, *request.files), names))


def of_no_body(view: View) -> View:
    """Return a view that refuses a body with content (``app.bad_body``): it would be ignored."""
    return _checked(view, _refuse_body)


def of_known_values(view: View, parameters: Iterable[Checked]) -> View:
    """Return a view that refuses values that its parameters do not take, also of those that it does not read."""
    checked = tuple(parameters)
    return _checked(view, lambda: _read(checked))


def of_media_types(view: View, accepted: Collection[str]) -> View:
    """Return a view that refuses bodies of media types other than ``accepted`` (``app.unexpected_media_type``)."""
    return _checked(view, lambda: _refuse_others(accepted))


def _checked(view: View, check: Callable[[], None]) -> View:
    @functools.wraps(view)
    def checked(*arguments: Any, **named: Any) -> ResponseReturnValue:
        check()
        return view(*arguments, **named)

    return checked


def _refuse_body() -> None:
    if request.get_data().strip() not in (b"", b"{}", b"null"):
        raise RogatioError("app.bad_body", place="JSON")


def _read(parameters: Iterable[Checked]) -> None:
    for parameter in parameters:
        if parameter.name in request.args:
            parameter.value()


def _refuse_unknown(given: Iterable[str], known: Collection[str]) -> None:
    if unknown := [name for name in given if name not in known]:
        raise RogatioError("app.unknown_parameter", names=", ".join(unknown)[:80], known=", ".join(known))


def _refuse_repeated(names: Iterable[str]) -> None:
    for name in names:
        if len(request.args.getlist(name)) > 1:
            raise RogatioError("app.repeated_parameter", name=name)


def _refuse_others(accepted: Collection[str]) -> None:
    if request.mimetype not in accepted:
        raise RogatioError("app.unexpected_media_type", accepted=", ".join(accepted))
