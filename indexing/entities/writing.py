"""What is kept of a document's entities so that they can be found in others; made anew with its annotations."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterable, Iterator, Sequence
from contextlib import suppress
from typing import Any

from sqlalchemy import delete, select
from sqlalchemy.orm import Session

from extraction.document import Document
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Collection
from indexing.entities.schema import EntityMarkRow, EntityRow
from indexing.installation_key import opaque_key, secret_key
from indexing.store.reading import Store
from indexing.store.schema import DocumentRow
from indexing.store.writing import writing
from nlp.annotations import Annotations, Entity, Span, Unit
from nlp.entities.linked_bodies import read_body_name
from nlp.entities.mentions import BODIES
from nlp.entities.person_names import read_name

PERSON = "PERSON"
_MOST_PLACES = 50
_MOST_FORMS = 12
_NOBODYS = "generic:"


def write_entities(store: Store, documents: Iterable[str]) -> None:
    """Write what the store's annotations say of ``documents`` (ids); persons of public law are never written.

    For the installation itself alone. A document that is gone, or that was not read, leaves nothing.
    """
    access = store.access(LOCAL_USER)
    collections = {one.id: one for one in store.collections(access)}
    secret = secret_key(store.derived.home)
    made = {}
    for document_id in documents:
        with suppress(RogatioError):  # gone in the meantime
            held = store.document(access, document_id)
            said, text = store.annotations(access, document_id), store.reading(access, document_id)
            made[document_id] = list(_rows(document_id, collections[held.collection], text, said, secret))
    with writing(store) as session:
        session.execute(delete(EntityRow).where(EntityRow.document.in_(made)))
        here = session.scalars(select(DocumentRow.id).where(DocumentRow.id.in_(made)))
        _add(session, [row for document_id in list(here) for row in made[document_id]])


def _add(session: Session, rows: Sequence[EntityRow]) -> None:
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
