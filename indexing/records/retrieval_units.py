"""Retrieval units: the provisions of legislation, otherwise the whole document."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace

from extraction.document import Document
from indexing.records.record import Record
from indexing.records.validity import LAST_DAY, day
from nlp.annotations import Annotations, Unit
from nlp.citations.identity import document_identities, provision_identities
from nlp.document_type import is_legislation
from nlp.structure.structure import provisions


@dataclass(frozen=True, slots=True)
class RetrievalUnit:
    """A range of the text with its provision (None for other text) and its canonical ids."""

    start: int
    end: int
    unit: Unit | None = None
    identity: tuple[str, ...] = ()


def retrieval_units(document: Document, annotations: Annotations) -> list[RetrievalUnit]:
    """Return the retrieval units in reading order; the first of a law has the canonical ids of the whole law too."""
    whole = document_identities(annotations)
    if not is_legislation(annotations.document_type.label):
        return [RetrievalUnit(0, len(document.text), None, whole)]
    units = list(_legislation(document.text, annotations))
    first = units[0] if units else RetrievalUnit(0, len(document.text))
    return [replace(first, identity=(*whole, *first.identity)), *units[1:]]


def _legislation(text: str, annotations: Annotations) -> Iterator[RetrievalUnit]:
    """Yield the provisions and the text between them, so that all text of a law is searchable."""
    at = 0
    for unit in provisions(annotations.structure):
        if unit.start < at:
            continue
        if text[at : unit.start].strip():
            yield RetrievalUnit(at, unit.start)
        if text[unit.start : unit.end].strip():
            yield RetrievalUnit(unit.start, unit.end, unit, provision_identities(annotations, unit))
        at = unit.end
    if text[at:].strip():
        yield RetrievalUnit(at, len(text))


def keywords(record: Record) -> dict[str, tuple[str, ...]]:
    """Return the non-empty values of ``plan.KEYWORDS`` of a scope, for filters and facets."""
    facts = record.facts
    entities: dict[str, tuple[str, ...]] = {}
    for label, value in record.entities:
        entities[label] = (*entities.get(label, ()), value)
    values = {
        "document_id": (facts.document_id,),
        "scope_id": (record.scope_id,),
        "collection": (facts.collection,),
        "case_file": (facts.case_file,),
        "unit": (record.unit,),
        "identity": record.identity,
        "cites": record.cites,
        "jurisdiction": (facts.jurisdiction,),
        "language": (record.language,),
        "document_type": (facts.document_type,),
        "year": (facts.date[:4],),
        "authority": (facts.authority,),
        "concept": entities.get("CONCEPT", ()),
        "offence": entities.get("OFFENCE", ()),
        "institution": entities.get("INSTITUTION", ()),
        "treaty": entities.get("TREATY", ()),
        "validity": (_validity(record),),
    }
    return {name: tuple(filter(None, own)) for name, own in values.items() if any(own)}


def _validity(record: Record) -> str:
    """Return ``known`` or ``unknown`` for an expression of a law, ``""`` for other documents."""
    validity = record.facts.validity
    return "" if validity is None else "known" if validity.start else "unknown"


def days(record: Record) -> dict[str, int]:
    """Return the values of ``plan.DAYS`` (YYYYMMDD) of a scope.

    Unknown and open bounds have no value and so are in no range, except that ``valid_to`` is ``LAST_DAY`` if open.
    """
    validity = record.facts.validity
    if validity is None:
        return {}
    known = {"possible_from": day(validity.earliest), "possible_to": day(validity.latest)}
    if validity.start:
        known |= {"valid_from": day(validity.start), "valid_to": day(validity.end) or LAST_DAY}
    return {name: value for name, value in known.items() if value}
