"""Corrections that a person enters: what a field takes, and the names from which it can be chosen."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from rapidfuzz import fuzz, process

from app.labels import concept_in, country_in
from app.requests.decided_fields import corrected_value
from app.requests.written_identifiers import identifier_in, kind_behind, with_kind
from app.requests.written_values import (
    amount_in,
    deadline_in,
    doubtful_day,
    has_data,
    is_inverted,
    is_no_such_day,
    name_in,
    period_in,
    translation_in,
    unknown_role,
)
from extraction.errors import LANGUAGES, RogatioError
from extraction.resource import load
from indexing.search.query_fields import known_values
from nlp.concepts.layer import concept, concepts
from nlp.folding import fold
from nlp.requests.dates.period_lengths import length_of
from nlp.treaties.authorities import known_states

_KEYS = {"measures": "measure", "offences": "concept"}
_PERIODS = frozenset({"answer_period", "preservation_period"})
_STATES = ("requesting_state", "requested_state")
_MIN_SIMILARITY = 75


def check_correction(field: str, value: Any, text: str) -> None:
    """Check that ``text`` is a value of ``field``: the name or code of a State, measure or offence, a day, or a period.

    Raises ``app.unknown_request_value`` with what is nearest, ``app.no_such_request_value`` where nothing is,
    ``app.no_such_party_role``, ``app.no_such_day`` and ``app.period_inverted``.
    """
    if field == "deadlines":
        _check_deadline(text)
    if field in _PERIODS and not length_of(text):
        raise RogatioError("app.unknown_request_value", value=text[:60], near="30 días, 10 working days")
    if field == "facts_period" and not period_in(text):
        raise RogatioError("app.unknown_request_value", value=text[:60], near="2025-03, 2024-11 – 2025-03-15")
    if field in ("facts_period", "measures") and is_inverted(text):
        raise RogatioError("app.period_inverted", value=text[:60])
    if field == "amounts" and not amount_in(text):
        raise RogatioError("app.unknown_request_value", value=text[:60], near="EUR 1200000, USD 2500.50")
    if field == "translation" and not translation_in(text):
        raise RogatioError("app.unknown_request_value", value=text[:60], near="es → pt")
    if field == "persons":
        _check_person(text)
    if field == "identifiers":
        _check_identifier(value, text)
    known = closed_values(field)
    if not known:
        return
    corrected = corrected_value(field, value, text)
    code = corrected.get(_KEYS[field]) if isinstance(corrected, Mapping) else corrected
    if code not in known and str(code)[:2] not in known:
        near = (_with_target(text) if field == "measures" else "") or _nearest(field, name_in(text))
        if not near:
            raise RogatioError("app.no_such_request_value", value=text[:60])
        raise RogatioError("app.unknown_request_value", value=text[:60], near=near)


def _with_target(text: str) -> str:
    """Return the name of a measure with which a text begins, and behind it the rest as its target; ``""`` without."""
    words = text.replace(":", " ").split()
    names = {fold(name): name for name in _names("measures")}
    for count in range(len(words) - 1, 0, -1):
        if named := names.get(fold(" ".join(words[:count]))):
            return f"{named} · {' '.join(words[count:])}"
    return ""


def _names(field: str) -> list[str]:
    """Return the names that a field takes, in every language, with those of the concepts."""
    names = [name for language in LANGUAGES for name in names_of(field, language)]
    if field not in _STATES:
        names += [label.text for code in closed_values(field) if code in concepts() for label in concept(code).labels]
    return names


def _nearest(field: str, text: str) -> str:
    """Return the name of a value that is nearest to ``text``: with all its words, else similar; ``""`` without one."""
    names = _names(field)
    words = set(fold(text).split())
    with_words = [name for name in names if words <= set(fold(name).split())]
    if with_words:
        return min(with_words, key=lambda name: (len(name), name))
    near = process.extractOne(text, names, scorer=fuzz.ratio, score_cutoff=_MIN_SIMILARITY)
    return near[0] if near else ""


def _check_person(text: str) -> None:
    if day := doubtful_day(text):
        if is_no_such_day(day):
            raise RogatioError("app.no_such_day", value=day[:60])
        raise RogatioError("app.unknown_request_value", value=day[:60], near="1966-03-31")
    if role := unknown_role(text):
        raise RogatioError("app.no_such_party_role", value=role[:60])


def _check_deadline(text: str) -> None:
    try:
        deadline_in(text)
    except ValueError as error:
        if is_no_such_day(text):
            raise RogatioError("app.no_such_day", value=name_in(text)[:60]) from error
        near = "2026-03-31 · hearing, audiencia, audience" if has_data(text) else "2026-03-31"
        raise RogatioError("app.unknown_request_value", value=text[:60], near=near) from error


def _check_identifier(value: Mapping[str, Any], text: str) -> None:
    if identifier_in(text, value["kind"]):
        return
    examples: Mapping[str, str] = load("app.request_words")["identifier_examples"]
    kind = kind_behind(text) or value["kind"] or "iban"
    raise RogatioError("app.unknown_request_value", value=text[:60], near=with_kind(examples[kind], kind))


def closed_values(field: str) -> frozenset[str]:
    """Return the codes that a field takes, empty for a field that takes any text."""
    if field in _STATES:
        return known_states()
    if field == "measures":
        return frozenset(load("nlp.treaty_instruments")["measures"])
    return frozenset(known_values("offence")) if field == "offences" else frozenset()


def names_of(field: str, language: str) -> list[str]:
    """Return the names in a language that a field takes, sorted."""
    named = country_in if field in _STATES else concept_in
    return sorted(named(language, code) for code in closed_values(field))
