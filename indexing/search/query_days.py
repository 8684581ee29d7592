"""Dates of validity in the words of a query ("in force in 2015", "vigente el 1/3/2015")."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load
from indexing.search.query_countries import Mention
from nlp.entities.dates import find_dates
from nlp.folding import fold

_YEAR = regex.compile(r"(?:1[5-9]|20)\d{2}(?![\w/.-]|,\d)")


def in_force_mention(text: str) -> Mention | None:
    """Return the day (ISO 8601), month or year on which laws are to be in force, with its range in ``text``."""
    phrase = _in_force_phrase().search(fold(text))
    if phrase is None:
        return None
    at = phrase.end()
    for date in find_dates(text):
        if at == date.start and not date.value.startswith("--"):
            return Mention((date.value,), phrase.start(), date.end)
    year = _YEAR.match(text, at)
    return Mention((year[0],), phrase.start(), year.end()) if year else None


@cache
def _in_force_phrase() -> regex.Pattern[str]:
    lists = load("indexing.query_recognition")["in_force"]
    phrases, at = ("|".join(map(regex.escape, sorted(lists[name], key=len, reverse=True))) for name in ("said", "at"))
    return regex.compile(rf"(?<!\w)(?:{phrases})\s+(?:(?:{at})\s+)?(?:(?:el|le|the|o|dia)\s+)*")
