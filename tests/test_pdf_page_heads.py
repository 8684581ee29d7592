"""Running head and foot of the first page of a PDF: those of a letter are text, once; those of laws are not."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pdf_files import Page, furniture, numbered, pdf

from extraction.document import Document, FurnitureKind
from extraction.pdf.pdf import read_pdf

PAGES = 3


def read(folder: Path, head: list[str], foot: list[str] = [], *, size: float = 8, opening: str = "") -> Document:  # noqa: B006
    """Return a document of three pages with the same head and foot; ``{n}`` is the number of the page."""

    def drawn(number: int) -> Callable[[Page], object]:
        def draw(page: Page) -> None:
            for row, line in enumerate(head):
                page.lines(line.format(n=number), 60, 30 + 12 * row, 480, size)
            first = f"{opening}\n" if opening and number == 1 else ""
            page.lines(first + " ".join(numbered(5, 5 * number)), 60, 100, 450)
            for row, line in enumerate(foot):
                page.lines(line.format(n=number), 60, 790 + 12 * row, 480, size)

        return draw

    return read_pdf(pdf(folder / "letter.pdf", [drawn(number) for number in range(1, PAGES + 1)]))


def edges(found: Document) -> list[str]:
    return [found.text[block.start : block.end] for block in found.blocks if block.kind.startswith("page_")]


LETTERS = [
    (["FISCALÍA GENERAL — Expediente AJI-77/2026 — URGENTE"], ["Plazo de respuesta: 15 de enero de 2027"]),
    (["Procuradoria-Geral da República", "Processo n.º 114/26.0TELSB"], ["Prazo de resposta: 10 dias"]),
    (["Central Authority of Guyana — Our ref: MLA 12/2026"], ["Reply requested by 14 January 2027"]),
    (["Tribunal judiciaire de Nanterre", "n° de parquet 26 045 000 12"], ["Réponse attendue le 3 mai 2027"]),
    (["Carta rogatoria 31/2026"], []),
    (["Ofício 12/2026 — SIGILOSO"], []),
    (["Dossier JI 4/2026"], ["URGENT — détenu"]),
]


@pytest.mark.parametrize(("head", "foot"), LETTERS)
def test_head_and_foot_of_a_letter_are_text_of_the_first_page_alone(
    tmp_path: Path, head: list[str], foot: list[str]
) -> None:
    found = read(tmp_path, head, foot)
    assert edges(found) == [*head, *foot]
    assert [found.text.count(line) for line in (*head, *foot)] == [1] * len([*head, *foot])
    assert found.text.startswith(head[0])
    for block in found.blocks:
        if block.kind.startswith("page_"):
            assert [placed.page for placed in block.boxes] == [1]
            assert found.page_at(block.start) == 1
            assert (block.boxes[0].box.bottom < 100) == (block.kind == "page_head")
    assert all(page.start <= page.end for page in found.pages)
    assert len(furniture(found, FurnitureKind.RUNNING_HEAD)) == (PAGES - 1) * len(head)


@pytest.mark.parametrize("number", ["Página {n} de 3", "Page {n} of 3", "{n}", "Page {n} sur 3", "fls. {n}"])
def test_the_page_number_in_a_head_stays_outside(tmp_path: Path, number: str) -> None:
    found = read(tmp_path, ["Ref. 77/26 " + number])
    assert edges(found) == ["Ref. 77/26"]
    assert furniture(found, FurnitureKind.PAGE_NUMBER) == [number.format(n=n) for n in range(1, PAGES + 1)]
    assert [page.printed_number for page in found.pages] == ["1", "2", "3"]


@pytest.mark.parametrize(
    "head",
    [
        "GACETA OFICIAL — Lunes 3 de marzo de 2025",
        "Ministerio de Justicia — Código Penal",
        "Lei n.º 12/2020, Processo 3",
        "Supreme Court Act, Chapter 4:02",
        "Revista de derecho penal",
        "Ana Pérez: La extradición",
        "DIÁRIO DA REPÚBLICA, 1.ª SÉRIE — N.º 12",
        "Tribunal Supremo. Sala de lo Penal",
        "Texte consolidé au 3 mai 2025",
    ],
)
def test_heads_of_laws_reviews_and_judgments_stay_outside(tmp_path: Path, head: str) -> None:
    found = read(tmp_path, [head])
    assert edges(found) == []
    assert head not in found.text


def test_a_letterhead_in_the_type_of_the_text_is_text(tmp_path: Path) -> None:
    head = ["PARQUET DE CAYENNE", "Service de l'entraide"]
    assert edges(read(tmp_path, head, size=10)) == head


def test_what_the_first_lines_state_is_not_repeated(tmp_path: Path) -> None:
    found = read(tmp_path, ["Expediente 77/2026 — URGENTE", "Oficio 9/2026"], opening="OFICIO 9/2026")
    assert edges(found) == ["Expediente 77/2026 — URGENTE"]
