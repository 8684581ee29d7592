"""Entities of documents: tables and writing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from datetime import datetime
from typing import Any

from sqlalchemy import JSON, Float, ForeignKey, Index, Integer, String, Text, delete
from sqlalchemy.orm import Mapped, Session, mapped_column

from extraction.document import Document
from indexing.access import LOCAL_USER, Collection
from indexing.settings import opaque_key, secret_key
from indexing.store.page_corrections import with_page_texts
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument
from indexing.store.schema import Base
from nlp.annotations import Annotations, Entity, Span, Unit
from nlp.entities.linked_bodies import read_body_name
from nlp.entities.mentions import BODIES
from nlp.entities.person_names import read_name


class EntityRow(Base):
    """One entity of one document; ``key`` is its public key, ``within`` its key in the annotations.

    ``places`` are [start, end, page, unit] of its first mentions, ``mentions`` is their total number.
    """

    __tablename__ = "entities"
    __table_args__ = (Index("entities_of_document", "document", "within"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"))
    key: Mapped[str] = mapped_column(String(32), index=True)
    within: Mapped[str] = mapped_column(String(32))
    label: Mapped[str] = mapped_column(String(16))
    name: Mapped[str] = mapped_column(Text)
    aliases: Mapped[list[Any]] = mapped_column(JSON, default=list)
    identifiers: Mapped[list[Any]] = mapped_column(JSON, default=list)
    candidates: Mapped[list[Any]] = mapped_column(JSON, default=list)
    places: Mapped[list[Any]] = mapped_column(JSON, default=list)
    mentions: Mapped[int] = mapped_column(Integer)
    confidence: Mapped[float] = mapped_column(Float)


class EntityMarkRow(Base):
    """A key by which a person can be found in other documents: an identifier or a word of the name."""

    __tablename__ = "entity_marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    entity: Mapped[int] = mapped_column(ForeignKey("entities.id", ondelete="CASCADE"), index=True)
    mark: Mapped[str] = mapped_column(Text, index=True)


class VerdictRow(Base):
    """A user's decision on whether two persons in two documents are the same; the newest row of a pair applies.

    Both sides are identified by document and normalised name, so that decisions survive reprocessing.
    """

    __tablename__ = "entity_verdicts"

    id: Mapped[int] = mapped_column(primary_key=True)
    document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    name: Mapped[str] = mapped_column(Text)
    other_document: Mapped[str] = mapped_column(ForeignKey("documents.id", ondelete="CASCADE"), index=True)
    other_name: Mapped[str] = mapped_column(Text)
    verdict: Mapped[str] = mapped_column(String(16))
    author: Mapped[str] = mapped_column(String(64))
    made: Mapped[datetime]


PERSON = "PERSON"
_MAX_PLACES = 50
_MAX_FORMS = 12
_GENERIC = "generic:"


def entity_rows(store: Store, document: StoredDocument, fingerprint: str) -> list[EntityRow]:
    """Return the entities in the annotations with that fingerprint, without persons in published law.

    For internal use, without access filter. Raises ``FileNotFoundError`` if text or annotations have gone, and
    ``indexing.no_such_document``.
    """
    access = store.access(LOCAL_USER)
    annotations = store.derived.annotations(document.sha256, document.id, fingerprint)
    page_texts = store.page_texts(access, document.id, document.revision)
    text = with_page_texts(store.derived.document(document.sha256), page_texts)
    collection = store.collection(access, document.collection)
    return list(_rows(document.id, collection, text, annotations, secret_key(store.derived.home)))


def replace_entities(session: Session, document: str, rows: Sequence[EntityRow]) -> None:
    """Replace the entities of a document."""
    session.execute(delete(EntityRow).where(EntityRow.document == document))
    session.add_all(rows)
    session.flush()
    for row in rows:
        if row.label == PERSON:
            session.add_all(EntityMarkRow(entity=row.id, mark=mark) for mark in marks(row.name, row.identifiers))


def marks(name: str, identifiers: Iterable[str]) -> list[str]:
    """Return the keys of a person: identifiers (except birth dates), and the words of a full name."""
    parts = read_name(name)
    words = [word for word in parts.words if len(word) > 1] if parts.is_full and not parts.hidden else []
    numbers = [identifier for identifier in identifiers if not identifier.startswith("born:")]
    return [*numbers, *dict.fromkeys(f"word:{word}" for word in words)]


def _rows(
    document_id: str, collection: Collection, text: Document, annotations: Annotations, secret: str
) -> Iterator[EntityRow]:
    units = sorted(annotations.structure, key=lambda unit: (unit.start, -unit.end))
    for entity in annotations.entities:
        if entity.label == PERSON and collection.is_public:
            continue
        yield EntityRow(
            document=document_id,
            key=opaque_key(secret, *_identity(document_id, entity)),
            within=entity.key,
            label=entity.label,
            name=_storable(entity.name),
            aliases=[_storable(alias) for alias in entity.aliases[:_MAX_FORMS]],
            identifiers=[_storable(identifier) for identifier in entity.identifiers],
            candidates=list(entity.candidates),
            places=[_place(mention, text, units) for mention in entity.mentions[:_MAX_PLACES]],
            mentions=len(entity.mentions),
            confidence=entity.confidence,
        )


def _identity(document_id: str, entity: Entity) -> tuple[str, ...]:
    """Return the identity of an entity in the installation: persons per document, others by code or name."""
    if entity.label == PERSON:
        return (PERSON, document_id, entity.key)
    if entity.label not in BODIES:
        return (entity.label, *entity.identifiers)
    codes = [code for code in entity.identifiers if not code.startswith(("id:", _GENERIC))]
    name = read_body_name(entity.name)
    return ("BODY", codes[0]) if len(codes) == 1 else ("BODY", *name.words, name.form)


def _place(mention: Span, text: Document, units: Sequence[Unit]) -> list[Any]:
    """Return start, end, page and pinpoint of a mention; ``units`` are sorted, outer ones first."""
    at = bisect_right(units, mention.start, key=lambda unit: unit.start) - 1
    while at >= 0 and units[at].end <= mention.start:
        at -= 1
    pinpoint = _storable(units[at].label) if at >= 0 else ""
    return [mention.start, mention.end, text.page_at(mention.start), pinpoint]


def _storable(text: str) -> str:
    """Return ``text`` without NUL, which PostgreSQL rejects, and lone surrogates, which every database rejects."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
