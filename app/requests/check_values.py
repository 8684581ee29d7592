"""Values on which a raised check rests, in words: for pages, messages and letters."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any

from app.i18n import written_date
from app.wording import worded_in
from extraction.resource import load


def differing_values(differences: Iterable[Sequence[str]], language: str) -> str:
    """Return the values that a translation gives otherwise, each as original and translation, in one sentence.

    It is empty without any.
    """
    wording = worded_in(load("nlp.request_checks")["differing"], language)
    pairs = "; ".join(
        wording.format(original=original, translation=translation) for original, translation in differences
    )
    return f"{pairs[0].upper()}{pairs[1:]}." if pairs else ""


def written_values(check: Mapping[str, Any], language: str) -> str:
    """Return the periods, names, numbers or days on which a stored check rests, empty without any."""
    days = [written_date(day, language) for day in check.get("days", ())]
    return period_ranges(check.get("periods", ())) or "; ".join((*check.get("values", ()), *days))


def period_ranges(periods: Iterable[Sequence[str]]) -> str:
    """Return periods, each by its first and last day as the letter writes them, empty without any."""
    return "; ".join(f"{first} – {last}" for first, last in periods)
