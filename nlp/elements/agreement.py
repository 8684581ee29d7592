"""Noun phrases that follow each other without a word between, told apart by number, gender and noun endings.

"Inflija a una persona dolores", "praticar contra alguém ato libidinoso": nothing marks the end of the indirect object.
"""

from __future__ import annotations

import regex

from nlp.elements.verb_places import VerbPlaces
from nlp.elements.verb_words import PUNCTUATION

PERSONS = frozenset("alguien alguem outrem".split())
_MANNER = frozenset("con com por sin sem".split())
_FEMININE_NOUN = regex.compile(r"\w{3,}(?:ncia|cion|sion|dad|tud|dade)")
_COMPARATIVES = frozenset("mayor menor maior".split())
_OTHER = frozenset("otro otra outro outra".split())
_CONTRACTED = frozenset("al no na ao num numa".split())
_MIN_LENGTH = 3


def begins_other_phrase(verbs: VerbPlaces, start: int, at: int) -> bool:
    """Return whether the word at ``at`` does not agree with the noun phrase from ``start`` and begins another."""
    words, word = verbs.words, verbs.word(at)
    if not words.singular or len(word) < _MIN_LENGTH or not verbs.is_word(at) or word.endswith("mente"):
        return False
    if verbs.word(at - 2) in _MANNER and _FEMININE_NOUN.fullmatch(verbs.word(at - 1)) and word.endswith(("o", "os")):
        return True  # "demande con urgencia auxilio"
    first = at - 1
    while first >= start and verbs.word(first) not in PUNCTUATION and not words.is_function_word(verbs.word(first)):
        first -= 1
    is_determined = first >= start or verbs.word(first) in _CONTRACTED  # "introduzir no território nacional resíduos"
    determiner = verbs.word(first) if is_determined else ""
    if at > start + 1 and is_portuguese_preposition(verbs, at - 2) and words.noun_endings.fullmatch(word):
        return True  # "prometer a funcionário vantagem"
    if first == at - 1:
        is_person = determiner in _OTHER and verbs.word(first - 1) == "a"
        return is_person and (bool(words.noun_endings.fullmatch(word)) or word.endswith("s"))
    if verbs.word(at - 1) in PERSONS and verbs.word(at - 2) in words.governed and word not in _COMPARATIVES:
        return True
    is_plural = determiner in words.singular and word.endswith("s")
    return is_plural or (determiner in words.feminine and word.endswith("o"))


def is_portuguese_preposition(verbs: VerbPlaces, at: int) -> bool:
    """Return whether an "a" before a masculine noun, where it is no article ("prestar a criminoso auxílio")."""
    is_masculine = verbs.word(at + 1).endswith(("o", "os"))
    return verbs.words.language == "pt" and verbs.written(at) == "a" and is_masculine
