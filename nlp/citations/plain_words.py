"""Words in capitals, as in a heading, which look like the abbreviation of a law: ``DE LA SOCIEDAD arts. 286 a 316``."""

from __future__ import annotations

from collections.abc import Iterable

import regex

from nlp.citations.back_references import BackReference
from nlp.folding import unaccented

_CAPITALS = regex.compile(r"[A-Z]{4,}")
_SMALL = regex.compile(r"(?<=[\s(«“\"'’])\p{Ll}{4,10}(?=[\s,.;:)»”\"'’])")


def without_words(text: str, names: Iterable[BackReference]) -> list[BackReference]:
    """Return ``names`` of laws without those in capitals that the text also writes in small letters."""
    found = list(names)
    doubtful = [name for name in found if name.noun == "named" and _CAPITALS.fullmatch(name.name)]
    small = {unaccented(word) for word in _SMALL.findall(text)} if doubtful else set()
    words = {name.name for name in doubtful if name.name.lower() in small}
    return [name for name in found if name.name not in words]
