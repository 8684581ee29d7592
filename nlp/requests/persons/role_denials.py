"""Statements that somebody is no suspect, at the start of a part of a sentence or behind "and" or "but" in it.

The patterns are ``denied``, ``cleared`` and ``denials`` in ``nlp/resources/request_persons.yaml``.
"""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.requests.persons.role_places import PURSUED, role_in


def denies(words: str) -> bool:
    """Return whether a part of a sentence behind a name (folded) states that its bearer is no suspect.

    A denial behind "and" or "but" counts unless a role as a suspect precedes: "is a suspect and is not charged".
    """
    if _denied().match(words):
        return True
    joints = _pattern("and_but").finditer(words)
    return any(_denied().match(words, joint.end()) and not _pursues(words[: joint.start()]) for joint in joints)


def denies_by_pronoun(words: str) -> bool:
    """Return whether a sentence behind a name is a denial with a pronoun: "A, his cousin. She is no suspect"."""
    return any(_denied().match(words, found.end()) for found in _pattern("pronoun").finditer(words))


def denies_each(before: str, rest: str) -> bool:
    """Return whether a name is one of those of which a sentence denies the role: "Ni A ni B son sospechosos".

    ``before`` are the words before it, ``rest`` those behind it up to the end of the sentence, with other names.
    """
    return _pattern("neither").search(before) is not None and _pattern("neither_are").search(rest) is not None


def _pursues(words: str) -> bool:
    return role_in(words) in PURSUED or _pattern("pursued").search(words) is not None


@cache
def _denied() -> regex.Pattern[str]:
    """Match a denial, but not one for the time being: "is not charged yet"."""
    resource = load("nlp.request_persons")
    yet = resource["denials"]["yet"]
    return regex.compile(rf"(?:{resource['denied']}|{resource['cleared']})(?!\w*(?: \w+){{0,3}}? (?:{yet}))")


@cache
def _pattern(name: str) -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_persons")["denials"][name])
