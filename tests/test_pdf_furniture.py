"""Content outside the text: heads of left and right pages, heads of short files, verification notes, line numbers."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from pathlib import Path

import pytest
from pdf_files import HEIGHT, PROSE, SENTENCES, WIDTH, Page, furniture, numbered, pdf, wrapped

from extraction.document import FurnitureKind
from extraction.pdf.pdf import read_pdf


def pages(heads: list[list[tuple[float, str]]], text: str = PROSE) -> list[Callable[[Page], object]]:
    """Return pages of different text, each below its own head: texts with their left sides in points."""

    def page_with(head: list[tuple[float, str]], number: int) -> Callable[[Page], object]:
        def draw(page: Page) -> None:
            for x, part in head:
                page.lines(part, x, 30, 300, 8)
            page.lines(" ".join(numbered(5, 5 * number)), 60, 80, 450)

        return draw

    return [page_with(head, number) for number, head in enumerate(heads)]


LEFT = [(60.0, "{}"), (200.0, "GACETA OFICIAL"), (420.0, "Lunes 3 de marzo de 2025")]
RIGHT = [(60.0, "Lunes 3 de marzo de 2025"), (250.0, "GACETA OFICIAL"), (500.0, "{}")]


@pytest.mark.parametrize("count", [2, 3, 4, 7])
def test_mirrored_heads_of_a_gazette(tmp_path: Path, count: int) -> None:
    heads = [[(x, part.format(n + 41)) for x, part in (LEFT if n % 2 else RIGHT)] for n in range(count)]
    document = read_pdf(pdf(tmp_path / "gazette.pdf", pages(heads)))
    assert "GACETA" not in document.text
    assert "Lunes" not in document.text
    assert " ".join(document.text.split()) == " ".join(" ".join(numbered(5, 5 * n)) for n in range(count))
    assert [page.printed_number for page in document.pages] == [str(n + 41) for n in range(count)]


@pytest.mark.parametrize("count", [4, 5, 8])
def test_heads_of_left_and_right_pages_with_different_wording(tmp_path: Path, count: int) -> None:
    heads = [[(60.0, "Revista de derecho penal" if n % 2 else "Ana Pérez: La extradición")] for n in range(count)]
    document = read_pdf(pdf(tmp_path / "review.pdf", pages(heads)))
    assert "Revista" not in document.text
    assert "Ana Pérez" not in document.text


def test_the_head_of_the_second_and_third_of_three_pages(tmp_path: Path) -> None:
    heads: list[list[tuple[float, str]]] = [
        [],
        [(60.0, "Recurso de casación 21/2024")],
        [(60.0, "Recurso de casación 21/2024")],
    ]
    document = read_pdf(pdf(tmp_path / "judgment.pdf", pages(heads)))
    assert "casación" not in document.text
    assert len(furniture(document, FurnitureKind.RUNNING_HEAD)) == 2


def test_two_articles_at_the_top_of_two_pages_are_text(tmp_path: Path) -> None:
    heads: list[list[tuple[float, str]]] = [[], [(60.0, "Artículo 12")], [], [(60.0, "Artículo 19")]]
    document = read_pdf(pdf(tmp_path / "law.pdf", pages(heads)))
    assert "Artículo 12" in document.text
    assert "Artículo 19" in document.text


NOTES = [
    ["Puede verificar la integridad de este documento con el código seguro que", "figura en www.ejemplo.es/sede"],
    ["Código Seguro de Verificación:", "E04799402-51AB-77F0", "https://sede.ejemplo.es/verificar"],
    [
        "Este documento é cópia do original, assinado digitalmente por ANA PEREIRA.",
        "https://www.exemplo.jus.br, código 8F2A11",
    ],
    ["CSV: GEN-1a2b-3c4d-5e6f, verifiable en https://run.ejemplo.es/hsblF8yLcR"],
    ["CSV : 5F3A 99C0 11DE"],
    ["Documento firmado electrónicamente según la Ley 39/2015. Verifique en www.ejemplo.es"],
    ["Num. 123456789 - Pág. 4"],
    ["Pour vérifier l’authenticité de l’acte : www.exemple.fr/verif"],
    ["Verify this document at https://example.org/check"],
]


@pytest.mark.parametrize("note", NOTES, ids=[note[0][:20] for note in NOTES])
@pytest.mark.parametrize("numbered_page", [True, False])
def test_verification_notes_are_stamps(tmp_path: Path, note: list[str], numbered_page: bool) -> None:
    def draw(page: Page) -> None:
        page.lines(PROSE, 60, 100, 470)
        top = 770.0
        for line in note:
            top = page.lines(line, 60, top, 500, 7)
        if numbered_page:
            page.lines("Página 1 de 1", 270, 815, 100, 8)

    document = read_pdf(pdf(tmp_path / "note.pdf", [draw]))
    assert document.text == PROSE
    assert " ".join(furniture(document, FurnitureKind.STAMP)) == " ".join(note)


def test_furniture_is_in_reading_order(tmp_path: Path) -> None:
    def draw(number: int, page: Page) -> None:
        page.lines(f"Cámara Segunda {number}", 60, 40, 200, 8)
        page.lines(PROSE, 60, 150, 470)
        for top, line in (
            (770.0, "Tribunal de Justicia"),
            (780.0, "Gabinete del Magistrado"),
            (790.0, f"FL. {number}"),
        ):
            page.lines(line, 250, top, 200, 8)

    document = read_pdf(pdf(tmp_path / "feet.pdf", [partial(draw, number) for number in range(1, 5)]))
    texts = [item.text for item in document.pages[1].furniture]
    assert texts[-3:] == ["Tribunal de Justicia", "Gabinete del Magistrado", "FL. 2"]
    tops = [item.box.top for item in document.pages[1].furniture if item.box]
    assert tops == sorted(tops)


def test_a_sentence_about_verification_at_the_foot_is_text(tmp_path: Path) -> None:
    last = "Código Procesal Penal y para la verificación de los hechos."

    def draw(page: Page) -> None:
        for number, line in enumerate(wrapped(" ".join(numbered(40)), 450, 10, "Helvetica")[:61]):
            page.canvas.setFont("Helvetica", 10)
            page.canvas.drawString(60, HEIGHT - 70 - 12 * number, line)
        page.canvas.drawString(60, HEIGHT - 70 - 12 * 61, last)

    assert last in read_pdf(pdf(tmp_path / "foot.pdf", [draw])).text


@pytest.mark.parametrize(
    ("count", "step", "side"),
    [(28, 1, "left"), (25, 5, "left"), (25, 5, "right"), (28, 1, "right"), (18, 5, "left")],
)
def test_line_numbers_of_pleadings(tmp_path: Path, count: int, step: int, side: str) -> None:
    lines = wrapped(" ".join(numbered(24)), 400, 11, "Helvetica")[:count]

    def draw(page: Page) -> None:
        for number, line in enumerate(lines, start=1):
            page.canvas.setFont("Helvetica", 11)
            page.canvas.drawString(90, HEIGHT - 60 - 24 * number, line)
            page.canvas.setFont("Helvetica", 9)
            if number % step == 0:
                x = 72 if side == "left" else WIDTH - 60
                page.canvas.drawRightString(x, HEIGHT - 60 - 24 * number, str(number))

    document = read_pdf(pdf(tmp_path / "pleading.pdf", [draw]))
    assert document.text == " ".join(lines)
    numbers = [str(number) for number in range(step, count + 1, step)]
    assert furniture(document, FurnitureKind.LINE_NUMBER) == [" ".join(numbers)]


def test_numbers_of_paragraphs_are_text(tmp_path: Path) -> None:
    """Paragraphs of different length are numbered without a full stop, as in judgments."""

    def draw(page: Page) -> None:
        top = 60.0
        for number in range(1, 11):
            page.lines(str(number), 60, top, 20)
            top = page.lines(" ".join(SENTENCES[: 1 + number % 3]), 90, top, 420) + 8

    text = read_pdf(pdf(tmp_path / "judgment.pdf", [draw])).text
    assert all(f"{number} {SENTENCES[0]}" in text for number in range(1, 11))
