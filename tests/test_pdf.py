"""PDF files: what is read, in which order, and what is kept out of the text."""

from __future__ import annotations

from pathlib import Path

import pytest

from extraction.document import BlockKind, Document, FurnitureKind
from extraction.pdf import read_pdf

SHARED = Path(__file__).parent.parent.parent / "shared" / "data" / "pdf"


def shared(name: str) -> Path:
    if not (SHARED / name).exists():
        pytest.skip(f"reference file {name} is not beside the checkout")
    return SHARED / name


def furniture(document: Document, kind: FurnitureKind) -> list[str]:
    return [item.text for page in document.pages for item in page.furniture if item.kind is kind]


@pytest.mark.shared
def test_numbers_of_lines_are_kept_out_of_a_transcript() -> None:
    document = read_pdf(shared("pdfplumber/scotus-transcript-p1.pdf"))
    assert furniture(document, FurnitureKind.LINE_NUMBER) == [" ".join(map(str, range(1, 26)))]
    assert "came on for oral argument before the Supreme Court of the United States at 1:01 p.m." in document.text


@pytest.mark.shared
def test_sentences_of_minutes_are_paragraphs() -> None:
    document = read_pdf(shared("pdfplumber/2023-06-20-PV.pdf"))
    paragraphs = [document.text[b.start : b.end] for b in document.blocks if b.kind is BlockKind.PARAGRAPH]
    assert "ATTENDU la pertinence du projet de remplacement proposé;" in paragraphs
    assert any(text.endswith("demande de démolition 2023-0379;") for text in paragraphs)
