"""Outlook's container of a message and its attachments, ``winmail.dat`` ([MS-OXTNEF])."""

from __future__ import annotations

import struct
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime
from email.utils import format_datetime
from pathlib import Path

from extraction.containers.email import attach, document
from extraction.containers.mapi import (
    ANSI,
    BINARY,
    BODY,
    DATA,
    OBJECT,
    SUBJECT,
    TEXT,
    Properties,
    add_message_body,
    attachment_title,
    encoding_of,
    message_headers,
)
from extraction.document import BlockKind
from extraction.draft import Draft
from extraction.encoding import decode
from extraction.media_type import TNEF, TNEF_MARK
from extraction.members import Budget, Reading, Unpacking

MESSAGE, ATTACHMENT = 1, 2  # levels of attributes
# identifiers of attributes
MESSAGE_SUBJECT, DATE_SENT, MESSAGE_BODY, CODE_PAGE, MESSAGE_PROPERTIES = 0x8004, 0x8005, 0x800C, 0x9007, 0x9003
NEXT_ATTACHMENT, TITLE, CONTENT, ATTACHMENT_PROPERTIES = 0x9002, 0x8010, 0x800F, 0x9005
MANY = 0x1000  # flag of a type: several values
NAMED = 0x8000  # first identifier of a property with a name
WIDTHS = {2: 4, 3: 4, 4: 4, 5: 8, 6: 8, 7: 8, 0x0A: 4, 0x0B: 4, 0x14: 8, 0x40: 8, 0x48: 16}  # bytes of a value by type
INTERFACE = 16  # bytes before an object that say what it is
MAX_ATTRIBUTES = 20_000


@dataclass(slots=True)
class _Part:
    """The message or an attachment: attributes by identifier, properties by identifier and type."""

    attributes: dict[int, bytes] = field(default_factory=dict)
    properties: dict[tuple[int, int], bytes] = field(default_factory=dict)

    def take(self, identifier: int, data: bytes) -> None:
        if identifier in (MESSAGE_PROPERTIES, ATTACHMENT_PROPERTIES):
            self.properties |= _properties(data)
        else:
            self.attributes.setdefault(identifier, data)

    def find(self, identifier: int, kind: int) -> bytes:
        return self.properties.get((identifier, kind), b"")


def read_tnef(path: Path, scratch: Path, *, budget: Budget = Budget()) -> Reading:  # noqa: B008
    """Read ``path``: what it has of headers and body of the message; attachments are written to ``scratch``.

    A container of attachments alone has no document. An attachment without content is not read (warning
    ``embedded_part_not_read``). Warning ``mail_defects`` if the container ends too
    early. Raises what :meth:`extraction.members.Unpacking.attach` does.
    """
    draft, unpacking = Draft(), Unpacking(scratch, budget)
    message, attachments = _parts(path.read_bytes(), draft)
    encoding = encoding_of(int.from_bytes(message.attributes.get(CODE_PAGE, b"")[:4], "little"))
    known = _completed(message, encoding)
    headers = message_headers(known, _date(message.attributes.get(DATE_SENT, b"")))
    draft.add(BlockKind.PARAGRAPH, "\n".join(f"{name}: {value}" for name, value in headers.items()))
    add_message_body(draft, known)
    for part in attachments:
        _attach(part, encoding, draft, unpacking)
    members = tuple(unpacking.members)
    return Reading(document(draft, headers, TNEF) if draft.text or not members else None, members)


def _parts(data: bytes, draft: Draft) -> tuple[_Part, list[_Part]]:
    """Return the message and its attachments."""
    message, attachments = _Part(), list[_Part]()
    for level, identifier, content in _attributes(data, draft):
        if identifier == NEXT_ATTACHMENT or (level == ATTACHMENT and not attachments):
            attachments.append(_Part())
        try:
            (attachments[-1] if level == ATTACHMENT else message).take(identifier, content)
        except struct.error:  # properties that end too early
            draft.warn("mail_defects")
    return message, attachments


def _attributes(data: bytes, draft: Draft) -> Iterator[tuple[int, int, bytes]]:
    """Yield level, identifier and content of each attribute; what is behind the last one is not read."""
    place = len(TNEF_MARK) + 2
    for _ in range(MAX_ATTRIBUTES):
        if place + 9 > len(data) or data[place] not in (MESSAGE, ATTACHMENT):
            return
        level, identifier, _, size = struct.unpack_from("<BHHI", data, place)
        place += 9
        if place + size > len(data):
            draft.warn("mail_defects")
            return
        yield level, identifier, data[place : place + size]
        place += size + 2  # the checksum


def _properties(data: bytes) -> dict[tuple[int, int], bytes]:
    """Return the properties in an attribute; of several values the first."""
    found: dict[tuple[int, int], bytes] = {}
    (count,) = struct.unpack_from("<I", data)
    place = 4
    for _ in range(count):
        kind, identifier = struct.unpack_from("<HH", data, place)
        place += 4
        if identifier >= NAMED:
            place = _behind_name(data, place)
        values, place = _values(data, place, kind)
        if values:
            found.setdefault((identifier, kind & ~MANY), values[0])
    return found


def _behind_name(data: bytes, place: int) -> int:
    """Return the place behind the name of a property: a GUID and a number or a text."""
    is_text, length = struct.unpack_from("<II", data, place + 16)
    return place + 24 + (_padded(length) if is_text else 0)


def _values(data: bytes, place: int, kind: int) -> tuple[list[bytes], int]:
    """Return the values of a property, and the place behind them."""
    width = WIDTHS.get(kind & ~MANY, 0)
    count = 1
    if kind & MANY or not width:
        (count,) = struct.unpack_from("<I", data, place)
        place += 4
    if count > len(data):
        raise struct.error("count")
    values: list[bytes] = []
    for _ in range(count):
        length = width
        if not width:
            (length,) = struct.unpack_from("<I", data, place)
            place += 4
        if place + length > len(data):
            raise struct.error("length")
        values.append(data[place : place + length])
        place += _padded(length)
    return values, place


def _padded(length: int) -> int:
    return length + -length % 4


def _completed(message: _Part, encoding: str) -> Properties:
    """Return the properties of the message, with subject and body from its attributes where it has none."""
    for identifier, attribute in ((SUBJECT, MESSAGE_SUBJECT), (BODY, MESSAGE_BODY)):
        if not message.find(identifier, TEXT) and attribute in message.attributes:
            message.properties.setdefault((identifier, ANSI), message.attributes[attribute])
    return Properties(message.find, encoding)


def _date(data: bytes) -> str:
    """Return the date of an attribute, which has a number of 16 bits for each part from year to second."""
    try:
        year, month, day, hour, minute, second = struct.unpack_from("<6H", data)
        return format_datetime(datetime(year, month, day, hour, minute, second, tzinfo=UTC))
    except (struct.error, ValueError):
        return ""


def _attach(part: _Part, encoding: str, draft: Draft, unpacking: Unpacking) -> None:
    """Add an attachment; a message or an object of another program among them is a file of its own."""
    title = attachment_title(Properties(part.find, encoding))
    title = title or decode(part.attributes.get(TITLE, b"").rstrip(b"\0"), encoding).text
    content = part.attributes.get(CONTENT, b"") or part.find(DATA, BINARY) or part.find(DATA, OBJECT)[INTERFACE:]
    if content or CONTENT in part.attributes:
        attach(title or "attachment", content, unpacking)
    else:
        draft.warn("embedded_part_not_read")
