"""The side of the offender in a clause on bribery: who gives, or who takes.

Provisions on active and on passive bribery have the same nouns ("donativo, promesa o ventaja", "des offres, des
promesses, des dons"); they differ in the verbs of the offender. The other party's verb comes later, in a clause of its
own ("le fait de céder à une personne qui sollicite"), so that the first verb decides.
"""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold

GIVING, TAKING = "giving", "taking"


def offer_side(text: str, language: str) -> str:
    """Return ``giving`` or ``taking``, or ``""`` for a text without a verb of either.

    ``text`` is a clause behind the words that it continues, ``language`` one of the four of the resource.
    """
    found = (verb for verb in _verbs(language).finditer(fold(text)) if not verb["aim"])
    return next((GIVING if verb[GIVING] else TAKING for verb in found), "")


@cache
def _verbs(language: str) -> regex.Pattern[str]:
    listed = load("nlp.offer_sides")
    sides = "|".join(f"(?P<{side}>{listed[side].get(language, '(?!)')})" for side in (GIVING, TAKING))
    aim = listed["aim"].get(language, "(?!)")
    return regex.compile(rf"(?<!\w)(?P<aim>{aim})?(?<![\w])(?:{sides})(?!\w)")
