"""Language of the interface and dates in words; independent of the language of queries, documents and reports.

Flask is imported where a page is made, and ``babel.dates``, which looks for the time zones of the machine, where a date
is written: many commands need neither.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TYPE_CHECKING
from urllib.parse import parse_qs, urlencode, urlsplit

from babel import Locale
from babel.core import get_global

from app.wording import VARIETIES, Catalogue, base_language, catalogue

if TYPE_CHECKING:
    from flask import Flask, Response
    from werkzeug.datastructures import LanguageAccept

COOKIE = "rogatio_language"
LOCALES = {"en": "en_GB", "pt-PT": "pt_PT"}  # British English date order: 3 May 2024
OWN_NAMES = {
    "es": "Español",
    "pt": "Português (Brasil)",
    "pt-PT": "Português (Portugal)",
    "en": "English",
    "fr": "Français",
}
_YEAR = 365 * 24 * 3600


def interface_variety() -> str:
    """Return the language or variety of this request's page: es, pt (Brazil), pt-PT, en or fr.

    Without one of ours that is accepted, pages are in Spanish and the REST API, which programs read, in English.
    """
    from flask import g, request

    if "variety" not in g:
        candidates = (request.args.get("ui"), request.cookies.get(COOKIE))
        usual = "en" if request.path.startswith("/api/") else "es"
        g.variety = next((code for code in candidates if code in OWN_NAMES), "") or _best(
            request.accept_languages, usual
        )
    variety: str = g.variety
    return variety


def _best(accepted: LanguageAccept, usual: str) -> str:
    """Return the language or variety that a browser accepts best, ``usual`` without one of ours.

    The varieties that CLDR derives from Portugal's (``pt-AO``, ``pt-MZ``) are read in it.
    """
    from werkzeug.datastructures import LanguageAccept

    parents = get_global("parent_exceptions")
    parent_of = {tag: parents.get(tag.replace("-", "_"), "").replace("_", "-") for tag, _ in accepted}
    read = [(parent_of[tag] if parent_of[tag] in OWN_NAMES else tag, quality) for tag, quality in accepted]
    return LanguageAccept(read).best_match(OWN_NAMES, default=usual)


def interface_language() -> str:
    """Return the language of this request's page: es, pt, en or fr."""
    return base_language(interface_variety())


@contextmanager
def labels_in(language: str) -> Iterator[None]:
    """Make the labels of codes (``app/labels.py``) be in ``language`` for a while, for exports in another language."""
    from flask import g

    before, g.variety = interface_variety(), language
    try:
        yield
    finally:
        g.variety = before


def interface_locale() -> str:
    """Return the locale of dates and numbers on this request's page."""
    return _locale(interface_variety())


def in_language(language: str) -> str:
    """Return the address of this page in another language of the interface.

    The answer to a form may have an address that cannot be opened; there it is that of the page with the form.
    """
    from flask import request

    form = urlsplit(request.referrer or "")
    if request.method == "POST" and form.netloc == request.host:
        path, given = form.path, parse_qs(form.query)
    else:
        path, given = request.path, request.args.to_dict(flat=False)
    return f"{_page_at(path)}?{urlencode(given | {'ui': [language]}, doseq=True)}"


def _page_at(path: str) -> str:
    """Return the address of the page at ``path`` or above it: that of a form alone cannot be opened."""
    from flask import current_app, request

    if request.method != "POST":
        return path
    pages = current_app.create_url_adapter(request)
    while path and not (pages and pages.test(path, "GET")):
        path = path.rpartition("/")[0]
    return path or "/"


def _variety(locale: Locale | None) -> str:
    """Return the language or variety of a page's locale, English outside of requests."""
    tag = str(locale or "en").replace("_", "-")
    return tag if tag in VARIETIES else tag[:2]


def _remember(response: Response) -> Response:
    from flask import request

    if request.args.get("ui") in OWN_NAMES:
        response.set_cookie(
            COOKIE, request.args["ui"], max_age=_YEAR, secure=request.is_secure, samesite="Lax", httponly=True
        )
    if request.endpoint != "static":
        response.vary.update(("Accept-Language", "Cookie"))
        if response.mimetype == "text/html":
            response.content_language.add(interface_variety())
    return response


def set_up(app: Flask) -> None:
    """Give the application the catalogues and the language of each reader."""
    from flask_babel import Babel, Domain, get_locale

    class _PoDomain(Domain):  # type: ignore[misc]
        """Flask-Babel reads ``.mo`` files; our catalogues are read from ``.po`` without a build step."""

        def get_translations(self) -> Catalogue:
            return catalogue(_variety(get_locale()))

    babel = Babel(app, locale_selector=interface_locale)
    babel.domain_instance = _PoDomain()
    app.after_request(_remember)


_FIRST = re.compile(r"^1(?= )")
_ORDINALS = {"fr": "1er", "pt": "1º"}
"""The first of a month in French and in the Portuguese of Brazil; Portugal writes a cardinal."""


_LEAP_YEAR = 2000


def written_date(iso: str, language: str) -> str:
    """Return an ISO 8601 date in words, to the precision given (day, month or year); other text unchanged.

    A day without a year is ``--MM-DD``.
    """
    from babel.dates import format_date, format_skeleton

    year, month, day = [*iso.split("-"), "", ""][:3]
    try:
        if iso.startswith("--"):
            yearless = datetime.date(_LEAP_YEAR, *map(int, iso[2:].split("-")))
            return _ordinal(format_skeleton("MMMMd", yearless, locale=_locale(language)), language)
        if not int(month or 0):
            return str(int(year))
        first = datetime.date(int(year), int(month), int(day or 1))
        locale = _locale(language)
        has_day = int(day or 0)
        shown = format_date(first, "long", locale) if has_day else format_skeleton("yMMMM", first, locale=locale)
    except ValueError:
        return iso
    return _ordinal(shown, language)


def written_moment(value: datetime.datetime, language: str, zone: datetime.tzinfo | None = None) -> str:
    """Return a time of the store (UTC) in the time zone ``zone``, by default that of this machine."""
    from babel.dates import LOCALTZ, format_date, format_time

    aware = value if value.tzinfo else value.replace(tzinfo=datetime.UTC)
    local, locale = aware.astimezone(zone or LOCALTZ), _locale(language)
    day, time = format_date(local.date(), "medium", locale=locale), format_time(local.timetz(), "short", locale=locale)
    return f"{_ordinal(day, language)}, {time}"


def last_day(end: str) -> str:
    """Return the last day in force of an expression whose ``end`` is the first day no longer in force (ISO 8601)."""
    return (datetime.date.fromisoformat(end) - datetime.timedelta(days=1)).isoformat()


def _locale(language: str) -> str:
    return LOCALES.get(language, language)


def _ordinal(shown: str, language: str) -> str:
    """Write the first of a month as an ordinal where the language does, which CLDR's formats do not provide."""
    return _FIRST.sub(_ORDINALS[language], shown) if language in _ORDINALS else shown
