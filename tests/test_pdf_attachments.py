"""Files embedded in a PDF whose names and streams stand under different keys of their specifications."""

from __future__ import annotations

import zlib
from collections.abc import Mapping
from contextlib import suppress
from pathlib import Path

import pytest
from form_files import PAGE, raw_pdf, stream

from extraction.errors import RogatioError
from extraction.read import Reading, read

FILE = stream("Remito el auto.", "/Type /EmbeddedFile")
PACKED = stream(zlib.compress(b"Remito el auto."), "/Type /EmbeddedFile /Filter /FlateDecode")


def attached(
    path: Path,
    specifications: list[str],
    file: bytes = FILE,
    *,
    at_page: bool = False,
    further: Mapping[int, bytes] | None = None,
) -> Path:
    """Write a letter with a file for each of the ``specifications``, in the list of attachments or at the page.

    ``file`` is the object 8; ``further`` are other objects by number.
    """
    first = 20
    places = [f"{first + index} 0 R" for index in range(len(specifications))]
    annotations = " ".join(f"<< /Type /Annot /Subtype /FileAttachment /Rect [9 9 20 20] /FS {one} >>" for one in places)
    objects: dict[int, str | bytes] = {
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"{PAGE} /Annots [{annotations if at_page else ''}] >>",
        4: stream("BT /F 10 Tf 60 700 Td (Carta) Tj ET"),
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        8: file,
    }
    objects |= further or {}
    objects |= {first + index: f"<< /Type /Filespec {one} >>" for index, one in enumerate(specifications)}
    names = " ".join(f"({index}) {one}" for index, one in enumerate(places))
    listed = "" if at_page else f"/Names << /EmbeddedFiles << /Names [{names}] >> >>"
    return raw_pdf(path, objects, f"/Type /Catalog /Pages 2 0 R {listed}")


def members(found: Reading) -> list[tuple[str, str]]:
    return [
        (member.name, member.path.read_text() if member.path else str(member.error and member.error.code))
        for member in found.members
    ]


@pytest.mark.parametrize("at_page", [False, True])
@pytest.mark.parametrize("file", [FILE, PACKED])
@pytest.mark.parametrize(
    ("specification", "name"),
    [
        ("/F (auto.txt) /EF << /F 8 0 R >>", "auto.txt"),
        ("/UF (auto.txt) /EF << /UF 8 0 R >>", "auto.txt"),
        ("/UF (auto.txt) /EF << /F 8 0 R >>", "auto.txt"),
        ("/F (auto.txt) /EF << /UF 8 0 R >>", "auto.txt"),
        ("/UF <FEFF006100F100F3002E007400780074> /EF << /F 8 0 R >>", "añó.txt"),
        ("/Desc (auto) /EF << /F 8 0 R >>", "auto"),
        ("/EF << /F 8 0 R >>", "attachment"),
    ],
)
def test_a_file_is_read_under_any_key(
    tmp_path: Path, specification: str, name: str, file: bytes, *, at_page: bool
) -> None:
    path = attached(tmp_path / "a.pdf", [specification], file, at_page=at_page)
    found = read(path, tmp_path / "members")
    assert found.document is not None
    assert found.document.text == "Carta"
    assert members(found) == [(name, "Remito el auto.")]


def test_several_files_keep_their_names(tmp_path: Path) -> None:
    specifications = [
        "/UF (uno.txt) /EF << /F 8 0 R >>",
        "/F (dos.txt) /EF << /F 8 0 R >>",
        "/UF (uno.txt) /EF << /F 8 0 R >>",
        "/UF (tres.txt) /EF << /F 99 0 R >>",
        "/EF << /F 8 0 R >>",
    ]
    found = read(attached(tmp_path / "a.pdf", specifications), tmp_path / "members")
    assert [name for name, _ in members(found)] == ["uno.txt", "dos.txt", "uno (2).txt", "tres.txt", "attachment"]
    assert [text for _, text in members(found)].count("extraction.truncated") == 1


def test_a_bomb_and_a_rare_filter_are_failures(tmp_path: Path) -> None:
    bomb = stream(zlib.compress(bytes(60 << 20), 9), "/Filter /FlateDecode")
    for file in (bomb, stream("00", "/Filter [/ASCIIHexDecode /FlateDecode]")):
        found = read(attached(tmp_path / "a.pdf", ["/UF (a.txt) /EF << /F 8 0 R >>"], file), tmp_path / "members")
        assert members(found) == [("a.txt", "extraction.truncated")]
        assert found.document is not None
        assert found.document.warnings == ("embedded_part_not_read",)


def test_a_damaged_file_is_reported_and_leaves_the_others(tmp_path: Path) -> None:
    specifications = ["/UF (uno.txt) /EF << /F 9 0 R >>", "/UF (dos.txt) /EF << /F 8 0 R >>"]
    damaged = stream(b"no deflate", "/Type /EmbeddedFile /Filter /FlateDecode")
    found = read(attached(tmp_path / "a.pdf", specifications, further={9: damaged}), tmp_path / "members")
    assert members(found) == [("uno.txt", "extraction.truncated"), ("dos.txt", "Remito el auto.")]
    assert found.document is not None
    assert found.document.warnings == ("embedded_part_not_read",)


def test_an_annotation_without_its_file_is_reported(tmp_path: Path) -> None:
    found = read(attached(tmp_path / "a.pdf", ["/UF (uno.txt)"], at_page=True), tmp_path / "members")
    assert [error for _, error in members(found)] == ["extraction.truncated"]


def test_a_file_that_is_read_is_no_doubt(tmp_path: Path) -> None:
    found = read(attached(tmp_path / "a.pdf", ["/UF (auto.txt) /EF << /F 8 0 R >>"]), tmp_path / "members")
    assert found.document is not None
    assert found.document.warnings == ()


def test_any_byte_may_be_wrong(tmp_path: Path) -> None:
    whole = attached(tmp_path / "a.pdf", ["/UF (auto.txt) /EF << /F 8 0 R >>"]).read_bytes()
    path = tmp_path / "b.pdf"
    for place in range(0, len(whole), 7):
        path.write_bytes(whole[:place] + b"\x5a" + whole[place + 1 :])
        with suppress(RogatioError):
            read(path, tmp_path / str(place))
