"""Codes whose articles are known by the form of their numbers: ``article 3:8`` in Belgium."""

from __future__ import annotations

from collections.abc import Iterable
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Reading
from nlp.compiled_patterns import compiled

_CODIFIED = compiled(r"art-[lrd]o?(?P<figures>\d+)-\d")


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


def is_codified(item: str) -> bool:
    """Return whether an article has the letter of the part of a code: ``art-l2413-1``."""
    return _CODIFIED.match(item) is not None


def codes_with(item: str, cited: Iterable[tuple[str, str]]) -> frozenset[str]:
    """Return the codes among those ``cited``, each with an article or ``""``, that may have the article ``item``.

    They are those with articles of as many figures behind the letter, else the only one of which no article was cited.
    """
    laws = list(cited)
    alike = frozenset(law for law, article in laws if _shape(article) == _shape(item))
    others = frozenset({law for law, _ in laws} - {law for law, article in laws if article})
    return alike or (others if len(others) == 1 else frozenset())


def _shape(item: str) -> int:
    match = _CODIFIED.match(item)
    return len(match["figures"]) if match else 0
