"""Tokens of a conduct, and words and forms by which its verbs show; folded text."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from nlp.elements.clause_patterns import RESOURCE, Pattern

PUNCTUATION = frozenset(",;:—–")
TOKEN = regex.compile(r"(?:\b(?:[dlsnmtjc]|qu|jusqu|lorsqu)['’])|\d+(?:[.,]\d+)+|\w+(?:-\w+)*|[,;:()—–]")
LETTERS = frozenset("AEOUY")  # names of things by a letter ("catégories A, B"), which folded are function words


@dataclass(frozen=True, slots=True)
class VerbWords:
    """Words and patterns of ``verbs`` in ``resources/clause_patterns.yaml``; mappings are by language."""

    subordinating: frozenset[str]
    auxiliaries: frozenset[str]
    present: frozenset[str]
    being: frozenset[str]
    reflexives: frozenset[str]
    modals: frozenset[str]
    object_pronouns: frozenset[str]
    before_verbs: frozenset[str]
    compound_forms: Mapping[str, frozenset[str]]
    participle: Pattern
    future_subjunctive: Pattern
    manner_adverbs: Mapping[str, Pattern]
    article_pronouns: Mapping[str, frozenset[str]]
    behind_article_pronouns: Mapping[str, Pattern]


@cache
def verb_words() -> VerbWords:
    """Return the words of verbs, read on their first use."""
    listed = load(RESOURCE)["verbs"]
    lists = (
        "subordinating",
        "auxiliaries",
        "present",
        "being",
        "reflexives",
        "modals",
        "object_pronouns",
        "before_verbs",
    )
    return VerbWords(
        **{name: frozenset(listed[name].split()) for name in lists},
        compound_forms=_words_by_language(listed["compound_forms"]),
        article_pronouns=_words_by_language(listed["article_pronouns"]),
        manner_adverbs=_patterns_by_language(listed["manner_adverbs"]),
        behind_article_pronouns=_patterns_by_language(listed["behind_article_pronouns"]),
        participle=regex.compile(listed["participle"]),
        future_subjunctive=regex.compile(listed["future_subjunctive"]),
    )


def _words_by_language(listed: Mapping[str, str]) -> dict[str, frozenset[str]]:
    return {language: frozenset(words.split()) for language, words in listed.items()}


def _patterns_by_language(listed: Mapping[str, str]) -> dict[str, Pattern]:
    return {language: regex.compile(pattern) for language, pattern in listed.items()}


def tokens_of(text: str, folded: str, start: int, end: int, language: str) -> list[tuple[str, int, int]]:
    """Return the folded words with their ranges; a Spanish "dé" as another finite form, since "de" is no verb."""
    found = [(one[0].replace("’", "'"), one.start(), one.end()) for one in TOKEN.finditer(folded, start, end)]
    es = language == "es"
    found = [(f"«{word}»" if at > start and text[at:to] in LETTERS else word, at, to) for word, at, to in found]
    return [("diere" if es and word == "de" and text[at:to] == "dé" else word, at, to) for word, at, to in found]
