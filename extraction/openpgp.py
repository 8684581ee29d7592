"""OpenPGP (RFC 9580): armour, packets, who signed.

Nothing is decrypted and no signature is checked, since both need keys. Of what is signed the content is read; a
signature says by which key it was made and when.
"""

from __future__ import annotations

import base64
import binascii
import bz2
import datetime
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass

from extraction.containers.zip_files import HARMLESS, MAX_RATIO
from extraction.errors import RogatioError
from extraction.signature import Signature, SignatureState

SIGNED_TEXT = "-----BEGIN PGP SIGNED MESSAGE-----"
MAX_CONTENT = 256 << 20  # bytes, decompressed
MAX_DEPTH = 4  # of compressed packets
SIGNATURE, ONE_PASS, COMPRESSED, MARKER, LITERAL = 2, 4, 8, 10, 11
ENCRYPTED = frozenset({1, 3, 9, 18, 20})  # session keys and encrypted data
CREATED, ISSUER, SIGNER, FINGERPRINT = 2, 16, 28, 33  # subpackets of a signature
# in armour no line begins with a dash but those that open and close it; in signed text the others are escaped
_ARMOUR = re.compile(
    rb"^-----BEGIN PGP (MESSAGE|SIGNATURE)-----[ \t]*\n(?:[\w-]++:[^\n]*+\n)*+[ \t]*+\n"
    rb"((?:[A-Za-z0-9+/=]*+[ \t]*+\n)++)-----END PGP \1-----[ \t]*$",
    re.MULTILINE,
)
_SIGNED_TEXT = re.compile(
    r"^-----BEGIN PGP SIGNED MESSAGE-----[ \t]*\n(?:[\w-]++:[^\n]*+\n)*+[ \t]*+\n((?:(?:- |(?!-))[^\n]*+\n)*+)"
    r"(-----BEGIN PGP SIGNATURE-----[ \t]*\n(?:(?!-)[^\n]*+\n)*+-----END PGP SIGNATURE-----)[ \t]*$\n?",
    re.MULTILINE,
)
_ESCAPED = re.compile(r"^- ", re.MULTILINE)
_CHECKSUM = re.compile(rb"\n=[A-Za-z0-9+/]{4}[ \t]*\n\Z")
# the first packet of a message, of encrypted data or of signatures: tag, length and version
_FIRST = re.compile(
    rb"[\x90\xc4]\x0d\x03|[\x84\x88\x8c].[\x03-\x06]|[\x85\x89\x8d]..[\x03-\x06]"
    rb"|[\xc1-\xc4](?:[\x00-\xbf]|[\xc0-\xdf].)[\x03-\x06]",
    re.DOTALL,
)
_COMPRESSED = re.compile(
    rb"(?:\xa3|[\xa0\xa8].|\xa1..|\xa2....|\xc8(?:[\x00-\xbf]|[\xc0-\xdf].|\xff....|[\xe0-\xfe]))([\x01-\x03].*)",
    re.DOTALL,
)
_LITERAL_TAGS = (b"\xac", b"\xad", b"\xae", b"\xaf", b"\xcb")
_BEGINS = re.compile(rb"\s*+-----BEGIN PGP (?:MESSAGE|SIGNATURE)-----")


class Malformed(ValueError):
    """The packets contradict themselves or end too early."""


@dataclass(frozen=True, slots=True)
class Literal:
    """The content of a message with the name of its file, ``""`` if it has none."""

    name: str
    content: bytes


def is_openpgp(head: bytes) -> bool:
    """Return whether a file that begins with ``head`` is a message or signature of OpenPGP, armoured or not."""
    if _BEGINS.match(head) or _FIRST.match(head):
        return True
    packed = _COMPRESSED.match(head)
    try:
        inner = _decompressed(packed[1], len(head)) if packed else b""
    except Malformed:
        return False
    return inner.startswith(_LITERAL_TAGS) or _FIRST.match(inner) is not None


def unarmoured(data: bytes) -> bytes:
    """Return the packets of ``data``, which may be armoured; raises :class:`Malformed`."""
    match = _ARMOUR.search(data.replace(b"\r\n", b"\n")) if b"-----BEGIN PGP" in data else None
    if match is None:
        return data
    try:
        return base64.b64decode(_CHECKSUM.sub(b"\n", b"\n" + match[2]))
    except binascii.Error as error:
        raise Malformed("base64") from error


def packets(data: bytes, depth: int = 0) -> Iterator[tuple[int, bytes]]:
    """Yield kind and body of each packet of ``data``, those of compressed packets too.

    Raises :class:`Malformed` and ``extraction.zip_bomb``.
    """
    at = 0
    while at < len(data):
        kind, body, at = _packet(data, at)
        if kind == COMPRESSED and depth < MAX_DEPTH:
            limit = min(MAX_CONTENT, max(HARMLESS, MAX_RATIO * len(body)))
            content = _decompressed(body, limit)
            if len(content) == limit:
                raise RogatioError("extraction.zip_bomb")
            yield from packets(content, depth + 1)
        else:
            yield kind, body


def _packet(data: bytes, at: int) -> tuple[int, bytes, int]:
    """Return kind and body of the packet at ``at``, and where the next one begins."""
    tag = data[at]
    if not tag & 0x80:
        raise Malformed("tag")
    if not tag & 0x40:  # the older form
        size = (1, 2, 4, 0)[tag & 3]
        start = at + 1 + size
        end = start + int.from_bytes(data[at + 1 : start]) if size else len(data)
        return tag >> 2 & 0xF, _cut(data, start, end), end
    parts, at, goes_on = [], at + 1, True
    while goes_on:
        length, at, goes_on = _length(data, at)
        parts.append(_cut(data, at, at + length))
        at += length
    return tag & 0x3F, b"".join(parts), at


def _length(data: bytes, at: int) -> tuple[int, int, bool]:
    """Return the length at ``at``, where what it measures begins, and whether that is a part of a body."""
    first = _cut(data, at, at + 1)[0]
    if first < 192:
        return first, at + 1, False
    if first < 224:
        return (first - 192 << 8) + _cut(data, at + 1, at + 2)[0] + 192, at + 2, False
    if first == 255:
        return int.from_bytes(_cut(data, at + 1, at + 5)), at + 5, False
    return 1 << (first & 0x1F), at + 1, True


def _cut(data: bytes, start: int, end: int) -> bytes:
    if end > len(data):
        raise Malformed("end")
    return data[start:end]


def _decompressed(body: bytes, limit: int) -> bytes:
    """Return at most ``limit`` bytes of a compressed packet; raises :class:`Malformed`."""
    kind, packed = body[:1], body[1:]
    try:
        if kind == b"\x03":
            return bz2.BZ2Decompressor().decompress(packed, limit)
        if kind in (b"\x01", b"\x02"):
            window = -zlib.MAX_WBITS if kind == b"\x01" else zlib.MAX_WBITS
            return zlib.decompressobj(window).decompress(packed, limit)
    except (zlib.error, OSError, EOFError) as error:
        raise Malformed("compression") from error
    if kind == b"\x00":
        return packed
    raise Malformed("compression")


def literal(body: bytes) -> Literal:
    """Return the file in the body of a literal packet; raises :class:`Malformed`."""
    length = _cut(body, 1, 2)[0]
    name = _cut(body, 2, 2 + length).decode("utf-8", "replace")
    content = body[2 + length + 4 :]
    return Literal("" if name == "_CONSOLE" else name, content)


def signature(body: bytes) -> Signature:
    """Return who signed by the body of a signature packet, by name or key, and when; raises :class:`Malformed`."""
    version = body[:1]
    if version == b"\x03":
        return _signature(_cut(body, 7, 15).hex().upper(), int.from_bytes(_cut(body, 3, 7)))
    if version not in (b"\x04", b"\x05", b"\x06"):
        return _signature("", 0)
    size = 4 if version == b"\x06" else 2
    middle = 4 + size + int.from_bytes(_cut(body, 4, 4 + size))
    end = middle + size + int.from_bytes(_cut(body, middle, middle + size))
    found = dict([*_subpackets(body[middle + size : end]), *_subpackets(body[4 + size : middle])])
    key = found.get(ISSUER) or found.get(FINGERPRINT, b"")[1:][-8:]
    signer = " ".join(found.get(SIGNER, b"").decode("utf-8", "replace").split())
    return _signature(", ".join(filter(None, (signer, key.hex().upper()))), int.from_bytes(found.get(CREATED, b"")))


def _subpackets(data: bytes) -> Iterator[tuple[int, bytes]]:
    at = 0
    while at < len(data):
        length, at, _ = _length(data, at)
        part = _cut(data, at, at + length)
        at += length
        if part:
            yield part[0] & 0x7F, part[1:]


def _signature(signer: str, created: int) -> Signature:
    if created >= 1 << 32:  # four bytes in every version (RFC 9580, 5.2.3.11)
        raise Malformed("time")
    time = datetime.datetime.fromtimestamp(created, datetime.UTC).isoformat() if created else ""
    return Signature(signer.replace("|", " "), time, SignatureState.UNCHECKED, whole=True)


def signatures_in(data: bytes) -> list[Signature]:
    """Return the signatures in ``data``, which may be armoured; if it cannot be read, one by nobody."""
    try:
        return [signature(body) for kind, body in packets(unarmoured(data)) if kind == SIGNATURE]
    except Malformed:
        return [_signature("", 0)]


def without_armour(text: str) -> tuple[str, list[Signature]]:
    """Return ``text`` without the armour around its signed parts, and their signatures."""
    found: list[Signature] = []
    if SIGNED_TEXT not in text:
        return text, found

    def content(match: re.Match[str]) -> str:
        found.extend(signatures_in(match[2].encode("ascii", "replace")))
        return _ESCAPED.sub("", match[1])

    return _SIGNED_TEXT.sub(content, text.replace("\r\n", "\n")), found


def messages_in(text: str) -> tuple[str, list[bytes]]:
    """Return ``text`` without its armoured messages, and these."""
    if "-----BEGIN PGP MESSAGE" not in text:
        return text, []
    data = text.replace("\r\n", "\n").encode("utf-8", "surrogatepass")
    found = [match[0] for match in _ARMOUR.finditer(data) if match[1] == b"MESSAGE"]
    for message in found:
        data = data.replace(message, b"", 1)
    return data.decode("utf-8", "surrogatepass"), found
