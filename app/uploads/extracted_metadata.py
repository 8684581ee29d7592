"""Extracted metadata of the files of an upload: of their documents, as far as they may be seen."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace

from sqlalchemy import select
from sqlalchemy.orm import Session

from app.uploads.job_records import JobFile
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument, document_from, visible_documents
from indexing.store.schema import DocumentRow, Status
from nlp.document_type import UNKNOWN
from nlp.language import UNDETERMINED

_AT_ONCE = 500
NO_COUNTRY, NO_TYPE = "no_country", "no_type"


@dataclass(frozen=True, slots=True)
class UnderstoodFile:
    """A file of an upload with its document, and for a duplicate ``original``, the first document of the same content.

    ``container`` is the message or archive in which the file was found. Each is None if there is none that may be seen.
    ``holds_files`` if others of the upload were found in it.
    """

    file: JobFile
    document: StoredDocument | None
    original: StoredDocument | None = None
    container: StoredDocument | None = None
    holds_files: bool = False

    @property
    def doubts(self) -> tuple[str, ...]:
        """What was doubtful for the reader, a type and a country not recognised, as codes of ``reading_doubt``.

        An archive, which has no text of its own, has neither.
        """
        if self.document is None or self.file.status is not Status.INDEXED:
            return ()
        if self.holds_files and self.document.language in ("", UNDETERMINED):
            return tuple(self.document.warnings)
        unrecognised = {
            NO_TYPE: self.document.document_type in ("", UNKNOWN),
            NO_COUNTRY: not self.document.jurisdiction,
        }
        return (*self.document.warnings, *(code for code, is_so in unrecognised.items() if is_so))


def understood_files(store: Store, access: AccessFilter, files: Sequence[JobFile]) -> list[UnderstoodFile]:
    """Return the files of a job in their order, each with what was read of its document."""
    documents = dict(_documents(store, access, [file.document for file in files if file.document]))
    related = {one for document in documents.values() for one in (document.duplicate_of, document.parent) if one}
    beside = dict(_documents(store, access, sorted(related)))
    holding = {document.parent for document in documents.values()}
    found = (_understood(file, documents.get(file.document), beside) for file in files)
    return [replace(one, holds_files=one.file.document in holding) for one in found]


def _understood(file: JobFile, document: StoredDocument | None, beside: Mapping[str, StoredDocument]) -> UnderstoodFile:
    if document is None:
        return UnderstoodFile(file, None)
    return UnderstoodFile(file, document, beside.get(document.duplicate_of), beside.get(document.parent))


def _documents(store: Store, access: AccessFilter, ids: Sequence[str]) -> Iterator[tuple[str, StoredDocument]]:
    with Session(store.database) as session:
        for first in range(0, len(ids), _AT_ONCE):
            wanted = DocumentRow.id.in_(ids[first : first + _AT_ONCE])
            for row in session.scalars(select(DocumentRow).where(wanted, visible_documents(access))):
                yield row.id, document_from(row)


def named_json(document: StoredDocument | None) -> Mapping[str, str] | None:
    """Return the first copy or the container of a file by its id and the name of its own file, None without one."""
    return {"document_id": document.id, "name": document.source} if document else None


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
