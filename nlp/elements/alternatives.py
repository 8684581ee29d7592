"""Where a noun phrase ends at a manner behind a comma, and where it or an alternative goes on behind one."""

from __future__ import annotations

from nlp.elements.verb_places import VerbPlaces


def next_alternative(verbs: VerbPlaces, at: int) -> int:
    """Return the place of the next noun phrase of an alternative without a verb; ``at`` without one.

    It is one of "soit dans ..., soit dans ..." or follows a circumstance (", ou, sem o seu consentimento, ...").
    """
    behind = at + 1 if verbs.word(at) == "," else at
    is_next = verbs.word(behind) == "soit" and verbs.word(behind + 1) in verbs.words.governed
    if is_next and behind + 2 < len(verbs.tokens):
        return behind + 2
    if (noun := _behind_manner(verbs, at)) > at:
        return noun
    circumstance = verbs.behind_conjunctions(behind) + 1
    is_circumstance = verbs.word(circumstance - 1) == "," and verbs.word(circumstance) in verbs.words.adjuncts
    comma = verbs.comma(circumstance) if is_circumstance and circumstance > behind + 1 else -1
    return comma + 1 if 0 < comma < len(verbs.tokens) - 1 and not verbs.is_verb(comma + 1) else at


def _behind_manner(verbs: VerbPlaces, at: int) -> int:
    """Return the place where a phrase goes on behind a manner ("a entrada, a qualquer título, de armas"); or 0."""
    words, behind = verbs.words, verbs.behind_small_words(at + 1)
    goes_on = behind > at + 1 and verbs.word(at) == verbs.word(behind) == ","
    goes_on = goes_on and verbs.word(behind + 1) in words.genitives
    return behind + 2 if goes_on and verbs.is_word(behind + 2) else 0


def is_loose_manner(verbs: VerbPlaces, at: int) -> bool:
    """Return whether a manner behind a comma qualifies no adjective ("la verdad, de forma deliberada, ...")."""
    manner = verbs.words.manners.match(verbs.folded, verbs.tokens[at][1])
    if not manner or verbs.word(at - 1) != ",":
        return False
    behind = sum(start < manner.end() for _, start, _ in verbs.tokens)
    return not verbs.is_word(behind)
