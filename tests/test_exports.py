"""Exported files, opened by independent readers."""

from __future__ import annotations

import csv
import datetime
import io
import re
import shutil
import subprocess
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path

import docx
import pdfplumber
import pypdfium2
import pytest
from lxml import etree
from openpyxl import load_workbook

from app.comparison.export import Setting, comparison_report
from app.comparison.row_labels import trait_name
from app.comparison.table import Cell, Column, Common, Comparison, ComparisonRequest, Figure, Quotation, Row
from app.documents.cited_sources import CitedSource
from app.exports.csv_file import csv_report, safe
from app.exports.docx import docx_report
from app.exports.footnotes import short_title
from app.exports.pdf import pdf_report
from app.exports.report import Kind, Note, Paragraph, Report, Source, TableCell, TableRow, file_name, parts, printable
from app.exports.xlsx import xlsx_report
from extraction.errors import LANGUAGES, RogatioError

W = "{http://schemas.openxmlformats.org/wordprocessingml/2006/main}"
XLSX = "{http://schemas.openxmlformats.org/spreadsheetml/2006/main}"
FORMULAS = ["=1+1", "+cmd|' /C calc'!A0", "-2+3", "@SUM(A1)", "\t=1", '=HYPERLINK("http://evil","x")', "\r=1"]
HOSTILE = "a\x00b\x1b[31m\ud800 <script>&amp;\u202egnp ]]> \ufffe"


def cell(text: str, number: int = 0, language: str = "es", kind: Kind = Kind.QUOTATION) -> TableCell:
    notes = (
        (Note(number, f"Ley n.º {number}, art. {number}. ", f"https://example.org/{number}", ", fin."),)
        if number
        else ()
    )
    return TableCell((Paragraph(printable(text), language, kind, f"art. {number}", notes),))


def report(
    language: str = "es", columns: int = 3, rows: int = 2, text: str = "Él será castigado: ñandú, ação, œuvre"
) -> Report:
    numbers = iter(range(1, columns * rows + 1))
    return Report(
        title="Cuadro comparativo: Blanqueo",
        language=language,
        corner="Elemento",
        columns=tuple(f"País {at}" for at in range(columns)),
        rows=tuple(
            TableRow(f"Fila {row}", tuple(cell(f"{text} {row}", next(numbers), "fr") for _ in range(columns)))
            for row in range(rows)
        ),
        facts=(("Pregunta", "Blanqueo & co."),),
        sources=(
            Source(
                "Código Penal",
                "es",
                "10/1995",
                "ref:es:x",
                "España",
                "vigente",
                "",
                "https://example.org/1",
                "hoy",
                "a.md",
                "0" * 64,
            ),
        ),
        remarks=("Prevalece el original.",),
        made="Exportado por local",
        marking="RESERVADO & PRIVADO",
    )


def part(content: bytes, name: str) -> etree._Element:
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        return etree.fromstring(package.read(name))


# --- notes


def compared(columns: int, rows: int) -> Comparison:
    """Return a table in which each country's law is quoted at two places in every cell."""
    countries = ("ES", "PT", "FR", "IE", "BR", "MX", "PE")[:columns]
    quoted = [
        Row(f"row {row}", "test", tuple(Cell(tuple(_quotations(code, row))) for code in countries))
        for row in range(rows)
    ]
    return Comparison(
        ComparisonRequest(query="x"), "2031-01-01", tuple(Column(code) for code in countries), tuple(quoted), "test@1"
    )


def _quotations(code: str, row: int) -> Iterator[Quotation]:
    for place in (1, 2):
        pinpoint = f"art. {row} ({place})"
        yield Quotation(
            code, f"{code}-{place}", pinpoint, "es", 1, 0, 1, f"Texto {place}", "2030-01-01", "", "yes", 0.9, (), ()
        )


def exported(columns: int, rows: int) -> Report:
    made = compared(columns, rows)
    sources = {
        column.jurisdiction: CitedSource(
            column.jurisdiction, f"Ley {column.jurisdiction}", "", "", column.jurisdiction, "es", "statute", "", "",
            f"{column.jurisdiction}.md", "0" * 64, 1, "2031-01-01", "public",
        )
        for column in made.columns
    }  # fmt: skip
    return comparison_report(made, sources, "es", Setting("local", datetime.datetime(2031, 1, 1)))


def test_a_country_without_provisions_says_so_in_the_row_that_names_them() -> None:
    request = ComparisonRequest(concept="ML", date="2031-01-01")
    nothing = Comparison(request, request.date, (Column("UY"),), (), "benchmark")
    made = comparison_report(nothing, {}, "es", Setting("local", datetime.datetime(2031, 1, 1)))
    reported = [[one.text for one in cell.paragraphs] for row in made.rows for cell in row.cells]
    assert reported == [["No se encontró ninguna disposición en los textos disponibles"]]


def test_a_cell_ends_with_what_all_say_and_what_it_alone_says() -> None:
    common = (Common("attempt", (0, 1), "all"), Common("abroad", (1,), "one"), Common("abuse", (0,), "some"))
    reported = compared(2, 1)
    reported = replace(reported, rows=(replace(reported.rows[0], found=(0, 1), common=common),))
    made = comparison_report(reported, {}, "es", Setting("local", datetime.datetime(2031, 1, 1)))
    remarks = [[one.text for one in held.paragraphs if one.kind is Kind.REMARK] for held in made.rows[1].cells]
    in_all = f"En todos los que lo prevén: {trait_name('attempt', 'es')}"
    assert remarks == [[in_all], [in_all, f"Solo aquí: {trait_name('abroad', 'es')}"]]


@pytest.mark.parametrize("columns", [2, 6])
def test_a_short_note_leads_to_the_full_one_as_a_reader_counts_them(columns: int) -> None:
    notes = part(docx_report(exported(columns, 3)), "word/footnotes.xml")
    reported = ["".join(one.itertext()).strip() for one in notes.iter(f"{W}footnote")][2:]
    assert len(reported) == columns * 3, "places of one law in a cell have one note"
    short = [one for one in reported if "citada en la nota" in one]
    assert len(short) == columns * 2
    for one in short:
        law, number = re.fullmatch(r"(Ley \w\w), art.+, citada en la nota (\d+)\.", one).groups()
        assert reported[int(number) - 1].startswith(f"{law}, art. 0 (1); art. 0 (2), versión vigente")


def test_a_short_note_has_a_short_title() -> None:
    long = "Ley Nº 19574 - Ley integral contra el lavado de activos, actualización de la normativa vigente"
    assert short_title(long) == "Ley Nº 19574 - Ley integral contra el lavado de activos […]"
    assert short_title("Code pénal") == "Code pénal"


def test_a_line_of_csv_has_its_source_also_where_a_note_is_shared() -> None:
    lines = list(csv.reader(io.StringIO(csv_report(exported(2, 1)).decode("utf-8-sig"))))[1:]
    assert [line[6] for line in lines if line[2] == "cita textual"] == ["1", "1", "2", "2"]


# --- DOCX


def test_docx_has_real_footnotes_one_for_each_mark() -> None:
    content = docx_report(report())
    notes = part(content, "word/footnotes.xml")
    body = part(content, "word/document.xml")
    ids = [one.get(f"{W}id") for one in notes.iter(f"{W}footnote")]
    marks = [one.get(f"{W}id") for one in body.iter(f"{W}footnoteReference")]
    assert ids == ["-1", "0", *marks]
    assert marks == [str(number) for number in range(1, 7)]
    text = "".join(notes.itertext())
    assert "Ley n.º 3, art. 3. https://example.org/3, fin." in text
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        types, relations = package.read("[Content_Types].xml"), package.read("word/_rels/footnotes.xml.rels")
    assert b"/word/footnotes.xml" in types
    assert b'Target="https://example.org/6"' in relations
    settings = part(content, "word/settings.xml")
    assert [one.get(f"{W}id") for one in settings.iter(f"{W}footnote")] == ["-1", "0"]


def test_docx_is_landscape_titled_and_repeats_its_first_row() -> None:
    found = docx.Document(io.BytesIO(docx_report(report("pt"))))
    section = found.sections[0]
    assert section.page_width > section.page_height
    assert (found.core_properties.title, found.core_properties.language) == ("Cuadro comparativo: Blanqueo", "pt-BR")
    assert found.paragraphs[0].style.name == "Heading 1"
    assert "RESERVADO & PRIVADO" in section.header.paragraphs[0].text
    (table,) = found.tables
    assert table.rows[0]._tr.trPr.find(f"{W}tblHeader") is not None
    assert [one.text for one in table.rows[0].cells] == ["Elemento", "País 0", "País 1", "País 2"]
    languages = {one.get(f"{W}val") for one in table._tbl.iter(f"{W}lang")}
    assert languages == {"fr-FR"}, "what is quoted is marked with its own language"
    defaults = found.styles.element.find(f".//{W}rPrDefault//{W}lang")
    assert defaults.get(f"{W}val") == "pt-BR"


def test_a_short_row_stays_on_one_page_and_a_long_one_may_continue() -> None:
    short, long = (TableRow("Pena", (TableCell((Paragraph("x" * size, "es"),)),)) for size in (80, 5000))
    made = Report("Tabla", "es", "Elemento", ("España",), (short, long))
    (table,) = docx.Document(io.BytesIO(docx_report(made))).tables
    assert [row._tr.find(f".//{W}cantSplit") is not None for row in table.rows] == [True, True, False]


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Tabla comparativa: Blanqueo de capitales", "Tabla comparativa Blanqueo de …"),
        ("x" * 60, "x" * 31),
        ("[?]", "Rogatio"),
    ],
)
def test_a_sheet_is_named_by_whole_words(title: str, name: str) -> None:
    content = xlsx_report(Report(title, "es", "Elemento", ("España",), ()))
    assert load_workbook(io.BytesIO(content)).sheetnames[0] == name


def test_many_columns_are_several_tables_with_every_row() -> None:
    wide = report(columns=9)
    assert [len(one.columns) for one in parts(wide)] == [3, 3, 3]
    assert [len(one.columns) for one in parts(report(columns=6))] == [3, 3]
    assert list(parts(report(columns=0))) == []
    found = docx.Document(io.BytesIO(docx_report(wide)))
    assert len(found.tables) == 3
    assert [[row.cells[0].text for row in table.rows] for table in found.tables] == [
        ["Elemento", "Fila 0", "Fila 1"]
    ] * 3


@pytest.mark.skipif(not shutil.which("soffice"), reason="NOT OPENED IN AN OFFICE: soffice is not installed")
def test_docx_opens_in_an_office_with_its_notes(tmp_path: Path) -> None:
    (tmp_path / "a.docx").write_bytes(docx_report(report()))
    home = f"-env:UserInstallation=file://{tmp_path}/profile"
    command = [
        "soffice",
        home,
        "--headless",
        "--convert-to",
        "pdf",
        "--outdir",
        str(tmp_path),
        str(tmp_path / "a.docx"),
    ]
    subprocess.run(command, check=True, capture_output=True, timeout=300)
    with pdfplumber.open(tmp_path / "a.pdf") as pdf:
        text = "".join(page.extract_text() for page in pdf.pages)
        assert pdf.pages[0].width > pdf.pages[0].height
    assert "Ley n.º 6, art. 6. https://example.org/6, fin." in text
    assert "Él será castigado: ñandú, ação, œuvre" in text.replace("\n", " ")


# --- XLSX


PENALTIES = [
    ["España", "privación de libertad", "3", "8", "años"],
    ["Portugal", "privación de libertad", "", "perpetua", "años"],
    ["España", "días multa", "100", "290", "días"],
]


def punishing() -> Comparison:
    """Return a table in which Spain, Portugal and France, whose law cannot be read, state penalties."""
    figures = (
        (Figure("imprisonment", 36, 96, "month", 0, 1), Figure("day_fine", 100, 290, "day", 0, 1)),
        (Figure("imprisonment", None, None, "life", 0, 1),),
        (Figure("day_fine", 1, 2, "day", 0, 1),),
    )
    made = compared(3, 1)
    cells = tuple(
        Cell((replace(cell.quotations[0], figures=own, role="basic"),))
        for cell, own in zip(made.rows[0].cells, figures, strict=True)
    )
    return replace(made, rows=(Row("penalty", "structure", cells),))


def with_penalties() -> Report:
    sources = {
        code: CitedSource(code, f"Ley {code}", "", "", code, "es", "", "", "", f"{code}.md", "", 1, "", "public")
        for code in ("ES", "PT")
    }
    return comparison_report(punishing(), sources, "es", Setting("local", datetime.datetime(2031, 1, 1)))


def test_a_short_title_of_a_law_has_no_part_of_a_parenthesis() -> None:
    title = "Código Penal (Decreto-Lei nº 2.848, de 7 de dezembro de 1940)"
    source = CitedSource("ES", title, "", "", "ES", "es", "", "", "", "es.md", "", 1, "", "public")
    report = comparison_report(punishing(), {"ES": source}, "es", Setting("local", datetime.datetime(2031, 1, 1)))
    laws = {paragraph.law for row in report.rows for cell in row.cells for paragraph in cell.paragraphs}
    assert laws == {"", "Código Penal"}


def test_csv_has_penalties_as_figures_of_what_may_be_read() -> None:
    lines = list(csv.reader(io.StringIO(csv_report(with_penalties()).decode("utf-8-sig"), newline="")))
    assert lines[0][-3:] == ["Mínimo", "Máximo", "Unidad"]
    figures = [line for line in lines if line[2] == "cifras"]
    assert [[line[1], line[4], *line[-3:]] for line in figures] == PENALTIES
    assert {line[0] for line in figures} == {"Pena"}
    assert {len(line) for line in lines} == {12}


def test_docx_and_pdf_have_penalties_as_figures_with_their_law() -> None:
    made = with_penalties()
    table = docx.Document(io.BytesIO(docx_report(made))).tables[-1]
    assert [cell.text for cell in table.rows[0].cells][1] == "Artículo y ley"
    assert [[row.cells[place].text for place in (0, 2, 3, 4, 5)] for row in table.rows[1:]] == PENALTIES
    text = "".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(pdf_report(made)))
    assert "Penas en cifras" in text
    assert "100" in text
    assert "290" in text


def test_each_quotation_is_cited_with_its_law() -> None:
    title = "Ley Orgánica 10/1995, de 23 de noviembre, del Código Penal"
    sources = {"ES": CitedSource("ES", title, "", "", "ES", "es", "", "", "", "es.md", "", 1, "", "public")}
    shown = comparison_report(punishing(), sources, "es", Setting("local", datetime.datetime(2031, 1, 1)))
    (cited,) = (one.cited for one in shown.rows[1].cells[0].paragraphs if one.notes)
    assert cited == "art. 0 (1), Ley Orgánica 10/1995"


def test_xlsx_has_penalties_as_numbers() -> None:
    sheet = load_workbook(io.BytesIO(xlsx_report(with_penalties())))["Penas en cifras"]
    rows = [[cell.value for cell in row] for row in sheet.iter_rows(min_row=2, max_row=4)]
    assert [["" if value is None else str(value) for value in row[:5]] for row in rows] == PENALTIES
    assert (rows[0][2], rows[0][3]) == (3, 8)


@pytest.mark.parametrize("text", FORMULAS, ids=range(len(FORMULAS)))
def test_xlsx_has_no_formula_whatever_a_law_says(text: str) -> None:
    content = xlsx_report(report(text=text))
    with zipfile.ZipFile(io.BytesIO(content)) as package:
        sheets = [
            etree.fromstring(package.read(name))
            for name in package.namelist()
            if "/sheet" in name and name.endswith(".xml")
        ]
    assert len(sheets) == 4
    assert not [one for sheet in sheets for one in sheet.iter(f"{XLSX}f")]
    for sheet in load_workbook(io.BytesIO(content)).worksheets:
        assert all(one.data_type in ("s", "n") for row in sheet.iter_rows() for one in row if one.value is not None)


def test_xlsx_rows_are_as_high_as_their_text() -> None:
    sheet = load_workbook(io.BytesIO(xlsx_report(report(rows=1, text="palabra " * 40)))).worksheets[0]
    line, held = sheet.row_dimensions[1].height, sheet.row_dimensions[2].height
    assert held >= line * len(sheet["B2"].value) / sheet.column_dimensions["B"].width
    assert sheet["A1"].font.name == sheet["B2"].font.name


def test_xlsx_sheets_and_their_notes() -> None:
    book = load_workbook(io.BytesIO(xlsx_report(report())))
    table, notes, sources, about = book.worksheets
    assert [one.title for one in (notes, sources, about)] == ["Notas", "Fuentes", "Sobre este documento"]
    assert table["B2"].value == "art. 1  Él será castigado: ñandú, ação, œuvre 0 [1]"
    assert [one.value for one in notes[2]] == [
        "1",
        "Ley n.º 1, art. 1. https://example.org/1, fin.",
        "https://example.org/1",
    ]
    assert notes["C2"].hyperlink.target == "https://example.org/1"
    assert sources["A2"].value == "Código Penal"
    assert (table.freeze_panes, table.print_title_rows, table.page_setup.orientation) == ("B2", "$1:$1", "landscape")
    assert "Blanqueo & co." in [one.value for row in about.iter_rows() for one in row]


def test_a_cell_holds_as_much_as_a_spreadsheet_allows() -> None:
    book = load_workbook(io.BytesIO(xlsx_report(report(columns=1, rows=1, text="palabra " * 9000))))
    assert len(book.worksheets[0]["B2"].value) < 32_767


# --- CSV


def test_csv_is_read_right_and_runs_nothing() -> None:
    content = csv_report(report(text="=cmd|' /C calc'!A0"))
    assert content.startswith(b"\xef\xbb\xbf")
    lines = list(csv.reader(io.StringIO(content.decode("utf-8-sig"), newline="")))
    assert lines[0][:5] == ["Elemento", "País", "Clase", "Cita precisa", "Texto"]
    assert len(lines) == 9
    assert all(line[4].startswith("'=cmd") for line in lines[1:7])
    assert [line[2] for line in lines[7:]] == ["observación", "observación"]
    assert [line[4] for line in lines[7:]] == ["RESERVADO & PRIVADO", "Prevalece el original."]


@pytest.mark.parametrize("text", FORMULAS, ids=range(len(FORMULAS)))
def test_no_value_is_a_formula(text: str) -> None:
    assert not safe(text).lstrip().startswith(("=", "+", "-", "@"))
    assert safe(f"  {text}").startswith("'") or not text.strip()


# --- PDF


@pytest.fixture
def pdf() -> bytes:
    try:
        return pdf_report(report())
    except RogatioError as error:
        pytest.skip(f"NO PDF MADE: {error}")


def test_pdf_has_its_text_its_notes_and_its_faces(pdf: bytes, tmp_path: Path) -> None:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        page = opened.pages[0]
        text = page.extract_text()
        fonts = {character["fontname"] for character in page.chars}
        assert page.width > page.height
    assert "ñandú, ação, œuvre" in text
    assert "1. Ley n.º 1, art. 1. https://example.org/1, fin." in text
    assert "RESERVADO & PRIVADO" in text
    assert "Exportado por local" in text
    assert all("Rogatio" in font for font in fonts), "every face comes with the installation"
    image = pypdfium2.PdfDocument(pdf)[0].render(scale=1).to_pil().convert("L")
    assert image.getextrema()[0] < 60


def test_pdf_is_tagged_with_its_language_and_table(pdf: bytes) -> None:
    with pdfplumber.open(io.BytesIO(pdf)) as opened:
        catalog = opened.doc.catalog
        assert catalog["MarkInfo"]["Marked"] is True
        assert catalog["Lang"] == b"es"
        kinds = {element["type"] for element in flat(opened.structure_tree)}
    assert {"H1", "Table", "TR", "TH", "TD"} <= kinds


def flat(elements: list[dict[str, object]]) -> list[dict[str, object]]:
    return [one for element in elements for one in (element, *flat(element.get("children", [])))]  # type: ignore[arg-type]


def test_pdf_loads_nothing(monkeypatch: pytest.MonkeyPatch) -> None:
    import socket

    monkeypatch.setattr(socket.socket, "connect", lambda *_: pytest.fail("the network was asked"))
    expected = '<img src="http://evil.example/x.png"><link rel=stylesheet href="file:///etc/passwd">'
    with pdfplumber.open(io.BytesIO(pdf_report(report(text=expected)))) as opened:
        assert "evil.example" in opened.pages[0].extract_text().replace("\n", "")


# --- all of them


@pytest.mark.parametrize("language", LANGUAGES)
def test_hostile_text_breaks_no_format(language: str) -> None:
    hostile = report(language, text=HOSTILE)
    assert "script" in "".join(part(docx_report(hostile), "word/document.xml").itertext())
    load_workbook(io.BytesIO(xlsx_report(hostile)))
    csv_report(hostile).decode("utf-8")
    pdf_report(hostile)


@pytest.mark.parametrize(
    ("title", "name"),
    [
        ("Grupo de trabajo: Año 2026", "grupo-de-trabajo-ano-2026.docx"),
        ("../../etc/passwd", "etc-passwd.docx"),
        ('a"\r\nSet-Cookie: x=1', "a-set-cookie-x-1.docx"),
        ("文書", "rogatio.docx"),
        ("", "rogatio.docx"),
        ("x" * 300, f"{'x' * 80}.docx"),
        ("CON", "rogatio-con.docx"),
    ],
)
def test_names_are_safe(title: str, name: str) -> None:
    assert file_name(title, "docx") == name
