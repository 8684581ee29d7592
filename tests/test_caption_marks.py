"""Captions of pleadings whose sides are separated by a column of brackets, and lists of tick boxes that look alike."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_files import PROSE, Page, pdf

from extraction.pdf.pdf import read_pdf

PARTIES = ("State of Ohio,", "", "Plaintiff,", "", "v.", "", "Port Services Ltd.,", "", "Defendant.")
CASE = ("Case No. CR-25-01234", "", "", "", "MOTION FOR A", "PROTECTIVE ORDER", "", "", "")
IN_COLUMNS = (
    "State of Ohio, Plaintiff, v. Port Services Ltd., Defendant. Case No. CR-25-01234 MOTION FOR A PROTECTIVE ORDER"
)


def caption(marks: str, mark_x: float, path: Path, mark: str = ")") -> str:
    """Return the text, in one line, of a pleading with a ``mark`` in each row where ``marks`` has an x."""

    def draw(page: Page) -> None:
        page.lines("IN THE COURT OF COMMON PLEAS", 200, 60, 300, 12)
        for row, (left, right) in enumerate(zip(PARTIES, CASE, strict=True)):
            top = 100 + 14 * row
            page.lines(left, 90, top, 200, 12)
            page.lines(mark if marks[row] == "x" else "", mark_x, top, 20, 12)
            page.lines(right, 320, top, 200, 12)
        page.lines(PROSE, 72, 260, 450, 12)

    return " ".join(read_pdf(pdf(path, [draw])).text.split())


@pytest.mark.parametrize("mark", [")", "]", "}"])
@pytest.mark.parametrize("mark_x", [203, 290])  # right behind the parties, and apart from them
@pytest.mark.parametrize("marks", ["xxxxxxxxx", "x-x-x-x-x"])
def test_the_sides_of_a_caption_are_read_one_after_the_other(
    tmp_path: Path, marks: str, mark_x: float, mark: str
) -> None:
    text = caption(marks, mark_x, tmp_path / "motion.pdf", mark)
    assert IN_COLUMNS in text
    assert text.startswith("IN THE COURT OF COMMON PLEAS State of Ohio,")
    assert text.endswith(PROSE)


def test_few_brackets_are_no_caption(tmp_path: Path) -> None:
    assert ")" in caption("x---x---x", 290, tmp_path / "motion.pdf")


def test_tick_boxes_in_a_column_are_read_row_by_row(tmp_path: Path) -> None:
    rows = ("Passport", "Birth record", "Bank statement", "Court order", "Power of attorney")

    def draw(page: Page) -> None:
        for row, name in enumerate(rows):
            for text, x in ((name, 90), ("(", 250), (")", 262), (f"copy {row}", 300)):
                page.lines(text, x, 100 + 20 * row, 150, 12)

    text = " ".join(read_pdf(pdf(tmp_path / "list.pdf", [draw])).text.split())
    assert text == " ".join(f"{name} ( ) copy {row}" for row, name in enumerate(rows))
