"""Packages and e-mail: members are extracted; an unreadable member fails alone."""

import base64
import gzip
import io
import struct
import tarfile
import zipfile
import zlib
from pathlib import Path

import hostile_files as hostile
import pytest
import pyzipper

from extraction.errors import RogatioError
from extraction.read import Reading, read


def reading(tmp_path: Path, name: str, content: bytes, password: str = "") -> Reading:
    path = tmp_path / name
    path.write_bytes(content)
    return read(path, tmp_path / "members", password=password)


def contents(found: Reading) -> dict[str, str]:
    """Return each member's text, or the code of its error."""
    return {
        member.name: member.error.code if member.error else (member.path or Path()).read_bytes().decode()
        for member in found.members
    }


def failure(tmp_path: Path, name: str, content: bytes, password: str = "") -> str:
    with pytest.raises(RogatioError) as caught:
        reading(tmp_path, name, content, password)
    assert all(caught.value.sentence(language) for language in ("es", "pt", "en", "fr"))
    return caught.value.code


def test_members_of_nested_packages(tmp_path: Path) -> None:
    inner = hostile.zipped(("carta.txt", b"uno"))
    found = reading(tmp_path, "a.zip", hostile.zipped(("x/inner.zip", inner), ("carta.txt", b"dos"), ("d/", b"")))
    assert contents(found) == {"x/inner.zip/carta.txt": "uno", "carta.txt": "dos"}
    assert found.document is None


def test_members_lie_in_scratch_under_names_of_ours(tmp_path: Path) -> None:
    found = reading(tmp_path, "a.zip", hostile.zipped(("../../evil.sh", b"x"), ("a/b.txt", b"y")))
    paths = [member.path for member in found.members if member.path]
    assert len(paths) == 1
    assert all(path.parent == tmp_path / "members" and "b.txt" not in path.name for path in paths)
    assert not list(tmp_path.parent.rglob("evil.sh"))


@pytest.mark.parametrize(
    "name", ["../x.txt", "/etc/x.txt", "a/../../x.txt", "..\\x.txt", "C:\\x.txt", "\\\\host\\x.txt", "a/.."]
)
def test_a_name_that_leads_outside_fails_alone(tmp_path: Path, name: str) -> None:
    found = reading(tmp_path, "a.zip", hostile.zipped((name, b"x"), ("good.txt", b"good")))
    assert sorted(contents(found).values()) == ["extraction.path_traversal", "good"]
    assert not any(".." in member.name or member.name.startswith("/") for member in found.members)


def test_a_link_is_not_followed(tmp_path: Path) -> None:
    assert contents(reading(tmp_path, "a.zip", hostile.with_link("a.txt", "/etc/passwd"))) == {
        "a.txt": "extraction.path_traversal"
    }


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_names_are_cleaned_and_kept_separate(tmp_path: Path) -> None:
    package = hostile.zipped(("a.txt", b"1"), ("a.txt", b"2"), ("invoice\u202efdp.exe", b"3"), ("b\x1b[2J\n.txt", b"4"))
    assert contents(reading(tmp_path, "a.zip", package)) == {
        "a.txt": "1",
        "a (2).txt": "2",
        "invoicefdp.exe": "3",
        "b[2J .txt": "4",
    }


def test_a_name_in_an_old_code_page(tmp_path: Path) -> None:
    package = hostile.zipped(("petici_n.txt", b"x")).replace(b"petici_n", "petición".encode("cp850"))
    assert list(contents(reading(tmp_path, "a.zip", package))) == ["petición.txt"]


@pytest.mark.parametrize(
    ("name", "encoding"),
    [("петиция 7.txt", "cp866"), ("ФОТО.txt", "cp866"), ("AÇÃO.txt", "cp850"), ("créée à l’été.txt", "cp1252")],
)
def test_names_in_code_pages_of_several_scripts(tmp_path: Path, name: str, encoding: str) -> None:
    raw = name.encode(encoding)
    package = hostile.zipped(("x" * len(raw), b"text")).replace(b"x" * len(raw), raw)
    assert list(contents(reading(tmp_path, "a.zip", package))) == [name]


@pytest.mark.parametrize(("checked", "expected"), [(b"??.txt", "文書.txt"), (b"a.txt", "??.txt")])
def test_a_unicode_name_beside_the_old_one(tmp_path: Path, checked: bytes, expected: str) -> None:
    info, buffer = zipfile.ZipInfo("??.txt"), io.BytesIO()
    field = struct.pack("<BI", 1, zlib.crc32(checked)) + "文書.txt".encode()
    info.extra = struct.pack("<HH", 0x7075, len(field)) + field
    with zipfile.ZipFile(buffer, "w") as package:
        package.writestr(info, "text")
    assert list(contents(reading(tmp_path, "a.zip", buffer.getvalue()))) == [expected]


PGP = (
    'Content-Type: multipart/encrypted; protocol="application/pgp-encrypted"; boundary=b\n\n--b\n'
    "Content-Type: application/pgp-encrypted\n\nVersion: 1\n--b\nContent-Type: application/octet-stream\n\n"
    "-----BEGIN PGP MESSAGE-----\n\nhQEMA0==\n-----END PGP MESSAGE-----\n--b--\n"
)
SMIME = (
    "Content-Type: application/pkcs7-mime; smime-type={}; name=smime.p7m\nContent-Transfer-Encoding: base64\n\nMIIB\n"
)


@pytest.mark.parametrize(
    ("source", "members"),
    [
        (PGP, {"part.encrypted": "extraction.encryption_unsupported"}),
        (SMIME.format("enveloped-data"), {"smime.p7m": "extraction.encryption_unsupported"}),
        ("Content-Type: text/plain\n\nTexto.\n", {}),
    ],
)
def test_encrypted_mail_is_a_member_that_cannot_be_read(tmp_path: Path, source: str, members: dict[str, str]) -> None:
    mail = reading(tmp_path, "a.eml", f"From: a@example.org\nSubject: Oficio\nMIME-Version: 1.0\n{source}".encode())
    assert mail.document is not None
    assert mail.document.text.startswith("From: a@example.org\nSubject: Oficio")
    assert contents(mail) == members


@pytest.mark.parametrize("encryption", [None, pyzipper.WZ_AES])
@pytest.mark.parametrize(
    ("password", "expected"),
    [("", "extraction.encrypted"), ("falsa", "extraction.wrong_password"), ("contraseña", "texto")],
)
def test_encrypted_members(tmp_path: Path, encryption: int | None, password: str, expected: str) -> None:
    package = _legacy_encrypted() if encryption is None else _aes_encrypted()
    assert contents(reading(tmp_path, "a.zip", package, password)) == {"a.txt": expected}


def _aes_encrypted() -> bytes:
    buffer = io.BytesIO()
    with pyzipper.AESZipFile(buffer, "w", encryption=pyzipper.WZ_AES) as package:
        package.setpassword("contraseña".encode())
        package.writestr("a.txt", "texto")
    return buffer.getvalue()


def _legacy_encrypted() -> bytes:
    """Return a package encrypted as PKZIP 2 did, which libraries read and no longer write."""
    return hostile.zip_crypto("a.txt", b"texto", "contraseña".encode())


def test_too_many_levels_fail_alone(tmp_path: Path) -> None:
    deep = hostile.nested(6)
    found = contents(reading(tmp_path, "a.zip", hostile.zipped(("deep.zip", deep), ("good.txt", b"good"))))
    assert sorted(found.values()) == ["extraction.nested_too_deep", "good"]


@pytest.mark.parametrize(
    "package",
    [hostile.swollen(60 << 20), hostile.overlapping(5000, 4096)],
    ids=["high ratio", "overlapping"],
)
def test_zip_bombs(tmp_path: Path, package: bytes) -> None:
    assert failure(tmp_path, "a.zip", package) == "extraction.zip_bomb"
    nested = reading(tmp_path, "b.zip", hostile.zipped(("bomb.zip", package), ("good.txt", b"good")))
    assert contents(nested) == {"bomb.zip": "extraction.zip_bomb", "good.txt": "good"}


def test_a_directory_that_lies_about_sizes(tmp_path: Path) -> None:
    assert contents(reading(tmp_path, "a.zip", hostile.lying_about_size(10, 1 << 20))) == {
        "a.txt": "extraction.truncated"
    }


def test_too_many_files(tmp_path: Path) -> None:
    package = hostile.zipped(*((f"{number}.txt", b"") for number in range(10_001)))
    assert failure(tmp_path, "a.zip", package) == "extraction.too_many_files"


@pytest.mark.parametrize("keep", [10, 60, 100, -1, -30])
def test_truncated_packages(tmp_path: Path, keep: int) -> None:
    assert failure(tmp_path, "a.zip", hostile.zipped(("a.txt", b"texto " * 100))[:keep]) == "extraction.truncated"


def test_a_bag_is_checked_file_by_file(tmp_path: Path) -> None:
    files = {"good.txt": b"good", "altered.txt": b"altered", "added.txt": b"added"}
    listed = {"good.txt": b"good", "altered.txt": b"original", "lost é.txt": b"lost"}
    assert contents(reading(tmp_path, "bag.zip", hostile.bag(files, listed=listed))) == {
        "bag/data/good.txt": "good",
        "bag/data/altered.txt": "extraction.bag_checksum",
        "bag/data/added.txt": "extraction.bag_unlisted",
        "bag/data/lost é.txt": "extraction.bag_incomplete",
    }


def test_a_whole_bag(tmp_path: Path) -> None:
    inner = hostile.zipped(("b.txt", b"b"))
    found = reading(tmp_path, "bag.zip", hostile.bag({"a.txt": b"a", "in.zip": inner}, base=""))
    assert contents(found) == {"data/a.txt": "a", "data/in.zip/b.txt": "b"}


def test_mail_with_attachments(tmp_path: Path) -> None:
    message = hostile.mail(
        "Comisión rogatoria n.º 5", "Señor juez:\n\nAdjunto la petición.\n", ("anexo ñ.pdf", b"%PDF"), ("../x", b"x")
    )
    message.add_attachment(hostile.mail("Respuesta", "ok"))
    found = reading(tmp_path, "a.eml", message.as_bytes())
    assert found.document is not None
    assert found.document.text == (
        "From: Juzgado <a@example.org>\nTo: b@example.org\nDate: Tue, 03 Mar 2020 10:00:00 +0000\n"
        "Subject: Comisión rogatoria n.º 5\n\nSeñor juez:\n\nAdjunto la petición."
    )
    assert found.document.metadata["title"] == "Comisión rogatoria n.º 5"
    assert found.document.metadata["date"] == "2020-03-03"
    assert [member.name for member in found.members] == ["anexo ñ.pdf", "x", "Respuesta.eml"]
    assert [member.error and member.error.code for member in found.members] == [None, "extraction.path_traversal", None]


def test_mail_alternatives_and_charsets(tmp_path: Path) -> None:
    message = hostile.mail("x", "texto llano")
    message.add_alternative("<p>texto <b>rico</b></p>", subtype="html")
    found = reading(tmp_path, "a.eml", message.as_bytes())
    assert found.document is not None
    assert found.document.text.endswith("\n\ntexto llano")
    old = (
        b"From: a@b.c\nSubject: =?iso-8859-1?Q?petici=F3n?=\nContent-Type: text/html; charset=x-unknown\n\n<p>acci\xf3n"
    )
    found = reading(tmp_path, "b.eml", old)
    assert found.document is not None
    assert found.document.text == "From: a@b.c\nSubject: petición\n\nacción"


def test_mail_as_saved_by_apple_mail(tmp_path: Path) -> None:
    source = hostile.mail("petición", "texto llano").as_bytes()
    found = reading(tmp_path, "a.emlx", b'%d      \n%b<?xml version="1.0"?>\n<plist/>\n' % (len(source), source))
    assert found.document is not None
    assert (found.document.media_type, found.document.warnings) == ("message/rfc822", ())
    assert found.document.text.endswith("Subject: petición\n\ntexto llano")


@pytest.mark.parametrize("encoding", ["utf-16", "utf-8-sig"])
def test_mail_saved_with_a_byte_order_mark(tmp_path: Path, encoding: str) -> None:
    source = 'From: a@b.c\nSubject: petición\nContent-Type: text/plain; charset="utf-8"\n\nacción en Lisboa'
    found = reading(tmp_path, "a.eml", source.encode(encoding))
    assert found.document is not None
    assert found.document.text == "From: a@b.c\nSubject: petición\n\nacción en Lisboa"


def test_mail_saved_in_utf_16_without_a_mark(tmp_path: Path) -> None:
    source = "From: a@b.c\nSubject: Request\nContent-Type: text/plain\n\nPlease find it attached.\n" * 2
    found = reading(tmp_path, "a.eml", source.encode("utf-16-le"))
    assert found.document is not None
    assert found.document.text.startswith("From: a@b.c\nSubject: Request\n\nPlease find it attached.")


@pytest.mark.parametrize("encoding", ["latin-1", "utf-8", "cp850"])
def test_headers_and_file_names_with_bytes_beyond_ascii(tmp_path: Path, encoding: str) -> None:
    source = (
        "From: a@b.br\nTo: José Ñuñez <x@y.es>\nSubject: Petição e sua\n continuação\n"
        "Content-Type: multipart/mixed; boundary=B\n\n--B\nContent-Type: text/plain\n\nSegue a petição.\n--B\n"
        'Content-Type: text/plain; name="petição n.º 1.txt"\n'
        'Content-Disposition: attachment; filename="petição n.º 1.txt"\n\nTexto\n--B--\n'
    )
    found = reading(tmp_path, "a.eml", source.encode(encoding))
    assert found.document is not None
    assert found.document.text == (
        "From: a@b.br\nTo: José Ñuñez <x@y.es>\nSubject: Petição e sua continuação\n\nSegue a petição."
    )
    assert contents(found) == {"petição n.º 1.txt": "Texto"}


def test_an_attached_message_in_base64(tmp_path: Path) -> None:
    inner = base64.encodebytes(hostile.mail("Auto", "Se remite.").as_bytes())
    source = b"From: a@b.c\nSubject: x\nContent-Type: message/rfc822\nContent-Transfer-Encoding: base64\n\n" + inner
    found = reading(tmp_path, "a.eml", source)
    assert "Se remite." in next(iter(contents(found).values()))


def test_attachments_behind_the_end_of_a_part_with_the_same_boundary(tmp_path: Path) -> None:
    source = (
        b'From: a@b.c\nSubject: x\nContent-Type: multipart/mixed; boundary="B"\n\n--B\n'
        b'Content-Type: multipart/alternative; boundary="B"\n\n--B\nContent-Type: text/plain\n\ntexto\n--B--\n\n'
        b'--B\nContent-Type: application/pdf; name="anexo.pdf"\nContent-Transfer-Encoding: base64\n\nJVBERg==\n--B--\n'
    )
    found = reading(tmp_path, "a.eml", source)
    assert found.document is not None
    assert (found.document.text.endswith("texto"), found.document.warnings) == (True, ("mail_defects",))
    assert contents(found) == {"anexo.pdf": "%PDF"}


MBOX = (
    b"From a@example.org Sun Mar  1 10:00:00 2026\nFrom: a@example.org\nSubject: Uno/dos\n\n"
    b"Primera.\n>From ahora no empieza otro.\nFrom here on, no message\n\n"
    b"From b@example.org Mon Mar  2 10:00:00 2026\nFrom: b@example.org\nSubject: =?utf-8?q?petici=C3=B3n?=\n\n"
    b"Segunda.\n"
)


@pytest.mark.parametrize("line_end", [b"\n", b"\r\n"])
def test_a_mailbox_is_its_messages(tmp_path: Path, line_end: bytes) -> None:
    found = reading(tmp_path, "correo.mbox", MBOX.replace(b"\n", line_end))
    assert found.document is None
    assert [member.name for member in found.members] == ["0001 Uno-dos.eml", "0002 petición.eml"]
    texts = list(contents(found).values())
    assert "\nFrom ahora no empieza otro." in texts[0].replace("\r", "")
    assert "From here on, no message" in texts[0]
    assert "Segunda." in texts[1]


def tarred(*members: tuple[tarfile.TarInfo | str, bytes], mode: str = "w") -> bytes:
    buffer = io.BytesIO()
    with tarfile.open(fileobj=buffer, mode=mode) as archive:  # type: ignore[call-overload]
        for name, data in members:
            info = name if isinstance(name, tarfile.TarInfo) else tarfile.TarInfo(name)
            info.size = len(data) if info.isreg() else 0
            archive.addfile(info, io.BytesIO(data))
    return buffer.getvalue()


@pytest.mark.parametrize("mode", ["w", "w:gz", "w:bz2", "w:xz"])
def test_tar_archives(tmp_path: Path, mode: str) -> None:
    link = tarfile.TarInfo("enlace.txt")
    link.type, link.linkname = tarfile.SYMTYPE, "/etc/passwd"
    members = [("ley/texto.txt", b"Texto"), ("._texto.txt", b"x"), ("../fuera.txt", b"x"), (link, b"")]
    found = reading(tmp_path, "a.tar", tarred(*members, mode=mode))
    assert contents(found) == {
        "ley/texto.txt": "Texto",
        "fuera.txt": "extraction.path_traversal",
        "enlace.txt": "extraction.path_traversal",
    }


def test_an_archive_that_begins_with_a_pdf_is_read_as_an_archive(tmp_path: Path) -> None:
    found = reading(tmp_path, "legajo.tar", tarred(("auto.pdf", b"%PDF-1.4\n"), ("ley.txt", b"Texto")))
    assert [member.name for member in found.members] == ["auto.pdf", "ley.txt"]


def test_a_compressed_file_is_one_member(tmp_path: Path) -> None:
    assert contents(reading(tmp_path, "ley.txt.gz", gzip.compress(b"Texto"))) == {"file": "Texto"}


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (gzip.compress(bytes(60 << 20)), "zip_bomb"),
        (tarred(("a.txt", bytes(60 << 20)), mode="w:gz"), "zip_bomb"),
        (gzip.compress(b"Texto" * 1000)[:30], "truncated"),
        (tarred(("a.txt", b"Texto" * 1000))[:900], "truncated"),
        (b"\x1f\x8b\x08" + bytes(range(200)), "truncated"),
        (b"BZh91AY&SY" + bytes(range(200)), "truncated"),
        (b"\xfd7zXZ\x00" + bytes(range(200)), "truncated"),
    ],
    ids=["gzip bomb", "tar bomb", "cut gzip", "cut tar", "bad gzip", "bad bzip2", "bad xz"],
)
def test_hostile_tar_archives(tmp_path: Path, content: bytes, code: str) -> None:
    assert failure(tmp_path, "a.tar.gz", content) == f"extraction.{code}"
