"""The lemma of a word: simplemma's dictionary, corrected where it keeps a participle apart from its verb."""

from __future__ import annotations

from functools import cache, lru_cache
from importlib.resources import files
from typing import Any

import simplemma
import yaml

from indexing.folding import fold

LEMMA_LANGUAGES = ("es", "pt", "en", "fr")


@cache
def _corrections() -> dict[str, dict[str, Any]]:
    text = files("indexing").joinpath("resources/lemmas.yaml").read_text(encoding="utf-8")
    corrections: dict[str, dict[str, Any]] = yaml.safe_load(text)
    for of_language in corrections.values():
        of_language["own"] = frozenset(of_language["own"])
    return corrections


def _infinitive(word: str, language: str) -> str:
    """Return the verb that ``word`` is a regular participle of, or ``word`` itself."""
    corrections = _corrections()[language]
    if word in corrections["own"]:
        return word
    for ending, infinitives in corrections["participles"].items():
        if word.endswith(ending) and len(word) > len(ending) + 2:
            for infinitive in infinitives:
                verb: str = word.removesuffix(ending) + infinitive
                if simplemma.is_known(verb, lang=language):
                    return verb
    return word


@lru_cache(maxsize=500_000)
def lemma(word: str, language: str) -> str:
    """Return the folded lemma of ``word`` (lower case, accents kept) in ``language``.

    A language that has no dictionary here (``und``), and a word with a digit, is folded only.
    """
    if language not in LEMMA_LANGUAGES or not word.isalpha():
        return fold(word)
    corrections = _corrections()[language]
    if word in corrections["own"] or word in corrections["lemmas"]:
        return fold(corrections["lemmas"].get(word, word))
    found: str = simplemma.lemmatize(word, lang=language).lower()
    return fold(_infinitive(found, language))


@lru_cache(maxsize=10_000)
def is_in_a_dictionary(word: str) -> bool:
    """Tell whether ``word`` (lower case, accents kept) is a form of a word of any of the four languages."""
    return any(simplemma.is_known(word, lang=language) for language in LEMMA_LANGUAGES)
