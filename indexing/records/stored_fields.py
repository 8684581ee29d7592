"""Fields of a record in an index: stored ones, from which hits are rendered, keywords and days, which filter."""

from __future__ import annotations

from dataclasses import dataclass

import msgspec

from indexing.records.record import Record, RecordKind
from indexing.records.validity import LAST_DAY, Validity, day, validity_of_unit
from nlp.structure.former_wording import former_period


@dataclass(frozen=True, slots=True)
class StoredFields:
    """Fields of a record that an engine stores for display: all except its tokens."""

    id: str
    scope_id: str
    kind: RecordKind
    document_id: str
    collection: str
    source: str
    title: str
    document_type: str
    jurisdiction: str
    date: str
    start: int
    end: int
    page: int
    unit: str
    path: tuple[str, ...]
    language: str
    text: str
    pages: tuple[tuple[int, int], ...]
    identity: tuple[str, ...]
    since: str = ""
    heading: str = ""


_encoder = msgspec.json.Encoder()
_decoder = msgspec.json.Decoder(StoredFields)


def stored_fields(record: Record) -> StoredFields:
    """Return the stored fields of ``record``."""
    facts = record.facts
    return StoredFields(
        id=record.id,
        scope_id=record.scope_id,
        kind=record.kind,
        document_id=facts.document_id,
        collection=facts.collection,
        source=facts.source,
        title=facts.title,
        document_type=facts.document_type,
        jurisdiction=facts.jurisdiction,
        date=facts.date,
        start=record.start,
        end=record.end,
        page=record.page,
        unit=record.unit,
        path=record.path,
        language=record.language,
        text=record.text,
        pages=record.pages,
        identity=record.identity,
        since=record.since,
        heading=record.heading,
    )


def passage_id(scope: StoredFields, place: int) -> str:
    """Return the id of passage number ``place`` (from 0) of ``scope``; an undivided scope is its own passage."""
    return f"{scope.scope_id}:{place}" if scope.kind is RecordKind.SCOPE else scope.id


def pack(record: Record) -> bytes:
    """Return the stored fields of ``record`` as bytes for :func:`unpack`."""
    return _encoder.encode(stored_fields(record))


def unpack(packed: bytes) -> StoredFields:
    """Return the stored fields packed by :func:`pack`."""
    return _decoder.decode(packed)


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
    """Return ``known`` or ``unknown`` for an expression of a law, ``""`` for other documents.

    It is unknown without a first day, and for a text of a day that may have been amended since.
    """
    validity = _own_validity(record)
    if validity is None:
        return ""
    return "known" if validity.start and validity.certain_end == validity.end else "unknown"


def days(record: Record) -> dict[str, int]:
    """Return the values of ``plan.DAYS`` (YYYYMMDD) of a scope.

    Unknown and open bounds have no value and so are in no range, except that ``valid_to`` is ``LAST_DAY`` if open. The
    days of a former wording are its own.
    """
    validity = _own_validity(record)
    if validity is None:
        return {}
    known = {"possible_from": day(validity.earliest), "possible_to": day(validity.latest)}
    if validity.start:
        known |= {"valid_from": day(validity.start), "valid_to": day(validity.certain_end) or LAST_DAY}
    return {name: value for name, value in known.items() if value}


def _own_validity(record: Record) -> Validity | None:
    """Return the validity of the document or, where an editor prints several wordings of a provision, its own."""
    law = record.facts.validity
    dated = record.since or former_period(record.unit)
    return validity_of_unit(law or Validity(), record.unit, record.since) if dated else law
