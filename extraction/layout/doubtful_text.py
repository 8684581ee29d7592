"""Reliability of the text layer of a page."""

from __future__ import annotations

import re
from collections import Counter

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
    counts = Counter(sample.lower())
    if unreadable_share(text) > MAX_UNREADABLE_SHARE or not _has_enough_letters(counts) or _is_scattered(sample):
        return True
    letters = sum(count for character, count in counts.items() if _is_latin(character))
    if letters < MIN_LETTERS:
        return False
    return not VOWELS[0] <= sum(counts[vowel] for vowel in _VOWEL_LETTERS) / letters <= VOWELS[1]


def _has_enough_letters(counts: Counter[str]) -> bool:
    shown = [(character, count) for character, count in counts.items() if character not in _RULES]
    alphanumeric = sum(count for character, count in shown if character.isalnum())
    return alphanumeric >= MIN_ALPHANUMERIC * sum(count for _, count in shown)


def _is_latin(lower: str) -> bool:
    return "a" <= lower <= "z" or "\u00df" <= lower <= "\u024f"


def _is_scattered(text: str) -> bool:
    """Return whether words are split into single letters, as happens with wrong character widths."""
    words = text.split()
    single = [word for word in words if len(word) == 1 and word.isalpha()]
    return len(words) >= MIN_WORDS and len(single) > MAX_SINGLE_LETTERS * len(words)
