"""Coordinated surnames: "M. et Mme Robins"."""

from __future__ import annotations

from functools import cache

import regex

from extraction.resource import load

_REACH = 30  # maximum length of the words for a couple before its surname, in characters


def couple_start(text: str, start: int) -> int:
    """Return the start of a couple's mention whose surname is at ``start`` ("M. et Mme Robins"), else ``start``."""
    match = _couple().search(text, max(0, start - _REACH), start)
    return match.start() if match and match.end() == start else start


def names_couple(written: str) -> bool:
    """Return whether a name as written begins with the words for a couple."""
    return _couple().match(written) is not None


@cache
def _couple() -> regex.Pattern[str]:
    return regex.compile(rf"\b(?:{'|'.join(load('nlp.names')['couples'])})\s+")
