"""Lengths of periods in words and figures ("thirty (30) working days", "sous quinzaine"), in the four languages."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, timedelta
from functools import cache

import regex

from extraction.resource import load
from nlp.entities.dates import months_after
from nlp.folding import fold
from nlp.requests.proposal import Json


def length_of(words: str) -> Mapping[str, Json]:
    """Return ``number``, ``unit`` and ``working`` of the period in words such as "30 days", empty without one."""
    found = period_pattern().search(fold(words))
    return length(found) if found else {}


def length(period: regex.Match[str]) -> dict[str, Json]:
    """Return ``number``, ``unit`` (hour, day, week, month) and ``working`` of a match of ``period_pattern``."""
    rules = load("nlp.request_answer_periods")
    if span := period["span"]:
        return {"number": rules["spans"][span], "unit": "day", "working": False}
    unit = next(name for name, words in rules["units"].items() if regex.fullmatch(words, period["unit"]))
    return {
        "number": written_number(period["number"]),
        "unit": unit,
        "working": bool(period["before"] or period["behind"]),
    }


def day_after(since: date, number: int, unit: str, *, back: bool = False) -> date:
    """Return the day ``number`` units (hour, day, week, month) after ``since``, or before it; hours as whole days."""
    sign = -1 if back else 1
    if unit == "month":
        return months_after(since, sign * number)
    days = {"hour": -(-number // 24), "week": 7 * number}.get(unit, number)
    return since + timedelta(days=sign * days)


def written_number(written: str) -> int:
    """Return a number of up to three figures, or in words (folded) of ``numbers``, which any space may divide."""
    written = " ".join(written.split())
    return int(written) if written.isdigit() else int(load("nlp.request_answer_periods")["numbers"][written])


@cache
def period_pattern() -> regex.Pattern[str]:
    """Return the pattern of a length of time in folded text."""
    rules = load("nlp.request_answer_periods")
    words = "|".join(sorted((word.replace(" ", r"\s+") for word in rules["numbers"]), key=len, reverse=True))
    number = rf"(?P<number>\d{{1,3}}|{words})(?: ?\([\w -]+\))?"
    unit = rf"(?P<unit>{'|'.join(rules['units'].values())})"
    working = rules["working"]
    counted = rf"{number}[ -](?:calendar |naturales |clear )?(?P<before>{working} )?{unit}\b(?P<behind> {working}\b)?"
    return regex.compile(rf"(?<![\w.,/])(?:{counted}|(?:(?:una?|uma?|une|a) )?(?P<span>{'|'.join(rules['spans'])})\b)")
