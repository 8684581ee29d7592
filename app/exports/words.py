"""Wording, times and names of countries in the language of an export."""

from __future__ import annotations

import datetime

from babel import Locale

from app.i18n import written_moment
from app.wording import wording
from extraction.errors import LANGUAGES, RogatioError


def checked_language(language: str) -> str:
    """Return a language that an export can be in; ``app.bad_parameter`` for any other."""
    if language not in LANGUAGES:
        raise RogatioError("app.bad_parameter", name="language")
    return language


def words(key: str, language: str, **facts: object) -> str:
    """Return the words of an export under ``key``, with facts filled in."""
    return wording(f"export.{key}", language, **facts)


def country_name(code: str, language: str) -> str:
    """Return the name of an ISO 3166 alpha-2 code; a code that is none as it is."""
    name: str = Locale(language).territories.get(code.upper(), code)
    return name


def language_name(code: str, language: str) -> str:
    """Return the name of an ISO 639-1 code; a code that is none as it is."""
    name: str = Locale(language).languages.get(code, code)
    return name


def moment(value: datetime.datetime, language: str) -> str:
    """Return a time, told as UTC, which is the same for whoever reads it where."""
    return f"{written_moment(value, language, datetime.UTC)} UTC"
