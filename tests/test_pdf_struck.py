"""Words of a text layer that a line strikes through."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path

import pytest
from pdf_files import HEIGHT, PROSE, Page, pdf
from reportlab.pdfbase.pdfmetrics import stringWidth

from extraction.pdf.pdf import read_pdf

SIZE, LEFT, TOP = 12.0, 60.0, 100.0
Draw = Callable[[Page, str, str], None]


def line_at(page: Page, before: str, over: str, height: float, longer: float = 0.0) -> None:
    """Draw a line ``height`` points above the baseline, over the words ``over`` that follow ``before``."""
    start = LEFT + stringWidth(before, "Helvetica", SIZE)
    end = start + stringWidth(over, "Helvetica", SIZE) + longer
    page.canvas.setLineWidth(0.6)
    page.canvas.line(start, HEIGHT - TOP - SIZE + height, end, HEIGHT - TOP - SIZE + height)


def bar_at(page: Page, before: str, over: str) -> None:
    """Draw the thin area by which word processors strike through, one for each word."""
    for index, word in enumerate(over.split(" ")):
        start = before + "".join(f"{one} " for one in over.split(" ")[:index])
        x = LEFT + stringWidth(start, "Helvetica", SIZE)
        page.canvas.rect(x, HEIGHT - TOP - SIZE + 3.2, stringWidth(word, "Helvetica", SIZE), 0.7, stroke=0, fill=1)


@pytest.mark.parametrize(
    ("text", "over", "draw", "read"),
    [
        ("Pena de tres a cinco años.", "tres a cinco", lambda *a: line_at(*a, 3.5), "Pena de años."),
        ("Pena de tres a cinco años.", "tres a cinco", bar_at, "Pena de años."),
        ("A fee of [five] ten dollars.", "five", lambda *a: line_at(*a, 3.5), "A fee of [ ] ten dollars."),
        ("Pena de tres a cinco años.", "tres a cinco", lambda *a: line_at(*a, -1.5), "Pena de tres a cinco años."),
        ("Cuenta: 0049 1500 05", "0049 1500 05", lambda *a: line_at(*a, 3.5, 60), "Cuenta: 0049 1500 05"),
    ],
    ids=["a line", "thin areas", "a part of a word", "underlined", "typed on the line of a form"],
)
def test_words_struck_through_are_left_out(tmp_path: Path, text: str, over: str, draw: Draw, read: str) -> None:
    def page(page: Page) -> None:
        page.lines(text, LEFT, TOP, 480, SIZE)
        draw(page, text[: text.index(over)], over)
        page.lines(PROSE, LEFT, 200, 480, SIZE)

    document = read_pdf(pdf(tmp_path / "struck.pdf", [page]))
    assert document.text.split("\n")[0] == read
    assert document.warnings == (("struck_wording",) if read != text else ())


def test_a_page_that_is_struck_through_as_a_whole_is_not_read_from_its_image(tmp_path: Path) -> None:
    def page(page: Page) -> None:
        page.lines("Artículo derogado", LEFT, TOP, 480, SIZE)
        line_at(page, "", "Artículo derogado", 3.5)

    document = read_pdf(pdf(tmp_path / "struck.pdf", [page]))
    assert (document.text, document.warnings) == ("", ("struck_wording", "no_text"))
