"""Files signed as a whole (``.p7m``), signed containers (ASiC) and signed messages (S/MIME)."""

from __future__ import annotations

import base64
import io
import zipfile
from contextlib import suppress
from email.message import EmailMessage
from pathlib import Path

import pytest
from asn1crypto import cms
from cms_files import STAMPED, by_weak_algorithm, signature, stamped, with_odd_attribute
from cryptography.hazmat.primitives.serialization import pkcs7

from extraction.errors import RogatioError
from extraction.read import Reading, read

DETACHED = [pkcs7.PKCS7Options.DetachedSignature]
LETTER = "Señor juez: remito el auto.".encode()
PART = b"Content-Type: text/plain; charset=utf-8\r\nContent-Transfer-Encoding: 8bit\r\n\r\n" + LETTER
PEM = b"-----BEGIN PKCS7-----\n%s-----END PKCS7-----\n"


def reading(tmp_path: Path, name: str, content: bytes) -> Reading:
    (tmp_path / "stored").write_bytes(content)
    return read(tmp_path / "stored", tmp_path / "members", name=name)


def contents(found: Reading) -> dict[str, bytes]:
    return {member.name: (member.path or Path()).read_bytes() for member in found.members}


def test_the_signed_file_is_a_member_and_the_signature_is_checked(tmp_path: Path) -> None:
    found = reading(tmp_path, "oficio.txt.p7m", stamped(signature(LETTER, "rsa", [])))
    assert contents(found) == {"oficio.txt": LETTER}
    assert found.document is not None
    assert found.document.text == f"María Pérez Fiscalía, {STAMPED.isoformat()}"
    assert found.document.metadata["signatures"] == f"María Pérez   Fiscalía | {STAMPED.isoformat()} | intact | whole"
    assert found.document.warnings == ("signed",)


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_a_change_after_signing_is_seen(tmp_path: Path, kind: str) -> None:
    made = signature(LETTER, kind, [])
    assert LETTER in made
    found = reading(tmp_path, "a.p7m", made.replace(b"remito", b"retiro"))
    assert found.document is not None
    assert found.document.warnings == ("signed", "signature_altered")


def test_an_attribute_against_its_definition_does_not_hinder_the_check(tmp_path: Path) -> None:
    made = with_odd_attribute(signature(LETTER, "rsa", []))
    with pytest.raises(ValueError, match="parsing"):
        cms.ContentInfo.load(made)["content"]["signer_infos"][0]["signed_attrs"].native  # noqa: B018
    for content, warnings in (
        (made, ("signed",)),
        (made.replace(b"remito", b"retiro"), ("signed", "signature_altered")),
    ):
        found = reading(tmp_path, "a.p7m", content)
        assert found.document is not None
        assert found.document.warnings == warnings


@pytest.mark.parametrize("kind", ["rsa", "ec"])
def test_a_signature_without_attributes_is_over_the_content(tmp_path: Path, kind: str) -> None:
    made = signature(LETTER, kind, [pkcs7.PKCS7Options.NoAttributes])
    for content, warnings in (
        (made, ("signed",)),
        (made.replace(b"remito", b"retiro"), ("signed", "signature_altered")),
    ):
        found = reading(tmp_path, "a.p7m", content)
        assert found.document is not None
        assert found.document.warnings == warnings


@pytest.mark.parametrize(
    ("name", "wrap", "within"),
    [
        ("oficio.pdf.p7m", base64.b64encode, "oficio.pdf"),
        ("oficio.P7M", lambda made: PEM % base64.encodebytes(made), "oficio"),
        ("firmado.dat", lambda made: made, "file"),
        (".p7m", lambda made: made, "file"),
    ],
)
def test_forms_and_names_of_signed_files(tmp_path: Path, name: str, wrap: object, within: str) -> None:
    found = reading(tmp_path, name, wrap(signature(LETTER, "rsa", [])))  # type: ignore[operator]
    assert contents(found) == {within: LETTER}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (signature(LETTER, "rsa", DETACHED), "signature_alone"),
        (signature(LETTER, "rsa", [])[:200], "malformed"),
        (signature(LETTER, "rsa", [])[:30] + b"\xff" * 600, "malformed"),
        (cms.ContentInfo({"content_type": "enveloped_data"}).dump() + bytes(40), "encryption_unsupported"),
    ],
)
def test_what_is_no_signed_file(tmp_path: Path, content: bytes, code: str) -> None:
    with pytest.raises(RogatioError) as refused:
        reading(tmp_path, "a.p7m", content)
    assert refused.value.code == f"extraction.{code}"


def test_any_byte_of_signed_data_may_be_wrong(tmp_path: Path) -> None:
    made = signature(LETTER, "ec", [])
    for place in range(0, len(made), 5):
        with suppress(RogatioError):
            reading(tmp_path, "a.p7m", made[:place] + bytes([made[place] ^ 0x5A]) + made[place + 1 :])


def test_a_signed_container_is_unpacked_without_its_signatures(tmp_path: Path) -> None:
    buffer = io.BytesIO()
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr("mimetype", "application/vnd.etsi.asic-e+zip")
        package.writestr("oficio.txt", LETTER)
        package.writestr("META-INF/signatures001.xml", "<a/>")
        package.writestr("META-INF/manifest.xml", "<a/>")
    assert contents(reading(tmp_path, "a.asice", buffer.getvalue())) == {"oficio.txt": LETTER}


def mail(kind: str, data: bytes, name: str = "smime.p7m") -> EmailMessage:
    message = EmailMessage()
    message["From"], message["To"], message["Subject"] = "a@example.org", "b@example.org", "Auto"
    message.set_content(data, *kind.split("/"), filename=name, disposition="attachment")
    return message


@pytest.mark.parametrize("kind", ["application/pkcs7-mime", "application/x-pkcs7-mime"])
def test_the_text_of_a_signed_message_is_read(tmp_path: Path, kind: str) -> None:
    found = reading(tmp_path, "a.eml", mail(kind, signature(PART, "rsa", [])).as_bytes())
    assert found.document is not None
    assert found.document.text.endswith("Subject: Auto\n\nSeñor juez: remito el auto.")
    assert found.document.metadata["signatures"].endswith(" | intact | whole")
    assert (found.document.warnings, found.members) == (("signed",), ())


def beside(end: bytes, made: bytes | None = None) -> bytes:
    """Return a message with the signature of its text beside it, with lines that end in ``end``."""
    signed = b"Content-Type: text/plain\r\n\r\nRemito el auto.\r\n\r\nAtentamente"
    made = signature(signed, "rsa", DETACHED) if made is None else made
    return (
        b"From: a@b.c\r\nSubject: Auto\r\n"
        b'Content-Type: multipart/signed; protocol="application/pkcs7-signature"; boundary="B+1"\r\n\r\n'
        b"Vorwort\r\n--B+1\r\n%b\r\n--B+1\r\nContent-Type: application/pkcs7-signature; name=smime.p7s\r\n"
        b"Content-Transfer-Encoding: base64\r\n\r\n%b\r\n--B+1--\r\n"
        % (signed, base64.encodebytes(made).replace(b"\n", b"\r\n"))
    ).replace(b"\r\n", end)


@pytest.mark.parametrize("end", [b"\r\n", b"\n"])
def test_the_signature_beside_a_message_is_checked(tmp_path: Path, end: bytes) -> None:
    found = reading(tmp_path, "a.eml", beside(end))
    assert found.document is not None
    assert found.document.text.endswith("Remito el auto.\n\nAtentamente")
    assert found.document.metadata["signatures"].startswith("María Pérez   Fiscalía | ")
    assert (found.document.warnings, found.members) == (("signed",), ())
    altered = reading(tmp_path, "a.eml", beside(end).replace(b"Remito", b"Retiro"))
    assert altered.document is not None
    assert altered.document.warnings == ("signed", "signature_altered")


def test_a_signature_that_cannot_be_read_is_named(tmp_path: Path) -> None:
    found = reading(tmp_path, "a.eml", beside(b"\n", b"x"))
    assert found.document is not None
    assert (found.document.warnings, found.members) == (("signature_unchecked",), ())


@pytest.mark.parametrize("algorithm", ["sha1", "md5"])
def test_an_algorithm_that_can_be_forged_is_named(tmp_path: Path, algorithm: str) -> None:
    made = by_weak_algorithm(LETTER, algorithm)
    for content, warnings in (
        (made, ("signed", "signature_weak")),
        (made.replace(b"remito", b"retiro"), ("signed", "signature_altered")),
    ):
        found = reading(tmp_path, "a.p7m", content)
        assert found.document is not None
        assert found.document.warnings == warnings


def test_a_signed_file_at_a_message_stays_a_file(tmp_path: Path) -> None:
    source = mail("application/pkcs7-mime", signature(b"%PDF-1.7 auto", "rsa", []), "auto.pdf.p7m").as_bytes()
    found = reading(tmp_path, "a.eml", source)
    assert [member.name for member in found.members] == ["auto.pdf.p7m"]


def test_a_signed_part_alone_is_a_message(tmp_path: Path) -> None:
    found = reading(tmp_path, "a", PART)
    assert found.document is not None
    assert (found.document.media_type, found.document.text) == ("message/rfc822", LETTER.decode())
