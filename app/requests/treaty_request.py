"""Parser of a treaty path request as entered by people and programs."""

from __future__ import annotations

from datetime import date

import pycountry

from extraction.errors import RogatioError
from indexing.search.query_fields import known_value
from nlp.treaties.instruments import measures
from nlp.treaties.path import TreatyRequest


def read_treaty_request(requesting: str, requested: str, day: str, measure: str, offence: str) -> TreatyRequest:
    """Return the request; ``day`` is ISO 8601 (default: today), states are codes or names, or parts of a State.

    Raises ``app.bad_state``, ``app.same_states``, ``app.bad_date``, ``app.argument_missing`` without a measure, or
    ``app.bad_measure``.
    """
    first, second = _state(requesting), _state(requested)
    if first[:2] == second[:2]:
        raise RogatioError("app.same_states")
    if not measure:
        raise RogatioError("app.argument_missing", name="measure")
    if measure not in measures():
        raise RogatioError("app.bad_measure", value=measure[:80], measures=", ".join(measures()))
    return TreatyRequest(first, second, _day(day), measure, offence)


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


def _day(given: str) -> date:
    try:
        return date.fromisoformat(given) if given else date.today()
    except ValueError as error:
        raise RogatioError("app.bad_date", value=given[:80]) from error
