"""Length-preserving folding of case and accents for matching."""

from __future__ import annotations

import sys
import unicodedata
from collections.abc import Mapping
from functools import cache

import numpy as np

# From this length in characters, translation with numpy is faster than ``str.translate``.
_LONG = 1_000
_UNACCENTED = str.maketrans("áàâãäéèêëíìîïóòôõöúùûüçñ", "aaaaaeeeeiiiiooooouuuucn")


class Translation:
    """Translation table that replaces single characters; the length of the text is unchanged."""

    def __init__(self, replaced: Mapping[str, str]) -> None:
        self._table = str.maketrans(dict(replaced))
        # The last entry stands for all code points beyond the table, which remain unchanged.
        self._codes = np.arange(max(self._table) + 2, dtype=np.uint32)
        for character, other in replaced.items():
            self._codes[ord(character)] = ord(other)

    def __call__(self, text: str) -> str:
        if len(text) < _LONG or text.isascii():
            return text.translate(self._table)
        codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
        known = self._codes.take(codes, mode="clip")
        last = len(self._codes) - 1
        if int(codes.max()) > last:
            known = np.where(codes > last, codes, known)
        return known.astype("<u4", copy=False).tobytes().decode("utf-32-le", "surrogatepass")


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
def _folding() -> Translation:
    ranges = (range(0x80), range(0xA0, 0x250), range(0x1E00, 0x1F00), range(0x2000, 0x2070), [0x2212, 0x3000])
    codes = [code for part in ranges for code in part if code <= sys.maxunicode]
    return Translation({chr(code): folded for code in codes if (folded := _base(chr(code))) != chr(code)})


def fold(text: str) -> str:
    """Return ``text`` in lower case without accents, with the same length (``ñ`` -> ``n``, ``’`` -> ``'``)."""
    return _folding()(text)


_PLAIN = Translation(
    {
        **dict.fromkeys("\u00a0\u2002\u2003\u2007\u2009\u200a\u202f\t\r\u00ad\u200b\ufeff*", " "),
        **dict.fromkeys("\u2010\u2011\u2012\u2212\ufe63\uff0d", "-"),
        **dict.fromkeys("\u2044\u2215", "/"),
        **dict.fromkeys("\u0027\u2018\u02bc\u00b4", "\u2019"),
        "\u02da": "\u00b0",
    }
)


def plain(text: str) -> str:
    """Return ``text`` with normalised spaces, dashes, slashes and apostrophes, with the same length."""
    return _PLAIN(text)


def unaccented(text: str) -> str:
    """Return ``text`` in lower case without the accents of the four languages."""
    return text.lower().translate(_UNACCENTED)
