"""Whether the text layer of a page can be trusted: fonts with a bad map give characters that mean nothing."""

from __future__ import annotations

import re

MOST_UNREADABLE = 0.02  # of the characters
FEWEST_ALPHANUMERIC = 0.4  # of the characters
FEWEST_WORDS = 30
MOST_SINGLE_LETTERS = 0.25  # of the words; "a", "e", "o", "y", "à" make up an eighth at most
FEWEST_LETTERS = 200
SAMPLE = 2000  # characters in which the letters are counted
VOWELS = (0.2, 0.65)  # share of letters: Spanish, Portuguese, English and French lie between 0.36 and 0.50

_UNREADABLE = re.compile(r"[\ufffd\ue000-\uf8ff\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f]|\(cid:\d+\)")
_VOWEL = re.compile("[aeiouyáéíóúàèìòùâêîôûãõäëïöüœæå]", re.IGNORECASE)
_LATIN = re.compile(r"[a-z\u00c0-\u024f]", re.IGNORECASE)


def unreadable_share(text: str) -> float:
    """Return the share of the characters that stand for nothing, blanks left out."""
    length = len(text) - text.count(" ")
    return len(_UNREADABLE.findall(text)) / length if length else 0.0


def is_doubtful(text: str) -> bool:
    """Tell whether too many characters mean nothing, or the letters cannot be those of a European language."""
    if unreadable_share(text) > MOST_UNREADABLE or not _has_enough_letters(text[:SAMPLE]):
        return True
    sample = text[:SAMPLE]
    if _is_scattered(sample):
        return True
    letters = len(_LATIN.findall(sample))
    if letters < FEWEST_LETTERS:
        return False
    return not VOWELS[0] <= len(_VOWEL.findall(sample)) / letters <= VOWELS[1]


def _has_enough_letters(text: str) -> bool:
    characters = text.replace(" ", "").replace(".", "").replace("-", "").replace("_", "")
    return sum(map(str.isalnum, characters)) >= FEWEST_ALPHANUMERIC * len(characters)


def _is_scattered(text: str) -> bool:
    """Tell whether words fell apart into letters, as with widths that do not fit the font."""
    words = text.split()
    single = sum(len(word) == 1 and word.isalpha() for word in words)
    return len(words) >= FEWEST_WORDS and single > MOST_SINGLE_LETTERS * len(words)
