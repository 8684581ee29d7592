"""Normalised names of authorities and courts, so that variant spellings are one filter value."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

import regex

from extraction.resource import load
from nlp.entities.gazetteers import find_query_countries
from nlp.folding import fold

_NUMBER = regex.compile(r"(?i)n(?:\.?\s?[º°o]|[úu]m\.|\.)(?=\s?\d)")
_PARTS = regex.compile(r"([-'’])")


def authority_name(written: str, jurisdiction: str = "") -> str:
    """Return the normalised name of a court or authority for filtering.

    A listed name, or its key, becomes the first listed form. In other names case and spaces are normalised, and the
    country is removed from the end if it is the ``jurisdiction`` of the document ("Congreso de la República del
    Perú"), as is a final preposition left by a line break.
    """
    if known := _listed().get(fold(written)):
        return known
    name = " ".join(_NUMBER.sub("n.º", written).split())
    name = _without_small_end(_without_country(name, jurisdiction))
    folded = fold(name)
    longest = max((form for form in _listed() if folded.startswith(f"{form} ") or folded == form), key=len, default="")
    return _listed()[longest] if longest else _capitalised(name)


def _without_country(name: str, jurisdiction: str) -> str:
    """Return the name without the words after its last function word, if they name the country."""
    words = name.split()
    small = max((number for number, word in enumerate(words) if fold(word) in _small()), default=0)
    last = " ".join(words[small + 1 :])
    named = [(span.start, span.end, span.value) for span in find_query_countries(last)]
    return " ".join(words[:small]) if small and named == [(0, len(last), jurisdiction)] else name


def _without_small_end(name: str) -> str:
    words = name.rstrip(" ,.-").split()
    while len(words) > 1 and fold(words[-1]) in _small():
        words.pop()
    return " ".join(words)


def _capitalised(name: str) -> str:
    """Return the name with every word but function words capitalised; a name all in capitals is lowercased first."""
    all_capitals = not any(letter.islower() for letter in name.replace("n.º", ""))
    words = [_word(word, all_capitals, number == 0) for number, word in enumerate(name.split())]
    return " ".join(words)


def _word(word: str, all_capitals: bool, first: bool) -> str:
    if fold(word) in _small() and not first:
        return word.lower()
    if any(letter.isdigit() for letter in word) or word == "n.º" or regex.fullmatch(r"[IVXLC]+", word):
        return word
    parts = _PARTS.split(word)
    small = len(parts) > 1 and parts[1] != "-" and len(parts[0]) == 1 and not first  # d'appel
    capitalised = [part[:1].upper() + (part[1:].lower() if all_capitals else part[1:]) for part in parts]
    return capitalised[0].lower() + "".join(capitalised[1:]) if small else "".join(capitalised)


@cache
def _small() -> frozenset[str]:
    words = " ".join(word for word in load("nlp.name_continuation")["small_words"] if "[" not in word).split()
    return frozenset(fold(word) for word in (*words, "y", "e", "et", "and", "o", "the", "el"))


@cache
def _listed() -> Mapping[str, str]:
    """Return the first form of each listed name, by its folded forms and its key."""
    lists = load("nlp.authorities")["names"]
    named = {key: names for key, names in lists.items() if not key.startswith("generic:")}
    return {fold(form): names[0] for key, names in named.items() for form in (key, *names)}
