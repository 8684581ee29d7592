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
    """One entity of one document; ``key`` is what the outside knows it by, ``within`` its key in the annotations.

    ``places`` are [start, end, page, unit] of its first mentions, ``mentions`` counts all.
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
    """What a person can be found by in other documents: an identifier, or a word of the name."""

    __tablename__ = "entity_marks"

    id: Mapped[int] = mapped_column(primary_key=True)
    entity: Mapped[int] = mapped_column(ForeignKey("entities.id", ondelete="CASCADE"), index=True)
    mark: Mapped[str] = mapped_column(Text, index=True)


class VerdictRow(Base):
    """What a person said of two mentions of persons in two documents; the newest line of a pair counts.

    The sides are documents and names as they are compared, so that a verdict outlives every reading of the files.
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
_MOST_PLACES = 50
_MOST_FORMS = 12
_NOBODYS = "generic:"


def entity_rows(store: Store, document: StoredDocument, fingerprint: str) -> list[EntityRow]:
    """Return the entities of the annotations of that fingerprint; persons of public law are left out.

    For the installation itself alone. Raises ``FileNotFoundError`` where text or annotations are gone, and
    ``indexing.no_such_document``.
    """
    access = store.access(LOCAL_USER)
    said = store.derived.annotations(document.sha256, document.id, fingerprint)
    page_texts = store.page_texts(access, document.id, document.revision)
    text = with_page_texts(store.derived.document(document.sha256), page_texts)
    collection = store.collection(access, document.collection)
    return list(_rows(document.id, collection, text, said, secret_key(store.derived.home)))


def replace_entities(session: Session, document: str, rows: Sequence[EntityRow]) -> None:
    """Write the entities of a document in place of those that are held."""
    session.execute(delete(EntityRow).where(EntityRow.document == document))
    session.add_all(rows)
    session.flush()
    for row in rows:
        if row.label == PERSON:
            session.add_all(EntityMarkRow(entity=row.id, mark=mark) for mark in marks(row.name, row.identifiers))


def marks(name: str, identifiers: Iterable[str]) -> list[str]:
    """Return what a person can be found by: identifiers, and the words of a name of two words or more."""
    parts = read_name(name)
    words = [word for word in parts.words if len(word) > 1] if parts.is_full and not parts.hidden else []
    numbers = [one for one in identifiers if not one.startswith("born:")]
    return [*numbers, *dict.fromkeys(f"word:{word}" for word in words)]


def _rows(
    document_id: str, collection: Collection, text: Document, said: Annotations, secret: str
) -> Iterator[EntityRow]:
    units = sorted(said.structure, key=lambda unit: (unit.start, -unit.end))
    for entity in said.entities:
        if entity.label == PERSON and collection.is_public:
            continue
        yield EntityRow(
            document=document_id,
            key=opaque_key(secret, *_identity(document_id, entity)),
            within=entity.key,
            label=entity.label,
            name=_storable(entity.name),
            aliases=[_storable(one) for one in entity.aliases[:_MOST_FORMS]],
            identifiers=[_storable(one) for one in entity.identifiers],
            candidates=list(entity.candidates),
            places=[_place(mention, text, units) for mention in entity.mentions[:_MOST_PLACES]],
            mentions=len(entity.mentions),
            confidence=entity.confidence,
        )


def _identity(document_id: str, entity: Entity) -> tuple[str, ...]:
    """Return what is one entity for the whole installation: a person in one document, all else by code or name."""
    if entity.label == PERSON:
        return (PERSON, document_id, entity.key)
    if entity.label not in BODIES:
        return (entity.label, *entity.identifiers)
    codes = [one for one in entity.identifiers if not one.startswith(("id:", _NOBODYS))]
    name = read_body_name(entity.name)
    return ("BODY", codes[0]) if len(codes) == 1 else ("BODY", *name.words, name.form)


def _place(mention: Span, text: Document, units: Sequence[Unit]) -> list[Any]:
    """Return start, end, page and pinpoint; ``units`` are sorted, outer ones first."""
    at = bisect_right(units, mention.start, key=lambda unit: unit.start) - 1
    while at >= 0 and units[at].end <= mention.start:
        at -= 1
    pinpoint = _storable(units[at].label) if at >= 0 else ""
    return [mention.start, mention.end, text.page_at(mention.start), pinpoint]


def _storable(text: str) -> str:
    """PostgreSQL keeps no NUL in a text, and no database half a surrogate pair."""
    return text.replace("\0", "").encode("utf-8", "replace").decode("utf-8")
