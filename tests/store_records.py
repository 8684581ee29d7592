"""Stores with a few records, for the tests of access."""

from dataclasses import replace
from pathlib import Path

import numpy as np

from extraction.document import WORD_BOX, Block, BlockKind, Document, Page, TextOrigin, Words
from indexing.access import LOCAL_USER, Collection
from indexing.store.reading import Store
from indexing.store.schema import Status
from indexing.store.writing import Arrival, arrive, ensure_collection, settle
from nlp.annotations import Annotations, DocumentType, Segment

PUBLIC = Collection("public", "Public law")
FRANCE = Collection("fr-files", "Central authority of France", "fr")
BRAZIL = Collection("br-files", "Autoridade central do Brasil", "br")

TEXT = "Première page.\n\nSeconde page, mal numérisée.\n\nTroisième page."
DOCUMENT = Document(
    text=TEXT,
    pages=(
        Page(1, 0, 14, 595, 842),
        Page(2, 16, 44, 595, 842, origin=TextOrigin.OCR, confidence=0.3),
        Page(3, 46, 61, 595, 842),
    ),
    blocks=(
        Block(0, 14, BlockKind.HEADING, 1),
        Block(16, 44, BlockKind.PARAGRAPH),
        Block(46, 61, BlockKind.PARAGRAPH),
    ),
    media_type="application/pdf",
    reader="test@1",
    words=Words(
        np.array([(0, 8, 1, 1, 2, 3, 4, 1), (16, 23, 2, 1, 2, 3, 4, 0.3), (46, 55, 3, 1, 2, 3, 4, 1)], dtype=WORD_BOX)
    ),
    metadata={"author": "nobody"},
)
ANNOTATIONS = Annotations(
    document_type=DocumentType("letter_rogatory", 0.9, "test@1"),
    segments=(Segment(0, len(TEXT), "fr", 0.9, "test@1"),),
    structure=(),
    spans=(),
    title="Une lettre",
    jurisdiction="FR",
    date="2021-05-03",
    identity=(),
    version="test@1",
)


def add_document(store: Store, folder: Path, collection: Collection, content: bytes, **said: str) -> str:
    """Put a document into the store as ingest does, with the text above; return its id."""
    ensure_collection(store, collection, LOCAL_USER)
    incoming = folder / "incoming"
    incoming.write_bytes(content)
    original = store.originals.keep(incoming, folder)
    arrival = Arrival(original.sha256, original.size, "letter.pdf", "/in/letter.pdf", collection.id)
    document = arrive(store, replace(arrival, **said))
    if not document.duplicate_of:
        store.derived.write_document(original.sha256, DOCUMENT, folder)
        store.derived.write_annotations(original.sha256, document.id, "", ANNOTATIONS, folder)
    status = Status.DUPLICATE if document.duplicate_of else Status.INDEXED
    settle(store, [(document.id, {"status": status, "pages": 3, "passages": 2, "title": "Une lettre"})])
    return document.id
