"""Tags of documents: free words of those who may correct them, not part of the index.

They belong to the collection of their document: a document that moves to another one loses them, a deleted one too.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from sqlalchemy import delete, func, select
from sqlalchemy.orm import Session

from extraction.errors import RogatioError
from indexing.access import AccessFilter
from indexing.store.database import insert
from indexing.store.reading import Selection, Store, selected
from indexing.store.rows import visible_documents
from indexing.store.schema import DocumentRow, DocumentTagRow
from indexing.store.writing import writing

MAX_TAG_LENGTH = 50
MAX_TAGS = 20


def clean_tag(written: str) -> str:
    """Return a tag on one line; raises ``indexing.bad_tag`` if it is empty, too long, or has a comma or controls."""
    tag = " ".join(written.split())
    if not 0 < len(tag) <= MAX_TAG_LENGTH or "," in tag or not tag.isprintable():
        raise RogatioError("indexing.bad_tag", tag=tag[:MAX_TAG_LENGTH], most=MAX_TAG_LENGTH)
    return tag


def tags_of(store: Store, access: AccessFilter, documents: Collection[str]) -> dict[str, tuple[str, ...]]:
    """Return the sorted tags of the readable ones of ``documents``; documents without tags are missing."""
    query = select(DocumentTagRow.document, DocumentTagRow.tag).join(
        DocumentRow, DocumentRow.id == DocumentTagRow.document
    )
    query = query.where(visible_documents(access), DocumentTagRow.document.in_(documents))
    found: dict[str, tuple[str, ...]] = {}
    with Session(store.database) as session:
        for document, tag in session.execute(query.order_by(DocumentTagRow.tag)).tuples():
            found[document] = (*found.get(document, ()), tag)
    return found


def tag_counts(store: Store, access: AccessFilter, selection: Selection) -> tuple[tuple[str, int], ...]:
    """Return the tags of the readable documents of a selection, each with the number of these documents, by name."""
    query = select(DocumentTagRow.tag, func.count()).join(DocumentRow, DocumentRow.id == DocumentTagRow.document)
    query = selected(query, access, selection).group_by(DocumentTagRow.tag).order_by(DocumentTagRow.tag)
    with Session(store.database) as session:
        return tuple(session.execute(query).tuples())


def documents_by_tag(store: Store, access: AccessFilter) -> dict[str, tuple[str, ...]]:
    """Return the ids of the readable documents of each tag; the tags are sorted."""
    query = select(DocumentTagRow.tag, DocumentTagRow.document)
    query = query.join(DocumentRow, DocumentRow.id == DocumentTagRow.document).where(visible_documents(access))
    found: dict[str, list[str]] = {}
    with Session(store.database) as session:
        for tag, document in session.execute(query.order_by(DocumentTagRow.tag, DocumentTagRow.document)).tuples():
            found.setdefault(tag, []).append(document)
    return {tag: tuple(documents) for tag, documents in found.items()}


def write_tags(store: Store, added: Mapping[str, Collection[str]], removed: Mapping[str, Collection[str]]) -> None:
    """Add tags to documents and remove tags from them, both by document, in one transaction.

    The caller has checked access. Raises ``indexing.too_many_tags``; nothing is changed then.
    """
    with writing(store) as session:
        for document, tags in removed.items():
            of_document = DocumentTagRow.document == document
            session.execute(delete(DocumentTagRow).where(of_document, DocumentTagRow.tag.in_(tags)))
        for document, tags in added.items():
            for tag in tags:
                row = insert(session, DocumentTagRow).values(document=document, tag=tag)
                session.execute(row.on_conflict_do_nothing())
            counted = select(func.count()).where(DocumentTagRow.document == document)
            if (session.scalar(counted) or 0) > MAX_TAGS:
                raise RogatioError("indexing.too_many_tags", most=MAX_TAGS)


def forget_tags(session: Session, documents: Sequence[str], collection: str) -> None:
    """Delete the tags of those documents that are not in ``collection``, to which they move."""
    leaving = select(DocumentRow.id).where(DocumentRow.id.in_(documents), DocumentRow.collection != collection)
    session.execute(delete(DocumentTagRow).where(DocumentTagRow.document.in_(leaving)))
