"""The values of a scope that both engines filter and count by."""

from __future__ import annotations

from indexing.plan import LAST_DAY
from indexing.records import Record


def keywords(record: Record) -> dict[str, tuple[str, ...]]:
    """Return the values of ``plan.KEYWORDS`` that a scope is filtered and counted by."""
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
    return {name: tuple(value for value in held if value) for name, held in values.items() if any(held)}


def _validity(record: Record) -> str:
    """Return ``known`` or ``unknown`` for a version of a law, nothing for what is none."""
    validity = record.facts.validity
    return "" if validity is None else "known" if validity.start else "unknown"


def days(record: Record) -> dict[str, int]:
    """Return the values of ``plan.DAYS`` of a scope; open sides and what is not known have none but ``valid_to``.

    So whatever nothing is said of is in no range, and an index has no more of it than it must.
    """
    validity = record.facts.validity
    if validity is None:
        return {}
    known = {"possible_from": day(validity.earliest), "possible_to": day(validity.latest)}
    if validity.start:
        known |= {"valid_from": day(validity.start), "valid_to": day(validity.end) or LAST_DAY}
    return {name: value for name, value in known.items() if value}


def day(date: str) -> int:
    """Return an ISO date as YYYYMMDD, its unknown month or day 0; 0 for no date at all."""
    digits = "".join(character for character in date[:10] if character.isdigit())
    return int(digits.ljust(8, "0")) if digits else 0
