"""Earlier wordings of an article that an editor prints below the wording in force."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex

from nlp.structure.marks import Mark, same_unit
from nlp.structure.unit_labels import grammar


def with_former(text: str, found: list[Mark], language: str) -> list[Mark]:
    """Return the marks of a law's units, those of earlier wordings with the period (ISO 8601) for which they held.

    An earlier wording has the number of the article before it, and stands below a line that says so ("LEGISLACIÓN
    ANTERIOR") or above one with its period ("Vigente desde: 24/07/2000 y hasta el: 31/12/2004"). Without a known
    period ``former`` is the word of the language for it.
    """
    return list(_marked(text, found, language))


def _marked(text: str, found: list[Mark], language: str) -> Iterator[Mark]:
    last: Mark | None = None
    for mark, after in pairwise([*found, None]):
        assert mark is not None
        if last and mark.kind == "article" and same_unit(mark, last):
            limit = after.line if after else len(text)
            period = _period(text[mark.body : limit])
            if period or _announced().search(text, last.body, mark.line):
                yield replace(mark, former=period or grammar()["former"]["word"][language])
                continue
        last = mark if mark.kind == "article" else last if mark.is_basic else None
        yield mark


def _period(wording: str) -> str:
    """Return ``2000-07-24/2004-12-31``; ``..`` stands for a first day that is not said."""
    found = _validity().search(wording)
    return f"{_iso(found['since']) or '..'}/{_iso(found['until'])}" if found else ""


def _iso(day: str | None) -> str:
    return "-".join(part.zfill(2) for part in reversed(day.split("/"))) if day else ""


@cache
def _announced() -> regex.Pattern[str]:
    return regex.compile(grammar()["former"]["before"])


@cache
def _validity() -> regex.Pattern[str]:
    return regex.compile(grammar()["former"]["period"])
