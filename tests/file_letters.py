"""Letters of cooperation written as files of every format: a letterhead, paragraphs, a table, a list, a signature.

A letter has a page head, which PDF and office files repeat on every page, paragraphs (each a list of lines, or rows of
cells as a table) and the values that its reading has in every format.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from email.message import EmailMessage
from itertools import chain
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import docx
import office_files as office
import yaml
from reportlab.lib import colors
from reportlab.lib.pagesizes import A4
from reportlab.lib.styles import getSampleStyleSheet
from reportlab.pdfgen.canvas import Canvas
from reportlab.platypus import BaseDocTemplate, Flowable, Frame, PageTemplate, Paragraph, Spacer, Table

GOLD = Path(__file__).parent / "gold"

Part = Sequence[str] | Sequence[Sequence[str]]


@dataclass(frozen=True)
class Letter:
    """A letter and its expected values by field; ``head`` stands on every page, in text files at the beginning."""

    name: str
    page: str
    head: str
    parts: Sequence[Part]
    expected: Mapping[str, object]


def _letter(entry: Mapping[str, Any]) -> Letter:
    parts = [part["table"] if isinstance(part, Mapping) else part for part in entry["parts"]]
    expected = {
        key: {tuple(one) if isinstance(one, list) else one for one in value} if isinstance(value, list) else value
        for key, value in entry["expected"].items()
    }
    return Letter(entry["name"], entry["page"], entry["head"], parts, expected)


LETTERS = tuple(_letter(entry) for entry in yaml.safe_load((GOLD / "file_letters.yaml").read_text(encoding="utf-8")))


def rows(part: Part) -> Sequence[Sequence[str]]:
    """Return the rows of a table, none of a paragraph."""
    return [] if isinstance(part[0], str) else [list(row) for row in part]


def plain(letter: Letter) -> str:
    """Return the letter as text in lines, paragraphs parted by blank lines."""
    paragraphs = ["\n".join("\t".join(row) for row in rows(part)) or "\n".join(map(str, part)) for part in letter.parts]
    return "\n\n".join([letter.head, *paragraphs]) + "\n"


def write_text(letter: Letter, path: Path) -> None:
    path.write_text(plain(letter), encoding="utf-8")


def write_mail(letter: Letter, path: Path) -> None:
    message = EmailMessage()
    message["Subject"] = letter.head
    message["Date"] = "Tue, 2 Jun 2026 10:00:00 +0000"
    message.set_content(plain(letter))
    path.write_bytes(bytes(message))


def write_docx(letter: Letter, path: Path) -> None:
    made = docx.Document()
    made.sections[0].header.paragraphs[0].text = letter.head
    made.sections[0].footer.paragraphs[0].text = letter.page.format(1, 2)
    for part in letter.parts:
        if cells := rows(part):
            table = made.add_table(rows=len(cells), cols=len(cells[0]))
            for row, texts in zip(table.rows, cells, strict=True):
                for cell, text in zip(row.cells, texts, strict=True):
                    cell.text = text
        else:
            for line in map(str, part):
                made.add_paragraph(line)
    made.save(str(path))


def write_odt(letter: Letter, path: Path) -> None:
    def paragraph(line: str) -> str:
        return f"<text:p>{escape(line)}</text:p>"

    def table(cells: Sequence[Sequence[str]]) -> str:
        inner = (f"<table:table-cell>{paragraph(cell)}</table:table-cell>" for cell in chain.from_iterable(cells))
        joined, width = list(inner), len(cells[0])
        made = (
            f"<table:table-row>{''.join(joined[at : at + width])}</table:table-row>"
            for at in range(0, len(joined), width)
        )
        return f"<table:table>{''.join(made)}</table:table>"

    body = "".join(
        table(rows(part)) if rows(part) else "".join(map(paragraph, map(str, part))) for part in letter.parts
    )
    head = f"<style:header>{paragraph(letter.head)}</style:header>"
    styles = f'<style:master-page style:name="Standard">{head}</style:master-page>'
    path.write_bytes(office.odt(body, styles=styles))


def write_rtf(letter: Letter, path: Path) -> None:
    def coded(text: str) -> str:
        return "".join(sign if ord(sign) < 128 else f"\\u{ord(sign)}?" for sign in text)

    def row(cells: Sequence[str]) -> str:
        edges = "".join(f"\\cellx{3000 * (place + 1)}" for place in range(len(cells)))
        return f"\\trowd{edges} " + "".join(f"\\intbl {coded(cell)}\\cell " for cell in cells) + "\\row\n"

    body = "".join(
        "".join(map(row, rows(part))) + "\\pard "
        if rows(part)
        else "".join(f"{coded(str(line))}\\par\n" for line in part)
        for part in letter.parts
    )
    path.write_text(f"{{\\rtf1\\ansi{{\\header {coded(letter.head)}\\par}}\\pard {body}}}", encoding="ascii")


def write_pdf(letter: Letter, path: Path) -> None:
    """Write the letter on pages that are so small that it has several; head and page number are on each of them."""
    style = getSampleStyleSheet()["Normal"]
    style.fontSize, style.leading = 11, 14
    width, height = A4[0], A4[1] * 0.6

    def furnish(canvas: Canvas, template: BaseDocTemplate) -> None:
        canvas.setFont("Helvetica", 8)
        canvas.drawString(60, height - 30, letter.head)
        canvas.drawCentredString(width / 2, 25, letter.page.format(template.page, 2))

    template = BaseDocTemplate(str(path), pagesize=(width, height))
    frame = Frame(60, 50, width - 120, height - 110, 0, 0, 0, 0)
    template.addPageTemplates(PageTemplate(frames=[frame], onPage=furnish))
    template.build(list(chain.from_iterable(_flowables(part, style) for part in letter.parts)))


def _flowables(part: Part, style: object) -> list[Flowable]:
    if cells := rows(part):
        return [Table(cells, style=[("GRID", (0, 0), (-1, -1), 0.5, colors.black)]), Spacer(1, 12)]
    return [*(Paragraph(escape(str(line)), style) for line in part), Spacer(1, 12)]


FORMATS: Mapping[str, Callable[[Letter, Path], None]] = {
    "txt": write_text,
    "eml": write_mail,
    "docx": write_docx,
    "odt": write_odt,
    "rtf": write_rtf,
    "pdf": write_pdf,
}
