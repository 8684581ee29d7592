"""The language of the interface: asked for in the address, else remembered, else what the browser prefers.

It says nothing of the language of a query, a document or a report (brief 6.5: four independent settings).
"""

from __future__ import annotations

import io
from functools import cache
from importlib.resources import files
from urllib.parse import urlencode

from babel.messages.mofile import write_mo
from babel.messages.pofile import read_po
from babel.support import NullTranslations, Translations
from flask import Flask, Response, g, request
from flask_babel import Babel, Domain, get_locale

from extraction.errors import LANGUAGES

COOKIE = "rogatio_language"
LOCALES = {"en": "en_GB"}  # dates as the programme's readers write them: 3 May 2024
OWN_NAMES = {"es": "Español", "pt": "Português", "en": "English", "fr": "Français"}
_YEAR = 365 * 24 * 3600


def interface_language() -> str:
    """Return the language of this request's page: es, pt, en or fr."""
    if "language" not in g:
        asked = (request.args.get("ui"), request.cookies.get(COOKIE))
        accepted = request.accept_languages.best_match(LANGUAGES, default="es")
        g.language = next((code for code in asked if code in LANGUAGES), accepted)
    language: str = g.language
    return language


def interface_locale() -> str:
    """Return the locale that dates and numbers of this request's page are written in."""
    return LOCALES.get(interface_language(), interface_language())


def in_language(language: str) -> str:
    """Return the address of this page in another language of the interface."""
    arguments = request.args.to_dict(flat=False) | {"ui": [language]}
    return f"{request.path}?{urlencode(arguments, doseq=True)}"


@cache
def catalogue(language: str) -> NullTranslations:
    """Compile the ``.po`` of ``language`` in memory; English is the language that messages are written in."""
    if language == "en":
        return NullTranslations()
    with files("app").joinpath(f"translations/{language}.po").open("rb") as source:
        messages = read_po(source, locale=language)
    compiled = io.BytesIO()
    write_mo(compiled, messages)
    compiled.seek(0)
    return Translations(compiled)


class _PoDomain(Domain):  # type: ignore[misc]
    """Flask-Babel reads ``.mo`` files; ours come from the ``.po`` without a build step."""

    def get_translations(self) -> NullTranslations:
        locale = get_locale()
        return catalogue(locale.language if locale else "en")


def _remember(response: Response) -> Response:
    if request.args.get("ui") in LANGUAGES:
        response.set_cookie(COOKIE, request.args["ui"], max_age=_YEAR, samesite="Lax", httponly=True)
    response.vary.update(("Accept-Language", "Cookie"))
    return response


def set_up(app: Flask) -> None:
    babel = Babel(app, locale_selector=interface_locale)
    babel.domain_instance = _PoDomain()
    app.after_request(_remember)
