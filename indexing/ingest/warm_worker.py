"""Preloads dictionaries and pipelines in the fork server.

Workers then start, and dead ones are replaced, in milliseconds, and share that memory.
"""

from __future__ import annotations

from extraction.document import Document, Page
from indexing.records.passages import document_records
from indexing.records.record import DocumentFacts
from nlp.pipeline import annotate, compile_patterns

# One sentence per language loads the data of each language.
_TEXT = (
    "El juez ordenó la entrega de los documentos el 3 de mayo de 2021.\n\n"
    "O tribunal determinou a entrega dos documentos em 3 de maio de 2021.\n\n"
    "The court ordered that the documents be handed over on 3 May 2021.\n\n"
    "Le tribunal a ordonné la remise des documents le 3 mai 2021.\n\n"
)
_DOCUMENT = Document(_TEXT, (Page(1, 0, len(_TEXT)),), (), "text/plain", "")
_FACTS = DocumentFacts("", "", "", "", "", "", "", "", "es")

document_records(_DOCUMENT, annotate(_TEXT), _FACTS)
compile_patterns()
