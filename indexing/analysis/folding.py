"""Folding of case and accents: ``Exportação`` becomes ``exportacao``; ``ñ`` and ``n`` remain distinct."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_TILDE = "\u0303"
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "\u00ad": ""})


@lru_cache(maxsize=500_000)
def fold(word: str) -> str:
    """Return ``word`` in lower case without accents; ``ñ`` is a letter of its own and is kept."""
    lower = word.lower()
    if lower.isascii():
        return lower
    letters: list[str] = []
    for character in unicodedata.normalize("NFD", lower.translate(_LIGATURES)):
        if not unicodedata.combining(character) or (character == _TILDE and letters and letters[-1] == "n"):
            letters.append(character)
    return unicodedata.normalize("NFC", "".join(letters))
