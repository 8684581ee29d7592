"""Parser of a treaty path request as entered by people and programs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache
from itertools import chain

import pycountry

from app.i18n import OWN_NAMES
from app.labels import concept_in
from extraction.errors import RogatioError
from extraction.resource import load
from indexing.analysis.folding import fold
from indexing.search.query_fields import known_value
from nlp.concepts.abbreviations import spelled_out
from nlp.concepts.layer import concepts
from nlp.concepts.query import concepts_of_query
from nlp.treaties.instruments import measures
from nlp.treaties.offences import SURE
from nlp.treaties.path import TreatyRequest


def read_treaty_request(requesting: str, requested: str, day: str, measure: str, offence: str) -> TreatyRequest:
    """Return the request; ``day`` is ISO 8601 (default: today), states are codes or names, or parts of a State.

    ``measure`` is the id of its concept or one of its names in any of the languages. Raises ``app.bad_state``,
    ``app.same_states``, ``app.bad_date``, ``app.argument_missing`` without a measure, or ``app.bad_measure``.
    """
    first, second = _state(requesting), _state(requested)
    if first[:2] == second[:2]:
        raise RogatioError("app.same_states")
    if not measure:
        raise RogatioError("app.argument_missing", name="measure")
    return TreatyRequest(first, second, _day(day), _measure(measure), offence)


def _state(given: str) -> str:
    if "-" in given and any(part.code == given.upper() for part in pycountry.subdivisions):
        return given.upper()
    try:
        code = known_value("jurisdiction", given)
    except RogatioError as error:
        raise RogatioError("app.bad_state", value=given[:80]) from error
    if pycountry.countries.get(alpha_2=code) is None:
        raise RogatioError("app.bad_state", value=given[:80])
    return code


def _measure(given: str) -> str:
    named = given if given in measures() else _measure_names().get(fold(given.strip()), "") or _recognised(given)
    if not named:
        raise RogatioError("app.bad_measure", value=given[:80], measures=_listed)
    return named


def _listed(language: str) -> str:
    """Return the measures by the names that pages show in a language, in alphabetical order."""
    return "; ".join(sorted((concept_in(language, measure) for measure in measures()), key=fold))


@cache
def _measure_names() -> Mapping[str, str]:
    """Return the measures by their folded names: those that pages show first, then those of laws and short ones."""
    shown = ((concept_in(variety, measure), measure) for measure in measures() for variety in OWN_NAMES)
    labels = ((label.text, measure) for measure in measures() for label in concepts()[measure].labels)
    names: dict[str, str] = {}
    short = ((name, measure) for measure, listed in load("app.treaty_path")["measures"].items() for name in listed)
    for name, measure in chain(shown, labels, short):
        names.setdefault(fold(name), measure)
    return names


def _recognised(given: str) -> str:
    """Return the measure that words are surely about, empty if none is."""
    named = (match for match in concepts_of_query(spelled_out(given), "", 5) if match.concept in measures())
    return next((match.concept for match in named if match.score >= SURE), "")


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given) if given else date.today()
    except ValueError as error:
        raise RogatioError("app.bad_date", value=given[:80]) from error
