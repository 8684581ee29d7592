"""Outlook messages ([MS-OXMSG]): headers, body and attachments from their MAPI properties."""

from __future__ import annotations

import re
from pathlib import Path

import olefile

from extraction.containers.email import add_text, attach, document
from extraction.document import BlockKind
from extraction.draft import Draft
from extraction.encoding import decode
from extraction.markup.html import add_html, parse_html
from extraction.media_type import MSG
from extraction.reading import Budget, Reading, Unpacking

# property identifiers and types of [MS-OXPROPS]
SUBJECT, BODY, HTML, TRANSPORT_HEADERS = "0037", "1000", "1013", "007D"
SENDER_NAME, SENDER_ADDRESS, DISPLAY_TO, DISPLAY_CC = "0C1A", "5D01", "0E04", "0E03"
LONG_FILENAME, FILENAME, DATA = "3707", "3704", "3701"
TEXT, ANSI, BINARY = "001F", "001E", "0102"
_DATE = re.compile(r"^Date:[ \t]*(.+)$", re.MULTILINE | re.IGNORECASE)


def read_outlook_message(path: Path, scratch: Path, *, budget: Budget = Budget()) -> Reading:  # noqa: B008
    """Read ``path``; attachments are written to ``scratch``.

    Embedded messages are not unpacked (warning ``attached_message_not_read``). Raises what
    :func:`extraction.containers.email.attach` does.
    """
    draft, unpacking = Draft(), Unpacking(scratch, budget)
    with olefile.OleFileIO(path) as compound:
        headers = _headers(compound)
        draft.add(BlockKind.PARAGRAPH, "\n".join(f"{name}: {value}" for name, value in headers.items()))
        _add_body(draft, compound)
        for storage in sorted({entry[0] for entry in compound.listdir() if entry[0].startswith("__attach_version1.0")}):
            name = _text(compound, LONG_FILENAME, storage) or _text(compound, FILENAME, storage) or "attachment"
            if compound.exists(f"{storage}/__substg1.0_{DATA}{BINARY}"):
                attach(unpacking, name, _bytes(compound, DATA, storage))
            else:
                draft.warn("attached_message_not_read")
    return Reading(document(draft, headers, MSG), tuple(unpacking.members))


def _headers(compound: olefile.OleFileIO) -> dict[str, str]:
    date = _DATE.search(_text(compound, TRANSPORT_HEADERS))
    sender = " ".join(filter(None, (_text(compound, SENDER_NAME), _text(compound, SENDER_ADDRESS))))
    headers = {
        "From": sender,
        "To": _text(compound, DISPLAY_TO),
        "Cc": _text(compound, DISPLAY_CC),
        "Date": date[1].strip() if date else "",
        "Subject": _text(compound, SUBJECT),
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
