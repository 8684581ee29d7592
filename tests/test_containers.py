"""Packages and e-mail: members are extracted; an unreadable member fails alone."""

import io
from pathlib import Path

import hostile_files as hostile
import pytest
import pyzipper
from compound_files import compound_file

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


def test_outlook_message(tmp_path: Path) -> None:
    wide = "utf-16-le"
    message = compound_file(
        {
            "__properties_version1.0": b"",
            "__substg1.0_0037001F": "Comisión rogatoria".encode(wide),
            "__substg1.0_0C1A001F": "Juzgado".encode(wide),
            "__substg1.0_5D01001F": "a@example.org".encode(wide),
            "__substg1.0_0E04001E": "b@example.org".encode("cp1252"),
            "__substg1.0_007D001F": "X: y\r\nDate: Tue, 03 Mar 2020 10:00:00 +0000\r\n".encode(wide),
            "__substg1.0_1000001F": "Señor juez:\r\n\r\nAdjunto.".encode(wide),
            "__attach_version1.0_#00000000/__substg1.0_3707001F": "anexo.pdf".encode(wide),
            "__attach_version1.0_#00000000/__substg1.0_37010102": b"%PDF-1.4".ljust(5000, b"x"),
        }
    )
    found = reading(tmp_path, "a.msg", message)
    assert found.document is not None
    assert found.document.text == (
        "From: Juzgado a@example.org\nTo: b@example.org\nDate: Tue, 03 Mar 2020 10:00:00 +0000\n"
        "Subject: Comisión rogatoria\n\nSeñor juez:\n\nAdjunto."
    )
    assert [(member.name, (member.path or Path()).read_bytes()[:8]) for member in found.members] == [
        ("anexo.pdf", b"%PDF-1.4")
    ]
