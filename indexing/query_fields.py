"""Names of query fields, operators and values in the four languages, from ``resources/query_fields.yaml``."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from typing import Any

import yaml
from babel import Locale

from indexing.folding import fold

_LOCALES = ("es", "pt", "en", "fr")


@cache
def _resource() -> dict[str, Any]:
    text = files("indexing").joinpath("resources/query_fields.yaml").read_text(encoding="utf-8")
    resource: dict[str, Any] = yaml.safe_load(text)
    return resource


@cache
def _names() -> dict[str, str]:
    return {fold(name): own for own, names in _resource()["fields"].items() for name in [own, *names]}


def field_named(name: str) -> str:
    """Return the field that ``name`` means in one of the four languages, empty where there is none."""
    return _names().get(fold(name), "")


@cache
def operators(capitals: bool) -> dict[str, str]:
    """Return ``and``, ``or`` and ``not`` by the words that are written for them.

    In a query all in ``capitals`` the short words of a language are words, not operators.
    """
    allowed = _resource()["operators_in_capitals"] if capitals else None
    words = ((word, own) for own, written in _resource()["operators"].items() for word in written)
    return {word: own for word, own in words if allowed is None or word in allowed}


@cache
def _values(field: str) -> dict[str, str]:
    known: dict[str, str] = {}
    if field == "document_type":
        known = {fold(name): own for own, names in _resource()["document_types"].items() for name in [own, *names]}
    if field in {"jurisdiction", "language"}:
        for code in _LOCALES:
            locale = Locale(code)
            named = locale.territories if field == "jurisdiction" else locale.languages
            for own, name in named.items():
                if len(own) == 2:
                    known[fold(name)] = known[fold(own)] = own
    return known


def value_named(field: str, value: str) -> str:
    """Return the value as the field keeps it: ``España`` is ``ES``; an unknown value is returned as it is."""
    return _values(field).get(fold(value.strip()), value.strip())
