"""Reading side of the store; every method requires an access filter."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from sqlalchemy import ColumnElement, Engine, Select, and_, func, or_, select
from sqlalchemy.orm import Session

from extraction.document import Document, Words
from extraction.errors import RogatioError
from indexing.access import AccessFilter, Collection, Principal, access_filter
from indexing.settings import Settings, is_open_to_others
from indexing.store.database import open_database
from indexing.store.derived import Derived
from indexing.store.originals import Originals
from indexing.store.ownership import require_own
from indexing.store.page_corrections import with_page_texts, words_with_page_texts
from indexing.store.rows import (
    PAGE_TEXT,
    Batch,
    Correction,
    Deletion,
    Item,
    StoredDocument,
    batch_from,
    collection_from,
    correction_from,
    deletion_from,
    document_from,
    item_from,
    visible_documents,
)
from indexing.store.schema import (
    MAX_NUMBER,
    UNCONFIRMED,
    BatchRow,
    CaseFileRuleRow,
    CollectionRow,
    CorrectionRow,
    DeletionRow,
    DocumentRow,
    DocumentTagRow,
    IndexEntryRow,
    ItemRow,
    Status,
)
from nlp.annotations import Annotations


@dataclass(frozen=True, slots=True)
class Selection:
    """Criteria for listing documents; empty ones do not restrict, several document types are alternatives."""

    collection: str = ""
    case_file: str = ""
    status: str = ""
    document_type: str | tuple[str, ...] = ""
    jurisdiction: str = ""
    parent: str = ""
    duplicate_of: str = ""
    source: str = ""
    sha256: str = ""
    tag: str = ""


SORTS = ("added", "date", "title", "country")


class Store:
    """Database records, and originals and derived files in the home folder of the installation."""

    def __init__(self, settings: Settings) -> None:
        _make_home(settings.home)
        self.database: Engine = open_database(settings.database)
        if settings.database_url:
            self._require_own(settings.home)
        self.originals = Originals(settings.home)
        self.derived = Derived(settings.home)

    def _require_own(self, home: Path) -> None:
        try:
            require_own(self.database, home)
        except RogatioError:
            self.close()
            raise

    def close(self) -> None:
        """Close the connections to the database."""
        self.database.dispose()

    def access(self, principal: Principal) -> AccessFilter:
        """Return the access filter of ``principal`` over the present collections."""
        with Session(self.database) as session:
            collections = [collection_from(row) for row in session.scalars(select(CollectionRow))]
            closed = select(CaseFileRuleRow.collection, CaseFileRuleRow.case_file).where(CaseFileRuleRow.restricted)
            restricted = () if principal.sees_all else session.execute(closed).tuples().all()
        return access_filter(principal, collections, restricted)

    def collections(self, access: AccessFilter) -> tuple[Collection, ...]:
        """Return the readable collections, by name."""
        query = select(CollectionRow).where(CollectionRow.id.in_(access.collections)).order_by(CollectionRow.name)
        with Session(self.database) as session:
            return tuple(map(collection_from, session.scalars(query)))

    def collection(self, access: AccessFilter, collection_id: str) -> Collection:
        """Return one collection; raises ``indexing.no_such_collection`` if it does not exist or is unreadable."""
        for collection in self.collections(access):
            if collection.id == collection_id:
                return collection
        raise RogatioError("indexing.no_such_collection", collection=collection_id)

    def case_files(self, access: AccessFilter, collection: str) -> tuple[str, ...]:
        """Return the sorted names of the case files of a collection."""
        query = _visible(select(DocumentRow.case_file), access).where(DocumentRow.collection == collection)
        with Session(self.database) as session:
            return tuple(sorted(name for name in session.scalars(query.distinct()) if name))

    def documents(
        self, access: AccessFilter, selection: Selection = Selection(), *, after: str = "", limit: int = 100
    ) -> tuple[StoredDocument, ...]:
        """Return at most ``limit`` documents in order of id, after the id ``after``."""
        query = selected(select(DocumentRow), access, selection).where(DocumentRow.id > after)
        with Session(self.database) as session:
            return tuple(map(document_from, session.scalars(query.order_by(DocumentRow.id).limit(limit))))

    def latest(
        self, access: AccessFilter, selection: Selection = Selection(), *, after: str = "", limit: int = 100
    ) -> tuple[StoredDocument, ...]:
        """Return at most ``limit`` documents, the most recently added first, after the document ``after``."""
        query = selected(select(DocumentRow), access, selection)
        if after:
            self.document(access, after)
            added = select(DocumentRow.added).where(DocumentRow.id == after).scalar_subquery()
            same_moment = and_(DocumentRow.added == added, DocumentRow.id > after)
            query = query.where(or_(DocumentRow.added < added, same_moment))
        with Session(self.database) as session:
            rows = session.scalars(query.order_by(DocumentRow.added.desc(), DocumentRow.id).limit(limit))
            return tuple(map(document_from, rows))

    def sorted_documents(
        self, access: AccessFilter, selection: Selection, sort: str, *, skip: int = 0, limit: int = 100
    ) -> tuple[StoredDocument, ...]:
        """Return at most ``limit`` documents after the first ``skip``, in an order of :data:`SORTS`.

        ``added`` and ``date`` are newest first, ``title`` and ``country`` alphabetical.
        """
        orders: dict[str, tuple[ColumnElement[Any], ...]] = {
            "added": (DocumentRow.added.desc(),),
            "date": (DocumentRow.date.desc(),),
            "title": (func.lower(DocumentRow.title),),
            "country": (DocumentRow.jurisdiction.asc(), func.lower(DocumentRow.title)),
        }
        query = selected(select(DocumentRow), access, selection).order_by(*orders[sort], DocumentRow.id)
        with Session(self.database) as session:
            return tuple(map(document_from, session.scalars(query.offset(min(skip, MAX_NUMBER)).limit(limit))))

    def every_document(self, access: AccessFilter, selection: Selection = Selection()) -> Iterator[StoredDocument]:
        """Yield all selected documents, read in pages."""
        after = ""
        while page := self.documents(access, selection, after=after, limit=500):
            yield from page
            after = page[-1].id

    def document(self, access: AccessFilter, document_id: str) -> StoredDocument:
        """Return one document; raises ``indexing.no_such_document`` if it does not exist or is unreadable."""
        query = _visible(select(DocumentRow), access).where(DocumentRow.id == document_id)
        with Session(self.database) as session:
            row = session.scalar(query)
            if row is None:
                raise RogatioError("indexing.no_such_document", document=document_id)
            return document_from(row)

    def reading(self, access: AccessFilter, document_id: str) -> Document:
        """Return text, pages and blocks with corrected page texts, without word boxes.

        A corrected page text is included once the document was processed with it, so that annotations match the text.
        Raises ``indexing.not_read`` if the file could not be read, ``indexing.quarantined`` while it is in quarantine.
        """
        original, texts = self._as_read(access, document_id)
        return with_page_texts(original, texts)

    def text(self, access: AccessFilter, document_id: str) -> str:
        """Return the text alone, which is faster than :meth:`reading`; raises the same errors."""
        document = self.document(access, document_id)
        if self.page_texts(access, document_id, document.processed_revision):
            return self.reading(access, document_id).text
        try:
            return self.derived.text(document.sha256)
        except FileNotFoundError as error:
            raise _without_text(document) from error

    def page_text(self, access: AccessFilter, document_id: str, page: int | None = None) -> str:
        """Return the text of one page (from 1) or of all; raises ``indexing.no_such_page``."""
        document = self.reading(access, document_id)
        if page is None:
            return document.text
        for candidate in document.pages:
            if candidate.number == page:
                return document.text[candidate.start : candidate.end]
        raise RogatioError("indexing.no_such_page", page=page, pages=len(document.pages))

    def words(self, access: AccessFilter, document_id: str) -> Words:
        """Return the boxes of all words; corrected pages have none."""
        original, texts = self._as_read(access, document_id)
        words = self.derived.words(self.document(access, document_id).sha256)
        return words_with_page_texts(words, original, texts)

    def annotations(self, access: AccessFilter, document_id: str) -> Annotations:
        """Return the annotations of a document, for a copy those of its original; raises as :meth:`reading`."""
        document = self.document(access, document_id)
        original = self.document(access, document.duplicate_of) if document.duplicate_of else document
        try:
            return self.derived.annotations(original.sha256, original.id, original.annotations)
        except FileNotFoundError as error:
            raise _without_text(document) from error

    def original(self, access: AccessFilter, document_id: str) -> Path:
        """Return the path of the original file.

        Raises ``indexing.no_original`` for a member without bytes and if the file is missing.
        """
        sha256 = self.document(access, document_id).sha256
        path = self.originals.path(sha256)
        if not sha256 or not path.is_file():
            raise RogatioError("indexing.no_original")
        return path

    def corrections(self, access: AccessFilter, document_id: str) -> tuple[Correction, ...]:
        """Return the corrections of a document, oldest first; the newest of a field (and page) applies."""
        self.document(access, document_id)
        query = select(CorrectionRow).where(CorrectionRow.document == document_id).order_by(CorrectionRow.id)
        with Session(self.database) as session:
            return tuple(map(correction_from, session.scalars(query)))

    def page_texts(self, access: AccessFilter, document_id: str, revision: int) -> Mapping[int, str]:
        """Return the corrected page texts by page number, as of a revision of the document."""
        corrections = (each for each in self.corrections(access, document_id) if each.revision <= revision)
        return {correction.page: correction.value for correction in corrections if correction.field == PAGE_TEXT}

    def counts(self, access: AccessFilter, collection: str = "") -> Mapping[str, int]:
        """Return the number of documents by status, and their total ``pages`` and ``passages``."""
        columns = (DocumentRow.status, func.count(), func.sum(DocumentRow.pages), func.sum(DocumentRow.passages))
        query = selected(select(*columns), access, Selection(collection=collection)).group_by(DocumentRow.status)
        with Session(self.database) as session:
            rows = session.execute(query).all()
        counts = {status: number for status, number, _, _ in rows}
        return counts | {"pages": sum(row[2] or 0 for row in rows), "passages": sum(row[3] or 0 for row in rows)}

    def tally(self, access: AccessFilter, selection: Selection) -> tuple[tuple[str, str, int], ...]:
        """Return the number of selected documents of each jurisdiction and document type."""
        columns = (DocumentRow.jurisdiction, DocumentRow.document_type)
        query = selected(select(*columns, func.count()), access, selection)
        with Session(self.database) as session:
            return tuple(session.execute(query.group_by(*columns)).tuples())

    def count(self, access: AccessFilter, selection: Selection) -> int:
        """Return the number of selected documents."""
        with Session(self.database) as session:
            return session.scalar(selected(select(func.count()).select_from(DocumentRow), access, selection)) or 0

    def not_encoded(self, access: AccessFilter, engine: str, encoder: str) -> int:
        """Return the number of documents in ``engine`` without vectors of this encoder version."""
        encoded = select(IndexEntryRow.document).where(IndexEntryRow.engine == engine, IndexEntryRow.encoder == encoder)
        query = _visible(select(func.count()).select_from(DocumentRow), access)
        query = query.where(DocumentRow.status == Status.INDEXED, DocumentRow.passages > 0)
        query = query.where(DocumentRow.id.not_in(encoded))
        with Session(self.database) as session:
            return session.scalar(query) or 0

    def words_only(self, access: AccessFilter, engine: str, among: Iterable[str] | None = None) -> int:
        """Return how many documents (of the ids ``among``) ``engine`` finds by words only, until they have vectors."""
        entry = and_(IndexEntryRow.document == DocumentRow.id, IndexEntryRow.engine == engine)
        rows = _visible(select(func.count()).select_from(DocumentRow).join(IndexEntryRow, entry), access)
        rows = rows.where(IndexEntryRow.encoder == "", IndexEntryRow.revision != UNCONFIRMED, DocumentRow.passages > 0)
        with Session(self.database) as session:
            return session.scalar(rows if among is None else rows.where(DocumentRow.id.in_(list(among)))) or 0

    def batches(self, access: AccessFilter, limit: int = 50) -> tuple[Batch, ...]:
        """Return the newest ingest runs of wholly readable collections."""
        query = select(BatchRow).where(BatchRow.collection.in_(access.whole))
        with Session(self.database) as session:
            return tuple(map(batch_from, session.scalars(query.order_by(BatchRow.started.desc()).limit(limit))))

    def items(self, access: AccessFilter, batch: str) -> tuple[Item, ...]:
        """Return the files of a run with their outcome, in order."""
        query = select(ItemRow).where(ItemRow.batch == batch, ItemRow.collection.in_(access.whole))
        with Session(self.database) as session:
            return tuple(map(item_from, session.scalars(query.order_by(ItemRow.ordinal))))

    def deletions(self, access: AccessFilter) -> tuple[Deletion, ...]:
        """Return the records of deletions, oldest first."""
        query = select(DeletionRow).where(DeletionRow.collection.in_(access.whole)).order_by(DeletionRow.id)
        with Session(self.database) as session:
            return tuple(map(deletion_from, session.scalars(query)))

    def _as_read(self, access: AccessFilter, document_id: str) -> tuple[Document, Mapping[int, str]]:
        document = self.document(access, document_id)
        try:
            texts = self.page_texts(access, document_id, document.processed_revision)
            return self.derived.document(document.sha256), texts
        except FileNotFoundError as error:
            raise _without_text(document) from error


def _without_text(document: StoredDocument) -> RogatioError:
    """Return the error of a document whose text was asked for and is not there."""
    code = "indexing.quarantined" if document.status is Status.QUARANTINED else "indexing.not_read"
    return RogatioError(code, document=document.id)


def _make_home(home: Path) -> None:
    """Create the folder of an installation, accessible to its owner only, and restrict an existing one likewise.

    Raises ``indexing.home_not_writable`` if it cannot be created or written (reading an index takes a lock in it), and
    ``indexing.home_readable_by_others`` if it belongs to another user.
    """
    try:
        home.mkdir(mode=0o700, parents=True, exist_ok=True)
    except OSError as error:
        raise RogatioError("indexing.home_not_writable", home=home) from error
    if not os.access(home, os.W_OK):
        raise RogatioError("indexing.home_not_writable", home=home)
    if is_open_to_others(home):
        try:
            home.chmod(0o700)
        except OSError as error:
            raise RogatioError("indexing.home_readable_by_others", home=home) from error


def _visible(query: Select[Any], access: AccessFilter) -> Select[Any]:
    return query.where(visible_documents(access))


def selected(query: Select[Any], access: AccessFilter, selection: Selection) -> Select[Any]:
    """Return a query of documents restricted to the readable ones of a selection."""
    query = _visible(query, access)
    if selection.tag:
        query = query.where(
            DocumentRow.id.in_(select(DocumentTagRow.document).where(DocumentTagRow.tag == selection.tag))
        )
    for name in Selection.__slots__:
        if name != "tag" and (value := getattr(selection, name)):
            column = getattr(DocumentRow, name)
            query = query.where(column.in_(value) if isinstance(value, tuple) else column == value)
    return query
