"""Outlook messages ([MS-OXMSG]): headers, body and attachments from their MAPI properties."""

from __future__ import annotations

import re
from collections.abc import Iterator
from email.message import EmailMessage
from pathlib import Path

import olefile

from extraction.characters import one_line
from extraction.containers.email import add_text, attach, document
from extraction.document import BlockKind
from extraction.draft import Draft
from extraction.encoding import decode
from extraction.markup.html import add_html, parse_html
from extraction.media_type import MSG
from extraction.members import MAX_CONTAINERS, Budget, Reading, Unpacking

# property identifiers and types of [MS-OXPROPS]
SUBJECT, BODY, HTML, TRANSPORT_HEADERS = "0037", "1000", "1013", "007D"
SENDER_NAME, SENDER_ADDRESS, DISPLAY_TO, DISPLAY_CC = "0C1A", "5D01", "0E04", "0E03"
LONG_FILENAME, FILENAME, DATA = "3707", "3704", "3701"
TEXT, ANSI, BINARY, OBJECT = "001F", "001E", "0102", "000D"
ATTACHMENT, PROPERTIES = "__attach_version1.0", "__properties_version1.0"
_DATE = re.compile(r"^Date:[ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)


def read_outlook_message(path: Path, scratch: Path, *, budget: Budget = Budget()) -> Reading:  # noqa: B008
    """Read ``path``; attachments are written to ``scratch``, attached messages as messages of RFC 5322.

    Raises what :meth:`extraction.members.Unpacking.attach` does. An attached object of another program is not read
    (warning ``embedded_part_not_read``).
    """
    draft, unpacking = Draft(), Unpacking(scratch, budget)
    with olefile.OleFileIO(path) as compound:
        headers = _headers(compound)
        draft.add(BlockKind.PARAGRAPH, "\n".join(f"{name}: {value}" for name, value in headers.items()))
        _add_body(draft, compound)
        for name, data in _attachments(compound):
            if data is None:
                draft.warn("embedded_part_not_read")
            else:
                attach(name, data, draft, unpacking)
    return Reading(document(draft, headers, MSG), tuple(unpacking.members))


def _attachments(compound: olefile.OleFileIO, storage: str = "", depth: int = 1) -> Iterator[tuple[str, bytes | None]]:
    """Yield name and content of each attachment of the message in ``storage``, None for an object of a program."""
    within = tuple(filter(None, storage.split("/")))
    entries = {tuple(entry[: len(within) + 1]) for entry in compound.listdir() if len(entry) > len(within) + 1}
    for entry in sorted(entry for entry in entries if entry[:-1] == within and entry[-1].startswith(ATTACHMENT)):
        place = "/".join(entry)
        name = _text(compound, LONG_FILENAME, place) or _text(compound, FILENAME, place) or "attachment"
        embedded = f"{place}/__substg1.0_{DATA}{OBJECT}"
        if compound.exists(f"{place}/__substg1.0_{DATA}{BINARY}"):
            yield name, _bytes(compound, DATA, place)
        elif compound.exists(f"{embedded}/{PROPERTIES}") and depth < MAX_CONTAINERS:
            title = _text(compound, SUBJECT, embedded).replace("/", "-").replace("\\", "-")
            yield f"{title or 'message'}.eml", _as_mail(compound, embedded, depth).as_bytes()
        else:
            yield name, None


def _as_mail(compound: olefile.OleFileIO, storage: str, depth: int) -> EmailMessage:
    """Return the attached message in ``storage`` with its own attachments."""
    mail = EmailMessage()
    for name, value in _headers(compound, storage).items():
        mail[name] = one_line(value)
    body, html = _text(compound, BODY, storage).strip(), _bytes(compound, HTML, storage)
    mail.set_content(body if body or not html else decode(html).text, subtype="plain" if body or not html else "html")
    for name, data in _attachments(compound, storage, depth + 1):
        if data is not None:
            mail.add_attachment(data, "application", "octet-stream", filename=one_line(name))
    return mail


def _headers(compound: olefile.OleFileIO, storage: str = "") -> dict[str, str]:
    date = _DATE.search(_text(compound, TRANSPORT_HEADERS, storage))
    sender = " ".join(filter(None, (_text(compound, SENDER_NAME, storage), _text(compound, SENDER_ADDRESS, storage))))
    headers = {
        "From": sender,
        "To": _text(compound, DISPLAY_TO, storage),
        "Cc": _text(compound, DISPLAY_CC, storage),
        "Date": date[1].strip() if date else "",
        "Subject": _text(compound, SUBJECT, storage),
    }
    return {name: value for name, value in headers.items() if value}


def _add_body(draft: Draft, compound: olefile.OleFileIO) -> None:
    if body := _text(compound, BODY).strip():
        add_text(draft, body)
    elif html := _bytes(compound, HTML):
        add_html(draft, parse_html(decode(html).text))


def _text(compound: olefile.OleFileIO, tag: str, storage: str = "") -> str:
    if wide := _stream(compound, tag + TEXT, storage):
        return wide.decode("utf-16-le", "replace").rstrip("\0")
    return decode(_stream(compound, tag + ANSI, storage)).text.rstrip("\0")


def _bytes(compound: olefile.OleFileIO, tag: str, storage: str = "") -> bytes:
    return _stream(compound, tag + BINARY, storage)


def _stream(compound: olefile.OleFileIO, tag: str, storage: str) -> bytes:
    name = f"{storage}/__substg1.0_{tag}".lstrip("/")
    if not compound.exists(name):
        return b""
    data: bytes = compound.openstream(name).read()
    return data
