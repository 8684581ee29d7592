"""Typography of printed pages: drop caps, ligatures, accents, sideways tables, right-to-left words, names of cases."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_files import HEIGHT, PROSE, SENTENCES, WIDTH, Page, blocks, pdf, wrapped
from reportlab.pdfbase import pdfmetrics
from reportlab.pdfbase.pdfmetrics import stringWidth
from reportlab.pdfbase.ttfonts import TTFont

from extraction.document import BlockKind
from extraction.layout.right_to_left import reading_order
from extraction.line_wrap import LineWrap
from extraction.pdf.pdf import read_pdf

DEJAVU = Path("/usr/share/fonts/truetype/dejavu/DejaVuSans.ttf")
needs_dejavu = pytest.mark.skipif(not DEJAVU.exists(), reason="the font DejaVu Sans is not installed")


def with_drop_cap(page: Page, text: str, top: float, lines: int = 3, gap: float = 2.0) -> float:
    """Write ``text`` with its first letter over ``lines`` lines; return the top of what follows."""
    size = 10.0
    large = 1.2 * size * (lines - 1) + size
    letter, rest = text[0], text[1:].lstrip()
    width = stringWidth(letter, "Times-Roman", large) + gap
    baseline = top + 1.2 * size * (lines - 1) + size
    page.canvas.setFont("Times-Roman", large)
    page.canvas.drawString(60, HEIGHT - baseline, letter)
    beside = wrapped(rest, 420 - width, size, "Times-Roman")[:lines]
    for line in beside:
        page.canvas.setFont("Times-Roman", size)
        page.canvas.drawString(60 + width, HEIGHT - top - size, line)
        top += 1.2 * size
    return page.lines(rest[len(" ".join(beside)) + 1 :], 60, top, 420, size, "Times-Roman")


@pytest.mark.parametrize("lines", [2, 3, 4])
@pytest.mark.parametrize(
    "text", [PROSE, f"Em {PROSE}", f"A {SENTENCES[3]} La autoridad requirente se adjunta. {PROSE}"]
)
def test_a_drop_cap_begins_its_word(tmp_path: Path, text: str, lines: int) -> None:
    def draw(page: Page) -> None:
        below = page.lines(SENTENCES[4], 60, 60, 420, font="Times-Roman") + 20
        below = with_drop_cap(page, text, below, lines, gap=4 if text[1] == " " else 2)
        page.lines(PROSE, 60, below + 20, 420, font="Times-Roman")

    document = read_pdf(pdf(tmp_path / "cap.pdf", [draw]))
    assert blocks(document, BlockKind.PARAGRAPH) == [SENTENCES[4], text, PROSE]
    first = next(document.words.boxes(*(at := (document.text.index(text), document.text.index(text) + 1))))
    assert first.box.x0 == pytest.approx(60, abs=3), at


def test_a_large_letter_over_nothing_is_no_drop_cap(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.lines("B", 60, 60, 40, 30)
        page.lines(PROSE, 60, 120, 420)

    document = read_pdf(pdf(tmp_path / "section.pdf", [draw]))
    assert document.text.split("\n\n") == ["B", PROSE]


@needs_dejavu
def test_ligatures_are_their_letters(tmp_path: Path) -> None:
    pdfmetrics.registerFont(TTFont("DejaVu", DEJAVU))

    def draw(page: Page) -> None:
        page.lines("La ﬁrma del oﬁcio, el conﬂicto y el aﬃdávit; la coﬀre", 60, 60, 420, font="DejaVu")

    text = read_pdf(pdf(tmp_path / "ligatures.pdf", [draw])).text
    assert text == "La firma del oficio, el conflicto y el affidávit; la coffre"


@pytest.mark.parametrize("shift", [0.0, 1.5, -1.0])
def test_an_accent_drawn_over_its_letter_is_part_of_it(tmp_path: Path, shift: float) -> None:
    """TeX without accented characters draws the accent first and moves back."""

    def draw(page: Page) -> None:
        canvas, x, size = page.canvas, 60.0, 10.0
        canvas.setFont("Times-Roman", size)
        for part in (
            "El señor B",
            "¨o",
            "rsch y la se",
            "˜n",
            "ora Mu",
            "˜n",
            "oz declararon en Panam",
            "´a",
            " ayer.",
        ):
            if len(part) == 2 and part[0] in "¨˜´":
                over = (stringWidth(part[1], "Times-Roman", size) - stringWidth(part[0], "Times-Roman", size)) / 2
                canvas.drawString(x + over + shift, HEIGHT - 80, part[0])
                canvas.drawString(x, HEIGHT - 80, part[1])
                x += stringWidth(part[1], "Times-Roman", size)
            else:
                canvas.drawString(x, HEIGHT - 80, part)
                x += stringWidth(part, "Times-Roman", size)

    text = read_pdf(pdf(tmp_path / "accents.pdf", [draw])).text
    assert text == "El señor Börsch y la señora Muñoz declararon en Panamá ayer."


ROWS = [["Cuenta", "Fecha", "Importe"]] + [[f"ES91 {n}", f"0{n}-07-2004", f"{n}.337,00"] for n in range(1, 7)]


@pytest.mark.parametrize("ruled", [True, False])
@pytest.mark.parametrize("prose", [True, False])
def test_a_sideways_table_is_read_row_by_row(tmp_path: Path, ruled: bool, prose: bool) -> None:
    def draw(page: Page) -> None:
        if prose:
            page.lines(SENTENCES[0], 60, 60, 420)
        canvas = page.canvas
        canvas.saveState()
        canvas.translate(300, 300)
        canvas.rotate(90)
        canvas.setFont("Helvetica", 10)
        for i, row in enumerate(ROWS):
            for j, cell in enumerate(row):
                canvas.drawString(5 + 110 * j, -14 - 20 * i, cell)
        if ruled:
            canvas.grid([0, 110, 220, 330], [-20 * n for n in range(len(ROWS) + 1)])
        canvas.restoreState()

    document = read_pdf(pdf(tmp_path / "sideways.pdf", [draw]))
    if not ruled and prose:
        assert all(cell in document.text for row in ROWS for cell in row)
        return
    (table,) = document.tables
    assert document.text[table.start : table.end] == "\n".join("\t".join(row) for row in ROWS)
    placed = next(document.words.boxes(document.text.index("ES91 3"), document.text.index("ES91 3") + 1))
    assert placed.box.bottom - placed.box.top > placed.box.x1 - placed.box.x0


def test_sideways_headers_are_in_their_cells(tmp_path: Path) -> None:
    heads, rows = ["Año", "Solicitudes recibidas", "Solicitudes cumplidas"], [["2019", "12", "7"], ["2020", "31", "30"]]

    def draw(page: Page) -> None:
        canvas = page.canvas
        canvas.grid([60, 120, 160, 200], [HEIGHT - 100, HEIGHT - 220, HEIGHT - 240, HEIGHT - 260])
        canvas.setFont("Helvetica", 10)
        canvas.drawString(65, HEIGHT - 215, heads[0])
        for j, head in enumerate(heads[1:], 1):
            canvas.saveState()
            canvas.translate(100 + 40 * j + 4, HEIGHT - 215)
            canvas.rotate(90)
            canvas.drawString(0, 0, head)
            canvas.restoreState()
        for i, row in enumerate(rows):
            for j, cell in enumerate(row):
                canvas.drawString((65, 130, 170)[j], HEIGHT - 234 - 20 * i, cell)
        page.lines(PROSE, 60, 300, 420)

    document = read_pdf(pdf(tmp_path / "headers.pdf", [draw]))
    (table,) = document.tables
    assert document.text[table.start : table.end] == "\n".join("\t".join(row) for row in [heads, *rows])


@needs_dejavu
def test_arabic_and_hebrew_words_are_not_reversed(tmp_path: Path) -> None:
    """Files store these words as they are seen, from left to right."""
    pdfmetrics.registerFont(TTFont("DejaVu", DEJAVU))
    hebrew, arabic = "אברהם לוי", "محمد علي"

    def draw(page: Page) -> None:
        page.lines(f"El testigo {hebrew[::-1]} declaró en Lima.", 60, 60, 420, font="DejaVu")
        page.lines(f"El perito {arabic[::-1]} declaró en Quito.", 60, 100, 420, font="DejaVu")

    text = read_pdf(pdf(tmp_path / "names.pdf", [draw])).text
    assert text == f"El testigo {hebrew} declaró en Lima.\n\nEl perito {arabic} declaró en Quito."


@pytest.mark.parametrize(
    ("seen", "read"),
    [
        ("El señor יול םהרבא declaró", "El señor םהרבא יול declaró"),
        ("גד 12 בא", "בא 12 גד"),
        ("דג IBAN ES91 בא הו", "הו בא IBAN ES91 דג"),
        ("uno dos", "uno dos"),
    ],
)
def test_order_of_words_of_both_directions(seen: str, read: str) -> None:
    words = seen.split()
    assert " ".join(words[index] for index in reading_order(range(len(words)), words)) == read


CASE = (
    "12. The Court recalled that in its earlier judgment in the leading matter of Colorado and others, and in Smith "
    "v. Wolf, the evidence was excluded, and it saw no reason in the present case to depart from what it held there."
)


@pytest.mark.parametrize("width", [250, 300, 380, 420, 446])
def test_the_v_between_parties_is_no_list_item(tmp_path: Path, width: float) -> None:
    def draw(page: Page) -> None:
        top = page.lines(SENTENCES[4], 60, 60, width) + 10
        page.canvas.setFont("Helvetica", 10)
        head, tail = CASE.split(" v. Wolf")
        for part in (head, "v. Wolf" + tail):
            top = page.lines(part, 60, top, width)
        page.lines(SENTENCES[0], 60, top + 10, width)

    document = read_pdf(pdf(tmp_path / "case.pdf", [draw]))
    assert "\n\nv. Wolf" not in document.text


def test_roman_items_are_items() -> None:
    lines = ["i. Argentina", "ii. Brazil", "iii. Chile", "iv. Bolivia", "v. Ecuador"]
    assert LineWrap([lines]).rejoin(lines) != [" ".join(lines)]


def test_roman_items_of_a_page_are_items(tmp_path: Path) -> None:
    items = [
        f"{number}. {name}" for number, name in zip(("iii", "iv", "v"), ("Chile", "Bolivia", "Ecuador"), strict=True)
    ]

    def draw(page: Page) -> None:
        top = page.lines(PROSE, 60, 60, 420) + 10
        for item in items:
            top = page.lines(item, 60, top, 420)

    assert blocks(read_pdf(pdf(tmp_path / "items.pdf", [draw])), BlockKind.LIST_ITEM) == items
    assert WIDTH > 420


def test_slanted_type_is_level(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        for top, line in (
            (80, "Presupuesto para el ejercicio siguiente"),
            (96, "Cuadro 16: Proyectos financiados"),
        ):
            page.canvas.saveState()
            page.canvas.transform(1, 0, 0.33, 1, 60, HEIGHT - top)
            page.canvas.setFont("Helvetica", 11)
            page.canvas.drawString(0, 0, line)
            page.canvas.restoreState()
        page.lines(PROSE, 60, 120, 470)

    document = read_pdf(pdf(tmp_path / "slanted.pdf", [draw]))
    text = " ".join(document.text.split())
    assert text.startswith("Presupuesto para el ejercicio siguiente Cuadro 16: Proyectos financiados La autoridad")
    assert not document.pages[0].furniture
