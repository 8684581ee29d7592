"""Stemming with Snowball, with or without accents: ``interceptar`` and ``interceptación`` have the same stem."""

from __future__ import annotations

from functools import cache, lru_cache
from threading import local

import Stemmer

from extraction.resource import load
from nlp.folding import fold
from nlp.lexicon import words_of

_ALGORITHMS = {"es": "spanish", "pt": "portuguese", "en": "english", "fr": "french"}


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
