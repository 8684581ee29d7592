"""PDF files: text, reading order, and content excluded from the text."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np
import pytest
from pdf_files import (
    HEIGHT,
    PROSE,
    SENTENCES,
    WIDTH,
    Page,
    blocks,
    furniture,
    needs_tesseract,
    numbered,
    pdf,
    scanned,
    wrapped,
)
from reportlab.lib.pdfencrypt import StandardEncryption
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfgen.canvas import Canvas

from extraction.document import BlockKind, FurnitureKind, TextOrigin
from extraction.errors import RogatioError
from extraction.layout.ocr import languages
from extraction.pdf.images import MAX_SIDE, render_page
from extraction.pdf.pdf import read_pdf

SHARED = Path(__file__).parent.parent.parent / "shared" / "data" / "pdf"


@pytest.mark.parametrize("columns", [1, 2, 3])
def test_columns_are_read_one_after_the_other(tmp_path: Path, columns: int) -> None:
    expected: list[str] = []

    def draw(page: Page) -> None:
        width = min(300, (WIDTH - 100 - 20 * (columns - 1)) / columns)
        for column in range(columns):
            top = 60.0
            for sentence in numbered(6, 6 * column):
                expected.append(sentence)
                top = page.lines(sentence, 50 + column * (width + 20), top, width) + 8

    document = read_pdf(pdf(tmp_path / "columns.pdf", [draw]))
    assert blocks(document, BlockKind.PARAGRAPH) == expected


def test_columns_drawn_line_by_line_are_still_columns(tmp_path: Path) -> None:
    left, right = PROSE, " ".join(reversed(SENTENCES))

    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        rows = zip(wrapped(left, 230, 10, "Helvetica"), wrapped(right, 230, 10, "Helvetica"), strict=False)
        for index, (one, other) in enumerate(rows):
            page.canvas.drawString(50, HEIGHT - 80 - 12 * index, one)
            page.canvas.drawString(300, HEIGHT - 80 - 12 * index, other)

    text = read_pdf(pdf(tmp_path / "rows.pdf", [draw])).text
    assert " ".join(text.split()) == f"{left} {right}"
    assert text.index(SENTENCES[0]) < text.index(SENTENCES[1]) < text.index(SENTENCES[2]) < text.index(SENTENCES[4])


PARALLEL = (
    (
        "Las Partes se prestarán la asistencia más amplia en la investigación de los delitos y en el proceso.",
        "La solicitud se formulará por escrito y con la descripción de los hechos al juez del Estado requerido.",
    ),
    (
        "Les Parties s'accordent l'entraide la plus large dans les enquêtes sur les infractions et dans le procès.",
        "La demande est faite par écrit, avec une description des faits, au juge de l'État requis dans les délais.",
    ),
)


@pytest.mark.parametrize("ruled", [False, True])
def test_two_languages_side_by_side_are_columns(tmp_path: Path, ruled: bool) -> None:
    spanish, french = ([f"Art. {n}. {texts[n % 2]}" for n in range(1, 13)] for texts in PARALLEL)

    def draw(page: Page) -> None:
        top = 60.0
        for one, other in zip(spanish, french, strict=True):
            below = max(page.lines(one, 50, top, 230), page.lines(other, 310, top, 230)) + 4
            if ruled:
                page.canvas.grid([45, 300, 550], [HEIGHT - top + 4, HEIGHT - below])
            top = below + 8

    document = read_pdf(pdf(tmp_path / "treaty.pdf", [draw]))
    assert document.tables == ()
    assert document.text.split() == " ".join(spanish + french).split()


def test_a_sentence_does_not_continue_in_another_language(tmp_path: Path) -> None:
    spanish, french = (" ".join(texts * 6).removesuffix(".") for texts in PARALLEL)

    def draw(page: Page) -> None:
        page.lines(spanish, 50, 60, 230)
        page.lines(f"l'État requis et {french}", 310, 60, 230)

    document = read_pdf(pdf(tmp_path / "treaty.pdf", [draw, draw]))
    assert blocks(document, BlockKind.PARAGRAPH) == [spanish, f"l'État requis et {french}"] * 2


def test_a_short_second_column_of_justified_text(tmp_path: Path) -> None:
    left, right = numbered(8), ["El fiscal podrá autorizar la entrega vigilada de envíos ilícitos por 180 días."] * 3

    def draw(page: Page) -> None:
        for x, sentences in ((50, left), (310, right)):
            top = 60.0
            for line in [line for text in sentences for line in wrapped(text, 205, 10, "Helvetica")]:
                words = line.split()
                gap = (235 - stringWidth("".join(words), "Helvetica", 10)) / max(1, len(words) - 1)
                page.canvas.setFont("Helvetica", 10)
                at = float(x)
                for word in words:
                    page.canvas.drawString(at, HEIGHT - top - 10, word)
                    at += stringWidth(word, "Helvetica", 10) + gap
                top += 12

    document = read_pdf(pdf(tmp_path / "justified.pdf", [draw]))
    assert document.text.split() == " ".join(left + right).split()


def test_a_small_line_above_its_title_is_a_running_head(tmp_path: Path) -> None:
    title = "Ley 28/2020 de ciberdelincuencia"

    def draw(page: Page) -> None:
        page.lines(title, 50, 30, 400, 7)
        page.lines(title, 50, 70, 400, 16, "Helvetica-Bold")
        page.lines(PROSE, 50, 110, 480)

    document = read_pdf(pdf(tmp_path / "title.pdf", [draw]))
    assert document.text == f"{title}\n\n{PROSE}"
    assert furniture(document, FurnitureKind.RUNNING_HEAD) == [title]


def test_a_heading_across_two_columns_parts_them(tmp_path: Path) -> None:
    upper, lower = numbered(4), numbered(4, 4)
    title = "DISPOSICIONES GENERALES SOBRE COOPERACIÓN JURÍDICA INTERNACIONAL"

    def draw(page: Page) -> None:
        for top, part in ((60.0, upper), (400.0, lower)):
            for x, sentences in ((50, part[:2]), (310, part[2:])):
                below = top
                for sentence in sentences * 2:
                    below = page.lines(sentence, x, below, 235) + 8
        page.lines(title, 60, 340, 480, 13, "Helvetica-Bold")

    document = read_pdf(pdf(tmp_path / "heading.pdf", [draw]))
    place = document.text.index(title)
    assert all(document.text.rindex(sentence) < place for sentence in upper)
    assert all(document.text.index(sentence) > place for sentence in lower)
    assert blocks(document, BlockKind.HEADING) == [title]


def test_a_sentence_over_three_pages_is_one_paragraph(tmp_path: Path) -> None:
    clauses = [
        f"{text[:-1].lower()} número {chr(97 + n % 26) * (n // 26 + 1)}" for n, text in enumerate(SENTENCES * 25)
    ]
    lines = wrapped(" y ".join(clauses) + ".", 480, 10, "Helvetica")
    assert 80 < len(lines) < 170
    parts = [lines[:55], lines[55:110], lines[110:]]

    def draw(number: int) -> Callable[[Page], object]:
        def page(page: Page) -> None:
            page.lines("Tribunal Supremo. Sala de lo Penal", 50, 30, 500, 8)
            page.lines("\n".join(parts[number]), 50, 60, 500)
            page.lines(f"Página {number + 1} de 3", 270, 800, 200, 8)

        return page

    document = read_pdf(pdf(tmp_path / "three.pdf", [draw(0), draw(1), draw(2)]))
    assert document.text == " ".join(lines)
    assert [len(block.boxes) for block in document.blocks] == [3]
    assert furniture(document, FurnitureKind.RUNNING_HEAD) == ["Tribunal Supremo. Sala de lo Penal"] * 3
    assert furniture(document, FurnitureKind.PAGE_NUMBER) == [f"Página {n} de 3" for n in (1, 2, 3)]
    assert document.page_at(document.text.index(parts[1][3])) == 2
    assert document.page_at(len(document.text) - 2) == 3
    assert [(p.start, p.end) for p in document.pages] == [
        (0, document.pages[1].start),
        (document.pages[1].start, document.pages[2].start),
        (document.pages[2].start, len(document.text)),
    ]


def test_footnotes_do_not_part_a_sentence_and_stay_on_their_page(tmp_path: Path) -> None:
    first = "El Estado requerido podrá denegar la asistencia cuando considere que la ejecución de lo solicitado"
    second = "atenta contra su soberanía, su seguridad o sus intereses esenciales."
    note = "1 Véase el artículo 4 del Convenio, que enumera los motivos de denegación."

    def one(page: Page) -> None:
        top = page.lines(PROSE, 50, 60, 480)
        page.lines("\n".join(wrapped(first, 480, 10, "Helvetica")), 50, max(top + 10, 500), 480)
        page.lines(note, 50, 760, 480, 7)

    def two(page: Page) -> None:
        page.lines(second, 50, 60, 480)
        page.lines(PROSE, 50, 120, 480)

    document = read_pdf(pdf(tmp_path / "notes.pdf", [one, two]))
    assert f"{first} {second}" in blocks(document, BlockKind.PARAGRAPH)
    assert blocks(document, BlockKind.FOOTNOTE) == [note]
    assert document.page_at(document.text.index(note)) == 1
    assert document.page_at(document.text.index(second)) == 2


def test_a_footnote_continues_at_the_foot_of_the_next_page(tmp_path: Path) -> None:
    head, rest = "1 Véase el artículo 4 del Convenio, que enumera los motivos por los que", "se puede denegar la ayuda."

    def draw(note: str, start: int) -> Callable[[Page], object]:
        def page(page: Page) -> None:
            top = 60.0
            for sentence in numbered(20, start):
                top = page.lines(sentence, 50, top, 480) + 6
            page.lines(note, 50, 760, 480, 7)

        return page

    document = read_pdf(pdf(tmp_path / "notes.pdf", [draw(head, 0), draw(rest, 20)]))
    assert blocks(document, BlockKind.FOOTNOTE) == [head, rest]
    assert blocks(document, BlockKind.PARAGRAPH) == numbered(40)
    assert [document.page_at(document.text.index(note)) for note in (head, rest)] == [1, 2]


@pytest.mark.parametrize(
    ("before", "after", "elsewhere", "expected"),
    [
        ("se inició el proce-", "dimiento penal", "", "procedimiento"),
        ("devant le procureur-", "général de Paris", "", "procureur-général"),
        ("el artículo 324-", "1 del código", "", "324-1"),
        ("Castilla-", "La Mancha decide", "", "Castilla-La"),
        ("peut-", "il demander", "", "peut-il"),
        ("pode apresentar-", "se ao juiz", "", "apresentar-se"),
        ("el acuerdo socio-", "económico vigente", "un plan socio-económico nuevo", "socio-económico"),
        ("os non-", "conformes seront", "", "non-conformes"),
    ],
)
def test_hyphens_at_line_ends(tmp_path: Path, before: str, after: str, elsewhere: str, expected: str) -> None:
    def draw(page: Page) -> None:
        page.lines(f"{before}\n{after} y lo demás que proceda en derecho", 50, 100, 400)
        page.lines(elsewhere, 50, 300, 400)

    document = read_pdf(pdf(tmp_path / "hyphen.pdf", [draw]))
    assert expected in document.text
    place = document.text.index(expected)
    assert len(document.words.within(place, place + len(expected))) == 2


@pytest.mark.parametrize(
    ("first", "second", "elsewhere", "expected"),
    [
        ("se fijará cuando correspondiera-", "un plazo mayor", "si así correspondiera", "correspondiera- un plazo"),
        ("y que -de ser posible-", "dicte la orden", "cuando sea posible se dicte", "-de ser posible- dicte"),
        ("la orden -de ser nece-", "saria- se dicta", "", "-de ser necesaria- se dicta"),
        ("una prueba muy gran-", "de del caso", "un gran caso", "muy grande del"),
    ],
)
def test_a_dash_that_closes_an_aside_breaks_no_word(
    tmp_path: Path, first: str, second: str, elsewhere: str, expected: str
) -> None:
    def draw(page: Page) -> None:
        page.lines(f"{first}\n{second} y lo demás que proceda en derecho", 50, 100, 400)
        page.lines(elsewhere, 50, 300, 400)

    assert expected in read_pdf(pdf(tmp_path / "aside.pdf", [draw])).text


def test_the_title_of_the_first_page_is_text_though_the_others_have_it_as_head(tmp_path: Path) -> None:
    title = "Ley 7/2021 de cooperación jurídica internacional"

    def draw(number: int) -> Callable[[Page], object]:
        def page(page: Page) -> None:
            page.lines(title, 50, 52, 480, *((9, "Helvetica") if number else (14, "Helvetica-Bold")))
            top = 100.0
            for sentence in numbered(20, 20 * number):
                top = page.lines(sentence, 50, top, 480) + 6

        return page

    document = read_pdf(pdf(tmp_path / "head.pdf", [draw(number) for number in range(4)]))
    assert document.text.startswith(title)
    assert document.text.count(title) == 1
    assert furniture(document, FurnitureKind.RUNNING_HEAD) == [title] * 3


def test_a_small_first_line_that_the_text_names_again_is_text(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.lines("Ministerio de Justicia", 50, 30, 400, 7)
        page.lines(f"{PROSE} Así lo decide el Ministerio de Justicia.", 50, 110, 480)

    assert read_pdf(pdf(tmp_path / "named.pdf", [draw])).text.startswith("Ministerio de Justicia")


def test_lines_spread_to_fill_two_columns_are_no_table(tmp_path: Path) -> None:
    def justified(page: Page, text: str, x: float, top: float, width: float) -> float:
        *lines, last = wrapped(text, width, 9, "Helvetica")
        for line in lines:
            partition = (width - stringWidth(line, "Helvetica", 9)) / line.count(" ")
            layer = page.canvas.beginText(x, HEIGHT - top - 9)
            layer.setFont("Helvetica", 9)
            layer.setWordSpace(partition)
            layer.textOut(line)
            page.canvas.drawText(layer)
            top += 11
        return page.lines(last, x, top, width, 9) + 5

    long = "ordonne la saisie conservatoire des biens manifestement susceptibles de confiscation"
    left = [f"{n}° Le juge, s'il y a lieu, {long} {n}." for n in range(1, 16)]
    right = [f"Article {n}.- Le tribunal compétent {long}." for n in range(1, 16)]

    def draw(page: Page) -> None:
        for x, items in ((50, left), (300, right)):
            top = 60.0
            for item in items:
                top = justified(page, item, x, top, 225)

    document = read_pdf(pdf(tmp_path / "spread.pdf", [draw]))
    assert document.tables == ()
    assert document.text.split() == " ".join(left + right).split()


def test_every_word_has_its_box(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.lines(PROSE, 50, 60, 480)

    document = read_pdf(pdf(tmp_path / "boxes.pdf", [draw]))
    rows = document.words.rows
    found = [document.text[start:end] for start, end in zip(rows["start"], rows["end"], strict=True)]
    assert found == PROSE.split()
    (box,) = document.words.boxes(0, 2)
    assert (box.page, round(box.box.x0), round(box.box.x1)) == (1, 50, 50 + round(stringWidth("La", "Helvetica", 10)))
    assert box.box.top < 70 < box.box.bottom + 1


@pytest.mark.parametrize("rotation", [90, 180, 270])
def test_rotated_pages_read_as_upright_ones(tmp_path: Path, rotation: int) -> None:
    def draw(page: Page) -> None:
        page.canvas.setPageRotation(rotation)
        page.lines(PROSE, 50, 300, 480)  # low enough for the landscape page that the rotation makes

    document = read_pdf(pdf(tmp_path / "rotated.pdf", [draw]))
    assert document.text == PROSE
    page = document.pages[0]
    assert page.rotation == rotation
    assert (page.width, page.height) == pytest.approx(render_page(tmp_path / "rotated.pdf", 1, scale=1).size, abs=1)
    rows = document.words.rows
    assert (rows["x1"] <= page.width).all()
    assert (rows["bottom"] <= page.height).all()
    assert (rows["x0"] >= 0).all()
    assert (rows["top"] >= 0).all()


def test_sideways_text_is_read_along_its_lines(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.canvas.rotate(90)
        page.canvas.translate(0, -WIDTH)
        for index, line in enumerate(wrapped(PROSE, 600, 10, "Helvetica")):
            page.canvas.setFont("Helvetica", 10)
            page.canvas.drawString(100, WIDTH - 100 - 12 * index, line)

    assert read_pdf(pdf(tmp_path / "sideways.pdf", [draw])).text == PROSE


def test_a_verification_strip_on_the_margin_is_a_stamp(tmp_path: Path) -> None:
    strip = "Código Seguro de Verificación E04799402-ABC"

    def draw(page: Page) -> None:
        page.lines(PROSE, 70, 60, 450)
        page.canvas.saveState()
        page.canvas.rotate(90)
        page.canvas.setFont("Helvetica", 7)
        page.canvas.drawString(200, -20, strip)
        page.canvas.restoreState()

    document = read_pdf(pdf(tmp_path / "strip.pdf", [draw]))
    assert document.text == PROSE
    assert furniture(document, FurnitureKind.STAMP) == [strip]


def test_gazette_lines_are_furniture(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.lines("BOLETÍN OFICIAL DEL ESTADO", 200, 20, 300, 10, "Helvetica-Bold")
        page.lines("Núm. 281 Viernes 24 de noviembre de 1995 Sec. I. Pág. 33987", 50, 40, 500, 8)
        page.lines(PROSE, 50, 80, 480)
        page.lines("cve: BOE-A-1995-25444", 400, 800, 180, 7)

    document = read_pdf(pdf(tmp_path / "gazette.pdf", [draw]))
    assert document.text == PROSE
    assert len(furniture(document, FurnitureKind.GAZETTE_LINE)) == 3


@pytest.mark.parametrize(
    "line",
    [
        "CSV: 5f3a-99c0-11de-aa12 https://sede.ejemplo.es",
        "La autenticidad de este documento puede ser comprobada en www.ejemplo.org",
        "A autenticidade do documento pode ser conferida no site www.exemplo.org",
        "Código verificador: 123456 e código CRC 9F8E7D6C",
        "Para verificar la autenticidad de esta copia visite www.ejemplo.org",
        "The authenticity of this document may be verified at www.example.org",
    ],
)
def test_verification_lines_of_a_single_page_are_stamps(tmp_path: Path, line: str) -> None:
    def draw(page: Page) -> None:
        page.lines(PROSE, 60, 100, 470)
        page.lines(line, 60, 800, 500, 8)

    document = read_pdf(pdf(tmp_path / "page.pdf", [draw]))
    assert furniture(document, FurnitureKind.STAMP) == [line]
    assert line not in document.text


def test_line_numbers_are_furniture(tmp_path: Path) -> None:
    lines = wrapped(PROSE * 3, 400, 10, "Helvetica")[:25]

    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        for number, line in enumerate(lines, start=1):
            page.canvas.drawRightString(60, HEIGHT - 60 - 24 * number, str(number))
            page.canvas.drawString(80, HEIGHT - 60 - 24 * number, line)

    document = read_pdf(pdf(tmp_path / "transcript.pdf", [draw]))
    assert document.text == " ".join(lines)
    assert furniture(document, FurnitureKind.LINE_NUMBER) == [" ".join(str(n) for n in range(1, len(lines) + 1))]


def test_a_ruled_table_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [["Cuenta", "Titular", "Saldo"], ["ES91 2100", "Ana Pérez", "1.200,00"], ["ES76 0049", "", "35,10"]]

    def draw(page: Page) -> None:
        below = page.lines(PROSE, 50, 60, 480)
        top = below + 20
        page.canvas.grid([50, 200, 350, 500], [HEIGHT - top - 20 * n for n in range(4)])
        page.canvas.setFont("Helvetica", 10)
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                page.canvas.drawString(55 + 150 * j, HEIGHT - top - 20 * i - 14, cell)
        page.lines(SENTENCES[0], 50, top + 90, 480)

    document = read_pdf(pdf(tmp_path / "table.pdf", [draw]))
    (table,) = document.tables
    assert document.text[table.start : table.end] == "\n".join("\t".join(row) for row in rows)
    cells = {(cell.row, cell.column): document.text[cell.start : cell.end] for cell in table.cells}
    assert cells[1, 1] == "Ana Pérez"
    assert cells[2, 1] == ""
    assert [block.kind for block in document.blocks] == [BlockKind.PARAGRAPH, BlockKind.TABLE, BlockKind.PARAGRAPH]


def test_a_table_without_lines_is_read_row_by_row(tmp_path: Path) -> None:
    rows = [["Fecha", "Número", "Duración", "Celda"]] + [
        [f"{n:02}/03/2024", f"+34 600 000 {n:03}", f"{n * 7} s", f"MAD-{n}"] for n in range(1, 9)
    ]

    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                page.canvas.drawString(55 + 130 * j, HEIGHT - 200 - 16 * i, cell)
        page.lines(PROSE, 50, 60, 480)

    document = read_pdf(pdf(tmp_path / "calls.pdf", [draw]))
    (table,) = document.tables
    assert document.text[table.start : table.end] == "\n".join("\t".join(row) for row in rows)


@pytest.mark.parametrize(
    ("rows", "bold", "rule", "headers"),
    [
        ([["Delito", "Pena"], ["Cohecho", "prisión"], ["Tráfico", "multa"]], True, False, ["Delito", "Pena"]),
        ([["Cuenta", "Saldo"], ["Corriente", "1.200"], ["Ahorro", "35"]], False, False, ["Cuenta", "Saldo"]),
        ([["Ana", "Perú"], ["Luis", "Chile"], ["Eva", "Cuba"]], False, False, []),
        ([["1", "2"], ["3", "4"], ["5", "6"]], False, False, []),
        ([["Una", "Dos", "Tres"], *[["a b", "c d", "e f"]] * 4], False, True, ["Una", "Dos", "Tres"]),
        ([["Una", "Dos", "Tres"], *[["a b", "c d", "e f"]] * 4], False, False, []),
    ],
)
def test_rows_that_head_a_table(
    tmp_path: Path, rows: list[list[str]], bold: bool, rule: bool, headers: list[str]
) -> None:
    columns = len(rows[0])

    def draw(page: Page) -> None:
        if columns == 2:
            page.canvas.grid([50, 200, 350], [HEIGHT - 100 - 20 * n for n in range(len(rows) + 1)])
        if rule:
            page.canvas.line(50, HEIGHT - 120, 350, HEIGHT - 120)
        for i, row in enumerate(rows):
            page.canvas.setFont("Helvetica-Bold" if bold and not i else "Helvetica", 10)
            for j, cell in enumerate(row):
                page.canvas.drawString(55 + (150 if columns == 2 else 110) * j, HEIGHT - 114 - 20 * i, cell)

    document = read_pdf(pdf(tmp_path / "headers.pdf", [draw]))
    (table,) = document.tables
    assert len(table.cells) == len(rows) * columns
    assert [document.text[cell.start : cell.end] for cell in table.cells if cell.header] == headers


def test_a_provision_is_headed_apart_from_its_chapter(tmp_path: Path) -> None:
    """Bold lines of a column without a gap: no margin shows that the first of them is short."""
    canvas = Canvas(str(tmp_path / "a.pdf"), pagesize=(WIDTH, HEIGHT))
    page = Page(canvas)
    top = 60.0
    for number, (chapter, rubric) in enumerate((("De los delitos y las penas", "Blanqueo de capitales"),) * 2, 1):
        for line in (f"TÍTULO {'I' * number}", chapter, f"Artículo {number}. {rubric}."):
            top = page.lines(line, 60, top, 240, font="Helvetica-Bold")
        top = page.lines(PROSE, 60, top, 240) + 6
    canvas.save()
    document = read_pdf(tmp_path / "a.pdf")
    texts = {document.text[block.start : block.end] for block in document.blocks}
    assert {"Artículo 1. Blanqueo de capitales.", "Artículo 2. Blanqueo de capitales."} <= texts


def test_headings_have_levels_and_items_are_items(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.lines("Ley de cooperación", 50, 60, 480, 18, "Helvetica-Bold")
        page.lines("Capítulo primero", 50, 100, 480, 14, "Helvetica-Bold")
        page.lines(PROSE, 50, 130, 480)
        page.lines("Capítulo segundo", 50, 250, 480, 14, "Helvetica-Bold")
        top = 280.0
        for item in ("a) la toma de testimonios;", "b) la notificación de documentos;", "c) el embargo de bienes."):
            top = page.lines(item, 60, top, 480)

    document = read_pdf(pdf(tmp_path / "headings.pdf", [draw]))
    headings = [(document.text[b.start : b.end], b.level) for b in document.blocks if b.kind is BlockKind.HEADING]
    assert headings == [("Ley de cooperación", 1), ("Capítulo primero", 2), ("Capítulo segundo", 2)]
    assert len(blocks(document, BlockKind.LIST_ITEM)) == 3


def test_information_and_outline_are_metadata(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "information.pdf"))
    canvas.setTitle("Commission rogatoire")
    canvas.setAuthor("Tribunal judiciaire")
    canvas.drawString(100, 700, "Faits")
    canvas.bookmarkPage("facts")
    canvas.addOutlineEntry("Exposé des faits", "facts")
    canvas.save()
    document = read_pdf(tmp_path / "information.pdf")
    assert document.metadata["title"] == "Commission rogatoire"
    assert document.metadata["author"] == "Tribunal judiciaire"
    assert document.metadata["outline"] == "Exposé des faits"


def test_a_page_without_anything_is_no_reason_to_stop(tmp_path: Path) -> None:
    def text(page: Page) -> None:
        page.lines(PROSE, 50, 60, 480)

    document = read_pdf(pdf(tmp_path / "blank.pdf", [text, lambda page: None, text]))
    assert [page.origin for page in document.pages] == [TextOrigin.TEXT_LAYER, TextOrigin.NONE, TextOrigin.TEXT_LAYER]
    assert document.text == f"{PROSE}\n\n{PROSE}"


def encrypted(path: Path) -> Path:
    return pdf(path, [lambda page: page.lines(PROSE, 50, 60, 480)], encrypt=StandardEncryption("secreto", strength=128))


def test_an_encrypted_file_needs_its_password(tmp_path: Path) -> None:
    path = encrypted(tmp_path / "encrypted.pdf")
    assert read_pdf(path, password="secreto").text == PROSE
    with pytest.raises(RogatioError) as missing:
        read_pdf(path)
    with pytest.raises(RogatioError) as wrong:
        read_pdf(path, password="otra")
    assert (missing.value.code, wrong.value.code) == ("extraction.encrypted", "extraction.wrong_password")


@pytest.mark.parametrize(
    ("content", "code"),
    [
        (b"", "extraction.empty"),
        (b"%PDF-1.4\nnothing of use\n%%EOF\n", "extraction.malformed"),
        (b"%PDF-1.7\n1 0 obj\n<< /Type /Catalog", "extraction.truncated"),
        (b"\x00" * 500, "extraction.truncated"),
    ],
)
def test_bad_files_say_what_is_wrong(tmp_path: Path, content: bytes, code: str) -> None:
    path = tmp_path / "bad.pdf"
    path.write_bytes(content)
    with pytest.raises(RogatioError) as error:
        read_pdf(path)
    assert error.value.code == code
    assert error.value.sentence("es")


def outcome(path: Path) -> str:
    """Return the text, or the code of the error."""
    try:
        return read_pdf(path).text
    except RogatioError as error:
        return error.code


def test_a_file_cut_off_fails_or_gives_what_is_left(tmp_path: Path) -> None:
    whole = pdf(tmp_path / "whole.pdf", [lambda page: page.lines(PROSE, 50, 60, 480)] * 5).read_bytes()
    path = tmp_path / "cut.pdf"
    for share in (0.1, 0.5, 0.9):
        path.write_bytes(whole[: int(share * len(whole))])
        assert outcome(path) in {"extraction.truncated", PROSE, ""} | {"\n\n".join([PROSE] * n) for n in range(1, 6)}


def test_a_page_as_large_as_a_football_field_is_rendered_small(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "field.pdf"), pagesize=(300_000, 200_000))
    canvas.setFont("Helvetica", 10_000)
    canvas.drawString(50_000, 100_000, "Campo")
    canvas.save()
    assert read_pdf(tmp_path / "field.pdf").text == "Campo"
    assert max(render_page(tmp_path / "field.pdf", 1, scale=2).size) <= MAX_SIDE


def test_words_that_a_damaged_file_places_far_off_are_not_on_the_page(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.lines(PROSE, 50, 60, 480)
        page.canvas.drawString(1e9, -1e12, "fuera")

    document = read_pdf(pdf(tmp_path / "far.pdf", [draw]))
    assert document.text == PROSE


def test_too_many_pages_are_refused_before_reading(tmp_path: Path) -> None:
    path = pdf(tmp_path / "many.pdf", [lambda page: page.lines("Texto", 50, 60, 480)] * 12)
    with pytest.raises(RogatioError) as error:
        read_pdf(path, max_pages=10)
    assert (error.value.code, error.value.facts["pages"]) == ("extraction.too_many_pages", 12)
    assert len(read_pdf(path, max_pages=12).pages) == 12


def test_pages_are_rendered_by_number(tmp_path: Path) -> None:
    path = pdf(tmp_path / "two.pdf", [lambda page: None, lambda page: page.lines(PROSE, 50, 60, 480)])
    assert render_page(path, 1, scale=1).size == (WIDTH, HEIGHT)
    assert np.asarray(render_page(path, 1, scale=1)).min() == 255
    assert np.asarray(render_page(path, 2, scale=1)).min() < 128
    for number in (0, 3):
        with pytest.raises(RogatioError, match="no_such_page"):
            render_page(path, number, scale=1)


def with_bad_map(path: Path, text: str, others: Mapping[str, int] | None = None) -> Path:
    """Write a PDF that shows ``text`` but maps its characters to the private use area, as subset fonts often do.

    With ``others`` only these are mapped, to the given codes.
    """
    mapped = {code: 0xE000 + code if others is None else others.get(chr(code), code) for code in range(32, 127)}
    codes = "".join(f"<{code:02x}> <{other:04x}>\n" for code, other in mapped.items())
    cmap = (
        "/CIDInit /ProcSet findresource begin 12 dict begin begincmap /CMapName /X def /CMapType 2 def\n"
        f"1 begincodespacerange <00> <ff> endcodespacerange\n95 beginbfchar\n{codes}endbfchar\nendcmap end end"
    )
    lines = "".join(f"({line}) Tj T*\n" for line in wrapped(text, 450, 16, "Helvetica"))
    content = f"BT /F1 16 Tf 24 TL 60 700 Td\n{lines}ET"
    objects = [
        "<< /Type /Catalog /Pages 2 0 R >>",
        "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        "<< /Type /Page /Parent 2 0 R /MediaBox [0 0 595 842] /Contents 4 0 R /Resources <</Font <</F1 5 0 R>> >> >>",
        f"<< /Length {len(content)} >>\nstream\n{content}\nendstream",
        "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica /ToUnicode 6 0 R >>",
        f"<< /Length {len(cmap)} >>\nstream\n{cmap}\nendstream",
    ]
    body = "".join(f"{number} 0 obj\n{item}\nendobj\n" for number, item in enumerate(objects, start=1))
    path.write_bytes(f"%PDF-1.4\n{body}trailer << /Root 1 0 R /Size 7 >>\n%%EOF\n".encode("latin-1"))
    return path


@pytest.mark.parametrize(
    ("text", "read"),
    [
        ("de@nir en la o@cina de Je<erson", "definir en la oficina de Jefferson"),  # encoding T1
        ("an o~cial di[erence con*rmed", "an official difference confirmed"),  # encoding OT1
        ("con]rmed", "con rmed"),  # another encoding
    ],
)
def test_ligatures_of_fonts_by_tex_without_names_are_their_letters(tmp_path: Path, text: str, read: str) -> None:
    codes = {"@": 0x1C, "<": 0x1B, "]": 0x1F, "~": 0x0E, "[": 0x0B, "*": 0x0C}
    assert read_pdf(with_bad_map(tmp_path / "tex.pdf", f"{text} {PROSE}", codes)).text.startswith(read)


@needs_tesseract
def test_characters_without_meaning_are_read_from_the_image(tmp_path: Path) -> None:
    text = "The requested authority shall execute the measure without delay and inform the court"
    document = read_pdf(with_bad_map(tmp_path / "map.pdf", text))
    assert document.text == text
    assert document.pages[0].origin is TextOrigin.OCR
    assert document.warnings == ("doubtful_text",)


@needs_tesseract
def test_a_scan_in_two_columns_goes_the_same_way_as_text(tmp_path: Path) -> None:
    left, right = numbered(3), numbered(3, 3)

    def draw(page: Page) -> None:
        for x, sentences in ((50, left), (310, right)):
            top = 60.0
            for sentence in sentences:
                top = page.lines(sentence, x, top, 235, 11) + 10

    document = read_pdf(scanned(tmp_path / "scan.pdf", [draw], tmp_path))
    words, expected = document.text.split(), " ".join(left + right).split()
    assert sum(a == b for a, b in zip(words, expected, strict=False)) >= 0.95 * len(expected)
    assert document.pages[0].origin is TextOrigin.OCR
    assert 0.7 < document.pages[0].confidence <= 1
    place = document.text.index("folio")
    (box,) = document.words.boxes(place, place + 5)
    assert 50 < box.box.x0 < 290
    assert 60 < box.box.top < 120


@needs_tesseract
def test_only_pages_without_text_go_through_ocr(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "mixed.pdf"), pagesize=(WIDTH, HEIGHT))
    image = render_page(pdf(tmp_path / "one.pdf", [lambda page: page.lines(PROSE, 50, 60, 480, 12)]), 1, scale=3)
    for visible in (True, False):
        canvas.drawInlineImage(image, 0, 0, WIDTH, HEIGHT)
        if visible:  # the text layer that a scanner wrote under the image
            layer = canvas.beginText(50, HEIGHT - 72)
            layer.setTextRenderMode(3)
            layer.setFont("Helvetica", 12)
            for line in wrapped(PROSE, 480, 12, "Helvetica"):
                layer.textLine(line)
            canvas.drawText(layer)
        canvas.showPage()
    canvas.save()
    document = read_pdf(tmp_path / "mixed.pdf")
    assert [page.origin for page in document.pages] == [TextOrigin.TEXT_LAYER, TextOrigin.OCR]
    assert document.text.startswith(PROSE)


def test_without_tesseract_the_other_pages_are_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    scan = scanned(tmp_path / "scan.pdf", [lambda page: page.lines(PROSE, 50, 60, 480)], tmp_path)
    monkeypatch.setenv("PATH", str(tmp_path))
    languages.cache_clear()
    try:
        document = read_pdf(scan)
    finally:
        languages.cache_clear()
    assert document.text == ""
    assert document.pages[0].origin is TextOrigin.NONE
    assert set(document.warnings) == {"page_without_text", "ocr_missing", "no_text"}


def test_a_long_file_is_read_with_flat_memory(tmp_path: Path) -> None:
    canvas = Canvas(str(tmp_path / "long.pdf"), pagesize=(WIDTH, HEIGHT))
    for number in range(400):
        for index, line in enumerate(wrapped(PROSE * 3, 480, 10, "Helvetica")):
            canvas.drawString(50, HEIGHT - 60 - 14 * index, f"{line} {number}")
        canvas.showPage()
    canvas.save()
    script = (
        "import sys, resource, pathlib; from extraction.pdf.pdf import read_pdf; peak = lambda: resource.getrusage("
    )
    script += "resource.RUSAGE_SELF).ru_maxrss; before = peak(); d = read_pdf(pathlib.Path(sys.argv[1]));"
    script += "print(peak() - before, len(d.pages))"
    run = subprocess.run([sys.executable, "-c", script, str(tmp_path / "long.pdf")], capture_output=True, check=True)
    kilobytes, pages = map(int, run.stdout.split())
    assert pages == 400
    assert kilobytes < 150 * 1024


def shared(name: str) -> Path:
    if not (SHARED / name).exists():
        pytest.skip(f"reference file {name} is not beside the checkout")
    return SHARED / name


@pytest.mark.shared
def test_numbers_of_lines_are_kept_out_of_a_transcript() -> None:
    document = read_pdf(shared("pdfplumber/scotus-transcript-p1.pdf"))
    assert furniture(document, FurnitureKind.LINE_NUMBER) == [" ".join(map(str, range(1, 26)))]
    assert "came on for oral argument before the Supreme Court of the United States at 1:01 p.m." in document.text


@pytest.mark.shared
def test_sentences_of_minutes_are_paragraphs() -> None:
    document = read_pdf(shared("pdfplumber/2023-06-20-PV.pdf"))
    paragraphs = blocks(document, BlockKind.PARAGRAPH)
    assert "ATTENDU la pertinence du projet de remplacement proposé;" in paragraphs
    assert any(text.endswith("demande de démolition 2023-0379;") for text in paragraphs)


@pytest.mark.shared
def test_a_gazette_in_three_columns() -> None:
    document = read_pdf(shared("pdfplumber/federal-register-2020-17221.pdf"))
    assert len(furniture(document, FurnitureKind.GAZETTE_LINE)) >= 14
    assert len(furniture(document, FurnitureKind.RUNNING_FOOT)) >= 14
    for phrase in (
        "The most helpful comments reference a specific portion of the proposal, explain the reason",
        "an accident after takeoff from Soekarno-Hatta International Airport in Jakarta",
        "prompt the flightcrew to perform a non-normal procedure.",
        "operators with an existing FAA-approved MEL would be required",
    ):
        assert phrase in " ".join(document.text.split())
    notes = blocks(document, BlockKind.FOOTNOTE)
    assert sum(note.startswith("3An airplane’s nose-up or nose-down attitude is known as") for note in notes) == 1


@pytest.mark.shared
def test_a_protected_reference_file_opens_with_its_password() -> None:
    path = shared("pdfplumber/password-example.pdf")
    assert "Backup4all" in read_pdf(path, password="test").text
    with pytest.raises(RogatioError, match="encrypted"):
        read_pdf(path)


@needs_tesseract
@pytest.mark.shared
def test_a_font_without_a_map_is_read_by_ocr() -> None:
    document = read_pdf(shared("ocrmypdf/truetype_font_nomapping.pdf"))
    assert document.text.split() == ["Phone"]
    assert document.pages[0].origin is TextOrigin.OCR
    assert "doubtful_text" in document.warnings


def test_an_article_at_the_top_of_some_pages_is_no_running_head(tmp_path: Path) -> None:
    def page(number: int) -> Callable[[Page], object]:
        head = f"Article {number + 50}" if number % 4 == 0 else f"Section {'ABCDEFGHIJKL'[number]}"
        return lambda page: (page.lines(head, 50, 40, 500), page.lines(PROSE, 50, 70, 500))

    document = read_pdf(pdf(tmp_path / "code.pdf", [page(number) for number in range(12)]))
    assert furniture(document, FurnitureKind.RUNNING_HEAD) == []
    assert [f"Article {number + 50}" in document.text for number in (0, 4, 8)] == [True] * 3
