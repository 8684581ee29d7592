"""Amounts whose number is written in words: "four thousand euros", "mil quinientos dólares"."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache

import regex

from extraction.resource import load
from nlp.annotations import Span
from nlp.entities.money import ORIGIN, currency_of
from nlp.folding import fold

_CONFIDENCE, _THOUSAND = 0.85, 1000
_LEAST = 2  # "un euro" and "one dollar" are seldom amounts of a case


def worded_amounts(text: str, country: str) -> Iterator[Span]:
    """Yield MONEY spans of amounts in words, in order.

    ``country`` (ISO 3166-1 alpha-2) is that whose currency bare names denote.
    """
    for found in _amounts().finditer(text):
        value = number_of(regex.findall(r"quatre-vingts?|\p{L}+", fold(found["number"])))
        currency = currency_of(found["currency"], country)
        if value >= _LEAST and currency:
            yield Span(found.start(), found.end(), "MONEY", f"{value} {currency}", _CONFIDENCE, ORIGIN)


def number_of(words: Sequence[str]) -> int:
    """Return the value of the folded words of a number, such as ``dos``, ``mil``, ``quinientos``."""
    numbers = load("nlp.number_words")
    high, thousands, below = 0, 0, 0
    for word in words:
        if scale := numbers["scales"].get(word):
            if scale == _THOUSAND:
                thousands, below = thousands + max(1, below) * scale, 0
            else:
                high, thousands, below = high + (thousands + below or 1) * scale, 0, 0
        elif word in numbers["hundred"]:
            below = max(1, below) * 100
        else:
            below += numbers["values"].get(word, 0)
    return high + thousands + below


@cache
def _amounts() -> regex.Pattern[str]:
    numbers = load("nlp.number_words")
    known = sorted((*numbers["values"], *numbers["hundred"], *numbers["scales"]), key=len, reverse=True)
    word = "|".join(known).replace("a", "[aãâ]").replace("o", "[oóõ]").replace("i", "[ií]").replace("e", "[eé]")
    joined = rf"(?:,?[ \n]|-|,?[ \n](?:{'|'.join(numbers['joining'])})[ \n])"
    names = "|".join(load("nlp.money")["names"])
    return regex.compile(
        rf"(?<![\p{{L}}\d-]|\d )(?P<number>(?:{word})(?:{joined}(?:{word}))*+)[ \n](?:de[ \n]|d[’'])?"
        rf"(?P<currency>{names})(?!\p{{L}})",
        regex.I,
    )
