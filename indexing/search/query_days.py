"""The day, month or year as of which a query asks for the law.

Examples: "vigente el 1/3/2015", "la pena del lavado en 2015", "blanchiment au 1er janvier 2019". A day on which
a document was made or received ("sentencia dictada en 2015") is none, nor is a range of years. A bare year is offered.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

import regex

from extraction.resource import load
from indexing.records.validity import last_day_of, today
from nlp.compiled_patterns import compiled
from nlp.entities.dates import find_dates, month_words
from nlp.folding import fold

_YEAR = compiled(r"(?:1[5-9]|20)\d{2}(?![\w/-]|[.,]\d)")
# A year or a day that is no part of a number or of a field, and a query without quotation marks and operators.
_BARE_YEAR = compiled(r"(?<![\w/.:-])(?:19|20)\d{2}(?![\w/:-]|[.,]\d)")
_PLAIN_QUERY = compiled(r"[^\"“”«»:()*]+")


@dataclass(frozen=True, slots=True)
class DayMention:
    """A day, month or year (ISO 8601) with its range in the text.

    What is written like a day and is none ("31/02/2015") is given as written: as a filter it is refused.
    """

    value: str
    start: int
    end: int


def day_mention(text: str) -> DayMention | None:
    """Return the time as of which ``text`` asks for the law, None if it names none.

    Beside words for being in force every time counts, otherwise only one that is over: the law of today is the default.
    """
    folded = fold(text)
    if phrase := _in_force_phrase().search(folded):
        return _day_at(text, phrase)
    if _documents().search(folded):
        return None
    phrases = (phrase for phrase in _point_phrase().finditer(folded) if not _made().search(folded, 0, phrase.start()))
    mention = next((found for phrase in phrases if (found := _day_at(text, phrase))), None)
    return mention if mention and _is_one_that_is_over(mention, folded) else None


def offered_day(text: str) -> tuple[str, str] | None:
    """Return the only day or year in a plain query, and the query without it; None if there is none or another."""
    if not _PLAIN_QUERY.fullmatch(text):
        return None
    found = [(date.value, date.start, date.end) for date in find_dates(text) if not date.value.startswith("--")]
    dated = {place for _, start, end in found for place in range(start, end)}
    found += [(year[0], year.start(), year.end()) for year in _BARE_YEAR.finditer(text) if year.start() not in dated]
    if len(found) != 1:
        return None
    value, start, end = found[0]
    rest = " ".join(f"{text[:start]} {text[end:]}".split())
    return (value, rest) if rest else None


def is_over(value: str) -> bool:
    """Return whether a day, month or year ended before today."""
    return last_day_of(value) < today()


def _is_one_that_is_over(mention: DayMention, folded: str) -> bool:
    is_range = _range_behind().match(folded, mention.end)
    return not is_range and (not mention.value[:4].isdigit() or "/" in mention.value or is_over(mention.value))


def _day_at(text: str, phrase: regex.Match[str]) -> DayMention | None:
    """Return the time that stands behind ``phrase``, a match in the folded ``text``."""
    at = phrase.end()
    for date in find_dates(text):
        if at == date.start and not date.value.startswith("--"):
            return DayMention(date.value, phrase.start(), date.end)
    if impossible := _like_a_day().match(fold(text), at):
        return DayMention(text[at : impossible.end()], phrase.start(), impossible.end())
    year = _YEAR.match(text, at)
    return DayMention(year[0], phrase.start(), year.end()) if year else None


@cache
def _in_force_phrase() -> regex.Pattern[str]:
    lists = load("indexing.query_recognition")["in_force"]
    phrases, at = ("|".join(map(regex.escape, sorted(lists[name], key=len, reverse=True))) for name in ("said", "at"))
    return compiled(rf"(?<!\w)(?:{phrases})\s+(?:(?:{at})\s+)?(?:(?:el|le|the|o|dia)\s+)*")


@cache
def _point_phrase() -> regex.Pattern[str]:
    """Return the pattern of what stands before a time at which something is so: "en", "al", "as at", "en l'année"."""
    points = "|".join(sorted(load("indexing.query_recognition")["point_in_time"]["at"], key=len, reverse=True))
    return compiled(rf"(?<!\w)(?:{points})\s+(?=\d|(?:{month_words()})(?!\w))")


@cache
def _made() -> regex.Pattern[str]:
    """Return the pattern of words before a time at which a document was made, sent or changed, or before a range."""
    return compiled(rf"(?<!\w)(?:{load('indexing.query_recognition')['point_in_time']['made']})(?:\s+\S+){{0,3}}\s+$")


@cache
def _documents() -> regex.Pattern[str]:
    return compiled(rf"(?<!\w)(?:{load('indexing.query_recognition')['point_in_time']['documents']})(?!\w)")


@cache
def _range_behind() -> regex.Pattern[str]:
    return compiled(r"\s*(?:y|e|and|et|a|to|hasta|ate|-|–|o|ou|or)\s*(?:1[5-9]|20)\d{2}")


@cache
def _like_a_day() -> regex.Pattern[str]:
    """Return the pattern of a day in figures or words, in the calendar or not."""
    months, year = month_words(), r"(?:1[5-9]|20)\d{2}(?!\d)"
    return compiled(
        rf"\d{{1,2}}([/.-])\d{{1,2}}\1{year}|{year}([/-])\d{{1,2}}\2\d{{1,2}}(?!\d)"
        rf"|\d{{1,2}}(?:\s?[ºo°]|er|st|nd|rd|th)?\s(?:de\s|of\s)?(?:{months})\.?,?\s(?:de\s|del\s|of\s)?{year}"
        rf"|(?:{months})\.?\s\d{{1,2}}(?:st|nd|rd|th)?,?\s{year}"
    )
