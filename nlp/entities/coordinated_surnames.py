"""Coordinated surnames: "M. et Mme Robins"."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load

_REACH = 30  # characters that name a couple before its surname


def couple_start(text: str, start: int) -> int:
    """Return where a couple is named whose surname begins at ``start`` ("M. et Mme Robins"), else ``start``."""
    named = _couple().search(text, max(0, start - _REACH), start)
    return named.start() if named and named.end() == start else start


def names_couple(written: str) -> bool:
    """Tell whether a name as it is written begins with the words for a couple."""
    return _couple().match(written) is not None


@cache
def _couple() -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{'|'.join(load('nlp.names')['couples'])})\s+")
