"""Where an entity occurs, and who may be the same person in another file of one authority.

Everything goes through the access filter. Persons are looked for within one authority's files and never in public law
(brief 6.3); across documents there are only proposals, which a person confirms or rejects.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.access import AccessFilter, Principal
from indexing.entity_schema import EntityMarkRow, EntityRow, VerdictRow
from indexing.entity_writing import PERSON, marks
from indexing.store import Store
from indexing.store_rows import StoredDocument, document_from
from indexing.store_schema import CollectionRow, DocumentRow
from indexing.store_writing import now, writing
from nlp.name_evidence import told
from nlp.person_names import Match, match, read_name

SAME, DIFFERENT, OPEN = "same", "different", "open"
VERDICTS = (SAME, DIFFERENT, OPEN)
STRONG, FAIR, WEAK = "strong", "fair", "weak"
_STRENGTHS = (STRONG, FAIR, WEAK)
_MOST_CANDIDATES = 200


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: its range in the document's text, its page (from 1) and the pinpoint it stands in, or empty."""

    start: int
    end: int
    page: int
    unit: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An entity of one document; ``places`` are the first of its ``mentions``.

    ``key`` is what it is asked for by, ``within`` its key in the document's annotations.
    """

    key: str
    within: str
    label: str
    name: str
    aliases: tuple[str, ...]
    identifiers: tuple[str, ...]
    candidates: tuple[str, ...]
    places: tuple[Place, ...]
    mentions: int
    confidence: float
    document: StoredDocument


@dataclass(frozen=True, slots=True)
class Proposal:
    """A person of another document who may be the same.

    ``strength`` is ``strong`` (an identifier is shared), ``fair`` (full name and date of birth) or ``weak`` (the name
    alone); ``reasons`` are codes with their fact (``identifier:…``, ``born:…``, ``name:…``, ``other_names`` where an
    identifier is shared and the names disagree). ``verdict`` is ``same`` or ``different`` once ``author`` has said so.
    """

    other: Occurrence
    strength: str
    reasons: tuple[str, ...]
    verdict: str = ""
    author: str = ""
    made: datetime | None = None


def occurrences(
    store: Store, access: AccessFilter, key: str, *, start: int = 0, limit: int = 100
) -> tuple[Occurrence, ...]:
    """Return the documents an entity occurs in, newest first: at most ``limit`` of them from the ``start``-th on.

    ``indexing.no_such_entity`` also where none of them may be seen.
    """
    query = _visible(access).where(EntityRow.key == key).order_by(DocumentRow.date.desc(), DocumentRow.id)
    with Session(store.database) as session:
        rows = session.execute(query.offset(start).limit(limit)).all()
    if not rows:
        raise RogatioError("indexing.no_such_entity", entity=key[:24])
    return tuple(_occurrence(*row) for row in rows)


def count_documents(store: Store, access: AccessFilter, key: str) -> int:
    """Return in how many documents that may be seen an entity occurs."""
    query = _visible(access).where(EntityRow.key == key)
    with Session(store.database) as session:
        return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def document_entities(store: Store, access: AccessFilter, document_id: str) -> tuple[Occurrence, ...]:
    """Return the entities of one document in the order of their first mention; a copy has those of its first."""
    document = store.document(access, document_id)
    query = _visible(access).where(EntityRow.document == (document.duplicate_of or document.id))
    with Session(store.database) as session:
        rows = session.execute(query.order_by(EntityRow.id)).all()
    return tuple(_occurrence(*row) for row in rows)


def proposals(store: Store, access: AccessFilter, person: Occurrence) -> tuple[Proposal, ...]:
    """Return who may be the same person in the files of the same authority, the surest first.

    What a person decided comes with it, also where nothing speaks for it any more. Empty for all but persons.
    """
    if person.label != PERSON:
        return ()
    said = _verdicts(store, person)
    found = [_proposal(person, other, said) for other in _candidates(store, access, person, said)]
    kept = [one for one in found if one is not None]
    return tuple(sorted(kept, key=lambda one: (one.verdict == DIFFERENT, _STRENGTHS.index(one.strength))))


def decide(store: Store, access: AccessFilter, principal: Principal, key: str, other_key: str, verdict: str) -> None:
    """Record that two persons are the ``same``, ``different`` or ``open`` again.

    Raises ``indexing.no_such_entity`` where either may not be seen, ``indexing.not_comparable`` where they are not
    persons of two documents of one authority, ``indexing.no_such_verdict`` for any other verdict.
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


def _visible(access: AccessFilter) -> Select[Any]:
    """Return the entities that may be seen; those of persons only in an authority's files."""
    return (
        select(EntityRow, DocumentRow)
        .join(DocumentRow, DocumentRow.id == EntityRow.document)
        .join(CollectionRow, CollectionRow.id == DocumentRow.collection)
        .where(DocumentRow.collection.in_(access.collections))
        .where((EntityRow.label != PERSON) | (CollectionRow.authority != ""))
    )


def _occurrence(row: EntityRow, document: DocumentRow) -> Occurrence:
    return Occurrence(
        key=row.key,
        within=row.within,
        label=row.label,
        name=row.name,
        aliases=tuple(row.aliases),
        identifiers=tuple(row.identifiers),
        candidates=tuple(row.candidates),
        places=tuple(Place(*place) for place in row.places),
        mentions=row.mentions,
        confidence=row.confidence,
        document=document_from(document),
    )


def _compared(person: Occurrence) -> str:
    return read_name(person.name).form


def _collections(store: Store, access: AccessFilter, person: Occurrence) -> frozenset[str]:
    """Return the collections that may be seen of the authority whose files a person stands in."""
    seen = store.collections(access)
    space = next(one.space for one in seen if one.id == person.document.collection)
    return frozenset(one.id for one in seen if one.space == space)


@dataclass(frozen=True, slots=True)
class _Said:
    verdict: str
    author: str
    made: datetime


Side = tuple[str, str]


def _verdicts(store: Store, person: Occurrence) -> Mapping[Side, _Said]:
    """Return the newest verdict on ``person`` and each (document, name), whichever way it was given."""
    here = person.document.id
    query = select(VerdictRow).where((VerdictRow.document == here) | (VerdictRow.other_document == here))
    forms = {read_name(form).form for form in (person.name, *person.aliases)}
    said: dict[Side, _Said] = {}
    with Session(store.database) as session:
        for row in session.scalars(query.order_by(VerdictRow.id)):
            one, other = (row.document, row.name), (row.other_document, row.other_name)
            if other[0] == here:
                one, other = other, one
            if one[1] in forms:
                said[other] = _Said(row.verdict, row.author, row.made)
    return {side: found for side, found in said.items() if found.verdict != OPEN}


def _candidates(
    store: Store, access: AccessFilter, person: Occurrence, said: Mapping[Side, _Said]
) -> Sequence[Occurrence]:
    """Return the persons of other documents that share an identifier or two words of the name, or were decided on."""
    wanted = marks(person.name, person.identifiers)
    numbers = [mark for mark in wanted if not mark.startswith("word:")]
    words = [mark for mark in wanted if mark.startswith("word:")]
    sharing = select(EntityMarkRow.entity).group_by(EntityMarkRow.entity)
    by_number = sharing.where(EntityMarkRow.mark.in_(numbers))
    by_name = sharing.where(EntityMarkRow.mark.in_(words)).having(func.count() > 1)
    query = (
        _visible(access)
        .where(EntityRow.label == PERSON, EntityRow.document != person.document.id)
        .where(DocumentRow.collection.in_(_collections(store, access, person)))
    )
    decided = EntityRow.document.in_([document for document, _ in said])
    found: dict[int, Occurrence] = {}
    with Session(store.database) as session:
        for condition in (EntityRow.id.in_(by_number), EntityRow.id.in_(by_name), decided):
            for row, document in session.execute(query.where(condition).limit(_MOST_CANDIDATES)):
                found.setdefault(row.id, _occurrence(row, document))
    return list(found.values())


def _proposal(person: Occurrence, other: Occurrence, said: Mapping[Side, _Said]) -> Proposal | None:
    """Return why ``other`` may be the same person; None where nothing speaks for it, or an identifier against it."""
    forms = {read_name(form).form for form in (other.name, *other.aliases)}
    decided = next((said[side] for side in said if side[0] == other.document.id and side[1] in forms), None)
    strength, reasons = _reasons(person, other)
    if decided:
        return Proposal(other, strength or WEAK, reasons, decided.verdict, decided.author, decided.made)
    return Proposal(other, strength, reasons) if strength else None


def _reasons(person: Occurrence, other: Occurrence) -> tuple[str, tuple[str, ...]]:
    ours, theirs = told(person.identifiers), told(other.identifiers)
    named = _names_agree(person, other)
    shared = [f"identifier:{one}" for one in sorted(ours.identifiers & theirs.identifiers)]
    born = [f"born:{date}" for date in sorted(ours.born & theirs.born)]
    name = ["name"] if named else []
    if shared:
        return STRONG, (*shared, *born, *(name or ["other_names"]))
    if not named or ours.forbids(theirs):
        return "", ()
    return (FAIR, (*born, *name)) if born else (WEAK, tuple(name))


def _names_agree(person: Occurrence, other: Occurrence) -> bool:
    """Whether both have a full name, and one is a form of the other."""
    left, right = read_name(person.name), read_name(other.name)
    if not left.is_full or not right.is_full or left.hidden or right.hidden:
        return False
    short, full = sorted((left, right), key=lambda name: len(name.words))
    return match(short, full, person.document.language) is Match.YES
