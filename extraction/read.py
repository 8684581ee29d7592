"""Entry point of extraction: reads any supported file into a document and its members."""

from __future__ import annotations

import logging
from dataclasses import replace
from importlib import import_module
from pathlib import Path
from traceback import extract_tb
from typing import Any

from extraction.errors import RogatioError, is_storage_failure, storage_error
from extraction.media_type import (
    AKOMA_NTOSO,
    BAGIT,
    BZIP2,
    DOC,
    DOCX,
    ENCRYPTED_OOXML,
    FLAT_ODT,
    GZIP,
    MBOX,
    MSG,
    ODS,
    ODT,
    OPENPGP,
    SEVEN_ZIP,
    SIGNED_DATA,
    TAR,
    TNEF,
    XLS,
    XLSX,
    XML,
    XZ,
    ZIP,
    media_type,
)
from extraction.members import Budget
from extraction.members import Member as Member
from extraction.members import Reading as Reading
from extraction.office.office_conversion import converted, decrypted

log = logging.getLogger(__name__)

# media type -> module and function; imported when first needed
READERS: dict[str, str] = {
    "text/plain": "plain_text:read_plain_text",
    "text/markdown": "markup.markdown:read_markdown",
    "text/html": "markup.html:read_html",
    DOCX: "office.docx:read_docx",
    ODT: "office.odt:read_odt",
    FLAT_ODT: "office.odt:read_flat_odt",
    "application/rtf": "office.rtf:read_rtf",
    XLSX: "office.spreadsheet:read_xlsx",
    "text/csv": "delimited:read_delimited",
    AKOMA_NTOSO: "markup.akoma_ntoso:read_akoma_ntoso",
    XML: "markup.xml_record:read_xml",
    "application/json": "markup.json_record:read_json",
    "image/png": "image:read_image_file",
    "image/jpeg": "image:read_image_file",
    "image/tiff": "image:read_image_file",
    "image/gif": "image:read_image_file",
    "image/bmp": "image:read_image_file",
    "image/webp": "image:read_image_file",
    "image/jp2": "image:read_image_file",
}

# readers of containers and of files with attachments, which return a Reading with members
UNPACKERS: dict[str, str] = {
    ZIP: "containers.packages:read_zip",
    BAGIT: "containers.packages:read_zip",
    TAR: "containers.tar_files:read_tar",
    GZIP: "containers.tar_files:read_tar",
    BZIP2: "containers.tar_files:read_tar",
    XZ: "containers.tar_files:read_tar",
    SEVEN_ZIP: "containers.seven_zip:read_seven_zip",
    MBOX: "containers.mailbox_file:read_mailbox",
    "application/pdf": "pdf.pdf:read_pdf_file",
    "message/rfc822": "containers.email:read_email",
    MSG: "containers.outlook_message:read_outlook_message",
    TNEF: "containers.tnef:read_tnef",
    SIGNED_DATA: "containers.signed_data:read_signed_data",
    OPENPGP: "containers.openpgp_file:read_openpgp",
}
# Increase a reader's number whenever its output changes: documents read by older releases are read again.
RELEASES = {
    "pdf": 40,
    "image": 28,
    "akoma_ntoso": 7,
    "html": 4,
    "xml_record": 10,
    "plain_text": 5,
    "markdown": 4,
    "delimited": 2,
    "email": 11,
    "outlook_message": 5,
    "docx": 7,
    "odt": 8,
    "rtf": 5,
}
CONVERTED = {DOC: "docx", XLS: "xlsx", ODS: "xlsx"}  # target formats of the conversion by LibreOffice
NAMED = frozenset({SIGNED_DATA, OPENPGP})  # the file within takes its name from that of the container
WITH_PASSWORD = frozenset({"application/pdf", ZIP, BAGIT})


def read(
    path: Path,
    scratch: Path,
    *,
    name: str = "",
    password: str = "",
    budget: Budget = Budget(),  # noqa: B008 (frozen)
) -> Reading:
    """Read the file at ``path``, received under ``name``.

    Members are unpacked into ``scratch``; for a member of a container ``budget`` is the remaining budget of the
    outermost container. Every failure except ``MemoryError`` is a ``RogatioError``: an unexpected exception becomes
    ``extraction.malformed``, and the log records its type and location, without content, so that a defect of ours can
    be distinguished from a damaged file. An import that fails is never the file's fault and is raised as it is.
    """
    kind = media_type(path, name)
    try:
        reading = _reading(path, scratch, kind.name, password, budget, name)
    except (RogatioError, MemoryError, ImportError):
        raise
    except RecursionError as error:
        raise RogatioError("extraction.nested_too_deep") from error
    except Exception as error:  # libraries raise many types for damaged files
        if is_storage_failure(error):
            raise storage_error(error) from error
        log.warning("%s: %s raised at %s", kind.name, type(error).__name__, _place(error))
        raise RogatioError("extraction.malformed", media_type=kind.name) from error
    document = reading.document
    if document is None and not reading.members:
        raise RogatioError("extraction.empty_archive")
    if document is None:
        return reading
    warnings = kind.warnings + document.warnings
    return replace(reading, document=replace(document, warnings=warnings, reader=reader_of(document.media_type)))


def reader_of(kind: str) -> str:
    """Return reader and release of a media type, such as ``docx/1``; ``""`` if no reader exists."""
    kind = {"docx": DOCX, "xlsx": XLSX}.get(CONVERTED.get(kind, ""), kind)
    name = (READERS | UNPACKERS).get(kind, "").partition(":")[0].rpartition(".")[2]
    return f"{name}/{RELEASES.get(name, 1)}" if name else ""


def _place(error: BaseException) -> str:
    last = extract_tb(error.__traceback__)[-1]
    return f"{Path(last.filename).name}:{last.lineno}"


def _reading(path: Path, scratch: Path, kind: str, password: str, budget: Budget, name: str) -> Reading:
    if kind == ENCRYPTED_OOXML:
        return read(decrypted(path, scratch, password), scratch)
    if kind in CONVERTED:
        document = read(converted(path, scratch, CONVERTED[kind], password), scratch).document
        return Reading(document and replace(document, media_type=kind, warnings=(*document.warnings, "converted")))
    options: dict[str, Any] = {"password": password} if kind in WITH_PASSWORD else {}
    if kind in NAMED:
        options["name"] = name or path.name
    if kind in UNPACKERS:
        unpacked: Reading = _function(UNPACKERS[kind])(path, scratch, budget=budget, **options)
        return unpacked
    if kind not in READERS:
        raise RogatioError("extraction.unsupported_format", media_type=kind)
    return Reading(_function(READERS[kind])(path, **options))


def _function(place: str) -> Any:
    module, function = place.split(":")
    return getattr(import_module(f"extraction.{module}"), function)
