"""Names of places of birth or origin, which persons and identifiers must not take for a party or a number's owner."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load

_REACH = 60  # characters before a name with the words for a birth and its day


def is_birth_place(folded: str, place: int) -> bool:
    """Return whether the name at a place of the folded text is that of a birth or origin ("nationals of Paget")."""
    start = max(0, place - _REACH)
    return any(words.search(folded, start, place) for words in (_before_place(), _before_origin()))


@cache
def _before_place() -> regex.Pattern[str]:
    born, day = load("nlp.request_persons")["born"], load("nlp.request_persons")["day_of_birth"]
    # "a" behind a day may introduce another person: "nacido el 3 de mayo de 1980 a ..."
    places = "at|in|en|em|au|aux|no|na"
    return regex.compile(rf"(?<!\w)(?:{born}) (?:{day} (?:{places})|(?:{places}|a))(?: (?:the|la|el|los|o))?\s+\Z")


@cache
def _before_origin() -> regex.Pattern[str]:
    return regex.compile(rf"(?<!\w)(?:{load('nlp.request_persons')['origin']})\s*\Z")
