"""Folding of case and accents: ``Exportação`` becomes ``exportacao``; ``ñ`` and ``n`` stay apart."""

from __future__ import annotations

import unicodedata
from functools import lru_cache

_TILDE = "\u0303"
_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "ł": "l", "\u00ad": ""})


@lru_cache(maxsize=500_000)
def fold(word: str) -> str:
    """Return ``word`` in lower case without accents; the tilde of ``ñ`` is a letter of its own and stays."""
    lower = word.lower()
    if lower.isascii():
        return lower
    kept: list[str] = []
    for character in unicodedata.normalize("NFD", lower.translate(_LIGATURES)):
        if not unicodedata.combining(character) or (character == _TILDE and kept and kept[-1] == "n"):
            kept.append(character)
    return unicodedata.normalize("NFC", "".join(kept))


def other_tilde(word: str) -> tuple[str, ...]:
    """Return folded ``word`` with each ``ñ`` for ``n`` and ``n`` for ``ñ``, one at a time (``espana``: ``españa``)."""
    swap = {"n": "ñ", "ñ": "n"}
    return tuple(word[:at] + swap[letter] + word[at + 1 :] for at, letter in enumerate(word) if letter in swap)
