"""Forms without lines: columns with labels of their own are read one after the other, values beside their labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_files import Page, pdf

from extraction.pdf.pdf import read_pdf

LEFT = ("Nom :", "Adresse :", "Code postal :", "Commune :", "Courriel :")
RIGHT = ("N° SIRET :", "Type d'employeur :", "Code NAF :", "Effectif :", "Convention :")
VALUES = ("Port Services", "4 rue du Port", "17000", "La Rochelle", "greffe")


def form(path: Path, *columns: tuple[float, tuple[str, ...]]) -> str:
    """Return the text, in one line, of a page with ``columns``, each with the x of its left side in points."""

    def draw(page: Page) -> None:
        for x, texts in columns:
            for row, text in enumerate(texts):
                page.lines(text, x, 100 + 24 * row, 150, 11)

    return " ".join(read_pdf(pdf(path, [draw])).text.split())


@pytest.mark.parametrize("filled", [False, True])
def test_columns_with_labels_are_read_one_after_the_other(tmp_path: Path, filled: bool) -> None:
    left = tuple(f"{label} {value}" for label, value in zip(LEFT, VALUES, strict=True)) if filled else LEFT
    assert form(tmp_path / "form.pdf", (60, left), (320, RIGHT)) == " ".join((*left, *RIGHT))


@pytest.mark.parametrize(
    ("left", "right"),
    [
        (LEFT, VALUES),
        (LEFT[:3], RIGHT[:3]),  # too few to be sure
        (LEFT, ("N° SIRET :", *VALUES[1:])),
    ],
)
def test_values_are_read_beside_their_labels(tmp_path: Path, left: tuple[str, ...], right: tuple[str, ...]) -> None:
    rows = " ".join(f"{label} {value}" for label, value in zip(left, right, strict=True))
    assert form(tmp_path / "form.pdf", (60, left), (320, right)) == rows


def test_a_value_typed_on_a_blank_is_read_in_its_place(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.lines("Yo, ______________________ Bachiller de la carrera de _______________ manifiesto", 60, 100, 480, 11)
        page.lines("mi compromiso de cumplir lo siguiente.", 60, 116, 480, 11)
        page.lines("Luis Mayta Campos", 92, 98, 480, 11, "Times-Roman")
        page.lines("Software", 342, 98, 480, 11, "Times-Roman")

    text = " ".join(read_pdf(pdf(tmp_path / "form.pdf", [draw])).text.replace("_", "").split())
    assert text == (
        "Yo, Luis Mayta Campos Bachiller de la carrera de Software manifiesto mi compromiso de cumplir lo siguiente."
    )
