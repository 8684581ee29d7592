"""Former wordings of an article printed by an editor below or above the wording in force."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from functools import cache
from itertools import pairwise

import regex

from nlp.compiled_patterns import compiled
from nlp.entities.dates import next_day
from nlp.structure.consolidation_notes import replaced_on
from nlp.structure.marks import Mark, same_unit
from nlp.structure.unit_labels import grammar

# "art. 157 [2000-07-24/2004-12-31]", "art. 157 [../2004-12-31]", "art. 157 [redacción anterior]"
_FORMER = compiled(r" \[(?:(?:\.\.|(?P<since>\d{4}-\d\d-\d\d))/(?P<until>\d{4}-\d\d-\d\d)|[^\]/]+)\]$")


def is_of_day(label: str, day: str, since: str = "") -> bool:
    """Return whether the unit ``label`` may be the wording of ``day`` (ISO 8601): no former one of another period.

    ``since`` is the first day of a present wording, empty if unknown.
    """
    former = _FORMER.search(label)
    return (
        since <= day if former is None else bool(former["until"] and (former["since"] or "") <= day <= former["until"])
    )


def former_period(label: str) -> tuple[str, str] | None:
    """Return the first and last day (ISO 8601, ``""`` unknown) of a former wording; None for other units."""
    former = _FORMER.search(label)
    return (former["since"] or "", former["until"] or "") if former else None


def since_former(labels: Iterable[str]) -> Mapping[str, str]:
    """Return the first day (ISO 8601) of the present wording by label of its unit: that after its last former one.

    Units without a former wording, or with one of unknown end, are missing.
    """
    ends: dict[str, str] = {}
    for label in labels:
        if (period := former_period(label)) and period[1]:
            ends[without_period(label)] = max(period[1], ends.get(without_period(label), ""))
    return {label: next_day(end) for label, end in ends.items()}


def without_period(label: str) -> str:
    """Return the label of the unit of which ``label`` names a former wording; other labels unchanged."""
    return _FORMER.sub("", label)


def with_former(text: str, found: list[Mark], language: str) -> list[Mark]:
    """Return the marks of a law's units, those of former wordings with their period of validity (ISO 8601).

    A former wording has the number of the preceding article and follows a line such as "LEGISLACIÓN ANTERIOR" or
    precedes one with its period ("Vigente desde: 24/07/2000 y hasta el: 31/12/2004"). Without a known period,
    ``former`` is the word for it in ``language``. A wording is also a former one if an editor's note on an amendment
    and the same number follow: it was in force until the amending law was published, as a law is in force from the day
    after (Constitution of Peru, article 109).
    """
    return list(_replaced(text, list(_marked(text, found, language))))


def _replaced(text: str, found: list[Mark]) -> Iterator[Mark]:
    """Yield the marks, with the periods of the wordings that a note and the same number follow."""
    since = ".."
    for mark, after in pairwise([*found, None]):
        assert mark is not None
        follows = after and mark.kind == "article" and not mark.former and same_unit(mark, after)
        until = replaced_on(text, mark.body, after.line) if after and follows else ""
        yield replace(mark, former=f"{since}/{until}") if until else mark
        since = next_day(until) if until else ".."


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
    """Return the period in ISO 8601 (``2000-07-24/2004-12-31``), with ``..`` for an unknown first day, or ``""``."""
    match = _validity().search(wording)
    return f"{_iso(match['since']) or '..'}/{_iso(match['until'])}" if match else ""


def _iso(day: str | None) -> str:
    return "-".join(part.zfill(2) for part in reversed(day.split("/"))) if day else ""


@cache
def _announced() -> regex.Pattern[str]:
    return compiled(grammar()["former"]["before"])


@cache
def _validity() -> regex.Pattern[str]:
    return compiled(grammar()["former"]["period"])
