"""First day in force that a law states in its own text ("Esta ley entrará en vigor el 1 de marzo de 2024").

A day counted from its publication or promulgation ("un (1) año después de su promulgación") needs the day of that. The
words are in ``resources/entry_into_force.yaml``.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from functools import cache
from typing import Any

import regex

from extraction.resource import load
from nlp.entities.dates import find_dates, months_after, next_day
from nlp.folding import fold
from nlp.requests.dates.period_lengths import written_number

_DAY = len("2024-03-01")
_REACH = 60
"""Characters in which a day in words ends."""


@dataclass(frozen=True, slots=True)
class FirstDay:
    """The first day in force as a law states it (ISO 8601): not before ``earliest``, certainly from ``day`` on.

    The two differ after a period, since laws count its last day differently. ``is_counted``: from the publication or
    promulgation.
    """

    earliest: str
    day: str
    is_counted: bool = False


@dataclass(frozen=True, slots=True)
class Issue:
    """The days (ISO 8601) on which a law was published and promulgated, empty if unknown."""

    published: str = ""
    promulgated: str = ""


def stated_first_day(text: str, issue: Issue = Issue()) -> FirstDay | None:
    """Return the first day in force, None without one.

    None is returned if the law states several, or one that cannot be computed (the decrees of its reforms stand at its
    end), or excepts some of its provisions.
    """
    days = set(_days(text, issue))
    return days.pop() if len(days) == 1 else None


def _days(text: str, issue: Issue) -> Iterator[FirstDay | None]:
    """Yield the day of each statement, None for one that cannot be computed or with exceptions."""
    folded = fold(text)
    for found in _pattern().finditer(folded):
        sentence = folded[found.end() :].partition(".\n")[0].partition(". ")[0]
        if _excepted().search(sentence):
            yield None
        else:
            dated = _dated(text[found.end() :][:_REACH]) if found["day"] else None
            yield dated or _counted(folded, found.start("day") if found["day"] else found.end(), issue)


def _dated(rest: str) -> FirstDay | None:
    """Return the day with which ``rest`` begins."""
    written = next(iter(find_dates(rest)), None)
    known = written is not None and not written.start and len(written.value) == _DAY
    return FirstDay(written.value, written.value) if written and known else None


def _counted(folded: str, at: int, issue: Issue) -> FirstDay | None:
    """Return the day that is counted from the publication or promulgation, in the words at ``at``."""
    for pattern in _counts():
        if found := pattern.match(folded, at):
            event = found["event"]
            since = issue.published if regex.match(_words()["publication"], event) else issue.promulgated
            return _after(since, found.groupdict()) if since else None
    return None


def _after(since: str, words: dict[str, str | Any]) -> FirstDay:
    """Return the first day of a law that applies since the event, the day after it, or at the end of a period."""
    if words.get("next"):
        return FirstDay(next_day(since), next_day(since), True)
    if not words.get("number"):
        return FirstDay(since, since, True)
    unit = next(name for name, forms in _words()["units"].items() if regex.fullmatch(forms, words["unit"]))
    ended = _added(date.fromisoformat(since), written_number(words["number"]), unit).isoformat()
    return FirstDay(ended, next_day(ended), True)


def _added(day: date, number: int, unit: str) -> date:
    """Return the day of the same number after some months or years (the last day of a shorter month), or after days."""
    if unit == "day":
        return day + timedelta(days=number)
    return months_after(day, number * (12 if unit == "year" else 1))


def _words() -> dict[str, Any]:
    words: dict[str, Any] = load("indexing.entry_into_force")
    return words


@cache
def _pattern() -> regex.Pattern[str]:
    words = _words()
    pairs = (
        f"(?:{law}) {words['begins'][language]}\\b(?P<day> {words['day'][language]})?"
        for language, law in words["law"].items()
    )
    return regex.compile(rf"\b(?:{'|'.join(pairs)})".replace(" ", r"\s+"))


@cache
def _counts() -> tuple[regex.Pattern[str], ...]:
    """Return the patterns of a day counted from an event, of each language."""
    words = _words()
    numbers = sorted(load("nlp.request_answer_periods")["numbers"], key=len, reverse=True)
    units = "|".join(words["units"].values())
    number = rf"(?P<number>\d{{1,3}}|{'|'.join(numbers)})(?: \([\w -]+\))?"
    written = (pattern for patterns in words["counted"].values() for pattern in patterns)
    filled = (each.replace("<number>", number).replace("<unit>", rf"(?P<unit>{units})\b") for each in written)
    return tuple(regex.compile(rf",? {each}".replace(" ", r"\s+")) for each in filled)


@cache
def _excepted() -> regex.Pattern[str]:
    return regex.compile(_words()["excepted"])
