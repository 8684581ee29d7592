"""Builders of malicious and damaged files, so that none has to be stored."""

from __future__ import annotations

import hashlib
import io
import struct
import zipfile
import zlib
from email.message import EmailMessage

BILLION_LAUGHS = (
    '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "ha">'
    + "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 10))
    + "]>"
)
EXTERNAL_ENTITY = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY x SYSTEM "file:///etc/passwd">]>'


def zipped(*members: tuple[str, bytes]) -> bytes:
    """Return a package of ``members``, in which a name may occur twice."""
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w", zipfile.ZIP_DEFLATED) as package:
        for name, data in members:
            package.writestr(zipfile.ZipInfo(name), data, zipfile.ZIP_DEFLATED)
    return buffer.getvalue()


def with_link(name: str, target: str) -> bytes:
    """Return a package whose member ``name`` is a symbolic link."""
    buffer = io.BytesIO()
    info = zipfile.ZipInfo(name)
    info.create_system, info.external_attr = 3, 0o120777 << 16
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(info, target)
    return buffer.getvalue()


def nested(depth: int, core: bytes = b"texto") -> bytes:
    """Return a package inside a package, ``depth`` times."""
    data = zipped(("letter.txt", core))
    for level in range(depth - 1):
        data = zipped((f"level{level}.zip", data))
    return data


def swollen(size: int, name: str = "zeros.txt") -> bytes:
    """Return a small package whose one member unpacks to ``size`` zero bytes."""
    return zipped((name, bytes(size)))


def overlapping(members: int, size: int) -> bytes:
    """Return a package in which every directory entry names the same packed bytes."""
    packed = zipped(("a.txt", bytes(range(256)) * (size // 256)))
    start = packed.index(b"PK\x01\x02")
    end = packed.index(b"PK\x05\x06")
    entry = packed[start:end]
    directory = entry * members
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, members, members, len(directory), start, 0)
    return packed[:start] + directory + tail


def lying_about_size(claimed: int, size: int) -> bytes:
    """Return a package whose directory claims fewer bytes than its member unpacks to."""
    packed = bytearray(zipped(("a.txt", bytes(size))))
    for mark, offset in ((b"PK\x03\x04", 22), (b"PK\x01\x02", 24)):
        at = packed.index(mark) + offset
        packed[at : at + 4] = struct.pack("<L", claimed)
    return bytes(packed)


def bag(files: dict[str, bytes], *, listed: dict[str, bytes] | None = None, base: str = "bag/") -> bytes:
    """Return a BagIt package of ``files`` whose manifest describes ``listed`` (else the same)."""
    manifest = "".join(f"{hashlib.sha256(data).hexdigest()}  data/{name}\n" for name, data in (listed or files).items())
    return zipped(
        (base + "bagit.txt", b"BagIt-Version: 1.0\nTag-File-Character-Encoding: UTF-8\n"),
        (base + "manifest-sha256.txt", manifest.encode()),
        *((f"{base}data/{name}", data) for name, data in files.items()),
    )


def mail(subject: str, text: str, *attachments: tuple[str, bytes]) -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "Juzgado <a@example.org>", "b@example.org", subject
    message["Date"] = "Tue, 03 Mar 2020 10:00:00 +0000"
    message.set_content(text)
    for name, data in attachments:
        message.add_attachment(data, maintype="application", subtype="octet-stream", filename=name)
    return message


def deep_mail(depth: int) -> bytes:
    """Return a message whose multiparts lie ``depth`` deep in one another."""
    head = b"From: a@example.org\nSubject: deep\nMIME-Version: 1.0\n"
    opening = b"".join(
        b'Content-Type: multipart/mixed; boundary="b%d"\n\n--b%d\n' % (level, level) for level in range(depth)
    )
    closing = b"".join(b"\n--b%d--\n" % level for level in reversed(range(depth)))
    return head + opening + b"Content-Type: text/plain\n\ntexto\n" + closing


def png(width: int, height: int) -> bytes:
    """Return a PNG that claims ``width`` by ``height`` and holds nearly nothing."""

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack(">L", len(data)) + kind + data + struct.pack(">L", zlib.crc32(kind + data))

    header = struct.pack(">LLBBBBB", width, height, 8, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", header) + chunk(b"IDAT", zlib.compress(b"\0")) + chunk(b"IEND", b"")


def zip_crypto(name: str, data: bytes, password: bytes) -> bytes:
    """Return a package encrypted as PKZIP 2.0 did, which ``zipfile`` reads and cannot write."""
    keys = [0x12345678, 0x23456789, 0x34567890]

    def crc(value: int, byte: int) -> int:
        return zlib.crc32(bytes([byte]), value ^ 0xFFFFFFFF) ^ 0xFFFFFFFF

    def update(byte: int) -> None:
        keys[0] = crc(keys[0], byte)
        keys[1] = ((keys[1] + (keys[0] & 0xFF)) * 134775813 + 1) & 0xFFFFFFFF
        keys[2] = crc(keys[2], keys[1] >> 24)

    def encrypted(byte: int) -> int:
        k = keys[2] | 2
        update(byte)
        return byte ^ (((k * (k ^ 1)) >> 8) & 0xFF)

    for byte in password:
        update(byte)
    check = zlib.crc32(data) >> 24
    body = bytes(encrypted(byte) for byte in bytes(11) + bytes([check]) + data)
    plain = bytearray(zipped((name, data)))
    sizes = struct.pack("<LLL", zlib.crc32(data), len(body), len(data))
    local = (
        struct.pack("<4s5H", b"PK\x03\x04", 20, 1, 0, 0, 0) + sizes + struct.pack("<2H", len(name), 0) + name.encode()
    )
    entry = plain[plain.index(b"PK\x01\x02") : plain.index(b"PK\x05\x06")]
    entry[8:12] = struct.pack("<2H", 1, 0)
    entry[16:28] = sizes
    start = len(local) + len(body)
    tail = struct.pack("<4s4H2LH", b"PK\x05\x06", 0, 0, 1, 1, len(entry), start, 0)
    return local + body + bytes(entry) + tail
