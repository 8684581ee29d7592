"""PDF files generated for the tests of reading them."""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from pathlib import Path

import pytest
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extraction.document import BlockKind, Document, FurnitureKind
from extraction.pdf.images import render_page

WIDTH, HEIGHT = 595, 842
needs_tesseract = pytest.mark.skipif(shutil.which("tesseract") is None, reason="Tesseract is not installed")
SENTENCES = (
    "La autoridad requirente solicita que se practique la diligencia con la mayor brevedad posible.",
    "Los hechos investigados se refieren a una organización que operaba en varios puertos de la región.",
    "El tribunal competente ordenó la intervención de las comunicaciones mediante auto motivado.",
    "Se adjunta copia certificada de las disposiciones legales que resultan aplicables al caso.",
    "The requested authority shall execute the measure in accordance with its own domestic law.",
    "La commission rogatoire est exécutée dans les formes prévues par la législation de cet État.",
)
PROSE = " ".join(SENTENCES)


class Page:
    """Writes wrapped text on a canvas, from the top; lengths in points."""

    def __init__(self, canvas: Canvas) -> None:
        self.canvas = canvas

    def lines(
        self,
        text: str,
        x: float,
        top: float,
        width: float,
        size: float = 10,
        font: str = "Helvetica",
        last: bool = True,
    ) -> float:
        """Write ``text`` wrapped to ``width``; return the top of what may follow."""
        for line in wrapped(text, width, size, font):
            self.canvas.setFont(font, size)
            self.canvas.drawString(x, HEIGHT - top - size, line)
            top += 1.2 * size
        return top


def wrapped(text: str, width: float, size: float, font: str) -> list[str]:
    lines: list[str] = []
    for part in text.split("\n"):
        line = ""
        for word in part.split(" "):
            longer = f"{line} {word}".strip()
            if line and stringWidth(longer, font, size) > width:
                lines.append(line)
                line = word
            else:
                line = longer
        lines.append(line)
    return lines


def pdf(path: Path, pages: Sequence[Callable[[Page], object]], **options: object) -> Path:
    canvas = Canvas(str(path), pagesize=(WIDTH, HEIGHT), **options)
    for draw in pages:
        draw(Page(canvas))
        canvas.showPage()
    canvas.save()
    return path


def furniture(document: Document, kind: FurnitureKind) -> list[str]:
    return [item.text for page in document.pages for item in page.furniture if item.kind is kind]


def blocks(document: Document, kind: BlockKind) -> list[str]:
    return [document.text[block.start : block.end] for block in document.blocks if block.kind is kind]


def numbered(count: int, start: int = 0) -> list[str]:
    """Return sentences that all differ, so that their order can be told."""
    return [f"{SENTENCES[i % len(SENTENCES)][:-1]} según el folio {i + 100}." for i in range(start, start + count)]


def scanned(path: Path, pages: Sequence[Callable[[Page], object]], folder: Path) -> Path:
    """Write a PDF of images of pages, one pixel a third of a point."""
    source = pdf(folder / "source.pdf", pages)
    images = [render_page(source, number, scale=3).convert("L") for number in range(1, len(pages) + 1)]
    images[0].save(path, save_all=True, append_images=images[1:], resolution=216)
    return path


def grid(document: Document) -> list[list[str]]:
    """Return the texts of the cells of the only table of a document, by rows."""
    (table,) = document.tables
    rows: dict[int, list[str]] = {}
    for cell in table.cells:
        rows.setdefault(cell.row, []).append(document.text[cell.start : cell.end])
    return list(rows.values())
