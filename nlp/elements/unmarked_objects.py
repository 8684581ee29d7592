"""The object of a verb that was not recognised: the first noun phrase with a determiner and without a preposition."""

from __future__ import annotations

from nlp.elements.verb_places import VerbPlaces
from nlp.elements.verb_words import verb_words

CONTRACTED = frozenset("à às ao aos aux au al del du".split())


def unmarked_phrase(verbs: VerbPlaces) -> int:
    """Return the place of that noun phrase, behind a word that may be the verb or behind a comma; -1 without one.

    Subordinate clauses are left out up to their comma.
    """
    at, words = 1, verbs.words
    clauses = words.relatives - words.determiners - words.conjunctions
    while at < len(verbs.tokens):
        if verbs.word(at) in verb_words().subordinating or verbs.word(at) in clauses:
            if (comma := verbs.comma(at)) < 0:
                return -1
            at = comma
        elif _begins_phrase(verbs, at) and (verbs.word(at - 1) == "," or _may_govern(verbs, at - 1)):
            return at
        at += 1
    return -1


def _begins_phrase(verbs: VerbPlaces, at: int) -> bool:
    words = verbs.words
    determiners = words.determiners - words.genitives - words.governed - words.relatives
    if verb_words().future_subjunctive.fullmatch(verbs.word(at + 1)):
        return False  # ", los descubriere": a pronoun
    return verbs.word(at) in determiners and verbs.written(at) not in CONTRACTED and verbs.is_word(at + 1)


def _may_govern(verbs: VerbPlaces, at: int) -> bool:
    return verbs.is_word(at) and not verbs.words.gerunds.fullmatch(verbs.word(at))
