"""Whether the text of a page can be what it shows: unmapped characters, wrong codes, scattered letters."""

from __future__ import annotations

import re
from collections import Counter
from enum import StrEnum
from functools import cache

import numpy as np
from numpy.typing import NDArray

MAX_UNREADABLE_SHARE = 0.02  # of the characters
MIN_ALPHANUMERIC = 0.4  # of the characters
MIN_WORDS = 30
MAX_SINGLE_LETTERS = 0.25  # of the words; in normal text "a", "e", "o", "y", "à" are an eighth at most
MIN_LETTERS = 200
SAMPLE = 2000  # characters in which the letters are counted
VOWELS = (0.2, 0.65)  # share of letters: Spanish, Portuguese, English and French lie between 0.36 and 0.50

_UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]")
_UNMAPPED = re.compile(r"\(cid:\d+\)")
_VOWEL_LETTERS = frozenset("aeiouyáéíóúàèìòùâêîôûãõäëïöüœæå")
_FEW_CODES = 0x3000  # characters below this are counted by their codes
_RULES = frozenset(" .-_")  # leaders and lines to fill in may cover a page


def unreadable_share(text: str) -> float:
    """Return the share of the non-blank characters that are unmapped or unprintable, from 0 to 1."""
    length = len(text) - text.count(" ")
    # printable text has no control or private use characters
    unreadable = text.count("\ufffd") if text.isprintable() else len(_UNREADABLE.findall(text))
    unmapped = len(_UNMAPPED.findall(text)) if "(cid:" in text else 0
    return (unreadable + unmapped) / length if length else 0.0


def is_doubtful(text: str) -> bool:
    """Return whether too many characters are unreadable or the letters cannot be of a European language."""
    sample = text[:SAMPLE]
    counts = _character_counts(sample.lower())
    shown = counts[Kind.SHOWN]
    has_enough_letters = counts[Kind.ALPHANUMERIC] >= MIN_ALPHANUMERIC * shown
    if unreadable_share(text) > MAX_UNREADABLE_SHARE or not has_enough_letters or _is_scattered(sample):
        return True
    letters = counts[Kind.LATIN]
    return letters >= MIN_LETTERS and not VOWELS[0] <= counts[Kind.VOWEL] / letters <= VOWELS[1]


class Kind(StrEnum):
    """Kinds of characters that are counted; one may be of several."""

    SHOWN = "shown"
    ALPHANUMERIC = "alphanumeric"
    LATIN = "latin"
    VOWEL = "vowel"


def _is_of(kind: Kind, character: str) -> bool:
    match kind:
        case Kind.SHOWN:
            return character not in _RULES
        case Kind.ALPHANUMERIC:
            return character.isalnum()
        case Kind.LATIN:
            return "a" <= character <= "z" or "\u00df" <= character <= "\u024f"
        case _:
            return character in _VOWEL_LETTERS


@cache
def _few_kinds() -> NDArray[np.bool_]:
    """Return for each kind, in their order, whether each of the first codes is of it."""
    return np.array([[_is_of(kind, chr(code)) for code in range(_FEW_CODES)] for kind in Kind])


def _character_counts(text: str) -> dict[Kind, int]:
    """Return how many characters of ``text`` are of each kind."""
    codes = np.frombuffer(text.encode("utf-32-le", "surrogatepass"), np.uint32)
    few = codes < _FEW_CODES
    counts = np.count_nonzero(_few_kinds()[:, codes[few]], axis=1).tolist()
    others = Counter(map(chr, codes[~few].tolist())) if not few.all() else {}
    return {
        kind: count + sum(often for other, often in others.items() if _is_of(kind, other))
        for kind, count in zip(Kind, counts, strict=True)
    }


def _is_scattered(text: str) -> bool:
    """Return whether words are split into single letters, as happens with wrong character widths.

    Letters between other words, as in the key of a test (``1 - D 2 - C``), are none.
    """
    words = text.split()
    if len(words) < MIN_WORDS or sum([len(word) == 1 for word in words]) <= MAX_SINGLE_LETTERS * len(words):
        return False
    single = [len(word) == 1 and word.isalpha() for word in words]
    beside = [
        one and (before or after)
        for before, one, after in zip([False, *single[:-1]], single, [*single[1:], False], strict=True)
    ]
    return sum(beside) > MAX_SINGLE_LETTERS * len(words)
