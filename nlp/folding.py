"""Folding for matching: case and accents go, the length stays, so that offsets need no map."""

from __future__ import annotations

import sys
import unicodedata
from functools import cache


def _base(character: str) -> str:
    if character in "‘’ʼ´`":
        return "'"
    if character in "‐‑‒–—−":
        return "-"
    if character.isspace():
        return "\n" if character == "\n" else " "
    bare = "".join(part for part in unicodedata.normalize("NFD", character) if not unicodedata.combining(part))
    folded = bare.lower()
    return folded if len(folded) == 1 else character


@cache
def _table() -> dict[int, str]:
    ranges = (range(0x80), range(0xA0, 0x250), range(0x1E00, 0x1F00), range(0x2000, 0x2070), [0x2212, 0x3000])
    codes = [code for part in ranges for code in part if code <= sys.maxunicode]
    return {code: folded for code in codes if (folded := _base(chr(code))) != chr(code)}


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, of the same length (``ñ`` -> ``n``, ``’`` -> ``'``)."""
    return text.translate(_table())
