"""PDF files, with or without a text layer, as one reading text."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from pathlib import Path

from extraction.document import Block, Document, Page, Table, Words
from extraction.errors import RogatioError
from extraction.furniture import Repetition, edge_rows, page_furniture
from extraction.hyphens import Vocabulary
from extraction.page_layout import lay_out, page_parts
from extraction.page_words import PageWords
from extraction.pdf_composition import Composition
from extraction.pdf_file import information, open_pdf
from extraction.pdf_pages import PdfPages

MEDIA_TYPE = "application/pdf"
READER = "pdf/1"


def read_pdf(path: Path, *, password: str = "", max_pages: int | None = None) -> Document:
    """Read ``path``; scanned pages go through OCR.

    Raises ``RogatioError``: those of ``pdf_file.open_pdf``; ``extraction.too_many_pages`` beyond ``max_pages``;
    ``extraction.too_large`` for too long a text. A page that cannot be read leaves a warning, and the rest is read.
    """
    with open_pdf(path, password) as pdf:
        if max_pages is not None and len(pdf) > max_pages:
            raise RogatioError("extraction.too_many_pages", pages=len(pdf), limit=max_pages)
        metadata = information(pdf)
        pages = PdfPages(pdf, path, password)
        words = list(pages)
    text, ranges, blocks, tables, boxes = compose(words)
    warnings = [*pages.warnings, *([] if text else ["no_text"])]
    return Document(text, ranges, blocks, MEDIA_TYPE, READER, tables, boxes, metadata, tuple(warnings))


def compose(
    pages: Sequence[PageWords],
) -> tuple[str, tuple[Page, ...], tuple[Block, ...], tuple[Table, ...], Words]:
    """Return the reading text of ``pages`` with its pages, blocks, tables and word boxes."""
    vocabulary = Vocabulary()
    sizes: Counter[float] = Counter()
    edges = []
    parts = []
    for page in pages:
        vocabulary.add(page.words)
        _count_sizes(page, sizes)
        parts.append(page_parts(page))
        edges.append(edge_rows(page, parts[-1].body))
    repetition = Repetition([row for rows in edges for row in rows], len(pages))
    composition = Composition(sizes.most_common(1)[0][0] if sizes else 0.0, vocabulary)
    for page, part, rows in zip(pages, parts, edges, strict=True):
        composition.add(lay_out(page, part, page_furniture(rows, repetition), composition.body_size))
    return composition.finish()


def _count_sizes(page: PageWords, sizes: Counter[float]) -> None:
    """Count the words of each type size, to half a point."""
    rounded = (2 * page.size).round() / 2
    for size in set(rounded.tolist()):
        sizes[size] += int((rounded == size).sum())
