"""Extracted metadata of the files of an upload: of their documents, as far as they may be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.uploads.job_records import JobFile
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, document_from, visible_documents
from indexing.store.schema import DocumentRow

_AT_ONCE = 500


@dataclass(frozen=True, slots=True)
class UnderstoodFile:
    """A file of an upload with its document, None if it has none that may be seen."""

    file: JobFile
    document: StoredDocument | None


def understood_files(store: Store, access: AccessFilter, files: Sequence[JobFile]) -> list[UnderstoodFile]:
    documents = dict(_documents(store, access, [file.document for file in files if file.document]))
    return [UnderstoodFile(file, documents.get(file.document)) for file in files]


def _documents(store: Store, access: AccessFilter, ids: Sequence[str]) -> Iterator[tuple[str, StoredDocument]]:
    with Session(store.database) as session:
        for first in range(0, len(ids), _AT_ONCE):
            wanted = DocumentRow.id.in_(ids[first : first + _AT_ONCE])
            for row in session.scalars(select(DocumentRow).where(wanted, visible_documents(access))):
                yield row.id, document_from(row)


def facts_json(document: StoredDocument | None) -> Mapping[str, object]:
    """Return the extracted metadata as JSON; unknown values are empty."""
    if document is None:
        return {"document_type": "", "jurisdiction": "", "title": "", "pages": 0, "warnings": []}
    return {
        "document_type": document.document_type,
        "jurisdiction": document.jurisdiction,
        "title": document.title,
        "pages": document.pages,
        "warnings": list(document.warnings),
    }
