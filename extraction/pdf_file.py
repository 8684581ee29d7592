"""Opening a PDF, with errors that say what is wrong with it; pdfium may be used by one thread at a time."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extraction.errors import RogatioError

PDFIUM = threading.RLock()
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
        found = {key.lower(): value.strip() for key, value in pdf.get_metadata_dict(skip_empty=True).items()}
        titles = [bookmark.get_title().strip() for bookmark in pdf.get_toc(max_depth=10)]
    if outline := "\n".join(title for title in titles[:MOST_TITLES] if title):
        found["outline"] = outline
    return {key: value for key, value in found.items() if value}


MOST_TITLES = 2000
