"""Tables with incomplete lines or columns: grounds in every second row, open sides, sections of price lists."""

from __future__ import annotations

from pathlib import Path

from pdf_files import HEIGHT, PROSE, Page, grid, pdf

from extraction.pdf.pdf import read_pdf

LEFTS = (60, 220, 320, 420)
ITEMS = [
    [f"Servicio {name}", f"{number} unidades", f"{number}50,00", f"{number}500,00"]
    for number, name in enumerate(("primero", "segundo", "tercero", "cuarto", "quinto", "sexto"), 1)
]


def write(page: Page, row: list[str], baseline: float) -> None:
    for left, cell in zip(LEFTS, row, strict=False):
        page.canvas.drawString(left, HEIGHT - baseline, cell)


def test_rows_between_rows_with_a_ground_have_the_same_columns(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        for number, row in enumerate(ITEMS):
            low = HEIGHT - 134 - 34 * number
            if number % 2:
                page.canvas.setFillGray(0.9)
                for left, right in zip((54, 210, 310, 410), (210, 310, 410, 520), strict=True):
                    page.canvas.rect(left, low, right - left, 34, stroke=0, fill=1)
                page.canvas.setFillGray(0)
            write(page, row, 112 + 34 * number)
            page.canvas.drawString(60, low + 8, "Detalle del servicio")
        page.lines(PROSE, 60, 400, 400)

    expected = [[f"{row[0]} Detalle del servicio", *row[1:]] for row in ITEMS[1:]]
    assert grid(read_pdf(pdf(tmp_path / "grounds.pdf", [draw])))[-5:] == expected


def test_level_lines_beyond_the_last_upright_line_close_a_table(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        for number in range(len(ITEMS) + 1):
            page.canvas.line(54, HEIGHT - 100 - 20 * number, 520, HEIGHT - 100 - 20 * number)
        for left in (54, 210, 310, 410):
            page.canvas.line(left, HEIGHT - 100, left, HEIGHT - 220)
        for number, row in enumerate(ITEMS):
            write(page, row if number != 2 else row[:3], 114 + 20 * number)

    expected = [row if number != 2 else [*row[:3], ""] for number, row in enumerate(ITEMS)]
    assert grid(read_pdf(pdf(tmp_path / "sides.pdf", [draw]))) == expected


def test_upright_lines_above_the_first_level_line_close_a_row_of_headers(tmp_path: Path) -> None:
    heads = ["Servicio", "Cantidad", "Precio", "Importe"]

    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        page.lines(PROSE, 60, 400, 80)
        for number in range(len(ITEMS) + 1):
            page.canvas.line(54, HEIGHT - 120 - 20 * number, 520, HEIGHT - 120 - 20 * number)
        for left in (210, 310, 410):
            page.canvas.line(left, HEIGHT - 100, left, HEIGHT - 240)
        for number, row in enumerate([heads, *ITEMS]):
            write(page, row, 114 + 20 * number)

    assert grid(read_pdf(pdf(tmp_path / "heads_above.pdf", [draw]))) == [heads, *ITEMS]


def test_cells_over_several_rows_are_parted_line_by_line(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        for left, right in ((54, 210), (210, 310)):
            page.canvas.rect(left, HEIGHT - 220, right - left, 120)
        for left, right in ((310, 410), (410, 520)):
            for number in range(len(ITEMS)):
                page.canvas.rect(left, HEIGHT - 120 - 20 * number, right - left, 20)
        for number, row in enumerate(ITEMS):
            write(page, row, 114 + 20 * number)

    assert grid(read_pdf(pdf(tmp_path / "frames.pdf", [draw]))) == ITEMS


def test_a_label_of_several_lines_reaches_over_as_many_rows(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        page.canvas.rect(54, HEIGHT - 160, 156, 60)
        for number, row in enumerate(ITEMS[:3]):
            for left, right in ((210, 310), (310, 410), (410, 520)):
                page.canvas.rect(left, HEIGHT - 120 - 20 * number, right - left, 20)
            write(page, [("Servicios de", "limpieza y", "mantenimiento")[number], *row[1:]], 114 + 20 * number)

    document = read_pdf(pdf(tmp_path / "label.pdf", [draw]))
    (table,) = document.tables
    assert document.text[table.cells[0].start : table.cells[0].end] == "Servicios de limpieza y mantenimiento"


def test_sections_of_a_price_list_with_other_columns_are_tables_of_their_own(tmp_path: Path) -> None:
    copies = [
        ["Copias", "internas", "en color", "0,50"],
        ["Copias", "internas", "en negro", "0,10"],
        ["Copias", "externas", "en color", "1,50"],
        ["Copias", "externas", "en negro", "0,20"],
    ]
    books = [
        ["Libro de la historia de la ciudad, tomo I", "EUR", "30,00"],
        ["Libro de la ciudad, tomo II", "EUR", "35,00"],
        ["Plano de la ciudad y de sus alrededores", "EUR", "4,00"],
        ["Guía de los museos de la ciudad", "EUR", "6,00"],
    ]

    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        for number, row in enumerate(books):
            for left, cell in zip((60, 340, 420), row, strict=True):
                page.canvas.drawString(left, HEIGHT - 100 - 16 * number, cell)
        page.canvas.drawString(60, HEIGHT - 164, "Copias")
        for number, row in enumerate(copies):
            for left, cell in zip((60, 130, 240, 420), row, strict=True):
                page.canvas.drawString(left, HEIGHT - 180 - 16 * number, cell)

    document = read_pdf(pdf(tmp_path / "prices.pdf", [draw]))
    assert [max(cell.column for cell in table.cells) + 1 for table in document.tables] == [3, 4]
    texts = [[document.text[cell.start : cell.end] for cell in table.cells] for table in document.tables]
    assert texts == [[cell for row in rows for cell in row] for rows in (books, copies)]


def test_headers_that_stand_close_together_are_parted_at_their_columns(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        for left, head in ((70, "Barrio"), (200, "Distrito 1"), (250, "Distrito 2"), (300, "Distrito 3")):
            page.canvas.drawString(left, HEIGHT - 100, head)
        for number in range(5):
            page.canvas.drawString(70, HEIGHT - 116 - 14 * number, f"Zona {number}")
            for right in (230, 280, 330):
                page.canvas.drawRightString(right, HEIGHT - 116 - 14 * number, str(100 + right + number))

    assert grid(read_pdf(pdf(tmp_path / "heads.pdf", [draw])))[0] == [
        "Barrio",
        "Distrito 1",
        "Distrito 2",
        "Distrito 3",
    ]


def test_lines_beside_the_date_of_a_movement_are_one_cell(tmp_path: Path) -> None:
    moves = [
        ["01 sep.", "Pago con tarjeta|Supermercado Norte|Ref. 4628 4500", "26,65", ""],
        [
            "03 sep.",
            "Transferencia recibida|Tecnologías Sur, S. L.|Nómina de agosto|Concepto 12|Ref. 4628",
            "",
            "700,00",
        ],
        ["04 sep.", "Pago con tarjeta|Autobuses Este", "23,00", ""],
        ["05 sep.", "Cajero|Calle Mayor", "50,00", ""],
        ["06 sep.", "Recibo de la luz|Ref. 4629", "41,20", ""],
    ]

    def draw(page: Page) -> None:
        page.canvas.setFont("Helvetica", 10)
        baseline = 100.0
        for left, head in ((60, "Fecha"), (120, "Concepto"), (318, "Cargos"), (398, "Abonos")):
            page.canvas.drawString(left, HEIGHT - baseline, head)
        for day, text, debit, credit in moves:
            baseline += 18
            page.canvas.drawString(60, HEIGHT - baseline, day)
            page.canvas.drawRightString(350, HEIGHT - baseline, debit)
            page.canvas.drawRightString(430, HEIGHT - baseline, credit)
            for number, line in enumerate(text.split("|")):
                baseline += 12 if number else 0
                page.canvas.drawString(120, HEIGHT - baseline, line)

    found = grid(read_pdf(pdf(tmp_path / "account.pdf", [draw])))
    assert found[:5] == [
        ["Fecha", "Concepto", "Cargos", "Abonos"],
        *([day, text.replace("|", " "), debit, credit] for day, text, debit, credit in moves[:4]),
    ]
