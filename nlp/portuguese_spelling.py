"""Other spelling of Portuguese words with or without the consonants that the agreement of 1990 drops.

Source of the rule: Acordo Ortográfico da Língua Portuguesa (1990), base IV.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from functools import cache, lru_cache

from extraction.resource import load
from nlp.dictionaries import is_known
from nlp.folding import unaccented

_SILENT = re.compile(r"(?<=[aeiouáàâãéêíóôõú])[cp](?=[cçt])")
_PLACE = re.compile(r"(?<=[aeiouáàâãéêíóôõú])(?=[cçt])")
_LETTERS = "cp"
_SHORTEST = 3


@lru_cache(maxsize=50_000)
def other_spellings(word: str) -> tuple[str, ...]:
    """Return the other spellings of a Portuguese word (lower case, accents kept): ``receção`` has ``recepção``.

    A consonant is dropped wherever it may be silent, and added where the dictionary knows the word with it.
    """
    if len(word) < _SHORTEST or not word.isalpha():
        return ()
    added = (other for other in _with(word) if is_known(other, "pt"))
    return tuple(dict.fromkeys(other for other in (*_without(word), *added) if other != word))


def possible_spellings(word: str) -> tuple[str, ...]:
    """Return what :func:`other_spellings` does, also words that no dictionary knows; accents are not needed."""
    return (*_without(word), *_with(word)) if len(word) >= _SHORTEST and word.isalpha() else ()


def _without(word: str) -> Iterator[str]:
    if not _is_sounded(word):
        yield from (word[: place.start()] + word[place.end() :] for place in _SILENT.finditer(word))


def _with(word: str) -> Iterator[str]:
    for place in _PLACE.finditer(word):
        for letter in _LETTERS:
            other = word[: place.start()] + letter + word[place.start() :]
            if not _is_sounded(other):
                yield other


def _is_sounded(word: str) -> bool:
    return unaccented(word).startswith(_sounded())


@cache
def _sounded() -> tuple[str, ...]:
    return tuple(load("nlp.portuguese_spelling")["sounded"])
