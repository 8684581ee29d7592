"""Bilateral treaties that a letter names by its parties, subject and date, among those recorded between two States."""

from __future__ import annotations

from datetime import date
from functools import cache

import regex

from extraction.resource import load
from nlp.folding import fold
from nlp.requests.states.mentions import NAME, state_mentions
from nlp.treaties.bilateral import BilateralTreaty, treaties_between
from nlp.treaties.participation import Standing

_YEAR = regex.compile(r"\b(?:18|19|20)\d\d\b")


def named_treaty(words: str, requesting: str, requested: str, day: date) -> BilateralTreaty | None:
    """Return the recorded treaty between two States that ``words`` name, None if none or several may be meant.

    The States are ISO 3166 alpha-2 or their parts. Of treaties of one subject without a year in the words, that in
    force on ``day`` is meant.
    """
    first, second = requesting[:2], requested[:2]
    named = {mention.code[:2] for mention in state_mentions(words, 0, len(words)) if mention.kind == NAME}
    if not named <= {first, second}:
        return None
    folded = fold(words)
    kinds = {kind for kind, pattern in _kinds().items() if pattern.search(folded)}
    years = {int(year) for year in _YEAR.findall(folded)}
    likely = [one for one in treaties_between(first, second) if one.kind in kinds]
    likely = [one for one in likely if not years or one.signed.year in years]
    in_force = [one for one in likely if one.standing(day) is not Standing.NOT_BOUND]
    return next(iter((in_force or likely)[:1]), None) if years or len(in_force or likely) == 1 else None


@cache
def _kinds() -> dict[str, regex.Pattern[str]]:
    subjects: dict[str, str] = load("nlp.request_legal_basis")["subjects"]
    return {kind: regex.compile(pattern) for kind, pattern in subjects.items()}
