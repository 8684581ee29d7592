"""Single letters with spaces between them: capitals of a letter-spaced title, or a list of letters.

The text layer and OCR ask the same; a module of its own keeps the libraries of OCR out of reading a text layer.
"""

from __future__ import annotations

from itertools import pairwise

_VOWELS = frozenset("AEIOUYÁÉÍÓÚÂÊÔÀÈÙÃÕÜ")


def are_words(letters: str) -> bool:
    """Return whether spaced letters are capitals of words rather than a list such as ``A B C D E`` or ``V F V V F``."""
    listed = all(ord(after) - ord(before) == 1 for before, after in pairwise(letters))
    mixed = not _VOWELS.isdisjoint(letters) and not _VOWELS.issuperset(letters)
    return letters.isupper() and mixed and not listed
