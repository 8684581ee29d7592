"""Letters as the files in which authorities send them, read as an ingest reads them.

Most lines of a letter are paragraphs of the file, so that its text has blank lines between them.
"""

from __future__ import annotations

import tempfile
from collections.abc import Callable, Mapping
from pathlib import Path
from xml.sax.saxutils import escape

import docx
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.ttfonts import TTFont
from reportlab.platypus import Paragraph, SimpleDocTemplate, Spacer

from extraction.document import Document
from extraction.read import read

_BLANK_LINE = 10  # points
_FONT = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")  # the fonts of reportlab have no tick boxes


def _text(letter: str, path: Path) -> None:
    path.write_text(letter, encoding="utf-8")


def _word(letter: str, path: Path) -> None:
    made = docx.Document()
    for line in filter(str.strip, letter.split("\n")):
        made.add_paragraph(line.strip())
    made.save(str(path))


def _pdf(letter: str, path: Path) -> None:
    style = getSampleStyleSheet()["Normal"]
    pdfmetrics.registerFont(TTFont(_FONT.stem, _FONT))
    style.fontName = _FONT.stem
    lines = (line.strip() for line in letter.split("\n"))
    SimpleDocTemplate(str(path)).build(
        [Paragraph(escape(line), style) if line else Spacer(1, _BLANK_LINE) for line in lines]
    )


FILES: Mapping[str, Callable[[str, Path], None]] = {"txt": _text, "docx": _word, "pdf": _pdf}
"""The endings of files, each with what writes a letter into one."""


def read_as_file(letter: str, ending: str) -> Document:
    """Return the document that is read from a file of the kind ``ending`` (a key of ``FILES``) with a letter."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / f"letter.{ending}"
        FILES[ending](letter, path)
        document = read(path, Path(folder)).document
        assert document is not None
        return document
