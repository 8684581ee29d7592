"""E-mail (RFC 5322): headers and body become the document, attachments become members."""

from __future__ import annotations

import base64
import io
import re
from collections.abc import Iterator
from dataclasses import replace
from email import message_from_bytes, message_from_string, policy
from email.errors import StartBoundaryNotFoundDefect
from email.message import MIMEPart
from email.utils import parsedate_to_datetime
from pathlib import Path

from extraction.characters import one_line
from extraction.containers.signed_mail import PGP, SMIME, is_signature, message_signatures, signed_part
from extraction.document import BlockKind, Document
from extraction.draft import Draft
from extraction.encoding import BYTE_ORDER_MARKS, decode, wide_encoding
from extraction.errors import RogatioError
from extraction.line_wrap import LineWrap
from extraction.markup.html import add_html, parse_html
from extraction.members import Budget, Reading, Unpacking
from extraction.openpgp import messages_in, signatures_in, without_armour
from extraction.plain_text import paragraphs
from extraction.signature import Signature, signature_warnings

HEADERS = ("From", "To", "Cc", "Date", "Subject")
MAX_PARTS = 5_000
ARMOURED = "message.asc"  # name of a message of OpenPGP in the text
REPLACED = "\ufffd"  # stands for a byte in the text of a header
EMLX_COUNT = re.compile(rb"(\d{1,12})[ \t]*\r?\n")  # the first line of an ``.emlx`` file: the length in bytes


def read_email(path: Path, scratch: Path, *, budget: Budget = Budget()) -> Reading:  # noqa: B008
    """Read ``path``: the headers of ``HEADERS``, then the body; attachments are written to ``scratch``.

    An attached message becomes a member as a whole; encrypted content is a member that cannot be read. Signatures of
    the whole message in S/MIME are checked (warnings as of :func:`extraction.signature.signature_warnings`), those
    of OpenPGP are named (``signature_openpgp``). Raises ``extraction.too_many_files``, ``nested_too_deep``.
    """
    source = message_source(path.read_bytes())
    message = message_from_bytes(source, policy=policy.default)
    found, by_openpgp = message_signatures(message, source), list[Signature]()
    draft, unpacking = Draft(), Unpacking(scratch, budget)
    headers = {name: value for name in HEADERS if (value := header(message, name))}
    draft.add(BlockKind.PARAGRAPH, "\n".join(f"{name}: {value}" for name, value in headers.items()))
    for part in _parts(message):
        if _is_body(part):
            by_openpgp += _add_body(draft, part, unpacking)
        elif part.get_content_type() == PGP:
            by_openpgp += signatures_in(content(part))
        elif is_signature(part):
            if not found:
                draft.warn("signature_unchecked")
        elif _is_encrypted(part):
            unpacking.fail(attachment_name(part), RogatioError("extraction.encryption_unsupported"))
        else:
            attach(attachment_name(part), content(part), unpacking)
    if message.defects:  # also those found while its parts were read
        draft.warn("mail_defects")
    for code in (*signature_warnings(found), *(["signature_openpgp"] if by_openpgp else [])):
        draft.warn(code)
    read = document(draft, headers)
    if found or by_openpgp:
        read = replace(read, metadata={**read.metadata, "signatures": "\n".join(map(str, [*found, *by_openpgp]))})
    return Reading(read, tuple(unpacking.members))


def attach(name: str, data: bytes, unpacking: Unpacking) -> None:
    """Add an attachment as a member; raises what :meth:`extraction.members.Unpacking.attach` does."""
    unpacking.attach(name, io.BytesIO(data))


def message_source(data: bytes) -> bytes:
    """Return the message in ``data``: without the byte count and the property list that Apple Mail writes around it
    (``.emlx``), and in UTF-8 if it was saved in UTF-16.
    """
    if counted := EMLX_COUNT.match(data):
        data = data[counted.end() :][: int(counted[1])]
    encoding = next((name for mark, name in BYTE_ORDER_MARKS if data.startswith(mark)), "") or wide_encoding(data)
    return data.decode(encoding, "replace").encode() if encoding else data


def document(draft: Draft, headers: dict[str, str], media_type: str = "message/rfc822") -> Document:
    """Return the document of a message, with the subject as title and the date in ISO 8601."""
    metadata = {**headers, "title": headers.get("Subject", ""), "Date": _iso_date(headers.get("Date", ""))}
    return draft.document(media_type, "email", metadata)


def _iso_date(value: str) -> str:
    try:
        return parsedate_to_datetime(value).date().isoformat()
    except ValueError:
        return ""


def add_text(draft: Draft, text: str) -> None:
    """Add the plain text of a message and rejoin lines that a mail program wrapped."""
    blocks = paragraphs(text)
    wrap = LineWrap(blocks)
    for lines in blocks:
        for paragraph in wrap.rejoin(lines):
            draft.add(BlockKind.PARAGRAPH, paragraph)


def header(message: MIMEPart, name: str) -> str:
    """Return the decoded value of a header, or its raw value if it violates RFC 5322 or RFC 2047."""
    try:
        value = str(message.get(name, ""))
    except (ValueError, IndexError, AttributeError, TypeError):
        return one_line(_raw_header(message, name))
    return one_line(_raw_header(message, name) if REPLACED in value else value)


def _raw_header(message: MIMEPart, name: str) -> str:
    """Return the value of a header as it stands; bytes beyond ASCII are those of a code page that is not stated."""
    raw = next((value for key, value in message.raw_items() if key.lower() == name.lower()), "")
    return decode(str(raw).encode("utf-8", "surrogateescape")).text


def content(part: MIMEPart) -> bytes:
    """Return the bytes of a part; for an attached message its complete source."""
    if part.get_content_type() == "message/rfc822":
        return _encoded_message(part) or b"".join(inner.as_bytes() for inner in part.iter_parts())
    payload = part.get_payload(decode=True)
    return payload if isinstance(payload, bytes) else b""


def _encoded_message(part: MIMEPart) -> bytes:
    """Return the source of an attached message in base64, against RFC 2046, ``b""`` if it is not in base64."""
    inner = next(iter(part.iter_parts()), None)
    if inner is None or inner.keys() or str(part.get("Content-Transfer-Encoding", "")).strip().lower() != "base64":
        return b""
    try:
        return base64.b64decode(str(inner.get_payload()))
    except ValueError:
        return b""


def attachment_name(part: MIMEPart) -> str:
    """Return the file name of the attachment; for an attached message without one, a name from its subject."""
    if name := part.get_filename():
        return _raw_filename(part) or name if REPLACED in name else name
    if part.get_content_type() == "message/rfc822":
        subject = next((header(inner, "Subject") for inner in part.iter_parts()), "")
        return f"{subject.replace('/', '-') or 'message'}.eml"
    return f"part.{part.get_content_subtype()}"


def _raw_filename(part: MIMEPart) -> str:
    """Return the file name in the headers of a part as they stand, ``""`` if they have none."""
    headers = (f"{name}: {_raw_header(part, name)}\n\n" for name in ("Content-Disposition", "Content-Type"))
    names = (message_from_string(source, policy=policy.default).get_filename() for source in headers)
    return next(filter(None, names), "")


def _parts(message: MIMEPart) -> Iterator[MIMEPart]:
    """Yield the leaf parts in order; of ``multipart/alternative`` plain text if it has any, plus attachments.

    Raises ``extraction.too_many_files`` beyond ``MAX_PARTS``.
    """
    waiting, count = [message], 0
    while waiting:
        part = waiting.pop()
        count += 1
        if count > MAX_PARTS:
            raise RogatioError("extraction.too_many_files", limit=MAX_PARTS)
        if signed := signed_part(part):
            waiting.append(signed)
        elif part.get_content_type() == "multipart/alternative":
            waiting += reversed(_alternative([*part.iter_parts(), *_parts_behind(part)]))
        elif part.is_multipart() and part.get_content_maintype() == "multipart" and not _is_encrypted(part):
            waiting += reversed([*part.iter_parts(), *_parts_behind(part)])
        else:
            yield part


def _parts_behind(part: MIMEPart) -> list[MIMEPart]:
    """Return the parts behind the end of a multipart, as messages have them that use one boundary for two levels."""
    boundary = part.get_boundary()
    if not boundary or not part.epilogue or f"--{boundary}\n" not in part.epilogue.replace("\r\n", "\n"):
        return []
    source = f'Content-Type: multipart/mixed; boundary="{boundary}"\n\n{part.epilogue}'
    part.defects.append(StartBoundaryNotFoundDefect())
    return list(message_from_string(source, policy=policy.default).iter_parts())


def _alternative(parts: list[MIMEPart]) -> list[MIMEPart]:
    plain = [part for part in parts if part.get_content_type() == "text/plain" and content(part).strip()]
    bodies = [part for part in parts if part.get_content_type() in ("text/plain", "text/html")]
    return plain[:1] + [part for part in parts if part not in bodies] if plain else parts


def _is_encrypted(part: MIMEPart) -> bool:
    """Return whether a part is encrypted by OpenPGP (RFC 3156) or S/MIME (RFC 8551)."""
    kind = part.get_content_type()
    if kind in SMIME:
        return str(part.get_param("smime-type", "")).lower() in ("enveloped-data", "authenveloped-data")
    return kind == "multipart/encrypted"


def _is_body(part: MIMEPart) -> bool:
    is_text = part.get_content_type() in ("text/plain", "text/html")
    return is_text and part.get_content_disposition() != "attachment" and not part.get_filename()


def _add_body(draft: Draft, part: MIMEPart, unpacking: Unpacking) -> list[Signature]:
    """Add a text of the message; armoured messages of OpenPGP in it become members. Return its OpenPGP signatures."""
    decoded = decode(content(part), part.get_content_charset() or "")
    for warning in decoded.warnings:
        draft.warn(warning)
    text, armoured = messages_in(decoded.text)
    for message in armoured:
        attach(ARMOURED, message, unpacking)
    text, signed = without_armour(text)
    if part.get_content_subtype() == "html" and text.strip():
        add_html(draft, parse_html(text))
    else:
        add_text(draft, text)
    return signed
