"""Pictures inside office documents are read by OCR, each once, within bounds."""

from __future__ import annotations

import io
from pathlib import Path

import office_files as office
import pytest
from pdf_files import Page, needs_tesseract, pdf

from extraction.document import Document
from extraction.office import pictures
from extraction.pdf.images import render_page
from extraction.read import read

TEXT = "La autoridad requirente solicita el embargo de la cuenta abierta en el banco central de la capital."
BLIP = '<a:blip xmlns:a="http://schemas.openxmlformats.org/drawingml/2006/main" xmlns:r="{}" r:embed="{}"/>'


def png(folder: Path, text: str = TEXT, scale: float = 2.5) -> bytes:
    """Return the picture of a page of ``text``."""

    def draw(page: Page) -> None:
        page.lines(text, 60, 60, 470, 14)

    buffer = io.BytesIO()
    render_page(pdf(folder / "page.pdf", [draw]), 1, scale=scale).save(buffer, "png")
    return buffer.getvalue()


def in_docx(*names: str) -> str:
    blips = [f"<w:r><w:drawing>{BLIP.format(office.RELATIONSHIPS, name)}</w:drawing></w:r>" for name in names]
    return office.p("Se adjunta:", *blips) + office.p("Fin.")


def document(folder: Path, name: str, content: bytes) -> Document:
    path = folder / name
    path.write_bytes(content)
    found = read(path, folder / "scratch").document
    assert found is not None
    return found


@needs_tesseract
def test_a_picture_is_read_where_it_stands_and_once(tmp_path: Path) -> None:
    media = {"word/media/a.png": png(tmp_path)}
    found = document(tmp_path, "a.docx", office.docx(in_docx("m0", "m0"), media=media))
    assert found.text.split("\n\n") == ["Se adjunta:", TEXT, "Fin."]
    frame = '<draw:frame><draw:image xmlns:x="http://www.w3.org/1999/xlink" x:href="Pictures/a.png"/></draw:frame>'
    body = f"<text:p>Se adjunta:{frame}</text:p><text:p>Fin.</text:p>"
    odt = office.odt(body, pictures={"Pictures/a.png": media["word/media/a.png"]})
    assert document(tmp_path, "a.odt", odt).text.split("\n\n") == ["Se adjunta:", TEXT, "Fin."]


@pytest.mark.parametrize(
    ("media", "warnings"),
    [
        ({"word/media/a.png": b"no picture"}, ("embedded_part_not_read",)),
        ({"word/media/a.png": b""}, ()),
        ({}, ()),
    ],
    ids=["damaged", "empty", "missing"],
)
def test_a_picture_that_cannot_be_read(tmp_path: Path, media: dict[str, bytes], warnings: tuple[str, ...]) -> None:
    found = document(tmp_path, "a.docx", office.docx(in_docx("m0"), media=media))
    assert found.text == "Se adjunta:\n\nFin."
    assert found.warnings == warnings


def test_small_and_too_many_pictures_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_PICTURES", 2)
    media = {f"word/media/{number}.png": png(tmp_path, f"{TEXT} {number}", 0.2) for number in range(3)}
    found = document(tmp_path, "a.docx", office.docx(in_docx("m0", "m1", "m2"), media=media))
    assert found.text == "Se adjunta:\n\nFin."
    assert found.warnings == ("embedded_part_not_read",)


def rtf(*parts: str) -> bytes:
    return ("{\\rtf1\\ansi\\deff0{\\fonttbl{\\f0 Arial;}}" + "".join(parts) + "}").encode("latin-1")


def pict(data: bytes, kind: str = "\\pngblip", width: int = 64) -> str:
    """Return a picture group as word processors write it: a line feed after each 64 digits."""
    digits = data.hex()
    lines = "\n".join(digits[start : start + width] for start in range(0, len(digits), width))
    return f"{{\\pict{{\\*\\picprop}}\\picscalex100\\picw15875\\pich22458{kind}\n{lines}}}"


@needs_tesseract
def test_pictures_of_rtf_are_read_where_they_stand_and_once(tmp_path: Path) -> None:
    image = png(tmp_path)
    shown = f"{{\\*\\shppict{pict(image)}}}{{\\nonshppict{pict(b'wmf' * 2000, chr(92) + 'wmetafile8')}}}"
    content = rtf("Se adjunta:", shown, pict(image), "\\par Fin.\\par", f"{{\\header Juzgado{pict(image)}\\par}}")
    found = document(tmp_path, "a.rtf", content)
    assert found.text.split("\n\n") == ["Juzgado", "Se adjunta:", TEXT, "Fin."]
    assert found.warnings == ()


@pytest.mark.parametrize(
    ("group", "warnings"),
    [
        (pict(b"\x01\x00\x09\x00" * 1000, "\\wmetafile8"), ("embedded_part_not_read",)),
        (pict(b"\x89PNG\r\n\x1a\n" + b"no picture" * 200), ("embedded_part_not_read",)),
        (pict(b"\x89PNG\r\n\x1a\nlogo"), ()),
        ("{\\pict\\pngblip #7# #0#}", ()),
    ],
    ids=["metafile", "damaged", "small", "forged number"],
)
def test_a_picture_of_rtf_that_cannot_be_read(tmp_path: Path, group: str, warnings: tuple[str, ...]) -> None:
    found = document(tmp_path, "a.rtf", rtf("Uno.\\par ", group, "Dos.\\par"))
    assert found.text == "Uno.\n\nDos."
    assert found.warnings == warnings
