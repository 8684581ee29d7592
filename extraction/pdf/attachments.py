"""Files embedded in a PDF (ISO 32000-1, 7.11.4): in its list of attachments or at an annotation of a page."""

from __future__ import annotations

import ctypes
import io
from pathlib import Path
from typing import Any

import pypdfium2 as pdfium
import pypdfium2.raw as raw

from extraction.errors import RogatioError
from extraction.members import MAX_BYTES, MAX_FILES, Unpacking
from extraction.pdf.file import PDFIUM
from extraction.pdf.file_specifications import EmbeddedFile, embedded_files

MAX_NAME = 4096  # bytes
UNNAMED = "attachment"


class Attachments:
    """Adds the files embedded in the PDF at ``path`` to ``unpacking``; its methods raise what that raises.

    A file that cannot be read is a failed member, so that it is listed.
    """

    def __init__(self, path: Path, password: str, unpacking: Unpacking) -> None:
        self._path, self._password, self._unpacking = path, password, unpacking
        self._specified: list[EmbeddedFile] | None = None  # the files that pdfium does not give, once looked for

    def of_document(self, pdf: pdfium.PdfDocument) -> None:
        """Add the files in the document's list of attachments."""
        with PDFIUM:
            count = raw.FPDFDoc_GetAttachmentCount(pdf)
            if count > MAX_FILES:
                raise RogatioError("extraction.too_many_files", limit=MAX_FILES)
            for index in range(count):
                self._add(raw.FPDFDoc_GetAttachment(pdf, index))

    def of_page(self, page: pdfium.PdfPage, limit: int) -> None:
        """Add the files at the first ``limit`` annotations of a page."""
        for index in range(min(raw.FPDFPage_GetAnnotCount(page), limit)):
            handle = raw.FPDFPage_GetAnnot(page, index)
            try:
                if raw.FPDFAnnot_GetSubtype(handle) == raw.FPDF_ANNOT_FILEATTACHMENT:
                    self._add(raw.FPDFAnnot_GetFileAttachment(handle))
            finally:
                raw.FPDFPage_CloseAnnot(handle)

    def _add(self, attachment: Any) -> None:
        """Add one file; one that cannot be found or decoded is listed as damaged."""
        if not attachment:
            self._unpacking.fail(UNNAMED, RogatioError("extraction.truncated"))
            return
        buffer = ctypes.create_string_buffer(MAX_NAME)
        written = raw.FPDFAttachment_GetName(attachment, ctypes.cast(buffer, ctypes.POINTER(ctypes.c_ushort)), MAX_NAME)
        name = buffer.raw[: min(max(written - 2, 0), MAX_NAME)].decode("utf-16-le", "replace")
        length = ctypes.c_ulong()
        if not raw.FPDFAttachment_GetFile(attachment, None, 0, length):
            self._add_specified(name)
            return
        if length.value > MAX_BYTES:
            raise RogatioError("extraction.unpacked_too_large", limit=MAX_BYTES >> 20)
        content = ctypes.create_string_buffer(max(1, length.value))
        raw.FPDFAttachment_GetFile(attachment, content, length.value, length)
        self._unpacking.attach(name or UNNAMED, io.BytesIO(memoryview(content)[: length.value]))

    def _add_specified(self, name: str) -> None:
        """Add the next file whose specification has the ``name``; one without a name bears its description."""
        if self._specified is None:
            self._specified = embedded_files(self._path, self._password)
        found = next((file for file in self._specified if (file.name == name if name else not file.is_named)), None)
        if found is not None:
            self._specified.remove(found)
        if found is None or found.content is None:
            self._unpacking.fail(name or UNNAMED, RogatioError("extraction.truncated"))
            return
        self._unpacking.attach(found.name or UNNAMED, io.BytesIO(found.content))
