"""Forms without lines: columns with labels of their own are read one after the other, values beside their labels."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_files import Page, pdf

from extraction.pdf.doubtful_text import is_doubtful
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


LABELS = {
    "en": (("Check In", "31/12/2017"), ("Check Out", "01/01/2018"), ("Payment mode", "Cash")),
    "es": (("Fecha de ingreso", "3 de mayo"), ("Expediente", "324-1"), ("Juzgado", "Primero")),
    "pt": (("Nome do titular", "Ana Souza"), ("Agência", "0001"), ("Conta", "12345-6")),
    "fr": (("Numéro de ligne", "FO10479674"), ("Nom de l'abonné", "Alexis Roy"), ("Commune", "Lyon")),
}


def labelled(path: Path, pairs: tuple[tuple[str, str], ...], *more: str, bold: bool = True) -> str:
    """Return the text of a page with labels side by side, their values below, and ``more`` lines below these."""

    def draw(page: Page) -> None:
        page.lines("Recibo", 60, 60, 300, 11)
        for column, (label, value) in enumerate(pairs):
            x = 60 + 160 * column
            page.lines(label, x, 100, 150, 11, "Helvetica-Bold" if bold else "Helvetica")
            for row, text in enumerate((value, *more)):
                page.lines(text, x, 114 + 14 * row, 150, 11)
        page.lines("El resto de la carta sigue en prosa.", 60, 300, 400, 11)

    return " ".join(read_pdf(pdf(path, [draw])).text.split())


@pytest.mark.parametrize("language", LABELS)
@pytest.mark.parametrize("colon", ["", ":"])
def test_labels_above_their_values_are_read_with_these(tmp_path: Path, language: str, colon: str) -> None:
    pairs = tuple((label + colon, value) for label, value in LABELS[language])
    paired = " ".join(f"{label} {value}" for label, value in pairs)
    assert labelled(tmp_path / "a.pdf", pairs) == f"Recibo {paired} El resto de la carta sigue en prosa."


def test_a_header_above_rows_is_none_of_labels(tmp_path: Path) -> None:
    text = labelled(tmp_path / "a.pdf", LABELS["es"], "1.200,00", "3.400,00")
    assert "Fecha de ingreso Expediente Juzgado 3 de mayo 324-1 Primero" in text


def test_rows_in_one_weight_are_read_along_the_row(tmp_path: Path) -> None:
    text = labelled(tmp_path / "a.pdf", LABELS["fr"], bold=False)
    assert "Numéro de ligne Nom de l'abonné Commune" in text


def test_an_address_below_one_of_the_labels(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        for x, *texts in ((60, "Hotel", "Rua das Flores, 12", "Lisboa"), (320, "Quarto", "14")):
            for row, text in enumerate(texts):
                page.lines(text, x, 100 + 14 * row, 200, 11, "Helvetica" if row else "Helvetica-Bold")

    text = " ".join(read_pdf(pdf(tmp_path / "a.pdf", [draw])).text.split())
    assert text == "Hotel Rua das Flores, 12 Lisboa Quarto 14"


def test_the_key_of_a_test_is_no_scattered_text() -> None:
    key = " ".join(f"{number} - {'ABCDE'[number % 5]}" for number in range(1, 41))
    assert not is_doubtful(f"Gabarito da prova de conhecimentos {key}")
    assert is_doubtful(" ".join("Gabarito da prova de conhecimentos gerais e jurídicos".replace(" ", "") * 2))
