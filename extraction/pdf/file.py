"""Opening of PDF files; pdfium is not thread-safe and is used under one lock."""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from functools import partial
from itertools import islice
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extraction.errors import RogatioError

PDFIUM = threading.RLock()
ENTRIES = ("Title", "Author", "Subject", "Keywords", "Creator", "Producer", "CreationDate", "ModDate")
MAX_TITLES = 2000
DEEPEST = 10
_SEARCHED = 2048  # bytes at the end of the file that are searched for %%EOF


@contextmanager
def open_pdf(path: Path, password: str = "") -> Iterator[pdfium.PdfDocument]:
    """Open ``path`` as a context.

    Raises ``extraction.empty``, ``encrypted``, ``wrong_password``, ``encryption_unsupported``, ``truncated``,
    ``malformed`` or ``no_pages``.
    """
    if path.stat().st_size == 0:
        raise RogatioError("extraction.empty")
    try:
        with PDFIUM:
            pdf = pdfium.PdfDocument(path, password=password or None)
    except pdfium.PdfiumError as error:
        raise RogatioError(_code(error, path, password), media_type="PDF") from error
    try:
        if len(pdf) == 0:
            raise RogatioError("extraction.no_pages")
        yield pdf
    finally:
        with PDFIUM:
            pdf.close()


def _code(error: pdfium.PdfiumError, path: Path, password: str) -> str:
    if error.err_code == raw.FPDF_ERR_PASSWORD:
        return "extraction.wrong_password" if password else "extraction.encrypted"
    if error.err_code == raw.FPDF_ERR_SECURITY:
        return "extraction.encryption_unsupported"
    return "extraction.malformed" if _is_whole(path) else "extraction.truncated"


def _is_whole(path: Path) -> bool:
    with path.open("rb") as file:
        file.seek(max(0, path.stat().st_size - _SEARCHED))
        return b"%%EOF" in file.read()


def information(pdf: pdfium.PdfDocument) -> dict[str, str]:
    """Return the document information by lower-case key, and the outline titles, one per line, as ``outline``."""
    with PDFIUM:
        entries = {key.lower(): _information_entry(pdf, key) for key in ENTRIES}
        if raw.FPDFBookmark_GetFirstChild(pdf, None):
            bookmarks = islice(pdf.get_toc(max_depth=DEEPEST), MAX_TITLES)
            entries["outline"] = "\n".join(filter(None, [_entry(bookmark.get_title) for bookmark in bookmarks]))
    return {key: value for key, value in entries.items() if value}


def _information_entry(pdf: pdfium.PdfDocument, key: str) -> str:
    """Return an entry of the document information on one line; most are absent."""
    length = raw.FPDF_GetMetaText(pdf, key.encode(), None, 0)  # in bytes, with the final zero
    return _entry(partial(pdf.get_metadata_value, key)) if length > 2 else ""


def _entry(get: Callable[[], str]) -> str:
    """Return an entry on one line; ``""`` if it cannot be decoded."""
    try:
        return " ".join(get().split())
    except UnicodeDecodeError:
        return ""
