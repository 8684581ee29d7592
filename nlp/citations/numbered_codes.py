"""Codes whose articles are known by the form of their numbers: ``article 3:8`` in Belgium."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Reading
from nlp.compiled_patterns import compiled


def code_of(item: str, country: str) -> Reading | None:
    """Return the code of a State (ISO 3166 alpha-2) that alone numbers its articles as ``item``, else None.

    Source: the numbering of the codes themselves (``codes_by_number`` in ``resources/pinpoints.yaml``).
    """
    code = next((code for form, code in _forms(country) if form.fullmatch(item)), "")
    return Reading(code, country, "code", score=0.6, rule="number") if code else None


@cache
def _forms(country: str) -> tuple[tuple[regex.Pattern[str], str], ...]:
    listed = load("nlp.pinpoints")["codes_by_number"].get(country, {})
    return tuple((compiled(form), code) for form, code in listed.items())
