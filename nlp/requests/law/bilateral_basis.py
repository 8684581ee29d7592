"""Instruments that a letter names by subject, parties and date: bilateral treaties recorded between its two States, and
those that the gazetteer of treaties lacks."""

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


def instrument_by_words(words: str, requesting: str, requested: str, day: date, subject: str = "") -> str:
    """Return the instrument (id) that ``words`` name, empty if it is not known or several may be meant.

    It is one that is not in the gazetteer of treaties, or a recorded treaty between the two States (``named_treaty``).
    """
    folded = fold(words)
    if unlisted := next((key for key, name in _unlisted().items() if name.search(folded)), ""):
        return unlisted
    treaty = named_treaty(words, requesting, requested, day, subject)
    return treaty.id if treaty else ""


def named_treaty(words: str, requesting: str, requested: str, day: date, subject: str = "") -> BilateralTreaty | None:
    """Return the recorded treaty between two States that ``words`` name, None if none or several may be meant.

    The States are ISO 3166 alpha-2 or their parts. Of treaties of one subject without a year in the words, that in
    force on ``day`` is meant. A treaty on several subjects is recorded with each; that of ``subject`` is then meant.
    """
    first, second = requesting[:2], requested[:2]
    named = {mention.code[:2] for mention in state_mentions(words, 0, len(words)) if mention.kind == NAME}
    if not named <= {first, second}:
        return None
    folded = fold(words)
    if _of_many().search(folded):
        return None
    kinds = {kind for kind, pattern in _kinds().items() if pattern.search(folded)}
    years = {int(year) for year in _YEAR.findall(folded)}
    likely = [one for one in treaties_between(first, second) if one.kind in kinds]
    likely = [one for one in likely if not years or one.signed.year in years]
    likely.sort(key=lambda one: one.kind != subject)
    in_force = [one for one in likely if one.standing(day) is not Standing.NOT_BOUND]
    return next(iter((in_force or likely)[:1]), None) if years or len(in_force or likely) == 1 else None


@cache
def _unlisted() -> dict[str, regex.Pattern[str]]:
    return {key: regex.compile(name) for key, name in load("nlp.request_legal_basis")["unlisted"].items()}


@cache
def _of_many() -> regex.Pattern[str]:
    return regex.compile(load("nlp.request_legal_basis")["of_many"])


@cache
def _kinds() -> dict[str, regex.Pattern[str]]:
    subjects: dict[str, str] = load("nlp.request_legal_basis")["subjects"]
    return {kind: regex.compile(pattern) for kind, pattern in subjects.items()}
