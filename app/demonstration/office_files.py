"""Drafts as DOCX, ODT, HTML, plain text, Markdown, Akoma Ntoso, e-mail, XLSX and CSV."""

from __future__ import annotations

import csv
import textwrap
from datetime import UTC, date, datetime, time
from email.message import EmailMessage
from email.utils import format_datetime
from html import escape
from pathlib import Path
from random import Random

import docx
import yaml
from odf.opendocument import OpenDocumentText
from odf.text import H, P
from openpyxl import Workbook

from app.demonstration.writing import Draft, joined


def write_docx(draft: Draft, path: Path, rng: Random) -> None:
    document = docx.Document()
    document.sections[0].header.paragraphs[0].text = draft.title
    for paragraph in draft.paragraphs:
        if paragraph.kind in ("title", "heading"):
            document.add_heading(paragraph.text, 0 if paragraph.kind == "title" else rng.choice([1, 2]))
        else:
            document.add_paragraph(paragraph.text)
    document.save(str(path))


def write_odt(draft: Draft, path: Path, rng: Random) -> None:
    document = OpenDocumentText()
    for paragraph in draft.paragraphs:
        heading = paragraph.kind in ("title", "heading")
        text = paragraph.text.replace("\n", " ")
        document.text.addElement(H(outlinelevel=1, text=text) if heading else P(text=text))
    document.save(str(path))


def write_html(draft: Draft, path: Path, rng: Random) -> None:
    tags = {"title": "h1", "heading": "h2"}
    body = "\n".join(
        f"<{tags.get(p.kind, 'p')}>{escape(p.text).replace(chr(10), '<br>')}</{tags.get(p.kind, 'p')}>"
        for p in draft.paragraphs
    )
    encoding = rng.choice(["utf-8", "windows-1252"])
    head = f'<head><meta charset="{encoding}"><title>{escape(draft.title)}</title></head>'
    page = f'<!DOCTYPE html><html lang="{draft.language}">{head}<body>{body}</body></html>'
    path.write_bytes(page.encode(encoding, errors="xmlcharrefreplace"))


def write_text(draft: Draft, path: Path, rng: Random) -> None:
    """Write lines of about eighty characters, in UTF-8 or in a legacy encoding if it has all the letters."""
    lines = [
        line
        for p in draft.paragraphs
        for row in p.text.split("\n")
        for line in [*textwrap.wrap(row, 80), ""][: None if row else 1]
    ]
    text = "\n".join(lines)
    for encoding in rng.sample(["utf-8", "utf-8-sig", "cp1252", "latin-1"], 4):
        try:
            path.write_bytes(text.encode(encoding))
        except UnicodeEncodeError:
            continue
        return


def write_markdown(draft: Draft, path: Path, rng: Random) -> None:
    front = {"title": draft.title, "country": draft.jurisdiction.lower(), "publication_date": draft.date}
    marks = {"title": "# ", "heading": "## ", "item": "- "}
    body = "\n\n".join(marks.get(p.kind, "") + p.text.replace("\n", " ") for p in draft.paragraphs)
    path.write_text(f"---\n{yaml.safe_dump(front, allow_unicode=True)}---\n\n{body}\n", encoding="utf-8")


def write_akoma_ntoso(draft: Draft, path: Path, rng: Random) -> None:
    """Write an act with one ``article`` element per provision (OASIS LegalDocML 1.0)."""
    body, is_open = [], False
    for paragraph in draft.paragraphs[1:]:
        text = escape(paragraph.text)
        if paragraph.unit:
            body.append("</content></article>" if is_open else "")
            body.append(
                f"<article><num>{text}</num><content>"
                if paragraph.kind == "heading"
                else f"<article><content><p>{text}</p>"
            )
            is_open = True
        elif is_open and paragraph.kind != "heading":
            body.append(f"<p>{text}</p>")
        else:
            body.append("</content></article>" if is_open else "")
            body.append(f"<hcontainer><content><p>{text}</p></content></hcontainer>")
            is_open = False
    body.append("</content></article>" if is_open else "")
    work = f'<FRBRcountry value="{draft.jurisdiction.lower()}"/><FRBRdate date="{draft.date}" name="enactment"/>'
    path.write_text(
        '<?xml version="1.0" encoding="UTF-8"?>\n<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0">'
        f'<act name="act"><meta><identification source="#rogatio"><FRBRWork>{work}</FRBRWork><FRBRExpression>'
        f'<FRBRlanguage language="{draft.language}"/></FRBRExpression></identification></meta>'
        f"<preface><p><docTitle>{escape(draft.title)}</docTitle></p></preface><body>{''.join(body)}</body></act></akomaNtoso>\n",
        encoding="utf-8",
    )


def write_email(draft: Draft, path: Path, rng: Random) -> None:
    message = EmailMessage()
    sent = datetime.combine(date.fromisoformat(draft.date), time(10, 15), UTC)
    message["Subject"], message["Date"] = draft.title, format_datetime(sent)
    message["From"], message["To"] = "oficina@example.org", "autoridad.central@example.org"
    message.set_content(joined(draft.paragraphs)[0], cte="quoted-printable")
    path.write_bytes(message.as_bytes())


def write_spreadsheet(draft: Draft, path: Path, rng: Random) -> None:
    workbook = Workbook()
    sheet = workbook.active
    assert sheet is not None
    sheet.title = draft.title[:31]
    for row in draft.table:
        sheet.append(row)
    workbook.save(path)


def write_csv(draft: Draft, path: Path, rng: Random) -> None:
    with path.open("w", encoding=rng.choice(["utf-8", "cp1252"]), newline="") as file:
        csv.writer(file, delimiter=rng.choice(";,\t")).writerows(draft.table)
