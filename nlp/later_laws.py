"""Laws named in a text that are later than its stated date: the wording is later, too."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load


def names_later_law(text: str, year: int) -> bool:
    """Return whether a text names a law of a year after ``year`` ("Ley N.º 19.172, de 20 de diciembre de 2013")."""
    return any(int(found["year"]) > year for found in _pattern().finditer(text))


@cache
def _pattern() -> regex.Pattern[str]:
    return regex.compile(load("nlp.later_laws")["law_of_year"], regex.IGNORECASE)
