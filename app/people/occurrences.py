"""Occurrences of entities in visible documents.

All queries pass through the access filter. Persons are searched within one authority's files and never in public law.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from sqlalchemy import Select, func, select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.store.entities import PERSON, EntityRow
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, document_from, visible_documents
from indexing.store.schema import MAX_NUMBER, CollectionRow, DocumentRow


@dataclass(frozen=True, slots=True)
class Place:
    """A mention: its range in the document's text, its page (from 1) and the pinpoint that contains it, or empty."""

    start: int
    end: int
    page: int
    unit: str


@dataclass(frozen=True, slots=True)
class Occurrence:
    """An entity of one document; ``places`` are the first of its ``mentions``.

    ``key`` is its public id, ``within`` its key in the document's annotations.
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


def occurrences(
    store: Store, access: AccessFilter, key: str, *, start: int = 0, limit: int = 100
) -> tuple[Occurrence, ...]:
    """Return the documents in which an entity occurs, newest first: at most ``limit``, from ``start``.

    Raises ``indexing.no_such_entity``, also if none of them may be seen, and beyond the last one.
    """
    query = visible_entities(access).where(EntityRow.key == key).order_by(DocumentRow.date.desc(), DocumentRow.id)
    with Session(store.database) as session:
        rows = session.execute(query.offset(min(start, MAX_NUMBER)).limit(limit)).all()
    if not rows:
        raise RogatioError("indexing.no_such_entity", entity=key[:24])
    return tuple(occurrence_from(*row) for row in rows)


def count_documents(store: Store, access: AccessFilter, key: str) -> int:
    """Return the number of readable documents in which an entity occurs."""
    query = visible_entities(access).where(EntityRow.key == key)
    with Session(store.database) as session:
        return session.scalar(select(func.count()).select_from(query.subquery())) or 0


def document_entities(store: Store, access: AccessFilter, document_id: str) -> tuple[Occurrence, ...]:
    """Return the entities of one document in order of first mention; a copy has those of the first document."""
    document = store.document(access, document_id)
    query = visible_entities(access).where(EntityRow.document == (document.duplicate_of or document.id))
    with Session(store.database) as session:
        rows = session.execute(query.order_by(EntityRow.id)).all()
    return tuple(occurrence_from(*row) for row in rows)


def visible_entities(access: AccessFilter) -> Select[Any]:
    """Return the visible entities; persons only in an authority's files."""
    return (
        select(EntityRow, DocumentRow)
        .join(DocumentRow, DocumentRow.id == EntityRow.document)
        .join(CollectionRow, CollectionRow.id == DocumentRow.collection)
        .where(visible_documents(access))
        .where((EntityRow.label != PERSON) | (CollectionRow.authority != ""))
    )


def occurrence_from(row: EntityRow, document: DocumentRow) -> Occurrence:
    """Return the occurrence in a row."""
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
