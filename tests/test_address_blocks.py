"""Postal addresses side by side, without lines: each is read as a whole."""

from __future__ import annotations

from itertools import zip_longest
from pathlib import Path

import pytest
from pdf_files import Page, pdf

from extraction.pdf.pdf import read_pdf

ADDRESSES = {
    "en": (
        ("Applicant", "Anna Marlow LLP", "12 Chancery Lane", "London WC2A 1PL"),
        ("Receiving authority", "Ministry of Justice", "Room 4, 7 Harbour Street", "Kingston 10, P.O. Box 466"),
    ),
    "us": (
        ("John D. Whitfield", "4557 De Silva Street", "Suite 200", "Fremont, CA 94538", "Phone: 510 555 0147"),
        ("Office of International Affairs", "1301 New York Avenue NW", "Washington, DC 20530-0001"),
    ),
    "es": (
        ("Remitente", "Juzgado de Instrucción nº 3", "Calle de la Audiencia, 14", "28071 Madrid", "España"),
        ("Destinatario", "Fiscalía de la Nación", "Av. Abancay cuadra 5 s/n", "Cercado de Lima 15001"),
    ),
    "mx": (
        ("C. Laura Ibáñez Rocha", "Calle Hidalgo 215, int. 4", "Col. Centro, C.P. 06000", "Ciudad de México"),
        ("C. Rubén Ibáñez Rocha", "Av. Juárez 88", "Col. Americana, C.P. 44160", "Guadalajara, Jalisco"),
    ),
    "py": (
        ("Señor", "Carlos Benítez Duarte", "Palma 1250 casi Montevideo", "Asunción"),
        ("Señora", "Rosa Duarte de Benítez", "Avenida España 410", "Encarnación, Itapúa"),
    ),
    "pt": (
        ("Procuradoria-Geral da República", "Rua da Escola Politécnica, 140", "1269-269 Lisboa", "Portugal"),
        ("Tribunal Supremo", "Avenida Vladimir Lenine, 103", "C.P. 278 Maputo", "Moçambique"),
    ),
    "br": (
        ("Remetente:", "2ª Vara Federal Criminal", "Rua Treze de Maio, 118", "CEP 01327-000 São Paulo", "Brasil"),
        ("Destinatário:", "Ministério da Justiça", "Esplanada dos Ministérios, Bloco T", "70064-900 Brasília DF"),
    ),
    "fr": (
        ("Tribunal judiciaire de Lyon", "67 rue Servient", "69003 LYON"),
        ("Ministère de la Justice", "13, place Vendôme", "75042 Paris Cedex 01", "France"),
    ),
    "be": (
        ("Parquet fédéral", "Rue aux Laines 66", "B-1000 Bruxelles", "Tél. : 02 557 77 11"),
        ("Administration judiciaire", "12, Côte d'Eich", "L-1450 Luxembourg", "Tél. : 47 59 81"),
    ),
    "sn": (
        ("Cabinet d'instruction", "Boulevard de la République 12", "BP 4030 Dakar", "Sénégal"),
        ("Cour d'appel d'Abidjan", "Avenue Lamblin, Plateau", "01 BP V 107 Abidjan 01"),
    ),
}
LETTER = "Le present acte est remis aux parties par lettre simple et suivi de ses annexes."


def laid(path: Path, columns: tuple[tuple[float, tuple[str, ...]], ...], bold: bool = False) -> str:
    """Return the text, in one line, of columns at the given x, drawn row by row, with a line above and one below."""

    def draw(page: Page) -> None:
        page.lines(LETTER, 60, 60, 460, 10)
        for row, texts in enumerate(zip_longest(*[texts for _, texts in columns])):
            for (x, _), text in zip(columns, texts, strict=True):
                if text:
                    page.lines(text, x, 100 + 13 * row, 220, 10, "Helvetica-Bold" if bold and not row else "Helvetica")
        page.lines(LETTER, 60, 260, 460, 10)

    return " ".join(read_pdf(pdf(path, [draw])).text.split())


def read_whole(*columns: tuple[str, ...]) -> str:
    return " ".join([LETTER, *[text for column in columns for text in column], LETTER])


@pytest.mark.parametrize("country", ADDRESSES)
@pytest.mark.parametrize("bold", [False, True])
def test_each_address_is_read_as_a_whole(tmp_path: Path, country: str, bold: bool) -> None:
    left, right = ADDRESSES[country]
    assert laid(tmp_path / "a.pdf", ((60, left), (320, right)), bold) == read_whole(left, right)


@pytest.mark.parametrize("country", ["en", "es", "br", "fr"])
def test_a_column_beside_addresses_is_read_as_one(tmp_path: Path, country: str) -> None:
    left, right = ADDRESSES[country]
    dates = ("Ref. 12/2024", "3.5.2024", "Copia 2")
    assert laid(tmp_path / "a.pdf", ((60, dates), (150, left), (370, right))) == read_whole(dates, left, right)


def test_a_list_with_one_address_in_each_row_is_read_along_its_rows(tmp_path: Path) -> None:
    names = ("Ana Souza", "Luis Mayta", "Eva Roy", "Paul Klein")
    places = ("69003 Lyon", "28071 Madrid", "1040 Bruxelles", "75001 Paris")
    numbers = ("12 rue Lepic", "14 rue Servient", "3 rue Haute", "8 rue Basse")
    text = laid(tmp_path / "a.pdf", ((60, names), (220, numbers), (380, places)))
    assert "Ana Souza 12 rue Lepic 69003 Lyon Luis Mayta" in text.replace("\t", " ").replace("|", "").replace("  ", " ")


def test_two_columns_with_codes_alone_are_read_along_their_rows(tmp_path: Path) -> None:
    left, right = ("Expediente 1250", "Folio 3301 Rojo", "Caja 2214"), ("Tomo 4501", "Hoja 1209 Azul", "Serie 7741")
    rows = " ".join(f"{one} {other}" for one, other in zip(left, right, strict=True))
    assert laid(tmp_path / "a.pdf", ((60, left), (320, right))) == f"{LETTER} {rows} {LETTER}"
