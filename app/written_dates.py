"""Days and times in words, in a language that is said: pages are written in the reader's, exports in their own."""

from __future__ import annotations

import datetime
import re

from babel.dates import LOCALTZ, format_date, format_time

from app.interface_language import LOCALES

_FIRST = re.compile(r"^1(?= )")


def written_date(iso: str, language: str) -> str:
    """Return an ISO 8601 date as far as it is given, a day, a month or a year; what is none as it is."""
    year, month, day = [*iso.split("-"), "", ""][:3]
    try:
        if not int(month or 0):
            return str(int(year))
        style = "long" if int(day or 0) else "MMMM y"
        shown = format_date(datetime.date(int(year), int(month), int(day or 1)), style, locale=_locale(language))
    except ValueError:
        return iso
    return _ordinal(shown, language)


def written_moment(value: datetime.datetime, language: str, zone: datetime.tzinfo = LOCALTZ) -> str:
    """Return a time of the store, which is UTC, by the clock of ``zone``, that of this machine where none is said."""
    aware = value if value.tzinfo else value.replace(tzinfo=datetime.UTC)
    local, locale = aware.astimezone(zone), _locale(language)
    day, time = format_date(local.date(), "medium", locale=locale), format_time(local.timetz(), "short", locale=locale)
    return f"{_ordinal(day, language)}, {time}"


def last_day(end: str) -> str:
    """Return the last day in force of a version whose ``end`` is the first day that no longer counts (ISO 8601)."""
    return (datetime.date.fromisoformat(end) - datetime.timedelta(days=1)).isoformat()


def _locale(language: str) -> str:
    return LOCALES.get(language, language)


def _ordinal(shown: str, language: str) -> str:
    """French writes the first of a month as an ordinal, which CLDR's formats do not."""
    return _FIRST.sub("1er", shown) if language == "fr" else shown
