"""Penalties stated by degrees ("presidio menor en su grado medio"), whose years a table of the code sets."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache
from typing import Any

import regex

from extraction.resource import load

_WHOLE = "whole"


@dataclass(frozen=True, slots=True)
class Degree:
    """A penalty by degrees at a range of the text: its months by the table, and the article."""

    start: int
    end: int
    least: float
    most: float
    source: str


def degrees(folded: str, jurisdiction: str) -> Iterator[Degree]:
    """Yield the penalties by degrees of a country that has a table of them; a last one for life is left out."""
    table: dict[str, Any] | None = load("nlp.penalties")["degrees"].get(jurisdiction)
    if table is None:
        return
    for match in _stated(jurisdiction).finditer(folded):
        last = "last" if match["last"] else "first"
        bounds = (*_months(table, match["first"]), *_months(table, match[last]))
        yield Degree(match.start(), match.end(last), min(bounds), max(bounds), table["source"])


def _months(table: dict[str, Any], stated: str) -> tuple[float, float]:
    """Return the months of the lowest and the highest degree that ``stated`` names, of all degrees without a name."""
    scale = next(scale for scale in table["scales"] if regex.search(scale["name"], stated))
    named = [months for degree, months in scale["months"].items() if degree != _WHOLE and degree in stated]
    bounds = [month for months in named or [scale["months"][_WHOLE]] for month in months]
    return min(bounds), max(bounds)


@cache
def _stated(jurisdiction: str) -> regex.Pattern[str]:
    """Return the pattern of one degree or of a range of two."""
    table = load("nlp.penalties")["degrees"][jurisdiction]
    one = rf"(?:{'|'.join(scale['name'] for scale in table['scales'])})(?:{table['of_degree']})?"
    return regex.compile(rf"(?<!\w)(?P<first>{one})(?: a (?P<last>{one}))?(?!\w)")
