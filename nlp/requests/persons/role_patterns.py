"""Patterns of the words by which a letter gives a person a role, from ``nlp/resources/request_persons.yaml``."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load


@cache
def of_relation() -> regex.Pattern[str]:
    """Match "the mother of the" before a role."""
    relation = load("nlp.request_persons")["relation"]
    of = r"(?:de la|de los|de las|del|da|do|de|of the|of|du|des|de l'|d[ao]s)"
    return regex.compile(
        rf"(?<!\w){relation}\s+{of}(?:\s(?:two|three|deux|trois|dos|tres|dois|duas|prem\w+|first))*\s*\Z"
    )


@cache
def whose_relation() -> regex.Pattern[str]:
    """Match "'s brother" behind a role."""
    return regex.compile(rf"['’]s? (?:\w+ )?{load('nlp.request_persons')['relation']}(?!\w)")


@cache
def between(name: str) -> regex.Pattern[str]:
    """Match a verb between a role and a name, at most five words before the name."""
    return regex.compile(rf"{load('nlp.request_persons')[name]}(?:\s+\S+){{0,5}}\s*\Z")


@cache
def harmed_against() -> regex.Pattern[str]:
    """Match words for an attack up to "against", which also introduces a suspect."""
    return regex.compile(load("nlp.request_persons")["harmed_against"])


@cache
def accounts() -> regex.Pattern[str]:
    """Match words for accounts."""
    return regex.compile(rf"(?<!\w){load('nlp.request_persons')['account_words']}(?!\w)")


@cache
def enumeration() -> regex.Pattern[str]:
    """Match a list of persons."""
    return regex.compile(load("nlp.request_persons")["list"].replace(" ", r"\s+"))


@cache
def joined() -> regex.Pattern[str]:
    """Match what joins two names of a list."""
    title, theirs = (load("nlp.request_persons")[name] for name in ("title", "theirs"))
    return regex.compile(rf"\s*(?:,|,?\s(?:y|e|and|et)\s)\s*(?:{theirs}\s)?(?:a |de |(?i:{title})\s+)?")


@cache
def heard() -> regex.Pattern[str]:
    """Match "examination of the notary" or "to interview Sergeant" right before a name."""
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_persons')['heard_before']})(?:\s+[\w.]+){{0,4}}?\s+\Z")


@cache
def to_be_heard() -> regex.Pattern[str]:
    """Match "be seen and a statement taken" right after a name."""
    return regex.compile(rf",?\s+(?:{load('nlp.request_persons')['heard_after']})(?!\w)")


@cache
def nobody() -> regex.Pattern[str]:
    """Match the word for a thing or an operation right before its name, which is nobody's."""
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_persons')['nobody_before']})\s*\Z")


@cache
def apposed(role: str) -> regex.Pattern[str]:
    """Match a piece of a sentence that is nothing but a role: "also charged", "victim in these proceedings"."""
    words = "|".join(load("nlp.request_persons")["roles"][role]["apposed"])
    adverbs = "|".join(load("nlp.request_persons")["adverbs"])
    also = "ell[ea]s?|lui|el|eux|tambien|tambem|aussi|too|as well|igualmente"
    small = "por|pel[oa]|de|d[aoe]l?|for|of|in|to|by|on|pour|du|des|en|n[oa]|par|a|au|aux|com|con|with"
    stop = rf"(?:\Z|\s(?:{also}|{small})\b)"
    return regex.compile(rf"(?:(?:{adverbs})\s+)*(?:{words}){stop}")


@cache
def denied(key: str) -> regex.Pattern[str]:
    """Match a statement that somebody has no such role."""
    return regex.compile(load("nlp.request_persons")[key])


@cache
def capacity(key: str) -> regex.Pattern[str]:
    """Match the words before a name, or between two, for the capacity in which an order wants somebody heard."""
    return regex.compile(load("nlp.request_persons")[key])


@cache
def cues(role: str, side: str) -> regex.Pattern[str]:
    """Match the words that give ``role`` on a ``side`` of the name."""
    words = load("nlp.request_persons")["roles"][role].get(side) or ["(?!)"]
    bounded = (word if word[0] in ",([" else rf"(?<!\w)(?:{word})" for word in words)
    joined = "|".join(bounded).replace(" ", r"\s+")
    return regex.compile(rf"(?:{joined})" + ("" if "after" in side else r"(?!\w)"))


@cache
def alias() -> regex.Pattern[str]:
    """Match an alias right after a name."""
    words = load("nlp.request_persons")["alias"]
    return regex.compile(rf"""[,\s(]*{words}\s*:?\s*["“«']?\s*[\w.'-]{{2,20}}(?: [\w.'-]{{2,20}})?\s*["”»']?\s*\)?""")
