"""Reader of PDF files with or without a text layer."""

from __future__ import annotations

from collections import Counter, deque
from collections.abc import Iterable
from pathlib import Path

from extraction.document import Block, Document, Page, Table, Words
from extraction.errors import RogatioError
from extraction.layout.furniture import EdgeRow, Repetition, edge_rows, page_furniture
from extraction.layout.hyphens import Vocabulary
from extraction.layout.page_layout import lay_out
from extraction.layout.page_parts import PageParts, page_parts
from extraction.layout.page_words import PageWords
from extraction.pdf.composition import Composition
from extraction.pdf.file import information, open_pdf
from extraction.pdf.pages import PdfPages

MEDIA_TYPE = "application/pdf"
READER = "pdf/1"


def read_pdf(path: Path, *, password: str = "", max_pages: int | None = None) -> Document:
    """Read ``path``; scanned pages are read by OCR.

    Raises what :func:`.file.open_pdf` does, ``extraction.too_many_pages`` beyond ``max_pages`` and
    ``extraction.too_large``. A page that cannot be read adds a warning.
    """
    with open_pdf(path, password) as pdf:
        if max_pages is not None and len(pdf) > max_pages:
            raise RogatioError("extraction.too_many_pages", pages=len(pdf), limit=max_pages)
        metadata = information(pdf)
        pages = PdfPages(pdf, path, password)
        text, ranges, blocks, tables, boxes = compose(pages)
    warnings = [*pages.warnings, *([] if text else ["no_text"])]
    return Document(text, ranges, blocks, MEDIA_TYPE, READER, tables, boxes, metadata, tuple(warnings))


def compose(
    pages: Iterable[PageWords],
) -> tuple[str, tuple[Page, ...], tuple[Block, ...], tuple[Table, ...], Words]:
    """Return the reading text of ``pages`` with its pages, blocks, tables and word boxes."""
    vocabulary = Vocabulary()
    sizes: Counter[float] = Counter()
    prepared: deque[tuple[PageWords, PageParts, list[EdgeRow]]] = deque()
    for page in pages:
        vocabulary.add(page.words)
        _count_sizes(page, sizes)
        parts = page_parts(page)
        prepared.append((page, parts, edge_rows(page, parts.body)))
    repetition = Repetition([row for _, _, rows in prepared for row in rows], len(prepared))
    composition = Composition(sizes.most_common(1)[0][0] if sizes else 0.0, vocabulary)
    in_note = False
    while prepared:  # pages are released once composed, so that a long file is not in memory twice
        page, parts, rows = prepared.popleft()
        laid = lay_out(page, parts, page_furniture(rows, repetition), composition.body_size, in_note)
        composition.add(laid)
        in_note = laid.breaks_off_in_note
    return composition.finish()


def _count_sizes(page: PageWords, sizes: Counter[float]) -> None:
    """Add the number of words of each type size, rounded to half a point, to ``sizes``."""
    sizes.update(((2 * page.size).round() / 2).tolist())
