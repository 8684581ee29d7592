"""Notes of an editor between the former and the new wording of a provision, as in Peru's SPIJ.

"(*) Artículo modificado por el Artículo 1 de la Ley N° 28730, publicada el 13 mayo 2006, cuyo texto es el siguiente:"
stands below the wording that it ends and above the new one, which is printed in quotation marks.
"""

from __future__ import annotations

from functools import cache

import regex

from nlp.entities.dates import iso_day, month_number
from nlp.structure.unit_labels import grammar

_MAX_LENGTH = 1_200  # characters of a note and a rubric


def follows_note(text: str, position: int) -> bool:
    """Return whether a note announces what begins at ``position``, which is then the law's own wording."""
    return _note().search(text[max(0, position - _MAX_LENGTH) : position].rstrip()) is not None


def precedes_note(text: str, position: int) -> bool:
    """Return whether a note on what added or amended the wording before ``position`` follows it."""
    return _added().match(text, position) is not None


def replaced_on(text: str, start: int, end: int) -> str:
    """Return the day of publication (ISO 8601) in the last note between ``start`` and ``end``, or ``""``."""
    notes = list(_amended().finditer(text, start, end))
    return _day(notes[-1]) if notes else ""


def _day(note: regex.Match[str]) -> str:
    return iso_day(_year(note["year"]), month_number(note["month"]), int(note["day"]))


def _year(printed: str) -> int:
    """Return the year; of two digits, one between 1950 and 2049."""
    year = int(printed)
    return year if len(printed) == 4 else year + (1900 if year >= 50 else 2000)


@cache
def _note() -> regex.Pattern[str]:
    return regex.compile(grammar()["former"]["note"])


@cache
def _added() -> regex.Pattern[str]:
    return regex.compile(grammar()["former"]["added"])


@cache
def _amended() -> regex.Pattern[str]:
    return regex.compile(grammar()["former"]["amended"])
