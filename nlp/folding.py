"""Normalised forms for matching: text folded with the same length, its words, and their stems (Snowball).

``interceptar`` and ``interceptación`` have the same stem.
"""

from __future__ import annotations

import re
import sys
import unicodedata
from bisect import bisect_left
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cache, lru_cache
from threading import local

import numpy as np
import Stemmer

from extraction.build_cache import code_digest
from extraction.resource import digest, load

# From this length in characters, translation with numpy is faster than ``str.translate``.
_LONG = 1_000
_UNACCENTED = str.maketrans("áàâãäéèêëíìîïóòôõöúùûüçñ", "aaaaaeeeeiiiiooooouuuucn")
# The final sign of names of networks (CibEL@, Iber@) belongs to the word.
_WORD = re.compile(r"[\w@\u0300-\u036f]+")
_MARKS = re.compile(r"[\u0300-\u036f]")
_ALGORITHMS = {"es": "spanish", "pt": "portuguese", "en": "english", "fr": "french"}


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


@dataclass(frozen=True, slots=True)
class Words:
    """The folded words of a text and their ranges in code points."""

    forms: list[str]
    bounds: list[tuple[int, int]]

    def __len__(self) -> int:
        return len(self.forms)

    def within(self, start: int, end: int) -> Words:
        """Return the words that begin within a range of the text."""
        first, last = bisect_left(self.bounds, (start,)), bisect_left(self.bounds, (end,))
        return Words(self.forms[first:last], self.bounds[first:last])


def words_of(text: str) -> Words:
    """Return the folded words of ``text``, without combining accents."""
    return folded_words(fold(text))


def folded_words(folded: str) -> Words:
    """Return the words of a folded text."""
    forms = _WORD.findall(folded)
    if _MARKS.search(folded):
        forms = [_MARKS.sub("", form) for form in forms]
    return Words(forms, [match.span() for match in _WORD.finditer(folded)])


def words_of_phrases(phrases: Iterable[str]) -> list[list[str]]:
    """Return the folded words of each phrase, without their ranges; many phrases are folded at once."""
    folded = fold("\n".join(phrase.replace("\n", " ") for phrase in phrases))
    return [_WORD.findall(line) for line in _MARKS.sub("", folded).split("\n")]


@cache
def stems_fingerprint() -> bytes:
    """Return a digest of all that words and stems depend on, for results that are kept."""
    return digest("nlp.stems") + code_digest(__file__) + str(Stemmer.version()).encode()


@lru_cache(maxsize=300_000)
def stem(folded: str, language: str) -> str:
    """Return the folded stem of a folded word; a word of another language, or with a digit, is returned unchanged.

    Accents are restored on endings that the stemmers recognise only with them, since queries are often typed without.
    """
    if language not in _ALGORITHMS or not folded.isalpha():
        return folded
    return fold(str(_stemmer(language).stemWord(_accented(folded, language))))


_of_this_thread = local()


def _stemmer(language: str) -> Stemmer.Stemmer:
    """Return the stemmer of this thread: stemmers have state. Its own cache is off, since ``stem`` has one."""
    stemmer = getattr(_of_this_thread, language, None)
    if stemmer is None:
        stemmer = Stemmer.Stemmer(_ALGORITHMS[language], 0)
        setattr(_of_this_thread, language, stemmer)
    return stemmer


@cache
def function_words(language: str) -> frozenset[str]:
    """Return the folded function words of a language (ISO 639-1)."""
    return frozenset(load("nlp.stems")["function_words"].get(language, ()))


@cache
def plain_stems(language: str) -> frozenset[str]:
    """Return the stems of words common to all queries about offences (``delito``, ``pena``)."""
    return frozenset(stem(word, language) for word in load("nlp.stems")["plain"].get(language, ()))


def content_words(text: str, language: str) -> tuple[str, ...]:
    """Return the folded words of ``text`` without function words, in order."""
    excluded = function_words(language)
    return tuple(form for form in words_of(text).forms if form not in excluded)


def content_stems(text: str, language: str) -> tuple[str, ...]:
    """Return the stems of the words of ``text`` without function words, in order."""
    return tuple(stem(word, language) for word in content_words(text, language))


def _accented(folded: str, language: str) -> str:
    for ending, accented in load("nlp.stems")["endings"][language].items():
        if folded.endswith(ending) and len(folded) > len(ending) + 2:
            return folded.removesuffix(ending) + str(accented)
    return folded
