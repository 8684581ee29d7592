"""Query fields, operators and values in four languages."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache
from typing import Any

from babel import Locale

from extraction.errors import RogatioError
from extraction.resource import load
from indexing.analysis.folding import fold
from indexing.records.validity import read_day
from nlp.concepts.layer import concepts

_LOCALES = ("es", "pt", "en", "fr")
_DATE = re.compile(r"\d{4}(-(0[1-9]|1[0-2])(-(0[1-9]|[12]\d|3[01]))?)?")


@cache
def _names() -> dict[str, str]:
    return {fold(name): own for name, own in _written("fields")}


def field_named(name: str) -> str:
    """Return the field that ``name`` means in one of the four languages, empty where there is none."""
    return _names().get(fold(name), "")


@cache
def operators(capitals: bool) -> dict[str, str]:
    """Return ``and``, ``or`` and ``not`` by the words that are written for them.

    In a query all in ``capitals`` the short words of a language are words, not operators.
    """
    listed = load("indexing.query_fields")
    allowed = listed["operators_in_capitals"] if capitals else None
    words = ((word, own) for own, written in listed["operators"].items() for word in written)
    return {word: own for word, own in words if allowed is None or word in allowed}


@cache
def _values(field: str) -> dict[str, str]:
    """Return a field's own values by their folded names in the four languages."""
    named: Iterator[tuple[str, str]] = iter(())
    if field == "document_type":
        named = _written("document_types")
    elif field in {"jurisdiction", "language"}:
        named = _from_locales("territories" if field == "jurisdiction" else "languages")
    elif field in {"offence", "concept"}:
        known_ones = (one for one in concepts().values() if one.penal or field == "concept")
        named = ((label.text, one.id) for one in known_ones for label in one.labels)
    elif field == "in_force":
        named = _written("in_force")
    elif field in {"treaty", "institution"}:
        listed = load("nlp.treaties" if field == "treaty" else "nlp.institutions")
        named = ((name, own) for own, one in listed.items() for name in _listed(own, one))
    known: dict[str, str] = {}
    for name, own in named:
        known.setdefault(fold(name), own)
    return known


def _written(kind: str) -> Iterator[tuple[str, str]]:
    """Yield each name of a field or value and what it stands for; the own name is one of its names."""
    for own, names in load("indexing.query_fields")[kind].items():
        yield from ((name, own) for name in [own, *names])


def _from_locales(kind: str) -> Iterator[tuple[str, str]]:
    for code in _LOCALES:
        for own, name in getattr(Locale(code), kind).items():
            if len(own) == 2:
                yield own, own
                yield name, own


def _listed(own: str, entry: dict[str, Any]) -> list[str]:
    return [own, *entry.get("acronyms", ()), *entry.get("names", ())]


def value_named(field: str, value: str) -> str:
    """Return the value as the field keeps it: ``España`` is ``ES``, ``1/3/2015`` the day in ISO 8601.

    An unknown value is returned as it is.
    """
    own = _values(field).get(fold(value.strip()), value.strip())
    return read_day(own) or own if field == "in_force" else own


def names_of_values(field: str) -> Mapping[str, str]:
    """Return the values of a field that has a list of them, by their folded names."""
    return _values(field)


def known_values(field: str) -> tuple[str, ...]:
    """Return the values that a field with a list of them keeps, in their order."""
    return tuple(sorted(set(_values(field).values())))


def countries_named(written: str) -> tuple[str, ...]:
    """Return the ISO 3166 codes of countries between commas, named or by code, each once; raises as ``known_value``."""
    return tuple(dict.fromkeys(known_value("jurisdiction", one) for one in written.split(",") if one.strip()))


def known_value(field: str, value: str) -> str:
    """Return what a person said of a document as its field keeps it; fields without a list keep any value.

    Raises ``indexing.unknown_value`` for a country, type or date that is none.
    """
    own = value_named(field, value)
    known = own in _values(field).values() if field in {"jurisdiction", "document_type"} else True
    if own and (not known or (field == "date" and not _DATE.fullmatch(own))):
        raise RogatioError("indexing.unknown_value", field=field, value=value[:80])
    return own
