"""Persons who may be the same in other documents of one authority: proposals, decided by a person.

All queries pass through the access filter; persons are never searched in public law.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select
from sqlalchemy.orm import Session

from app.people.occurrences import Occurrence, occurrence_from, occurrences, visible_entities
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.store.entities import PERSON, EntityMarkRow, EntityRow, VerdictRow, marks
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument
from indexing.store.schema import DocumentRow
from indexing.store.writing import now, writing
from nlp.entities.name_evidence import evidence_from_keys
from nlp.entities.person_names import read_name
from nlp.matching.person_pairs import Agreement, compare_persons

SAME, DIFFERENT, OPEN = "same", "different", "open"
VERDICTS = (SAME, DIFFERENT, OPEN)
STRONG, FAIR, WEAK = "strong", "fair", "weak"
_STRENGTHS = (STRONG, FAIR, WEAK)
_MAX_CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Proposal:
    """A person of another document who may be the same.

    ``strength`` is ``strong`` (a shared identifier), ``fair`` (full name and date of birth, or full name in one case
    file) or ``weak`` (the name alone); ``reasons`` are codes with their fact (``identifier:…``, ``born:…``,
    ``case_file:…``, ``name``, ``namesake`` if the name is all, ``other_names`` if an identifier is shared but the names
    disagree). ``verdict`` is ``same`` or ``different``
    once ``author`` has decided.
    """

    other: Occurrence
    strength: str
    reasons: tuple[str, ...]
    verdict: str = ""
    author: str = ""
    made: datetime | None = None


def proposals(store: Store, access: AccessFilter, person: Occurrence) -> tuple[Proposal, ...]:
    """Return the persons who may be the same in the files of the same authority, the most probable first.

    Decided persons are included even without present reasons. Empty for entities other than persons.
    """
    if person.label != PERSON:
        return ()
    verdicts = _verdicts(store, person)
    found = [_proposal(person, other, verdicts) for other in _candidates(store, access, person, verdicts)]
    kept = [proposal for proposal in found if proposal is not None]
    return tuple(
        sorted(kept, key=lambda proposal: (proposal.verdict == DIFFERENT, _STRENGTHS.index(proposal.strength)))
    )


def decide(store: Store, access: AccessFilter, principal: Principal, key: str, other_key: str, verdict: str) -> None:
    """Record that two persons are the ``same``, ``different`` or ``open`` again.

    Raises ``indexing.no_such_entity`` if either may not be seen, ``indexing.not_comparable`` unless they are persons of
    two documents of one authority, ``indexing.no_such_verdict`` for any other verdict.
    """
    if verdict not in VERDICTS:
        raise RogatioError("indexing.no_such_verdict", verdict=verdict[:20])
    left, right = occurrences(store, access, key)[0], occurrences(store, access, other_key)[0]
    if {left.label, right.label} != {PERSON} or left.document.id == right.document.id:
        raise RogatioError("indexing.not_comparable")
    if right.document.collection not in _collections(store, access, left):
        raise RogatioError("indexing.not_comparable")
    row = VerdictRow(
        document=left.document.id,
        name=_compared(left),
        other_document=right.document.id,
        other_name=_compared(right),
        verdict=verdict,
        author=principal.id,
        made=now(),
    )
    with writing(store) as session:
        session.add(row)


def _compared(person: Occurrence) -> str:
    return read_name(person.name).form


def _collections(store: Store, access: AccessFilter, person: Occurrence) -> frozenset[str]:
    """Return the readable collections of the authority whose files mention a person."""
    seen = store.collections(access)
    partition = next(collection.partition for collection in seen if collection.id == person.document.collection)
    return frozenset(collection.id for collection in seen if collection.partition == partition)


@dataclass(frozen=True, slots=True)
class _Decision:
    verdict: str
    author: str
    made: datetime


Side = tuple[str, str]


def _verdicts(store: Store, person: Occurrence) -> Mapping[Side, _Decision]:
    """Return the newest verdict on ``person`` and each (document, name), in either direction."""
    here = person.document.id
    query = select(VerdictRow).where((VerdictRow.document == here) | (VerdictRow.other_document == here))
    forms = {read_name(form).form for form in (person.name, *person.aliases)}
    verdicts: dict[Side, _Decision] = {}
    with Session(store.database) as session:
        for row in session.scalars(query.order_by(VerdictRow.id)):
            first, other = (row.document, row.name), (row.other_document, row.other_name)
            if other[0] == here:
                first, other = other, first
            if first[1] in forms:
                verdicts[other] = _Decision(row.verdict, row.author, row.made)
    return {side: found for side, found in verdicts.items() if found.verdict != OPEN}


def _candidates(
    store: Store, access: AccessFilter, person: Occurrence, verdicts: Mapping[Side, _Decision]
) -> Sequence[Occurrence]:
    """Return persons of other documents that share an identifier or two words of the name, or have a verdict."""
    person_marks = marks(person.name, person.identifiers)
    numbers = [mark for mark in person_marks if not mark.startswith("word:")]
    words = [mark for mark in person_marks if mark.startswith("word:")]
    sharing = select(EntityMarkRow.entity).group_by(EntityMarkRow.entity)
    by_number = sharing.where(EntityMarkRow.mark.in_(numbers))
    by_name = sharing.where(EntityMarkRow.mark.in_(words)).having(func.count() > 1)
    query = (
        visible_entities(access)
        .where(EntityRow.label == PERSON, EntityRow.document != person.document.id)
        .where(DocumentRow.collection.in_(_collections(store, access, person)))
    )
    decided = EntityRow.document.in_([document for document, _ in verdicts])
    found: dict[int, Occurrence] = {}
    with Session(store.database) as session:
        for condition in (EntityRow.id.in_(by_number), EntityRow.id.in_(by_name), decided):
            for row, document in session.execute(query.where(condition).limit(_MAX_CANDIDATES)):
                found.setdefault(row.id, occurrence_from(row, document))
    return list(found.values())


def _proposal(person: Occurrence, other: Occurrence, verdicts: Mapping[Side, _Decision]) -> Proposal | None:
    """Return ``other`` with the reasons; None without reasons, or if identifiers contradict."""
    forms = {read_name(form).form for form in (other.name, *other.aliases)}
    decided = next((verdicts[side] for side in verdicts if side[0] == other.document.id and side[1] in forms), None)
    strength, reasons = _reasons(person, other)
    if decided:
        return Proposal(other, strength or WEAK, reasons, decided.verdict, decided.author, decided.made)
    return Proposal(other, strength, reasons) if strength else None


def _reasons(person: Occurrence, other: Occurrence) -> tuple[str, tuple[str, ...]]:
    left, right = evidence_from_keys(person.identifiers), evidence_from_keys(other.identifiers)
    named = _names_agree(person, other)
    shared = [f"identifier:{identifier}" for identifier in sorted(left.identifiers & right.identifiers)]
    born = [f"born:{date}" for date in sorted(left.born & right.born)]
    name = ["name"] if named else []
    if shared:
        return STRONG, (*shared, *born, *(name or ["other_names"]))
    if not named or left.forbids(right):
        return "", ()
    more = [*born, *_shared_case_file(person.document, other.document)]
    return (FAIR, (*more, *name)) if more else (WEAK, (*name, "namesake"))


def _shared_case_file(left: StoredDocument, right: StoredDocument) -> list[str]:
    """Return the reason that two documents are in one case file of an authority, if they are."""
    same = left.case_file and (left.collection, left.case_file) == (right.collection, right.case_file)
    return [f"case_file:{left.case_file}"] if same else []


def _names_agree(person: Occurrence, other: Occurrence) -> bool:
    """Return whether both are full names, and equal but for order, errors, spelling or names that one lacks."""
    return compare_persons(person.name, other.name).agreement > Agreement.LITTLE
