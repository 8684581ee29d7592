"""Documents that are being read: text, annotations and boxes, kept for the next page of the same document."""

from __future__ import annotations

from dataclasses import dataclass
from functools import lru_cache

from extraction.document import Document, Words
from indexing.access import AccessFilter
from indexing.store.reading import Store
from indexing.store.rows import StoredDocument
from nlp.annotations import Annotations

# A law of a thousand pages takes about a tenth of a gigabyte.
MOST_OPEN = 4


@dataclass(frozen=True, slots=True)
class OpenDocument:
    document: Document
    annotations: Annotations
    words: Words


def open_document(store: Store, access: AccessFilter, stored: StoredDocument) -> OpenDocument:
    """Return what was read of a document that ``access`` gave out; raises ``indexing.not_read``."""
    folder = store.derived.folder(stored.sha256)
    version = folder.stat().st_mtime_ns if folder.exists() else 0
    corrected = len(store.corrections(access, stored.id))
    return _read(store, access, stored.id, version, corrected)


@lru_cache(maxsize=MOST_OPEN)
def _read(store: Store, access: AccessFilter, document_id: str, version: int, corrected: int) -> OpenDocument:
    """``version`` and ``corrected`` change when the document is read anew or a person sets something."""
    return OpenDocument(
        store.reading(access, document_id), store.annotations(access, document_id), store.words(access, document_id)
    )
