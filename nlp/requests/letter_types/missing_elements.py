"""Letters of a requested State that ask for what an earlier request lacks, in four languages (folded patterns)."""

from __future__ import annotations

from functools import cache

from extraction.resource import load
from nlp.patterns import expanded


@cache
def missing_elements(place: str) -> str:
    """Return the expression of such a letter for a ``place``: its ``title`` line, or a ``statement`` in its words."""
    content = load("nlp.request_missing_elements")
    return expanded(content[place], content["fragments"])
