"""First day in force that a law states in its own text ("Esta ley entrará en vigor el 1 de marzo de 2024").

The words are in ``resources/entry_into_force.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.resource import load
from nlp.entities.dates import find_dates
from nlp.folding import fold
from nlp.later_laws import names_later_law

_DAY = len("2024-03-01")
_REACH = 60
"""Characters in which a day in words ends."""


def stated_first_day(text: str) -> str:
    """Return the day in ISO 8601, else ``""``.

    No day is returned if the law states several, or one without a date ("the day after its publication": the decrees
    of its reforms stand at its end), excepts some of its provisions, or names laws of later years: then it was amended,
    and its present wording is not that of the day.
    """
    days = set(_days(text))
    day = days.pop() if len(days) == 1 else ""
    return "" if day and names_later_law(text, int(day[:4])) else day


def _days(text: str) -> Iterator[str]:
    """Yield the day of each statement, ``""`` for one without a date or with exceptions."""
    folded = fold(text)
    for found in _pattern().finditer(folded):
        rest = text[found.end() :][:_REACH]
        date = next(iter(find_dates(rest)), None) if found["day"] else None
        if date is None or date.start or len(date.value) != _DAY:
            yield ""
            continue
        sentence = folded[found.end() :].partition(".\n")[0].partition(". ")[0]
        yield "" if _excepted().search(sentence) else date.value


@cache
def _pattern() -> regex.Pattern[str]:
    words = load("indexing.entry_into_force")
    pairs = (
        f"(?:{law}) {words['begins'][language]}\\b(?P<day> {words['day'][language]})?"
        for language, law in words["law"].items()
    )
    return regex.compile(rf"\b(?:{'|'.join(pairs)})".replace(" ", r"\s+"))


@cache
def _excepted() -> regex.Pattern[str]:
    return regex.compile(load("indexing.entry_into_force")["excepted"])
