"""Captions of pleadings beside a vertical rule, tables and margins that only look like them, stamps beside headings."""

from __future__ import annotations

from pathlib import Path

import pytest
from pdf_files import HEIGHT, PROSE, Page, pdf

from extraction.pdf.pdf import read_pdf

PARTIES = ((100, "John Roe,"), (130, "Plaintiff,"), (160, "v."), (190, "Port Services Ltd.,"), (220, "Defendant."))
CASE = ((100, "Case No. CV-25-01234"), (130, "MOTION FOR A"), (160, "PROTECTIVE ORDER"))
COLUMNS = "Plaintiff, v. Port Services Ltd., Defendant. Case No. CV-25-01234 MOTION FOR A PROTECTIVE ORDER"
ROWS = "John Roe, Case No. CV-25-01234 Plaintiff, MOTION FOR A v. PROTECTIVE ORDER Port Services Ltd.,"
RULE = ((300, 95, 300, 240),)
IN_TWO_PIECES = ((300, 95, 300, 200), (300, 200, 300, 240))
BELOW_PARTIES = (72, 240, 300, 240)


def caption(lines: tuple[tuple[float, float, float, float], ...], path: Path) -> str:
    """Return the text, in one line, of a pleading whose caption has the given ``lines``."""

    def draw(page: Page) -> None:
        page.lines("UNITED STATES DISTRICT COURT", 200, 60, 300, 12)
        for x, side in ((90, PARTIES), (320, CASE)):
            for top, text in side:
                page.lines(text, x, top, 200, 12)
        page.lines(PROSE, 72, 260, 450, 12)
        for x0, top, x1, bottom in lines:
            page.canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)

    return " ".join(read_pdf(pdf(path, [draw])).text.split())


@pytest.mark.parametrize(
    ("lines", "expected"),
    [
        ((*RULE, BELOW_PARTIES), COLUMNS),
        ((*IN_TWO_PIECES, BELOW_PARTIES), COLUMNS),
        ((*RULE, BELOW_PARTIES, (65, 0, 65, HEIGHT), (560, 0, 560, HEIGHT)), COLUMNS),  # within ruled margins
        (RULE, ROWS),
        ((*RULE, (72, 240, 520, 240)), ROWS),  # the line below both columns of a table
        ((*RULE, (72, 300, 300, 300)), ROWS),
        ((), ROWS),
    ],
)
def test_the_sides_of_a_caption_are_read_one_after_the_other(
    tmp_path: Path, lines: tuple[tuple[float, float, float, float], ...], expected: str
) -> None:
    text = caption(lines, tmp_path / "motion.pdf")
    assert expected in text
    assert text.startswith("UNITED STATES DISTRICT COURT John Roe,")
    assert text.endswith(PROSE)


def test_nothing_may_stand_around_a_caption(tmp_path: Path) -> None:
    def draw(page: Page) -> None:
        for x, side in ((90, PARTIES), (320, CASE)):
            for top, text in side:
                page.lines(text, x, top, 200, 12)
        for x0, top, x1, bottom in (*RULE, BELOW_PARTIES):
            page.canvas.line(x0, HEIGHT - top, x1, HEIGHT - bottom)

    assert " ".join(read_pdf(pdf(tmp_path / "a.pdf", [draw])).text.split()) == f"John Roe, {COLUMNS}"


STAMP = ("FILED", "Court of Appeals", "January 11, 2021", "Ann Roe", "Clerk of Court")
HEADING = ((40, "UNITED STATES COURT OF APPEALS"), (75, "FOR THE TENTH CIRCUIT"), (110, "ORDER"))


@pytest.mark.parametrize(
    ("stamp", "expected"),
    [
        (STAMP, f"{' '.join(STAMP)} UNITED STATES COURT OF APPEALS FOR THE TENTH CIRCUIT ORDER"),
        (("RECIBIDO", *STAMP[1:]), "RECIBIDO Court of Appeals January 11, 2021 Ann Roe Clerk of Court UNITED STATES"),
        (("Filed", "Ann Roe"), "UNITED STATES COURT OF APPEALS Ann Roe"),  # two lines are no stamp
        (("Present", *STAMP[1:]), "UNITED STATES COURT OF APPEALS Court of Appeals"),
    ],
)
def test_a_stamp_beside_a_heading_is_read_as_a_whole(tmp_path: Path, stamp: tuple[str, ...], expected: str) -> None:
    def draw(page: Page) -> None:
        for top, text in HEADING:
            page.lines(text, 100, top + 20, 300, 12)
        for number, text in enumerate(stamp):
            page.canvas.drawCentredString(470, HEIGHT - 52 - 20 * number, text)
        page.lines(PROSE, 72, 260, 450, 12)

    text = " ".join(read_pdf(pdf(tmp_path / "order.pdf", [draw])).text.split())
    assert expected in text
    assert text.endswith(PROSE)
