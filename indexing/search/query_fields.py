"""Names of query fields, operators and values in four languages."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Mapping
from datetime import date
from functools import cache
from itertools import chain
from typing import Any

from babel import Locale
from rapidfuzz import fuzz, process

from extraction.characters import one_line
from extraction.errors import RogatioError
from extraction.resource import load
from indexing.analysis.folding import fold
from indexing.records.validity import read_day, today
from nlp.concepts.layer import concepts

_LOCALES = ("es", "pt", "en", "fr")
_NO_COUNTRY = frozenset({"QO", "XA", "XB", "ZZ"})  # codes of CLDR for no region and for tests of programs
_CLOSED = frozenset({"jurisdiction", "language", "document_type", "concept", "offence"})
_LANGUAGE = re.compile(r"[a-z]{2,3}")  # also a code without a name in the four languages
_ORGANISATION = re.compile(r"[A-Z][A-Z-]{2,}")
_NEAR, _MOST_NEAR = 75, 3
_BETWEEN = re.compile(r"[,;]")  # countries in a list
_YEAR = re.compile(r"\d{4}")
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2})?)?", re.ASCII)


@cache
def _names() -> dict[str, str]:
    return {fold(name): own for name, own in _names_listed("fields")}


def field_name_of(name: str) -> str:
    """Return the field with ``name`` in one of the four languages, ``""`` if there is none."""
    return _names().get(fold(name), "")


@cache
def operators(capitals: bool) -> dict[str, str]:
    """Return the operators (``and``, ``or``, ``not``) by the words for them.

    In a query entirely in ``capitals`` short words of a language are not operators.
    """
    listed = load("indexing.query_fields")
    allowed = listed["operators_in_capitals"] if capitals else None
    words = ((word, own) for own, forms in listed["operators"].items() for word in forms)
    return {word: own for word, own in words if allowed is None or word in allowed}


def is_word_at_edge(kind: str, text: str, place: int, count: int) -> bool:
    """Return whether an operator of one letter is a word, since it stands first or last: ``O réu``, ``anexo E``.

    ``kind`` is the operator, ``place`` its number among the ``count`` parts of the query.
    """
    return kind in ("and", "or") and len(text) == 1 and place in (0, count - 1)


@cache
def _values(field: str) -> dict[str, str]:
    """Return the values of a field by their folded names in the four languages."""
    named: Iterator[tuple[str, str]] = iter(())
    if field == "document_type":
        named = _names_listed("document_types")
    elif field in {"jurisdiction", "language"}:
        named = _from_locales("territories" if field == "jurisdiction" else "languages")
        named = chain(named, _names_listed("countries")) if field == "jurisdiction" else named
    elif field in {"offence", "concept"}:
        entries = (entry for entry in concepts().values() if entry.penal or field == "concept")
        named = ((label.text, entry.id) for entry in entries for label in entry.labels)
    elif field == "in_force":
        named = _names_listed("in_force")
    elif field in {"treaty", "institution"}:
        listed = load("nlp.treaties" if field == "treaty" else "nlp.institutions")
        named = ((name, own) for own, entry in listed.items() for name in _entry_names(own, entry))
    known: dict[str, str] = {}
    for name, own in named:
        known.setdefault(fold(name), own)
    return known


def _names_listed(kind: str) -> Iterator[tuple[str, str]]:
    """Yield (name, field or value) for each name in the resource, including the canonical one."""
    for own, names in load("indexing.query_fields")[kind].items():
        yield from ((name, own) for name in [own, *names])


def _from_locales(kind: str) -> Iterator[tuple[str, str]]:
    for code in _LOCALES:
        for own, name in getattr(Locale(code), kind).items():
            if len(own) == 2 and (kind != "territories" or own not in _NO_COUNTRY):
                yield own, own
                yield name, own


def _entry_names(own: str, entry: dict[str, Any]) -> list[str]:
    return [own, *entry.get("acronyms", ()), *entry.get("names", ())]


def normalised_value(field: str, value: str) -> str:
    """Return the normalised value of a field: ``España`` becomes ``ES``, ``1/3/2015`` an ISO 8601 date.

    Unknown values are returned stripped.
    """
    own = _values(field).get(fold(value.strip()), value.strip())
    return read_day(own) or own if field == "in_force" else own


def names_of_values(field: str) -> Mapping[str, str]:
    """Return the values of a field that has a list of them, by their folded names."""
    return _values(field)


def is_unknown(field: str, value: str) -> bool:
    """Return whether a normalised value cannot occur in a field with a closed list, or is no year.

    Longer codes in capitals are accepted as jurisdictions, since documents of international organisations have their
    own (``INT``), and any code in the form of ISO 639 as language.
    """
    if field == "year":
        return not _YEAR.fullmatch(value)
    is_organisation = field == "jurisdiction" and _ORGANISATION.fullmatch(value) is not None
    is_language = field == "language" and _LANGUAGE.fullmatch(value) is not None
    return field in _CLOSED and not is_organisation and not is_language and value not in _values(field).values()


def check_filters(filters: Mapping[str, Iterable[str]]) -> None:
    """Check the values of filters (names in any language) whose values are known.

    Raises ``indexing.unknown_filter_value`` with the nearest names, ``indexing.no_such_filter_value`` without one.
    """
    for name, values in filters.items():
        field = field_name_of(name)
        for value in values:
            if is_unknown(field, normalised_value(field, value)):
                facts = {"field": name, "value": value[:60]}
                near = process.extract(
                    fold(value), list(_values(field)), scorer=fuzz.ratio, score_cutoff=_NEAR, limit=_MOST_NEAR
                )
                if not near:
                    raise RogatioError("indexing.no_such_filter_value", **facts)
                raise RogatioError("indexing.unknown_filter_value", **facts, near=", ".join(one[0] for one in near))


def known_values(field: str) -> tuple[str, ...]:
    """Return the possible values of a field with a closed list, sorted."""
    return tuple(sorted(set(_values(field).values())))


def listed_countries(values: Iterable[str]) -> tuple[str, ...]:
    """Return the countries of lists separated by commas or semicolons, each once, as ISO 3166 codes.

    A country is given by its code or its name in one of the four languages; an unknown one is returned stripped.
    """
    names = (name for value in values for name in _BETWEEN.split(value) if name.strip())
    return tuple(dict.fromkeys(normalised_value("jurisdiction", name) for name in names))


def known_countries(names: str) -> tuple[str, ...]:
    """Return the countries of a list as ``listed_countries`` does; raises as ``check_filters`` for an unknown one."""
    listed = listed_countries([names])
    check_filters({"country": listed})
    return listed


def _is_date(value: str) -> bool:
    """Return whether ``value`` is a year, a month or a day of the calendar in ISO 8601."""
    if not _DATE.fullmatch(value):
        return False
    try:
        date.fromisoformat(f"{value}-01-01"[:10])
    except ValueError:
        return False
    return True


def known_value(field: str, value: str) -> str:
    """Return the normalised metadata value of a field entered by a person, in one line.

    Raises ``indexing.unknown_value`` for an unknown country or document type, or a date that does not exist, and
    ``indexing.date_in_future`` for a date of a document that is yet to come.
    """
    own = one_line(normalised_value(field, value))
    known = own in _values(field).values() if field in {"jurisdiction", "document_type"} else True
    if own and (not known or (field == "date" and not _is_date(own))):
        raise RogatioError("indexing.unknown_value", field=field, value=value[:80])
    if field == "date" and own > today()[: len(own)]:
        raise RogatioError("indexing.date_in_future", date=own)
    return own
