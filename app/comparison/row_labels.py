"""Labels of comparison rows and traits."""

from __future__ import annotations

from app.comparison.table import STRUCTURE
from app.labels import label_in
from app.wording import has_wording, worded_in, wording
from nlp.elements.instruments import instruments


def row_name(source: str, element: str, language: str) -> str:
    """Return the name of a row, also of one no longer in any table; an unknown code unchanged."""
    if source == STRUCTURE:
        return label_in(language, "element", element)
    instrument = instruments().get(source)
    found = (
        (worded_in(part.description, language) for part in instrument.elements if part.id == element)
        if instrument
        else iter(())
    )
    return next(found, element)


def trait_name(trait: str, language: str) -> str:
    """Return the name of a trait of a clause; a code without name in words."""
    key = f"trait.{trait}"
    return wording(key, language) if has_wording(key) else trait.replace("_", " ")
