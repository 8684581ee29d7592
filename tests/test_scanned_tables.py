"""Ruled tables in scans: lines found in the image, cells read one by one."""

from __future__ import annotations

from pathlib import Path

import numpy as np
import pytest
from pdf_files import HEIGHT, PROSE, Page, grid, needs_tesseract, pdf
from PIL import Image, ImageDraw, ImageFilter

from extraction.document import TextOrigin
from extraction.image import read_image_file
from extraction.layout.image_rulings import image_rulings
from extraction.layout.ocr_cells import sheets, table_cells
from extraction.layout.ocr_image import without_shading
from extraction.layout.page_words import displayed, turned
from extraction.pdf.images import render_page
from extraction.pdf.pdf import read_pdf

DPI = 216
LEFTS, ROWS = (60, 260, 390, 540), (100, 124, 190, 250, 274)
TABLE = (
    ("Bien embargado", "Registro", "Fecha"),
    (
        "Vivienda situada en la calle Mayor, que fue adquirida por el investigado en el mes de marzo",
        "Finca 18427 del Registro de la Propiedad",
        "14/03/2019",
    ),
    ("Automóvil de turismo inscrito a nombre de la sociedad requerida", "Matrícula 4471", "02/11/2020"),
    ("Cuenta corriente", "Banco central", "30/06/2021"),
)


def draw_table(page: Page, offset: float = 7, shade: float = 1.0) -> None:
    """Draw the table with its head in grey ``shade`` (1: white).

    Columns of high rows begin ``offset`` points below the one before: their lines are not level.
    """
    page.canvas.setFillGray(shade)
    page.canvas.rect(LEFTS[0], HEIGHT - ROWS[1], LEFTS[-1] - LEFTS[0], ROWS[1] - ROWS[0], stroke=0, fill=1)
    page.canvas.setFillGray(0)
    page.canvas.grid(LEFTS, [HEIGHT - top for top in ROWS])
    draw_table_text(page, offset)


def draw_table_text(page: Page, offset: float = 7) -> None:
    for top, bottom, cells in zip(ROWS, ROWS[1:], TABLE, strict=False):
        for number, (left, right, cell) in enumerate(zip(LEFTS, LEFTS[1:], cells, strict=False)):
            page.lines(cell, left + 6, top + 4 + (offset * number if bottom - top > 30 else 0), right - left - 14)


def scan(folder: Path, turn: float = 0.0, shade: float = 1.0) -> Path:
    """Return a scan of a page with the table, with rotation ``turn`` in degrees; its head is in grey ``shade``."""

    def draw(page: Page) -> None:
        page.lines(PROSE, 60, 320, 480, 11)
        page.lines(PROSE, 60, 460, 480, 11)
        draw_table(page, shade=shade)

    image = render_page(pdf(folder / "source.pdf", [draw]), 1, scale=DPI / 72).convert("L")
    image = image.rotate(turn, expand=turn % 90 == 0, fillcolor=255, resample=Image.Resampling.BICUBIC)
    image.filter(ImageFilter.GaussianBlur(0.6)).save(folder / "scan.png", dpi=(DPI, DPI))
    return folder / "scan.png"


@needs_tesseract
@pytest.mark.parametrize("turn", [0.0, 1.3, 90.0])
def test_a_scanned_table_is_read_cell_by_cell_however_the_page_lies(tmp_path: Path, turn: float) -> None:
    assert grid(read_image_file(scan(tmp_path, turn))) == [list(row) for row in TABLE]


@needs_tesseract
def test_the_shaded_head_of_a_scanned_table_is_read(tmp_path: Path) -> None:
    assert grid(read_image_file(scan(tmp_path, shade=0.67))) == [list(row) for row in TABLE]


@needs_tesseract
@pytest.mark.parametrize("transparent", [False, True])
def test_words_of_an_invisible_text_layer_are_read_by_the_cells_of_the_image(tmp_path: Path, transparent: bool) -> None:
    with Image.open(scan(tmp_path)) as image:

        def draw(page: Page) -> None:
            page.canvas.drawInlineImage(image, 0, 0, 595, HEIGHT)
            page.canvas.setFillAlpha(0 if transparent else 1)
            if not transparent:
                page.canvas._code.append("3 Tr")
            page.lines(PROSE, 60, 320, 480, 11)
            page.lines(PROSE, 60, 460, 480, 11)
            draw_table_text(page)

        document = read_pdf(pdf(tmp_path / "layer.pdf", [draw]))
    assert document.pages[0].origin is TextOrigin.TEXT_LAYER
    assert grid(document) == [list(row) for row in TABLE]


@needs_tesseract
def test_words_of_scanned_cells_lie_on_their_ink(tmp_path: Path) -> None:
    path = scan(tmp_path)
    document = read_image_file(path)
    (table,) = document.tables
    row = document.words.rows
    inside = row[(row["start"] >= table.start) & (row["end"] <= table.end)]
    assert len(inside) == sum(len(cell.split()) for cells in TABLE for cell in cells)
    with Image.open(path) as image:
        for word in inside:
            box = [round(float(word[side]) * DPI / 72) for side in ("x0", "top", "x1", "bottom")]
            assert image.crop((box[0], box[1], box[2], box[3])).getextrema()[0] < 120


@needs_tesseract
def test_a_scan_with_a_text_layer_for_its_stamp_has_the_table(tmp_path: Path) -> None:
    with Image.open(scan(tmp_path)) as image:

        def draw(page: Page) -> None:
            page.canvas.drawInlineImage(image, 0, 0, 595, HEIGHT)
            page.lines("Documento firmado electrónicamente, folio 12", 50, 800, 480, 8)

        document = read_pdf(pdf(tmp_path / "stamped.pdf", [draw]))
    assert document.pages[0].origin is TextOrigin.OCR
    assert grid(document) == [list(row) for row in TABLE]


def page_image() -> tuple[Image.Image, ImageDraw.ImageDraw]:
    image = Image.new("L", (1654, 2339), 255)
    return image, ImageDraw.Draw(image)


LINE, COLUMN = (200, 400, 1400, 400), (500, 300, 500, 900)


@pytest.mark.parametrize(
    ("line", "width", "grey", "expected"),
    [
        (LINE, 3, 0, LINE),
        (COLUMN, 3, 0, COLUMN),
        (LINE, 2, 150, LINE),  # faint
        ((200, 400, 1400, 404), 3, 0, (200, 402, 1400, 402)),  # not quite level
        ((200, 400, 1400, 400), 30, 0, None),  # a bar
        ((200, 400, 260, 400), 3, 0, None),  # a dash
        ((500, 300, 500, 330), 3, 0, None),  # a stroke of a letter
        ((200, 400, 900, 700), 3, 0, None),  # slanted
    ],
)
def test_lines_of_an_image(line: tuple[int, ...], width: int, grey: int, expected: tuple[int, ...] | None) -> None:
    image, draw = page_image()
    draw.line(line, fill=grey, width=width)
    found = image_rulings(image).boxes.tolist()
    assert len(found) == (expected is not None)
    if expected is not None:
        assert found[0] == pytest.approx(expected, abs=5)


def test_a_worn_line_is_one() -> None:
    image, draw = page_image()
    for start, end in ((200, 700), (712, 1400)):
        draw.line((start, 400, end, 400), fill=0, width=3)
    ((x0, _, x1, _),) = image_rulings(image).boxes.tolist()
    assert (x0, x1) == pytest.approx((200, 1400), abs=5)


def test_the_underline_of_a_link_is_no_line_but_a_double_line_is_one() -> None:
    image, draw = page_image()
    for x in range(200, 600, 12):
        draw.line((x, 385, x, 398), fill=0, width=4)  # strokes of letters
    draw.line((200, 402, 600, 402), fill=0, width=3)
    for y in (900, 906):
        draw.line((200, y, 1400, y), fill=0, width=2)
    assert [round(box[1], -1) for box in image_rulings(image).boxes.tolist()] == [900]


def test_shaded_areas_become_paper_and_letters_stay() -> None:
    image, draw = page_image()
    draw.rectangle((200, 400, 1400, 440), fill=170)
    draw.line((700, 405, 700, 435), fill=20, width=6)
    draw.rectangle((200, 800, 1400, 1000), fill=0)
    clear = without_shading(image)
    assert [clear.getpixel(place) for place in ((300, 420), (10, 10), (300, 900))] == [255, 255, 0]
    assert clear.getpixel((700, 420)) == pytest.approx(30, abs=10)
    assert without_shading(page_image()[0]).getextrema() == (255, 255)


def test_a_photograph_and_a_page_of_text_have_no_lines(tmp_path: Path) -> None:
    noise = Image.fromarray(np.random.default_rng(1).integers(0, 255, (900, 700)).astype(np.uint8))
    text = pdf(tmp_path / "text.pdf", [lambda page: page.lines(PROSE * 3, 50, 60, 480, 11)])
    for image in (noise, Image.new("L", (700, 900), 0), render_page(text, 1, scale=3)):
        assert not len(image_rulings(image).boxes)


def lines_of(xs: tuple[float, ...], ys: tuple[float, ...]) -> np.ndarray[tuple[int, ...], np.dtype[np.float32]]:
    level = [(xs[0], y, xs[-1], y) for y in ys]
    return np.array(level + [(x, ys[0], x, ys[-1]) for x in xs], np.float32)


@pytest.mark.parametrize(
    ("xs", "ys", "count"),
    [
        (LEFTS, ROWS, 12),
        ((60, 540), (100, 130, 160, 190), 0),  # boxes one below the other
        ((60, 540), (40, 800), 0),  # a frame
        ((60, 300, 540), (40, 70, 800), 2),  # columns of running text below heads
    ],
)
def test_cells_that_are_read_apart(xs: tuple[float, ...], ys: tuple[float, ...], count: int) -> None:
    assert len(table_cells(lines_of(xs, ys), 595, 842)) == count


def test_cells_are_divided_between_sheets() -> None:
    image = Image.new("L", (100, 30_000), 255)
    boxes = [(0, top, 100, top + 3_000) for top in range(0, 30_000, 3_000)]
    divided = list(sheets(image, boxes))
    assert [piece.box for sheet in divided for piece in sheet.pieces] == boxes
    assert all(sheet.image.height < 32_767 for sheet in divided)
    assert divided[0].piece(3_100).box == boxes[1]


@pytest.mark.parametrize("turn", [0, 90, 180, 270])
def test_rulings_of_a_turned_scan_are_on_the_page_as_displayed(turn: int) -> None:
    boxes = np.array([[10, 20, 90, 20], [30, 40, 30, 95]], np.float32)
    page = displayed(boxes, turn, 595, 842)
    assert turned(page, np.full(2, turn, np.int32), 595, 842).tolist() == boxes.tolist()
