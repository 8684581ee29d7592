"""Boxes of forms with open sides: each label is read with the value below it."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_files import HEIGHT, Page, pdf

from extraction.pdf.pdf import read_pdf

BOXES = {
    "en": (("1 Full name of the applicant", "Ames Makerspace"), ("2 Care of", "Nitin Gadia"), ("3 Suite", "15")),
    "es": (("1 Autoridad requirente", "Juzgado Tercero"), ("2 Expediente", "324-1"), ("3 Fecha", "3 de mayo")),
    "pt": (("1 Nome do titular", "Ana Souza"), ("2 Agência", "0001"), ("3 Conta", "12345-6")),
    "fr": (("1 Nom du requérant", "Alexis Roy"), ("2 Commune", "Lyon"), ("3 Dossier", "2024/17")),
}
EDGES = (60, 280, 420, 540)


def boxes(path: Path, rows: list[tuple[tuple[str, ...], ...]], font: str = "Courier-Bold", size: float = 11) -> str:
    """Return the text, in one line, of rows of boxes between level rules, with upright rules inside alone."""

    def draw(page: Page) -> None:
        page.lines("Formulario", 60, 60, 300, 10)
        for row, texts in enumerate(rows):
            top = 100 + 60 * row
            page.canvas.line(EDGES[0], HEIGHT - top, EDGES[-1], HEIGHT - top)
            page.canvas.line(EDGES[0], HEIGHT - top - 60, EDGES[-1], HEIGHT - top - 60)
            for x in EDGES[1 : len(texts)]:
                page.canvas.line(x, HEIGHT - top, x, HEIGHT - top - 60)
            for line in range(max(map(len, texts))):
                for x, box in zip(EDGES, texts, strict=False):
                    if line < len(box):
                        style = ("Helvetica", 8.0) if not line else (font, size)
                        page.lines(box[line], x + 4, top + 6 + 16 * line, 130, style[1], style[0])
        page.lines("Fin del formulario.", 60, 400, 400, 10)

    return " ".join(read_pdf(pdf(path, [draw])).text.split())


@pytest.mark.parametrize("language", BOXES)
def test_each_label_is_read_with_the_value_below_it(tmp_path: Path, language: str) -> None:
    row = BOXES[language]
    paired = " ".join(text for box in row for text in box)
    assert boxes(tmp_path / "a.pdf", [row, row[:2]]) == (
        f"Formulario {paired} {' '.join(text for box in row[:2] for text in box)} Fin del formulario."
    )


def test_the_lines_of_a_box_are_kept_together(tmp_path: Path) -> None:
    row = (
        ("Primera tasa de inscripción", "con efecto desde enero", "y febrero"),
        ("Tasa anual", "con efecto", "desde marzo"),
    )
    expected = " ".join(text for box in row for text in box)
    assert boxes(tmp_path / "a.pdf", [row], "Helvetica", 8) == f"Formulario {expected} Fin del formulario."


def test_rows_of_cells_between_two_rules_are_read_along_the_row(tmp_path: Path) -> None:
    row = (("Stabilizer wiring", "Sensor system", "Alarm"), ("$766,865", "$248,200", "$12,100"))
    text = boxes(tmp_path / "a.pdf", [row], "Helvetica", 8)
    assert "Stabilizer wiring $766,865 Sensor system $248,200 Alarm $12,100" in text


def test_a_label_beside_its_value_stays_with_it(tmp_path: Path) -> None:
    text = boxes(tmp_path / "a.pdf", [(("Domicilio",), ("Calle Mayor 3", "Madrid")), (("Nombre",), ("Luis",))])
    assert text == "Formulario Domicilio Calle Mayor 3 Madrid Nombre Luis Fin del formulario."
