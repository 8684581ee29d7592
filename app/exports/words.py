"""Wording, times and names of countries in the language of an export."""

from __future__ import annotations

import datetime

from babel import Locale

from app.i18n import written_moment
from app.wording import VARIETIES, wording
from extraction.errors import LANGUAGES, RogatioError

EXPORT_LANGUAGES = (*LANGUAGES, *VARIETIES)


def checked_language(language: str) -> str:
    """Return a valid language of an export; raises ``app.bad_parameter`` for any other."""
    if language not in EXPORT_LANGUAGES:
        raise RogatioError("app.bad_parameter", name="language")
    return language


def words(key: str, language: str, **facts: object) -> str:
    """Return the wording of an export under ``key``, with facts filled in."""
    return wording(f"export.{key}", language, **facts)


def country_name(code: str, language: str) -> str:
    """Return the name of an ISO 3166 alpha-2 code; an unknown code unchanged."""
    name: str = Locale.parse(language, sep="-").territories.get(code.upper(), code)
    return name


def language_name(code: str, language: str) -> str:
    """Return the name of an ISO 639-1 code; an unknown code unchanged."""
    name: str = Locale.parse(language, sep="-").languages.get(code, code)
    return name


def moment(value: datetime.datetime, language: str) -> str:
    """Return a time in UTC, so that it is the same for readers in any time zone."""
    return f"{written_moment(value, language, datetime.UTC)} UTC"
