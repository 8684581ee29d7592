"""Outlook messages ([MS-OXMSG]): headers, body and attachments from their MAPI properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from functools import partial
from pathlib import Path

import olefile

from extraction.containers.email import attach, document
from extraction.containers.mapi import (
    BINARY,
    DATA,
    NUMBER,
    OBJECT,
    SUBJECT,
    TIME,
    TRANSPORT_HEADERS,
    Properties,
    add_message_body,
    as_mail,
    attachment_title,
    message_encoding,
    message_headers,
)
from extraction.document import BlockKind
from extraction.draft import Draft
from extraction.media_type import MSG
from extraction.members import MAX_CONTAINERS, Budget, Reading, Unpacking

ATTACHMENT, RECIPIENT, PROPERTIES = "__attach_version1.0", "__recip_version1.0", "__properties_version1.0"
ROW = 16  # bytes of a property of fixed length: type, identifier, flags, value
MAX_RECIPIENTS = 1000
_DATE = re.compile(r"^Date:[ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)


def read_outlook_message(path: Path, scratch: Path, *, budget: Budget = Budget()) -> Reading:  # noqa: B008
    """Read ``path``; attachments are written to ``scratch``, attached messages as messages of RFC 5322.

    Raises what :meth:`extraction.members.Unpacking.attach` does. An attached object of another program is not read
    (warning ``embedded_part_not_read``).
    """
    draft, unpacking = Draft(), Unpacking(scratch, budget)
    with olefile.OleFileIO(path) as compound:
        message = _properties(compound)
        headers = _headers(compound, message)
        draft.add(BlockKind.PARAGRAPH, "\n".join(f"{name}: {value}" for name, value in headers.items()))
        add_message_body(draft, message)
        for name, data in _attachments(compound, message.encoding):
            if data is None:
                draft.warn("embedded_part_not_read")
            else:
                attach(name, data, unpacking)
    return Reading(document(draft, headers, MSG), tuple(unpacking.members))


def _attachments(
    compound: olefile.OleFileIO, encoding: str, storage: str = "", depth: int = 1
) -> Iterator[tuple[str, bytes | None]]:
    """Yield name and content of each attachment of the message in ``storage``, None for an object of a program."""
    for place in _storages(compound, storage, ATTACHMENT):
        attachment = _properties(compound, place, encoding)
        name = attachment_title(attachment) or "attachment"
        embedded = f"{place}/__substg1.0_{DATA:04X}{OBJECT:04X}"
        if compound.exists(f"{place}/__substg1.0_{DATA:04X}{BINARY:04X}"):
            yield name, attachment.find(DATA, BINARY)
        elif compound.exists(f"{embedded}/{PROPERTIES}") and depth < MAX_CONTAINERS:
            message = _properties(compound, embedded, encoding)
            title = message.text(SUBJECT).replace("/", "-").replace("\\", "-")
            yield f"{title or 'message'}.eml", _as_mail(compound, message, embedded, depth).as_bytes()
        else:
            yield name, None


def _as_mail(compound: olefile.OleFileIO, message: Properties, storage: str, depth: int) -> EmailMessage:
    """Return the attached ``message`` in ``storage`` with its own attachments."""
    attached = _attachments(compound, message.encoding, storage, depth + 1)
    read = ((name, data) for name, data in attached if data is not None)
    return as_mail(message, _headers(compound, message, storage), read)


def _headers(compound: olefile.OleFileIO, message: Properties, storage: str = "") -> dict[str, str]:
    date = _DATE.search(message.text(TRANSPORT_HEADERS))
    places = _storages(compound, storage, RECIPIENT)[:MAX_RECIPIENTS]
    recipients = [_properties(compound, place, message.encoding) for place in places]
    return message_headers(message, date[1].strip() if date else "", recipients)


def _storages(compound: olefile.OleFileIO, storage: str, start: str) -> list[str]:
    """Return the storages directly within ``storage`` whose names begin with ``start``, in their order."""
    within = storage.split("/") if storage else []
    depth = len(within)
    found = {tuple(entry[: depth + 1]) for entry in compound.listdir() if len(entry) > depth + 1}
    return sorted("/".join(entry) for entry in found if list(entry[:-1]) == within and entry[-1].startswith(start))


def _properties(compound: olefile.OleFileIO, storage: str = "", encoding: str = "") -> Properties:
    """Return the properties in ``storage``; 8-bit text is in their own encoding, or in ``encoding``."""
    find = partial(_find, compound, storage, _fixed(compound, storage))
    return Properties(find, message_encoding(find) or encoding)


def _find(
    compound: olefile.OleFileIO, storage: str, fixed: dict[tuple[int, int], bytes], identifier: int, kind: int
) -> bytes:
    if kind in (NUMBER, TIME):
        return fixed.get((identifier, kind), b"")
    return _stream(compound, f"{storage}/__substg1.0_{identifier:04X}{kind:04X}".lstrip("/"))


def _fixed(compound: olefile.OleFileIO, storage: str) -> dict[tuple[int, int], bytes]:
    """Return the properties of fixed length in ``storage`` by identifier and type ([MS-OXMSG] 2.4)."""
    data = _stream(compound, f"{storage}/{PROPERTIES}".lstrip("/"))
    is_part = storage.rpartition("/")[2].startswith((ATTACHMENT, RECIPIENT))
    start = 8 if is_part else 24 if storage else 32  # bytes before the first property
    rows = [data[place : place + ROW] for place in range(start, len(data) - ROW + 1, ROW)]
    return {(int.from_bytes(row[2:4], "little"), int.from_bytes(row[:2], "little")): row[8:] for row in rows}


def _stream(compound: olefile.OleFileIO, name: str) -> bytes:
    if not compound.exists(name):
        return b""
    data: bytes = compound.openstream(name).read()
    return data
