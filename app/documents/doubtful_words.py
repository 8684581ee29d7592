"""Words of a scan that may have been misread."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache

import regex

from extraction.document import Words
from extraction.resource import load

DOUBTFUL_BELOW = 0.6
_FIRST_YEAR, _LAST_YEAR = 1750, 2150
_FULL_NAME = 4  # letters of the name of a month
_TEXT_LAYER = 1.0  # confidence of words that were not recognised from an image


def doubtful_words(text: str, words: Words, start: int, end: int) -> list[tuple[int, int]]:
    """Return the recognised words between ``start`` and ``end`` with low confidence, and years of no document.

    ``3 de agosto de 1208`` is a misread year, however sure the recognition is.
    """
    years = set(_impossible_years(text, start, end))
    return [
        (int(row["start"]), int(row["end"]))
        for row in words.within(start, end)
        if row["confidence"] < DOUBTFUL_BELOW
        or (row["confidence"] < _TEXT_LAYER and any(row["start"] <= year < row["end"] for year in years))
    ]


def _impossible_years(text: str, start: int, end: int) -> Iterator[int]:
    for match in _dated().finditer(text, start, end):
        if not _FIRST_YEAR <= int(match["year"]) <= _LAST_YEAR:
            yield match.start("year")


@cache
def _dated() -> regex.Pattern[str]:
    """Match the month, by its full name in any of the languages, and the year of a date."""
    months = load("nlp.dates")["months"].values()
    names = sorted({name for language in months for forms in language for name in forms if len(name) >= _FULL_NAME})
    accents = {"a": "[aá]", "c": "[cç]", "e": "[eéè]", "u": "[uû]"}
    month = "|".join("".join(accents.get(letter, letter) for letter in name) for name in names)
    return regex.compile(rf"(?i)(?<!\p{{L}})(?:{month}),?\s+(?:del?\s+)?(?P<year>\d{{4}})(?![\d/]|[.,]\d)")
