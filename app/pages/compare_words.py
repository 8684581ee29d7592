"""Words of the comparison pages: traits, punishments as figures, and how far something is shared, never by colour."""

from __future__ import annotations

from babel.numbers import format_decimal
from flask_babel import gettext, ngettext

from app.interface_language import interface_language, interface_locale
from app.row_names import trait_name
from indexing.comparison.table import Figure


def trait_label(name: str) -> str:
    return trait_name(name, interface_language())


def figure_words(figure: Figure) -> str:
    """Return a punishment as figures: ``imprisonment: 6 months to 6 years``."""
    kind, extent = trait_label(figure.kind), _extent(figure)
    return f"{kind}{gettext(':')} {extent}" if extent else kind


def _extent(figure: Figure) -> str:
    least, most = _amount(figure.least, figure.unit), _amount(figure.most, figure.unit)
    if figure.unit == "life":
        said = gettext("for life")
    elif least and most and least != most:
        said = gettext("%(least)s to %(most)s", least=least, most=most)
    elif most and not least:
        said = gettext("up to %(most)s", most=most)
    elif least and not most:
        said = gettext("at least %(least)s", least=least)
    else:
        said = most
    return str(said)


def _amount(value: float | None, unit: str) -> str:
    if value is None:
        return ""
    if unit == "month":
        return _months(value)
    number = format_decimal(value, locale=interface_locale())
    return str(ngettext("%(n)s day", "%(n)s days", value, n=number)) if unit == "day" else f"{number} {unit}"


def _months(months: float) -> str:
    years, rest = divmod(int(months), 12)
    shown = []
    if years:
        shown.append(ngettext("%(n)s year", "%(n)s years", years, n=years))
    if rest or not years:
        shown.append(ngettext("%(n)s month", "%(n)s months", rest, n=rest))
    return " ".join(shown)
