"""Messages as properties of MAPI, which Outlook writes to ``.msg`` files and ``winmail.dat`` ([MS-OXPROPS])."""

from __future__ import annotations

import codecs
from collections.abc import Callable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from email.utils import format_datetime

from extraction.characters import one_line
from extraction.containers.compressed_rtf import decompressed
from extraction.containers.email import add_text
from extraction.draft import Draft
from extraction.encoding import decode
from extraction.errors import RogatioError
from extraction.markup.html import add_html, parse_html
from extraction.office.rtf import add_rtf

# types of properties
NUMBER, OBJECT, ANSI, TEXT, TIME, BINARY = 0x0003, 0x000D, 0x001E, 0x001F, 0x0040, 0x0102
# identifiers of properties
SUBJECT, TRANSPORT_HEADERS, BODY, COMPRESSED_RTF, HTML = 0x0037, 0x007D, 0x1000, 0x1009, 0x1013
SENT, DELIVERED, HTML_CODE_PAGE, MESSAGE_LOCALE, MESSAGE_CODE_PAGE = 0x0039, 0x0E06, 0x3FDE, 0x3FF1, 0x3FFD
SENDER_NAME, SENDER_SMTP, SENDER_ADDRESS = 0x0C1A, 0x5D01, 0x0C1F
AUTHOR_NAME, AUTHOR_SMTP, AUTHOR_ADDRESS = 0x0042, 0x5D02, 0x0065
DISPLAY_TO, DISPLAY_CC, RECIPIENT_KIND = 0x0E04, 0x0E03, 0x0C15
NAME, ADDRESS, SMTP_ADDRESS = 0x3001, 0x3003, 0x39FE
LONG_FILENAME, FILENAME, DATA = 0x3707, 0x3704, 0x3701
TO, CC = 1, 2  # kinds of recipients
CODE_PAGES = {
    936: "gbk",
    1200: "utf-16-le",
    10000: "mac-roman",
    20127: "ascii",
    20866: "koi8-r",
    21866: "koi8-u",
    50220: "iso-2022-jp",
    50221: "iso-2022-jp",
    50222: "iso-2022-jp",
    51932: "euc-jp",
    51949: "euc-kr",
    54936: "gb18030",
    65001: "utf-8",
}
LOCALES = {
    **dict.fromkeys((0x05, 0x0E, 0x15, 0x18, 0x1A, 0x1B, 0x24), 1250),  # cs, hu, pl, ro, hr, sk, sl
    **dict.fromkeys((0x02, 0x19, 0x22, 0x23), 1251),  # bg, ru, uk, be
    **dict.fromkeys((0x25, 0x26, 0x27), 1257),  # et, lv, lt
    **{0x04: 936, 0x08: 1253, 0x0D: 1255, 0x01: 1256, 0x11: 932, 0x12: 949, 0x1F: 1254},
}  # primary language of a locale ([MS-LCID]) -> code page of its 8-bit text
LATIN_PAGES = range(28591, 28607)  # ISO 8859-1 to 8859-16
_SPECIAL = frozenset(",;:<>()[]@\\")  # characters of a name that has to be in quotation marks
_EPOCH = datetime(1601, 1, 1, tzinfo=UTC)


def encoding_of(page: int) -> str:
    """Return Python's name of a Windows code page, ``""`` for one that it does not have."""
    name = CODE_PAGES.get(page) or (f"iso8859-{page - 28590}" if page in LATIN_PAGES else f"cp{page}")
    try:
        return codecs.lookup(name).name
    except LookupError:
        return ""


def message_encoding(find: Callable[[int, int], bytes]) -> str:
    """Return the encoding of the 8-bit text of a message by its code page, else by its language, ``""`` if unknown."""
    page, locale = (
        int.from_bytes(find(identifier, NUMBER)[:4], "little") for identifier in (MESSAGE_CODE_PAGE, MESSAGE_LOCALE)
    )
    return encoding_of(page) or (encoding_of(LOCALES.get(locale & 0x3FF, 1252)) if locale else "")


@dataclass(frozen=True, slots=True)
class Properties:
    """Properties of a message, recipient or attachment: ``find`` returns the bytes of one by identifier and type.

    ``encoding`` is that of 8-bit text, ``""`` if unknown.
    """

    find: Callable[[int, int], bytes]
    encoding: str = ""

    def text(self, *identifiers: int) -> str:
        """Return the first of the named texts that is there, ``""`` if none is."""
        for identifier in identifiers:
            if wide := self.find(identifier, TEXT):
                return wide.decode("utf-16-le", "replace").rstrip("\0")
            if narrow := self.find(identifier, ANSI).rstrip(b"\0"):
                return decode(narrow, self.encoding).text
        return ""

    def number(self, identifier: int) -> int:
        """Return a number, 0 if it is not there."""
        return int.from_bytes(self.find(identifier, NUMBER)[:4], "little")

    def date(self, *identifiers: int) -> str:
        """Return the first of the named times that is there as a date of RFC 5322, ``""`` if none is."""
        for identifier in identifiers:
            if ticks := int.from_bytes(self.find(identifier, TIME)[:8], "little"):  # of 100 nanoseconds
                try:
                    return format_datetime(_EPOCH + timedelta(microseconds=ticks // 10))
                except OverflowError:
                    continue
        return ""


def message_headers(message: Properties, date: str, recipients: Iterable[Properties] = ()) -> dict[str, str]:
    """Return the headers of a message that are not empty; ``date`` is used where its properties have none."""
    known = list(recipients)
    headers = {
        "From": _sender(message),
        "To": _addresses(known, TO) or message.text(DISPLAY_TO),
        "Cc": _addresses(known, CC) or message.text(DISPLAY_CC),
        "Date": date or message.date(SENT, DELIVERED),
        "Subject": message.text(SUBJECT),
    }
    return {name: value for name, value in headers.items() if value}


def add_message_body(draft: Draft, message: Properties) -> None:
    """Add the plain text of a message, else its HTML, else its RTF."""
    if body := message.text(BODY).strip():
        add_text(draft, body)
    elif html := message_html(message):
        add_html(draft, parse_html(html))
    elif data := decompressed(message.find(COMPRESSED_RTF, BINARY)):
        try:
            add_rtf(draft, data)
        except RogatioError as error:
            if error.code != "extraction.truncated":
                raise
            draft.warn("mail_defects")


def message_html(message: Properties) -> str:
    """Return the HTML of a message, ``""`` if it has none."""
    if data := message.find(HTML, BINARY):
        return decode(data, encoding_of(message.number(HTML_CODE_PAGE))).text
    return message.text(HTML)


def as_mail(message: Properties, headers: dict[str, str], attachments: Iterable[tuple[str, bytes]]) -> EmailMessage:
    """Return a message with its ``attachments`` as one of RFC 5322."""
    mail = EmailMessage()
    for name, value in headers.items():
        mail[name] = one_line(value)
    html = "" if message.text(BODY).strip() else message_html(message)
    mail.set_content(html or _plain_body(message), subtype="html" if html else "plain")
    for name, data in attachments:
        mail.add_attachment(data, "application", "octet-stream", filename=one_line(name))
    return mail


def attachment_title(attachment: Properties) -> str:
    """Return the file name of an attachment, ``""`` if it has none."""
    return attachment.text(LONG_FILENAME, FILENAME)


def _plain_body(message: Properties) -> str:
    draft = Draft()
    add_message_body(draft, message)
    return draft.text


def _sender(message: Properties) -> str:
    for name, *addresses in (
        (SENDER_NAME, SENDER_SMTP, SENDER_ADDRESS),
        (AUTHOR_NAME, AUTHOR_SMTP, AUTHOR_ADDRESS),
    ):
        if sender := _named(message.text(name), [message.text(address) for address in addresses]):
            return sender
    return ""


def _addresses(recipients: Iterable[Properties], kind: int) -> str:
    chosen = [recipient for recipient in recipients if recipient.number(RECIPIENT_KIND) == kind]
    named = [_named(one.text(NAME), [one.text(SMTP_ADDRESS), one.text(ADDRESS)]) for one in chosen]
    return ", ".join(filter(None, named))


def _named(name: str, addresses: Iterable[str]) -> str:
    """Return a name with its address on the internet, as in RFC 5322; other addresses, of a directory, say nothing."""
    address = next((one for one in addresses if "@" in one), "")
    if not address or address in name:
        return name
    shown = f'"{name}"' if _SPECIAL.intersection(name) and not name.startswith('"') else name
    return f"{shown} <{address}>" if name else address
