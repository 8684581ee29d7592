"""Labels of comparison rows and traits."""

from __future__ import annotations

from app.comparison.table import STRUCTURE
from app.labels import label_in
from app.wording import has_wording, wording
from nlp.elements.instruments import instruments


def row_name(source: str, element: str, language: str) -> str:
    """Return what a row is called, also one that no table has now; the code of what is not known any more."""
    if source == STRUCTURE:
        return label_in(language, "element", element)
    instrument = instruments().get(source)
    found = (one.description[language] for one in instrument.elements if one.id == element) if instrument else iter(())
    return next(found, element)


def trait_name(trait: str, language: str) -> str:
    """Return what a trait of a clause is called; its code in words where it has no name."""
    key = f"trait.{trait}"
    return wording(key, language) if has_wording(key) else trait.replace("_", " ")
