"""What the rows of comparisons are called: elements of provisions, and elements of model instruments in our words."""

from __future__ import annotations

from app.labels import label_in
from indexing.comparison.table import STRUCTURE
from nlp.elements.instruments import instruments


def row_name(source: str, element: str, language: str) -> str:
    """Return what a row is called, also one that no table has now; the code of what is not known any more."""
    if source == STRUCTURE:
        return label_in(language, "element", element)
    instrument = instruments().get(source)
    found = (one.description[language] for one in instrument.elements if one.id == element) if instrument else iter(())
    return next(found, element)
