"""Lemmatisation by simplemma's dictionaries, with corrections for participles."""

from __future__ import annotations

import re
from collections import Counter
from functools import cache, lru_cache

from extraction.resource import load
from indexing.analysis.folding import fold
from nlp.dictionaries import is_known, lemmatize

_LETTERS = re.compile(r"\w+")
LEMMA_LANGUAGES = ("es", "pt", "en", "fr")


@cache
def _own_words(language: str) -> frozenset[str]:
    return frozenset(load("indexing.lemmas")[language]["own"])


def _infinitive(word: str, language: str) -> str:
    """Return the infinitive if ``word`` is a regular participle, else ``word``."""
    if word in _own_words(language):
        return word
    for ending, infinitives in load("indexing.lemmas")[language]["participles"].items():
        if word.endswith(ending) and len(word) > len(ending) + 2:
            for infinitive in infinitives:
                verb: str = word.removesuffix(ending) + infinitive
                if is_known(verb, language):
                    return verb
    return word


@lru_cache(maxsize=500_000)
def lemma(word: str, language: str) -> str:
    """Return the folded lemma of ``word`` (lower case, accents kept) in ``language``.

    A word in a language without dictionary (``und``) or with a digit is only folded.
    """
    if language not in LEMMA_LANGUAGES or not word.isalpha():
        return fold(word)
    corrected = load("indexing.lemmas")[language]["lemmas"]
    if word in _own_words(language) or word in corrected:
        return fold(corrected.get(word, word))
    dictionary_form = lemmatize(word, language).lower()
    return fold(_infinitive(dictionary_form, language))


@lru_cache(maxsize=10_000)
def languages_of_words(text: str) -> frozenset[str]:
    """Return the languages of which the dictionary has most words of ``text``, several if they have as many.

    A query of a few words is too short to tell its language otherwise; elided letters ("d'un") are no words.
    """
    words = [word for word in _LETTERS.findall(text.lower()) if len(word) > 1 and not word.isdigit()]
    counts = Counter(code for word in words for code in languages_of_word(word))
    return frozenset(code for code, count in counts.items() if count == max(counts.values()))


def languages_of_word(word: str) -> frozenset[str]:
    """Return the languages of which the dictionary has ``word`` (lower case, accents kept)."""
    return frozenset(code for code in LEMMA_LANGUAGES if is_known(word, code))


@lru_cache(maxsize=10_000)
def is_in_a_dictionary(word: str) -> bool:
    """Return whether ``word`` (lower case, accents kept) is in the dictionary of any of the four languages."""
    return any(is_known(word, language) for language in LEMMA_LANGUAGES)
