"""Comparison of two words of names: the same name in different spellings (``resources/name_spelling.yaml``)."""

from __future__ import annotations

from collections.abc import Mapping
from enum import IntEnum
from functools import cache, lru_cache
from typing import Any

import regex
from anyascii import anyascii
from rapidfuzz.distance import OSA

from extraction.resource import load
from nlp.folding import fold
from nlp.matching.rarity import is_given_name, is_listed

_MIN_TYPO_LENGTH = 4
"""Shorter words that differ by a letter are other names (Ana, Ada)."""
_MAX_SHORTENED_LENGTH = 3
_MIN_JOINED_LENGTH = 3
_TWO_SLIPS = 8
"""From this length on a word may have two slips."""
_LATIN = regex.compile(r"[\p{Latin}\P{L}]*")
_UNDIVIDED = regex.compile("[øØæÆœŒłŁđĐðÐþÞıħĦßẞ]")
"""Letters that are no letter with a mark, so that they do not lose it."""
_MARKS = regex.compile(r"\p{M}+")


class Likeness(IntEnum):
    """Relation of two words: different names, an initial, a typing or reading error, a spelling."""

    NONE = 0
    INITIAL = 1
    TYPO = 2
    SPELLING = 3
    EQUAL = 4


def latin(text: str) -> str:
    """Return a text in Latin letters; other scripts are transliterated."""
    written = _UNDIVIDED.sub(lambda letter: anyascii(letter[0]), text.replace("ª", "a").replace("º", "o"))
    return written if _LATIN.fullmatch(written) else anyascii(written)


def plain(text: str) -> str:
    """Return a text in folded Latin letters without accents."""
    return _MARKS.sub("", fold(latin(text)))


def repaired(text: str) -> str:
    """Return a name with digits and bars among letters replaced by the letters they resemble."""
    digits: Mapping[str, str] = load("nlp.name_spelling")["digits_in_words"]
    return " ".join(_with_letters(word, digits) if any(map(str.isalpha, word)) else word for word in text.split())


def _with_letters(word: str, digits: Mapping[str, str]) -> str:
    letters = "".join(digits.get(sign, sign) for sign in word)
    return letters.upper() if word.upper() == word else letters


@lru_cache(maxsize=65_536)
def likeness(left: str, right: str) -> Likeness:
    """Compare two folded words of names.

    A slip counts only where at most one of the words is a name that is known: Mario and María are two names.
    """
    if left == right:
        return Likeness.EQUAL
    if 1 in (len(left), len(right)):
        return Likeness.INITIAL if left[0] == right[0] else Likeness.NONE
    left, right = _written_out(left), _written_out(right)
    if left == right or _is_same_name(left, right):
        return Likeness.SPELLING
    if _shortens(left, right) or _shortens(right, left):
        return Likeness.INITIAL
    if (
        skeleton(left) == skeleton(right)
        or _read_alike(left, right)
        or (_may_be_slip(left, right) and _is_slip(left, right))
    ):
        return Likeness.TYPO
    return Likeness.NONE


def _may_be_slip(left: str, right: str) -> bool:
    """Return whether one word is no known name, or both are surnames of which one may have lost its last letter."""
    if not (is_listed(left) and is_listed(right)):
        return True
    short, long = sorted((left, right), key=len)
    return long == short + "s" and not is_given_name(left) and not is_given_name(right)


def spelling_keys(word: str) -> frozenset[str]:
    """Return forms of a folded word of which another writing of the same name has at least one."""
    if len(word) == 1:
        return frozenset((word,))
    written = _written_out(word)
    names = (written, *load("nlp.name_spelling")["short_forms"].get(written, ()))
    return frozenset(form for name in names for form in (skeleton(name), *(f"={number}" for number in _groups(name))))


def _shortens(short: str, name: str) -> bool:
    """Return whether letters abbreviate a longer listed name, in order and from its first letter on: ``fdo``."""
    letters = iter(name)
    few = len(short) <= _MAX_SHORTENED_LENGTH and len(short) < len(name) - 1 and short[0] == name[0]
    return few and is_listed(name) and not is_listed(short) and all(letter in letters for letter in short)


def _written_out(word: str) -> str:
    written: str = load("nlp.name_spelling")["abbreviations"].get(word, word)
    return written


def _is_same_name(left: str, right: str) -> bool:
    data: Mapping[str, Any] = load("nlp.name_spelling")
    short = data["short_forms"]
    called = right in short.get(left, ()) or left in short.get(right, ())
    return called or bool(_groups(left) & _groups(right)) or _is_joined(left, right) or _is_joined(right, left)


def _groups(word: str) -> frozenset[int]:
    return _by_name().get(word, frozenset())


@cache
def _by_name() -> Mapping[str, frozenset[int]]:
    found: dict[str, set[int]] = {}
    for number, names in enumerate(load("nlp.name_spelling")["same_names"]):
        for name in names:
            found.setdefault(name, set()).add(number)
    return {name: frozenset(numbers) for name, numbers in found.items()}


def _is_joined(long: str, short: str) -> bool:
    """Return whether a word is the other with a particle joined to it: ``dellavalle`` and ``valle``."""
    particle = long.removesuffix(short)
    return particle != long and len(short) >= _MIN_JOINED_LENGTH and particle in load("nlp.name_spelling")["joined"]


@lru_cache(maxsize=65_536)
def skeleton(word: str) -> str:
    """Return the common skeleton of the transcriptions of a word."""
    for pattern, replacement in _rewritten():
        word = pattern.sub(replacement, word)
    return word


@cache
def _rewritten() -> tuple[tuple[regex.Pattern[str], str], ...]:
    return tuple((regex.compile(pattern), to) for pattern, to in load("nlp.name_spelling")["rewritten"])


def _read_alike(left: str, right: str) -> bool:
    """Return whether the words differ by one confusion of OCR (``rn`` and ``m``)."""
    if abs(len(left) - len(right)) > 1:
        return False
    return any(
        left.replace(sign, other, 1) == right or right.replace(sign, other, 1) == left
        for sign, other in load("nlp.name_spelling")["ocr"]
        if sign in left or sign in right
    )


def _is_slip(left: str, right: str) -> bool:
    shortest = min(len(left), len(right))
    slips = 0 if shortest < _MIN_TYPO_LENGTH else 2 if shortest >= _TWO_SLIPS else 1
    return OSA.distance(left, right, score_cutoff=slips) <= slips and slips > 0
