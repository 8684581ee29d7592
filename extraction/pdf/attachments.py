"""Files embedded in a PDF (ISO 32000-1, 7.11.4): in its list of attachments or at an annotation of a page."""

from __future__ import annotations

import ctypes
import io
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extraction.errors import RogatioError
from extraction.members import MAX_BYTES, MAX_FILES, Unpacking
from extraction.pdf.file import PDFIUM

MAX_NAME = 4096  # bytes


def attach_files(pdf: pdfium.PdfDocument, unpacking: Unpacking) -> None:
    """Add the files in the document's list of attachments to ``unpacking``; raises what it raises."""
    with PDFIUM:
        count = raw.FPDFDoc_GetAttachmentCount(pdf)
        if count > MAX_FILES:
            raise RogatioError("extraction.too_many_files", limit=MAX_FILES)
        for index in range(count):
            _attach(raw.FPDFDoc_GetAttachment(pdf, index), unpacking)


def attach_annotated(page: pdfium.PdfPage, limit: int, unpacking: Unpacking) -> None:
    """Add the files at the first ``limit`` annotations of a page to ``unpacking``; raises what it raises."""
    for index in range(min(raw.FPDFPage_GetAnnotCount(page), limit)):
        handle = raw.FPDFPage_GetAnnot(page, index)
        try:
            if raw.FPDFAnnot_GetSubtype(handle) == raw.FPDF_ANNOT_FILEATTACHMENT:
                _attach(raw.FPDFAnnot_GetFileAttachment(handle), unpacking)
        finally:
            raw.FPDFPage_CloseAnnot(handle)


def _attach(attachment: Any, unpacking: Unpacking) -> None:
    """Add one file; one that pdfium cannot decode is listed as damaged."""
    if not attachment:
        return
    buffer = ctypes.create_string_buffer(MAX_NAME)
    written = raw.FPDFAttachment_GetName(attachment, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), MAX_NAME)
    name = buffer.raw[: min(max(written - 2, 0), MAX_NAME)].decode("utf-16-le", "replace") or "attachment"
    length = ctypes.c_ulong()
    if not raw.FPDFAttachment_GetFile(attachment, None, 0, length):
        unpacking.fail(name, RogatioError("extraction.truncated"))
        return
    if length.value > MAX_BYTES:
        raise RogatioError("extraction.unpacked_too_large", limit=MAX_BYTES >> 20)
    content = ctypes.create_string_buffer(max(1, length.value))
    raw.FPDFAttachment_GetFile(attachment, content, length.value, length)
    unpacking.attach(name, io.BytesIO(memoryview(content)[: length.value]))
