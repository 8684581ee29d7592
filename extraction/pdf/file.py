"""Opening of PDF files; pdfium is used by one thread at a time."""

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
MOST_TITLES = 2000
DEEPEST = 10
_SEARCHED = 2048  # bytes at the end in which a whole file has its last mark


@contextmanager
def open_pdf(path: Path, password: str = "") -> Iterator[pdfium.PdfDocument]:
    """Open ``path``; raises ``RogatioError``.

    ``extraction.empty``, ``extraction.encrypted``, ``extraction.wrong_password``,
    ``extraction.encryption_unsupported``, ``extraction.truncated``, ``extraction.malformed``, ``extraction.no_pages``.
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
    """Return what the file says of itself, and the titles of its outline, a line each, under ``outline``."""
    with PDFIUM:
        found = {key.lower(): _entry(partial(pdf.get_metadata_value, key)) for key in ENTRIES}
        bookmarks = islice(pdf.get_toc(max_depth=DEEPEST), MOST_TITLES)
        found["outline"] = "\n".join(filter(None, [_entry(bookmark.get_title) for bookmark in bookmarks]))
    return {key: value for key, value in found.items() if value}


def _entry(get: Callable[[], str]) -> str:
    """Return an entry on one line; nothing where a damaged file holds no text there."""
    try:
        return " ".join(get().split())
    except UnicodeDecodeError:
        return ""
