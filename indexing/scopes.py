"""The scopes of a document, within which AND, OR and NOT hold: provisions of legislation, else the whole document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extraction.document import Document
from indexing.identity import document_identity, provision_identities
from nlp.annotations import Annotations, Unit
from nlp.document_type import is_legislation
from nlp.structure.structure import provisions


@dataclass(frozen=True, slots=True)
class Scope:
    """A range of the text, the provision that it is, and the canonical ids that are it."""

    start: int
    end: int
    unit: Unit | None = None
    identity: tuple[str, ...] = ()


def scopes(document: Document, annotations: Annotations) -> list[Scope]:
    """Return the scopes in reading order; the first of a law is found by what the law as a whole is cited by, too."""
    whole = document_identity(annotations)
    if not is_legislation(annotations.document_type.label):
        return [Scope(0, len(document.text), None, whole)]
    found = list(_legislation(document.text, annotations))
    first = found[0] if found else Scope(0, len(document.text))
    return [replace(first, identity=(*whole, *first.identity)), *found[1:]]


def _legislation(text: str, annotations: Annotations) -> Iterator[Scope]:
    """Yield the provisions and what stands between them, so that no word of a law is lost."""
    at = 0
    for unit in provisions(annotations.structure):
        if unit.start < at:
            continue
        if text[at : unit.start].strip():
            yield Scope(at, unit.start)
        if text[unit.start : unit.end].strip():
            yield Scope(unit.start, unit.end, unit, provision_identities(annotations, unit))
        at = unit.end
    if text[at:].strip():
        yield Scope(at, len(text))
