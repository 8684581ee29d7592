"""Passage grants: an account may read a range of a document, and nothing else of the document.

For every function except ``granted_passages`` the document does not exist: ``visible_documents`` omits it, so that no
list, search, count, page image, original or export shows more than the granted range.
"""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import ColumnElement, delete, select
from sqlalchemy.orm import Session

from extraction.document import Document
from extraction.errors import RogatioError
from indexing.access import AccessFilter, PartialAccess
from indexing.store.database import insert, utc
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, collection_from, document_from
from indexing.store.schema import CollectionRow, DocumentRow, PassageGrantRow, Status
from indexing.store.writing import now, writing


@dataclass(frozen=True, slots=True)
class PassageGrant:
    """The range ``[start, end)`` of a document's text, granted to ``account`` by ``author``."""

    account: str
    document: str
    start: int
    end: int
    digest: str
    note: str
    author: str
    made: datetime


@dataclass(frozen=True, slots=True)
class GrantedPassage:
    """A granted passage with its text, page number (from 1) and the language of its document."""

    grant: PassageGrant
    text: str
    page: int
    language: str


def grant_passage(
    store: Store,
    access: AccessFilter,
    document_id: str,
    start: int,
    end: int,
    *,
    account: str,
    author: str,
    note: str = "",
) -> None:
    """Grant a range of a readable document's text; an existing grant is renewed.

    Raises ``indexing.no_such_document``, ``indexing.not_read`` and ``indexing.no_such_place`` for a range that is
    empty or outside the text.
    """
    text = store.text(access, document_id)
    if not 0 <= start < end <= len(text) or not text[start:end].strip():
        raise RogatioError("indexing.no_such_place")
    values = {"digest": _digest(text[start:end]), "note": note, "author": author, "made": now()}
    place = {"account": account, "document": document_id, "start": start, "end": end}
    with writing(store) as session:
        row = insert(session, PassageGrantRow).values(**place, **values)
        session.execute(row.on_conflict_do_update(index_elements=list(place), set_=values))


def revoke_passage(store: Store, account: str, document_id: str, start: int, end: int) -> bool:
    """Revoke the grant of a passage and return whether there was one."""
    table = PassageGrantRow
    same = (table.account == account, table.document == document_id, table.start == start, table.end == end)
    with writing(store) as session:
        return bool(session.execute(delete(table).where(*same).returning(table.id)).all())


def passage_grants(store: Store, *conditions: ColumnElement[bool]) -> tuple[PassageGrant, ...]:
    """Return the grants of passages that satisfy ``conditions``, in the order of documents and places."""
    query = select(PassageGrantRow).where(*conditions)
    order = (PassageGrantRow.document, PassageGrantRow.start, PassageGrantRow.end, PassageGrantRow.account)
    with Session(store.database) as session:
        return tuple(map(_grant, session.scalars(query.order_by(*order))))


def granted_passages(store: Store, access: AccessFilter, document_id: str = "") -> tuple[GrantedPassage, ...]:
    """Return the passages granted to the principal of ``access``, optionally of one document.

    A passage is omitted while its document is in quarantine or not read, and if its text has changed since the grant.
    """
    own = PassageGrantRow.account == access.principal
    of_document = (PassageGrantRow.document == document_id,) if document_id else ()
    grants = passage_grants(store, own, *of_document)
    with Session(store.database) as session:
        wanted = DocumentRow.id.in_({grant.document for grant in grants})
        indexed = select(DocumentRow, CollectionRow).join(CollectionRow, CollectionRow.id == DocumentRow.collection)
        rows = session.execute(indexed.where(wanted, DocumentRow.status != Status.QUARANTINED)).tuples().all()
        documents = {row.id: (document_from(row), collection_from(place).partition) for row, place in rows}
    found: list[GrantedPassage] = []
    for document, partition in documents.values():
        read = _read(store, access.principal, document, partition)
        its_own = (grant for grant in grants if grant.document == document.id)
        found += [passage for grant in its_own if read and (passage := _passage(grant, read, document.language))]
    return tuple(sorted(found, key=lambda passage: (passage.grant.document, passage.grant.start)))


def _read(store: Store, principal: str, document: StoredDocument, partition: str) -> Document | None:
    """Read a document with granted passages; only the passages leave this module."""
    named = PartialAccess(document.collection, None, documents=frozenset({document.id}))
    inner = AccessFilter(principal, ((partition, frozenset({document.collection})),), (named,))
    try:
        return store.reading(inner, document.id)
    except RogatioError:
        return None


def _passage(grant: PassageGrant, read: Document, language: str) -> GrantedPassage | None:
    text = read.text[grant.start : grant.end]
    if _digest(text) != grant.digest:
        return None
    page = next((page.number for page in reversed(read.pages) if page.start <= grant.start), 1)
    return GrantedPassage(grant, text, page, language)


def _digest(text: str) -> str:
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


def _grant(row: PassageGrantRow) -> PassageGrant:
    return PassageGrant(row.account, row.document, row.start, row.end, row.digest, row.note, row.author, utc(row.made))
