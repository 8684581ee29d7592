"""Detection of the media type of a file from its content."""

from __future__ import annotations

import base64
import codecs
import json
import re
import zipfile
from dataclasses import dataclass
from pathlib import Path, PurePosixPath

import olefile
import puremagic

from extraction.containers.zip_files import DAMAGE, open_zip
from extraction.encoding import decode
from extraction.errors import RogatioError
from extraction.openpgp import is_openpgp
from extraction.resource import load

HEAD = 65_536  # bytes examined
DOCX = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
XLSX = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
PPTX = "application/vnd.openxmlformats-officedocument.presentationml.presentation"
ODT = "application/vnd.oasis.opendocument.text"
FLAT_ODT = "application/vnd.oasis.opendocument.text-flat-xml"
ODS = "application/vnd.oasis.opendocument.spreadsheet"
ZIP, BAGIT, MSG, DOC = "application/zip", "application/x-bagit+zip", "application/vnd.ms-outlook", "application/msword"
XLS, ENCRYPTED_OOXML = "application/vnd.ms-excel", "application/x-encrypted-ooxml"
TAR, GZIP, BZIP2, XZ = "application/x-tar", "application/gzip", "application/x-bzip2", "application/x-xz"
MBOX, SEVEN_ZIP, TNEF = "application/mbox", "application/x-7z-compressed", "application/vnd.ms-tnef"
SIGNED_DATA, OPENPGP = "application/pkcs7-mime", "application/pgp"
AKOMA_NTOSO, XML = "application/akn+xml", "application/xml"

EXTENSIONS: dict[str, frozenset[str]] = {
    kind: frozenset(extensions) for kind, extensions in load("extraction.media_types").items()
}
PROGRAMS = frozenset({"dll", "exe", "msi", "pif", "scr"})  # extensions
ARCHIVES = ("7z", "rar", "zstd", "compress")  # kinds of archive by words of their media types
TNEF_MARK = b"\x78\x9f\x3e\x22"  # first bytes ([MS-OXTNEF] 2.1.3.1)
TAR_MARK = (257, b"ustar")  # position and mark of a TAR header (POSIX.1-1988)
_KNOWN_EXTENSIONS = frozenset[str]().union(*EXTENSIONS.values())
_SIGNATURES = (
    (b"{\\rtf", "application/rtf"),
    (b"\x89PNG\r\n\x1a\n", "image/png"),
    (b"\xff\xd8\xff", "image/jpeg"),
    (b"II*\x00", "image/tiff"),
    (b"MM\x00*", "image/tiff"),
    (b"II+\x00", "image/tiff"),
    (b"GIF8", "image/gif"),
    (b"\x00\x00\x00\x0cjP  ", "image/jp2"),
    (b"\x1f\x8b\x08", GZIP),
    (b"BZh", BZIP2),
    (b"\xfd7zXZ\x00", XZ),
    (b"7z\xbc\xaf\x27\x1c", SEVEN_ZIP),
    (TNEF_MARK, TNEF),
)
_PROGRAM_MARKS = (
    b"MZ",
    b"\x7fELF",
    b"\xfe\xed\xfa\xce",
    b"\xfe\xed\xfa\xcf",
    b"\xce\xfa\xed\xfe",
    b"\xcf\xfa\xed\xfe",
)
# the start of signed or enveloped data of RFC 5652: its object identifier behind tag and length of the structure
_CMS = re.compile(rb"\x30(?:\x80|[\x81-\x84].{1,4}?|.)\x06\x09\x2a\x86\x48\x86\xf7\x0d\x01\x07([\x02\x03])", re.DOTALL)
_CMS_TEXT = re.compile(rb"\s*+(?:-----BEGIN (?:PKCS ?#?7|CMS)[^-]*+-----\s*+)?(MI[A-Za-z0-9+/]{38})")
ENVELOPED = b"\x03"
SIGNED_CONTAINERS = "application/vnd.etsi.asic-"  # media types of ASiC (ETSI EN 319 162-1)
_OFFICE_PARTS = (("word/document", DOCX), ("xl/workbook", XLSX), ("ppt/presentation", PPTX))
_OLE_STREAMS = (
    ("EncryptedPackage", ENCRYPTED_OOXML),
    ("WordDocument", DOC),
    ("Workbook", XLS),
    ("Book", XLS),
    ("__properties_version1.0", MSG),
)
_MAILBOX = re.compile(r"From \S.*\d\s*\n(?=[A-Za-z][A-Za-z0-9-]{0,60}:|>?From )")
_EMLX_COUNT = re.compile(r"\d{1,12}[ \t]*\n")  # before the headers, by Apple Mail
_MAIL_HEADER = re.compile(r"(?:[A-Za-z][A-Za-z0-9-]{0,60}:[^\n]*\n(?:[ \t][^\n]*\n)*){2,}")
_MIME_PART = re.compile(r"(?:MIME-Version:[^\n]*\n)?Content-Type:[ \t]*[\w.+-]+/[\w.+-]+", re.I)  # signed or attached
_MAIL_NAMES = re.compile(r"^(?:From|Received|MIME-Version|Message-ID|Return-Path|Subject|Date|To):", re.M | re.I)
_HTML = re.compile(
    r"\A(?><\?xml[^>]*\?>|<!--.*?-->|<!doctype\s+netscape[^>]*>|\s)*+"
    r"<(?:!doctype\s+html|html|head|body|div|p|table|meta|title|h[1-6]|center|font)\b",
    re.I | re.S,
)
MANY_ELEMENTS = 20  # of text that begins with a tag and is XML
_ELEMENT = re.compile(r"<([\w.:-]++)[^<>]*+>[^<>]*+</\1>")
_FLAT_ODT = re.compile(rf"""\boffice:mimetype=["']{re.escape(ODT)}["']""")
_XML_ROOT = re.compile(r"\A(?><\?.*?\?>|<!--.*?-->|<!DOCTYPE[^>\[]*(?:\[.*?\])?\s*>|\s)*+<(?:[\w.-]+:)?([\w.-]+)", re.S)


@dataclass(frozen=True, slots=True)
class MediaType:
    """``name`` is the IANA media type; warning ``wrong_extension`` if the file's extension contradicts it."""

    name: str
    warnings: tuple[str, ...] = ()


def media_type(path: Path, name: str = "") -> MediaType:
    """Return the media type of the file at ``path``, received under ``name``.

    Raises ``extraction.empty``, ``extraction.truncated`` for a damaged container, ``extraction.unsupported_format`` or
    ``unsupported_archive`` for unknown binary content and programs, ``extraction.encryption_unsupported``.
    """
    extension = PurePosixPath(name or path.name).suffix.lower().lstrip(".")
    with path.open("rb") as file:
        head = file.read(HEAD)
    if not head.strip(b"\x00 \t\r\n"):
        raise RogatioError("extraction.empty")
    if head.startswith(_PROGRAM_MARKS) and (extension in PROGRAMS or b"\x00" in head):
        raise _unsupported("application/x-executable")
    kind = _signed(path, head) or _textual(path, head, extension)
    misnamed = extension in _KNOWN_EXTENSIONS | PROGRAMS and extension not in EXTENSIONS.get(
        kind, frozenset({extension})
    )
    return MediaType(kind, ("wrong_extension",) if misnamed else ())


def _signed(path: Path, head: bytes) -> str:
    if head.startswith(b"PK"):
        return _inside_zip(path)
    if head.startswith(b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"):
        return _inside_ole(path)
    if head.startswith(b"BM") and int.from_bytes(head[14:18], "little") in (12, 40, 64, 108, 124):
        return "image/bmp"
    if head.startswith(b"RIFF") and head[8:12] == b"WEBP":
        return "image/webp"
    if head[TAR_MARK[0] :].startswith(TAR_MARK[1]):
        return TAR
    if _is_signed_data(head):
        return SIGNED_DATA
    start = head.removeprefix(b"\xef\xbb\xbf").lstrip()
    if kind := next((kind for mark, kind in _SIGNATURES if start.startswith(mark)), ""):
        return kind
    if is_openpgp(head):
        return OPENPGP
    # last: other bytes may stand before a PDF, but it is also the first file of many archives
    return "application/pdf" if b"%PDF-" in head[:1024] else ""


def _is_signed_data(head: bytes) -> bool:
    """Return whether a file is signed data (RFC 5652); raises ``extraction.encryption_unsupported`` for enveloped."""
    text = _CMS_TEXT.match(head)
    found = _CMS.match(base64.b64decode(text[1]) if text else head)
    if found and found[1] == ENVELOPED:
        raise RogatioError("extraction.encryption_unsupported")
    return found is not None


def _inside_zip(path: Path) -> str:
    """Return the media type of a ZIP-based file: office formats, bags, other packages; raises as :func:`open_zip`."""
    with open_zip(path) as package:
        names = package.namelist()
        mimetype = _declared(package)
        is_signed = is_signed_container(package)
    if mimetype.startswith(ODT):
        return ODT
    if is_signed:
        return ZIP
    if mimetype.startswith("application/"):
        return mimetype.strip()
    if "[Content_Types].xml" in names:
        return next((kind for part, kind in _OFFICE_PARTS if any(name.startswith(part) for name in names)), ZIP)
    is_bag = any(PurePosixPath(name).name == "bagit.txt" and name.count("/") <= 1 for name in names)
    return BAGIT if is_bag else ZIP


def is_signed_container(package: zipfile.ZipFile) -> bool:
    """Return whether a package is a container of files and their signatures (ASiC)."""
    return _declared(package).startswith(SIGNED_CONTAINERS)


def _declared(package: zipfile.ZipFile) -> str:
    """Return the media type that a package states in its file ``mimetype``, ``""`` if it has none."""
    if "mimetype" not in package.namelist():
        return ""
    try:
        with package.open("mimetype") as file:
            return file.read(100).decode("ascii", "replace")
    except DAMAGE as error:
        raise RogatioError("extraction.truncated") from error


def _inside_ole(path: Path) -> str:
    try:
        with olefile.OleFileIO(path) as compound:
            return next((kind for stream, kind in _OLE_STREAMS if compound.exists(stream)), "application/x-ole-storage")
    except (OSError, ValueError, IndexError) as error:
        raise RogatioError("extraction.truncated") from error


def _textual(path: Path, head: bytes, extension: str) -> str:
    decoded = decode(head)
    text = decoded.text.lstrip("\ufeff \t\r\n")
    mark_up = _mark_up(text)
    may_be_binary = not decoded.encoding.startswith(("utf-16", "utf-32")) and not mark_up.endswith("xml")
    if may_be_binary and _is_binary(head):
        raise _unsupported(_guess(head))
    if mark_up:
        return mark_up
    if _MAILBOX.match(decoded.text.lstrip("\ufeff\r\n").replace("\r\n", "\n")):
        return MBOX
    if _is_mail(decoded.text):
        return "message/rfc822"
    if text[:1] in ("{", "[") and (extension == "json" or _is_json(path)):
        return "application/json"
    if extension in EXTENSIONS["text/markdown"] or re.match(r"---[ \t]*\r?\n[\w-]+:", text):
        return "text/markdown"
    return "text/csv" if extension in EXTENSIONS["text/csv"] | {"xls"} else "text/plain"


def _mark_up(text: str) -> str:
    if _HTML.match(text):
        return "text/html"
    root = _XML_ROOT.match(text)
    if root is None:
        return ""
    if root[1] == "akomaNtoso":
        return AKOMA_NTOSO
    if root[1] == "document" and _FLAT_ODT.search(text):
        return FLAT_ODT
    signs = ("<!DOCTYPE", " xmlns=", " xmlns:")
    declared = text.startswith("<?xml") or any(sign in text[:2000] for sign in signs)
    return XML if declared or f"</{root[1]}" in text or len(_ELEMENT.findall(text)) >= MANY_ELEMENTS else ""


def _is_binary(head: bytes) -> bool:
    """Return whether data is binary: it has more than a few control characters, unlike text in old code pages.

    Text in UTF-8 may have more of them, as programs leave that take text from PDF files, but no zero bytes.
    """
    controls = sum(head.count(bytes([code])) for code in (*range(0, 7), *range(14, 26), *range(28, 32)))
    share = 50 if b"\0" not in head and _is_utf8(head) else 500
    return controls > len(head) / share + 2


def _is_utf8(head: bytes) -> bool:
    try:
        codecs.getincrementaldecoder("utf-8")().decode(head)  # its last character may be cut
    except UnicodeDecodeError:
        return False
    return True


def _is_mail(text: str) -> bool:
    start = text.replace("\r\n", "\n")[:20_000].lstrip("\ufeff\n")
    counted = _EMLX_COUNT.match(start)
    if _MIME_PART.match(start):
        return True
    headers = _MAIL_HEADER.match(start, counted.end() if counted else 0)
    return headers is not None and len({name.lower() for name in _MAIL_NAMES.findall(headers[0])}) >= 2


def _is_json(path: Path) -> bool:
    try:
        json.loads(decode(path.read_bytes()).text)
    except (ValueError, RecursionError):
        return False
    return True


def _unsupported(kind: str) -> RogatioError:
    is_archive = any(word in kind for word in ARCHIVES)
    return RogatioError(f"extraction.unsupported_{'archive' if is_archive else 'format'}", media_type=kind)


def _guess(head: bytes) -> str:
    try:
        matches = puremagic.magic_string(head)
    except (puremagic.PureError, ValueError):
        return "application/octet-stream"
    return next((match.mime_type for match in matches if match.mime_type), "application/octet-stream")
