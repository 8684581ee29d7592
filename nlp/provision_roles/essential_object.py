"""Whether a provision names the object without which it is no offence of a kind.

A country without a law on bribery of foreign officials has one on bribery, which resembles it most; that law does not
name another State. The words are in ``resources/essential_objects.yaml``.
"""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold


def names_object(concept_id: str, text: str, language: str) -> bool:
    """Return whether ``text`` (a provision with its headings and the title of its law) names a concept's object.

    True for a concept or a language without listed words.
    """
    pattern = _pattern(concept_id, language)
    return pattern is None or pattern.search(fold(text)) is not None


@cache
def _pattern(concept_id: str, language: str) -> regex.Pattern[str] | None:
    listed = load("nlp.essential_objects").get(concept_id, {}).get(language, "")
    return regex.compile(rf"\b(?:{listed})") if listed else None
