"""The language of what names a hit: its title, headings and pinpoint are in that of its document."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select
from sqlalchemy.orm import Session

from indexing.access import AccessFilter
from indexing.search.results import Hit
from indexing.store.reading import Store
from indexing.store.schema import DocumentRow


def title_languages(store: Store, access: AccessFilter, hits: Iterable[Hit]) -> dict[str, str]:
    """Return the language of each document that ``hits`` are of, by its id."""
    named = {one.document_id for one in hits}
    query = select(DocumentRow.id, DocumentRow.language)
    query = query.where(DocumentRow.id.in_(named), DocumentRow.collection.in_(access.collections))
    with Session(store.database) as session:
        return dict(session.execute(query).tuples().all())
