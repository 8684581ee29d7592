"""Elided articles in French words read by OCR, which takes ``l’`` before a vowel for ``V``: ``VArtaud``, ``Vacte``.

No French word has a capital V before another capital and small letters. Before a small letter, another elided word with
the same rest must be on the page, as ``d’acte`` is.
"""

from __future__ import annotations

import re
from collections.abc import Sequence

_VOWELS = "aàâeéèêiîoôuûhy"
_CAPITAL = re.compile(rf"(?P<before>\W*)V(?P<rest>[{_VOWELS.upper().replace('I', '')}][a-zà-ÿ]{{2}}.*)")
_SMALL = re.compile(rf"(?P<before>\W*)V(?P<rest>[{_VOWELS}][a-zà-ÿ]{{2,}}\W*)")
_ELIDED = re.compile(r"\W*(?:[cdjlmnst]|qu)['’](?P<rest>\w{3,})\W*", re.IGNORECASE)
_APOSTROPHE = "’"


def with_elisions(words: Sequence[str], language: str) -> list[str]:
    """Return the words of a page in ``language`` (ISO 639-1) with ``l’`` where a French page has ``V`` for it."""
    if language != "fr":
        return list(words)
    rests = {match["rest"].casefold() for word in words if (match := _ELIDED.fullmatch(word))}
    return [_corrected(word, rests) for word in words]


def _corrected(word: str, rests: set[str]) -> str:
    match = _CAPITAL.fullmatch(word)
    if match is None and (found := _SMALL.fullmatch(word)) and found["rest"].rstrip(" .,;:!?)»").casefold() in rests:
        match = found
    return f"{match['before']}l{_APOSTROPHE}{match['rest']}" if match else word
