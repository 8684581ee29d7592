"""Entities of documents: tables and writing."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Collection, Iterable, Mapping, Sequence
from datetime import datetime
from typing import Any

import msgspec
from sqlalchemy import JSON, Float, ForeignKey, Index, Integer, String, Text, delete, insert, select
from sqlalchemy.orm import Mapped, Session, mapped_column

from extraction.document import Document
from indexing.settings import opaque_key
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


class FoundEntity(msgspec.Struct, frozen=True):
    """An entity as a worker found it: values of its row, ``identity`` in the installation, and ``marks``."""

    within: str
    label: str
    name: str
    aliases: tuple[str, ...]
    identifiers: tuple[str, ...]
    candidates: tuple[Any, ...]
    places: tuple[tuple[int, int, int, str], ...]
    mentions: int
    confidence: float
    identity: tuple[str, ...]
    marks: tuple[str, ...] = ()


def found_entities(
    document_id: str, text: Document, annotations: Annotations, *, published: bool
) -> tuple[FoundEntity, ...]:
    """Return the entities in ``annotations`` of ``text``, in ``published`` law without persons."""
    units = sorted(annotations.structure, key=lambda unit: (unit.start, -unit.end))
    return tuple(
        _found(document_id, entity, text, units)
        for entity in annotations.entities
        if not (published and entity.label == PERSON)
    )


def replace_entities(session: Session, found: Mapping[str, Collection[FoundEntity]], secret: str) -> None:
    """Replace the entities of several documents (by id); ``secret`` is that of their public keys."""
    session.execute(delete(EntityRow).where(EntityRow.document.in_(found)))
    rows = [_row(document, entity, secret) for document, every in found.items() for entity in every]
    if not rows:
        return
    # Without returning the ids, which SQLite does row by row: they are read afterwards.
    session.execute(insert(EntityRow), rows)
    known = select(EntityRow.document, EntityRow.within, EntityRow.id).where(EntityRow.document.in_(found))
    ids = {(document, within): entity for document, within, entity in session.execute(known).tuples()}
    marked = [
        {"entity": ids[document, entity.within], "mark": mark}
        for document, every in found.items()
        for entity in every
        for mark in entity.marks
    ]
    if marked:
        session.execute(insert(EntityMarkRow), marked)


def marks(name: str, identifiers: Iterable[str]) -> list[str]:
    """Return the keys of a person: identifiers (except birth dates), and the words of a full name."""
    parts = read_name(name)
    words = [word for word in parts.words if len(word) > 1] if parts.is_full and not parts.hidden else []
    numbers = [identifier for identifier in identifiers if not identifier.startswith("born:")]
    return [*numbers, *dict.fromkeys(f"word:{word}" for word in words)]


def _found(document_id: str, entity: Entity, text: Document, units: Sequence[Unit]) -> FoundEntity:
    name, identifiers = _storable(entity.name), tuple(map(_storable, entity.identifiers))
    return FoundEntity(
        within=entity.key,
        label=entity.label,
        name=name,
        aliases=tuple(map(_storable, entity.aliases[:_MAX_FORMS])),
        identifiers=identifiers,
        candidates=tuple(entity.candidates),
        places=tuple(_place(mention, text, units) for mention in entity.mentions[:_MAX_PLACES]),
        mentions=len(entity.mentions),
        confidence=entity.confidence,
        identity=_identity(document_id, entity),
        marks=tuple(marks(name, identifiers)) if entity.label == PERSON else (),
    )


def _row(document_id: str, entity: FoundEntity, secret: str) -> dict[str, Any]:
    """Return the columns of an entity."""
    return {
        "document": document_id,
        "key": opaque_key(secret, *entity.identity),
        "within": entity.within,
        "label": entity.label,
        "name": entity.name,
        "aliases": entity.aliases,
        "identifiers": entity.identifiers,
        "candidates": entity.candidates,
        "places": entity.places,
        "mentions": entity.mentions,
        "confidence": entity.confidence,
    }


def _identity(document_id: str, entity: Entity) -> tuple[str, ...]:
    """Return the identity of an entity in the installation: persons per document, others by code or name."""
    if entity.label == PERSON:
        return (PERSON, document_id, entity.key)
    if entity.label not in BODIES:
        return (entity.label, *entity.identifiers)
    codes = [code for code in entity.identifiers if not code.startswith(("id:", _GENERIC))]
    name = read_body_name(entity.name)
    return ("BODY", codes[0]) if len(codes) == 1 else ("BODY", *name.words, name.form)


def _place(mention: Span, text: Document, units: Sequence[Unit]) -> tuple[int, int, int, str]:
    """Return start, end, page and pinpoint of a mention; ``units`` are sorted, outer ones first."""
    at = bisect_right(units, mention.start, key=lambda unit: unit.start) - 1
    while at >= 0 and units[at].end <= mention.start:
        at -= 1
    pinpoint = _storable(units[at].label) if at >= 0 else ""
    return mention.start, mention.end, text.page_at(mention.start), pinpoint


def _storable(text: str) -> str:
    """Return ``text`` without NUL, which PostgreSQL rejects, and lone surrogates, which every database rejects."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
