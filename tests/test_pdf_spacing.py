"""Judgments in double spacing with quotations in single spacing."""

from __future__ import annotations

from pathlib import Path

from pdf_files import HEIGHT, PROSE, SENTENCES, Page, blocks, pdf, wrapped

from extraction.document import BlockKind
from extraction.pdf.pdf import read_pdf


def test_lines_in_double_spacing_are_paragraphs_beside_quotations_in_single_spacing(tmp_path: Path) -> None:
    body, quotation = " ".join(SENTENCES[:5]), PROSE

    def draw(page: Page) -> None:
        top = 60.0
        for _ in range(2):
            for number, line in enumerate(wrapped(body, 440, 12, "Helvetica")):
                page.canvas.setFont("Helvetica", 12)
                page.canvas.drawString(70 + (36 if not number else 0), HEIGHT - top - 12, line)
                top += 28
            top = page.lines(quotation, 110, top, 380, 12) + 14

    document = read_pdf(pdf(tmp_path / "judgment.pdf", [draw]))
    assert blocks(document, BlockKind.PARAGRAPH) == [body, quotation, body, quotation]
