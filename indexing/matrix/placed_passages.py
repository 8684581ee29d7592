"""Passages that a verdict rests on, placed in their documents."""

from __future__ import annotations

import hashlib

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.matrix.verdicts import Passage
from indexing.store.reading import Store
from nlp.elements.clauses import clauses
from nlp.structure.structure import provisions


def placed(store: Store, access: AccessFilter, passage: Passage) -> Passage:
    """Return a passage with its pinpoint, page and digest.

    One without length is the clause that stands there, at a provision's heading the whole provision.

    Raises ``indexing.no_such_document`` and, for what lies outside the text, ``indexing.no_such_place``.
    """
    document = store.reading(access, passage.document)
    if not 0 <= passage.start <= passage.end <= len(document.text):
        raise RogatioError("indexing.no_such_place")
    units = provisions(store.annotations(access, passage.document).structure)
    unit = next((one for one in units if one.start <= passage.start < one.end), None)
    start, end, pinpoint = passage.start, passage.end, unit.label if unit else ""
    if unit:
        held = store.document(access, passage.document)
        for clause in clauses(document.text[unit.start : unit.end], unit.label, held.language, held.jurisdiction):
            first, last = unit.start + clause.start, unit.start + clause.end
            if first <= start < last:
                pinpoint = clause.label
                start, end = (start, end) if end > start else (first, last)
        if end == start:
            start, end = unit.start, unit.end
    if end == start:
        raise RogatioError("indexing.no_such_place")
    return Passage(passage.document, start, end, pinpoint, document.page_at(start), digest(document.text[start:end]))


def digest(text: str) -> str:
    """Return what tells one text from another, white space apart."""
    return hashlib.sha256(" ".join(text.split()).encode("utf-8", "surrogatepass")).hexdigest()[:16]
