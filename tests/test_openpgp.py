"""Files, texts and messages signed or encrypted by OpenPGP (RFC 9580), written packet by packet."""

from __future__ import annotations

import base64
import bz2
import time
import zlib
from contextlib import suppress
from pathlib import Path

import pytest

from extraction.errors import RogatioError
from extraction.openpgp import signatures_in
from extraction.read import Reading, read

LETTER = "Señor juez: remito el auto.".encode()
BOTH = "Fiscalía <f@example.org>, 5FC90D6C0E57F39B | 2026-03-02T09:30:00+00:00 | unchecked | whole"
CREATED = (1772443800).to_bytes(4)
KEY = bytes.fromhex("5fc90d6c0e57f39b")


def packet(kind: int, body: bytes) -> bytes:
    """Return a packet in the newer form."""
    size = len(body)
    if size < 192:
        return bytes([0xC0 | kind, size]) + body
    if size < 8384:
        return bytes([0xC0 | kind, (size - 192 >> 8) + 192, size - 192 & 0xFF]) + body
    return bytes([0xC0 | kind, 255]) + size.to_bytes(4) + body


def old(kind: int, body: bytes) -> bytes:
    """Return a packet in the older form; a compressed one without its length."""
    return (
        bytes([0x80 | kind << 2 | 3]) + body if kind == 8 else bytes([0x81 | kind << 2]) + len(body).to_bytes(2) + body
    )


def literal(content: bytes = LETTER, name: str = "oficio.txt") -> bytes:
    return packet(11, b"b" + bytes([len(name.encode())]) + name.encode() + bytes(4) + content)


def sub(kind: int, body: bytes) -> bytes:
    return bytes([len(body) + 1, kind]) + body


def mark(version: int = 4) -> bytes:
    """Return the body of a signature."""
    if version == 3:
        return b"\x03\x05\x00" + CREATED + KEY + bytes(12)
    size = 4 if version == 6 else 2
    named = sub(2, CREATED) + sub(28, "Fiscalía <f@example.org>".encode())
    key = sub(33, b"\x04" + bytes(12) + KEY) if version == 6 else sub(16, KEY)
    return (
        bytes([version])
        + b"\x00\x16\x08"
        + len(named).to_bytes(size)
        + named
        + len(key).to_bytes(size)
        + key
        + bytes(9)
    )


LATE = sub(2, b"\xff" * 8)  # a time of eight bytes instead of four
LATE_MARK = b"\x04\x00\x16\x08" + len(LATE).to_bytes(2) + LATE + bytes(11)
ONE_PASS = packet(4, b"\x03\x00\x0a\x16" + KEY + b"\x01")
SIGNED = ONE_PASS + literal() + packet(2, mark())


def armour(kind: str, data: bytes) -> bytes:
    return b"-----BEGIN PGP %b-----\nVersion: 1\n\n%b=abcd\n-----END PGP %b-----\n" % (
        kind.encode(),
        base64.encodebytes(data),
        kind.encode(),
    )


CLEAR = b"-----BEGIN PGP SIGNED MESSAGE-----\nHash: SHA256\n\nSe\xc3\xb1or juez:\n\n- -- remito el auto.\n" + armour(
    "SIGNATURE", packet(2, mark())
)


def reading(tmp_path: Path, name: str, content: bytes) -> Reading:
    (tmp_path / "stored").write_bytes(content)
    return read(tmp_path / "stored", tmp_path / "members", name=name)


def contents(found: Reading) -> dict[str, bytes]:
    return {member.name: (member.path or Path()).read_bytes() for member in found.members}


@pytest.mark.parametrize(
    "content",
    [
        SIGNED,
        armour("MESSAGE", SIGNED),
        armour("MESSAGE", SIGNED).replace(b"\n", b"\r\n"),
        old(8, b"\x02" + zlib.compress(SIGNED)),
        packet(8, b"\x01" + zlib.compress(SIGNED, wbits=-15)),
        packet(8, b"\x03" + bz2.compress(SIGNED)),
        old(2, mark()) + literal(),
    ],
)
def test_the_signed_file_is_a_member_and_the_signature_is_named(tmp_path: Path, content: bytes) -> None:
    found = reading(tmp_path, "a.gpg", content)
    assert contents(found) == {"oficio.txt": LETTER}
    assert found.document is not None
    assert found.document.text == "Fiscalía <f@example.org>, 5FC90D6C0E57F39B, 2026-03-02T09:30:00+00:00"
    assert found.document.metadata["signatures"] == BOTH
    assert found.document.warnings == ("signature_openpgp",)


@pytest.mark.parametrize(
    ("version", "signer"), [(3, "5FC90D6C0E57F39B"), (6, "Fiscalía <f@example.org>, 5FC90D6C0E57F39B")]
)
def test_signatures_of_other_versions_are_named(tmp_path: Path, version: int, signer: str) -> None:
    found = reading(tmp_path, "a.gpg", ONE_PASS + literal() + packet(2, mark(version)))
    assert found.document is not None
    assert found.document.metadata["signatures"].startswith(f"{signer} | 2026-03-02")


@pytest.mark.parametrize(
    ("name", "within"), [("oficio.pdf.gpg", "oficio.pdf"), ("a.PGP", "a"), ("firmado.dat", "file"), (".gpg", "file")]
)
def test_a_file_without_a_name_has_that_of_its_container(tmp_path: Path, name: str, within: str) -> None:
    found = reading(tmp_path, name, ONE_PASS + literal(b"%PDF-1.7 auto", "") + packet(2, mark()))
    assert contents(found) == {within: b"%PDF-1.7 auto"}


def test_parts_of_a_long_file_are_joined(tmp_path: Path) -> None:
    body = literal(b"x" * 700, "")[3:]
    parts = b"\xcb\xe9" + body[:512] + bytes([192, len(body) - 512 - 192]) + body[512:]
    assert contents(reading(tmp_path, "a.txt.gpg", ONE_PASS + parts + packet(2, mark()))) == {"a.txt": b"x" * 700}


def test_what_nobody_signed_has_no_warning(tmp_path: Path) -> None:
    found = reading(tmp_path, "a.gpg", packet(8, b"\x01" + zlib.compress(literal(), wbits=-15)))
    assert (found.document, contents(found)) == (None, {"oficio.txt": LETTER})


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (packet(2, mark()), "signature_alone"),
        (armour("SIGNATURE", packet(2, mark())), "signature_alone"),
        (packet(1, b"\x03" + bytes(12)) + packet(18, b"\x01" + bytes(30)), "encryption_unsupported"),
        (
            armour("MESSAGE", packet(3, b"\x04\x07\x03\x08" + bytes(9)) + packet(18, bytes(40))),
            "encryption_unsupported",
        ),
        (SIGNED[:-5], "malformed"),
        (ONE_PASS, "malformed"),
        (ONE_PASS + literal() + packet(2, LATE_MARK), "malformed"),
        (b"-----BEGIN PGP MESSAGE-----\n\nabc\n", "malformed"),
        (packet(8, b"\x02" + zlib.compress(literal(bytes(60 << 20)), 9)), "zip_bomb"),
    ],
)
def test_what_cannot_be_read_is_refused(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(RogatioError) as refused:
        reading(tmp_path, "a.gpg", content)
    assert refused.value.code == f"extraction.{code}"


def test_any_byte_may_be_wrong(tmp_path: Path) -> None:
    for place in range(len(SIGNED)):
        with suppress(RogatioError):
            reading(tmp_path, "a.gpg", SIGNED[:place] + bytes([SIGNED[place] ^ 0x5A]) + SIGNED[place + 1 :])


def test_signed_text_is_read_without_its_armour(tmp_path: Path) -> None:
    for content in (CLEAR, CLEAR.replace(b"\n", b"\r\n")):
        document = reading(tmp_path, "a.txt", b"Aviso:\n\n" + content + b"\nFin").document
        assert document is not None
        assert document.text == "Aviso:\n\nSeñor juez:\n\n-- remito el auto.\n\nFin"
        assert document.metadata["signatures"] == BOTH
        assert document.warnings == ("signature_openpgp",)


def test_many_starts_of_signed_text_are_read_in_linear_time(tmp_path: Path) -> None:
    start = time.process_time()
    reading(tmp_path, "a.txt", b"x\n" + b"-----BEGIN PGP SIGNED MESSAGE-----\n\n" * 20_000)
    reading(tmp_path, "a.eml", b"From: a\nTo: b\n\n" + b"-----BEGIN PGP MESSAGE-----\n\n" * 20_000)
    assert time.process_time() - start < 20  # quadratic: hours


def mail(body: bytes) -> bytes:
    return b"From: a@b.c\nTo: d@e.f\nSubject: Auto\nContent-Type: text/plain; charset=utf-8\n\n" + body


def test_signed_text_in_a_message(tmp_path: Path) -> None:
    document = reading(tmp_path, "a.eml", mail(CLEAR)).document
    assert document is not None
    assert document.text.endswith("Subject: Auto\n\nSeñor juez:\n\n-- remito el auto.")
    assert (document.metadata["signatures"], document.warnings) == (BOTH, ("signature_openpgp",))


def test_an_encrypted_text_in_a_message_is_a_member(tmp_path: Path) -> None:
    secret = armour("MESSAGE", packet(1, b"\x03" + bytes(12)) + packet(18, bytes(40)))
    found = reading(tmp_path, "a.eml", mail(b"Va el auto.\n\n" + secret + b"\nAtentamente"))
    assert found.document is not None
    assert found.document.text.endswith("Va el auto.\n\nAtentamente")
    assert contents(found) == {"message.asc": secret.rstrip()}


def test_armour_in_a_text_that_says_it_is_html(tmp_path: Path) -> None:
    secret = armour("MESSAGE", packet(1, b"\x03" + bytes(12)) + packet(18, bytes(40)))
    html = mail(b"<p>Va el auto.</p>\n" + secret).replace(b"text/plain", b"text/html")
    found = reading(tmp_path, "a.eml", html)
    assert found.document is not None
    assert found.document.text.endswith("Subject: Auto\n\nVa el auto.")
    assert contents(found) == {"message.asc": secret.rstrip()}


def test_a_signature_of_an_impossible_time_is_by_nobody() -> None:
    assert [(one.signer, one.time) for one in signatures_in(packet(2, LATE_MARK))] == [("", "")]


def test_the_signature_beside_a_message_is_named(tmp_path: Path) -> None:
    parts = (
        b"--B\nContent-Type: text/plain\n\nRemito el auto.\n--B\nContent-Type: application/pgp-signature\n\n%b--B--\n"
    )
    head = b"From: a@b.c\nSubject: Auto\nContent-Type: multipart/signed; boundary=B\n\n"
    for made, named in ((armour("SIGNATURE", packet(2, mark())), BOTH), (b"x\n", " |  | unchecked | whole")):
        found = reading(tmp_path, "a.eml", head + parts % made)
        assert found.document is not None
        assert (found.document.warnings, found.members) == (("signature_openpgp",), ())
        assert found.document.metadata["signatures"] == named
