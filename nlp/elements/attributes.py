"""Words behind a noun that belong to it with their complements, or do not: participles and "without"."""

from __future__ import annotations

from nlp.elements.verb_places import VerbPlaces
from nlp.elements.verb_words import PUNCTUATION, verb_words


def is_without(verbs: VerbPlaces, at: int) -> bool:
    """Return whether a circumstance of the act begins ("sin estar autorizado"), whatever its noun phrase."""
    return verbs.word(at) in verbs.words.without and verbs.is_infinitive(verbs.behind_pronouns(at + 1))


def begins_act(verbs: VerbPlaces, at: int) -> bool:
    """Return whether words of the act begin behind a noun phrase, whatever its attributes."""
    return is_without(verbs, at) or is_act_to_do(verbs, at)


def is_act_to_do(verbs: VerbPlaces, at: int) -> bool:
    """Return whether a French infinitive of the verb begins ("provoquer des militaires présents à passer")."""
    if verbs.words.language != "fr" or verbs.written(at) != "à" or is_participle(verbs, at - 1):
        return False
    governs = verbs.words.attributes.match(verbs.folded, verbs.tokens[at - 1][1])
    is_noun = verbs.word(at - 1).endswith(("s", "x")) and not governs
    return is_noun and verbs.is_infinitive(verbs.behind_pronouns(at + 1))


def is_participle(verbs: VerbPlaces, at: int) -> bool:
    """Return whether a participle whose complement follows stands at ``at`` ("medios concebidos para")."""
    word, start, end = verbs.tokens[at]
    following = verbs.word(at + 1)
    if verbs.word(at - 1) in verbs.words.determiners or _governs_act(verbs, at):
        return False
    if verbs.words.language == "fr" and word.endswith("ant"):
        return True
    if following not in verbs.words.adjuncts - verb_words().subordinating - verbs.words.loose:
        return False
    if verbs.words.language == "fr":
        word = verbs.text[start:end].lower()
        is_irregular = bool(verbs.words.irregular_participles.fullmatch(word)) and not verbs.is_behind_auxiliary(at)
        return following != "soit" and (is_irregular or word.endswith(("é", "és", "ée", "ées")))
    return bool(verbs.words.participles.fullmatch(word))


def _governs_act(verbs: VerbPlaces, at: int) -> bool:
    """Return whether an infinitive of the verb follows ("obligue a persona protegida a desnudarse")."""
    is_purposeful = verbs.words.purposeful.match(verbs.word(at))
    return verbs.word(at + 1) != "para" and verbs.is_infinitive(at + 2) and not is_purposeful


def governs(verbs: VerbPlaces, at: int) -> bool:
    """Return whether an adjective stands at ``at`` whose complement belongs to the noun before."""
    return bool(verbs.words.attributes.match(verbs.folded, verbs.tokens[at][1]))


def is_demonstrative(verbs: VerbPlaces, at: int) -> bool:
    """Return whether an English "that" stands before a noun alone ("omits to arrest that person or ...")."""
    following = verbs.word(at + 2)
    words = verbs.words
    ends = not following or following in PUNCTUATION or words.is_function_word(following)
    ends = ends or following in words.adverbs
    return verbs.word(at) == "that" and verbs.is_word(at + 1) and ends
