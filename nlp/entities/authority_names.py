"""One form of an authority's name, so that what documents write in several ways is one value to filter by."""

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
    """Return the name of a court or authority as it is filtered by.

    A name of the list (its key too) is its first form; of any other name case and spaces do not count, nor the
    country that follows it where that is the ``jurisdiction`` of the document ("Congreso de la República del Perú"),
    nor a preposition that a broken line left at its end.
    """
    if known := _listed().get(fold(written)):
        return known
    name = " ".join(_NUMBER.sub("n.º", written).split())
    name = _without_small_end(_without_country(name, jurisdiction))
    folded = fold(name)
    longest = max((one for one in _listed() if folded.startswith(f"{one} ") or folded == one), key=len, default="")
    return _listed()[longest] if longest else _capitalised(name)


def _without_country(name: str, jurisdiction: str) -> str:
    """Return the name without the words behind its last small one, where they are the country."""
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
    """Return the name with a capital at every word but the small ones; a name in capitals keeps no others."""
    shout = not any(letter.islower() for letter in name.replace("n.º", ""))
    words = [_word(word, shout, number == 0) for number, word in enumerate(name.split())]
    return " ".join(words)


def _word(word: str, shout: bool, first: bool) -> str:
    if fold(word) in _small() and not first:
        return word.lower()
    if any(letter.isdigit() for letter in word) or word == "n.º" or regex.fullmatch(r"[IVXLC]+", word):
        return word
    parts = _PARTS.split(word)
    small = len(parts) > 1 and parts[1] != "-" and len(parts[0]) == 1 and not first  # d'appel
    made = [part[:1].upper() + (part[1:].lower() if shout else part[1:]) for part in parts]
    return made[0].lower() + "".join(made[1:]) if small else "".join(made)


@cache
def _small() -> frozenset[str]:
    words = " ".join(one for one in load("nlp.name_continuation")["small_words"] if "[" not in one).split()
    return frozenset(fold(word) for word in (*words, "y", "e", "et", "and", "o", "the", "el"))


@cache
def _listed() -> Mapping[str, str]:
    """Return the first form of each listed name by its folded forms and by its key."""
    lists = load("nlp.authorities")["names"]
    named = {key: names for key, names in lists.items() if not key.startswith("generic:")}
    return {fold(one): names[0] for key, names in named.items() for one in (key, *names)}
