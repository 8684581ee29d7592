"""Headers and footers of office files: those of the first page are text, page numbers and repeated titles are not."""

from __future__ import annotations

from pathlib import Path

import office_files as office
import pytest
from format_checks import document, outline

from extraction.document import Block, Document
from nlp.document_type import find_document_type
from nlp.title import find_title

BODY = ["Señor juez:", "Se pide oír a un testigo.", "Atentamente, Lorena Vivanco"]


def docx(head: list[str], foot: list[str], body: list[str]) -> bytes:
    header, footer = ("".join(map(office.p, lines)) for lines in (head, foot))
    section = office.section(("header", "default", "header"), ("footer", "default", "footer"))
    return office.docx("".join(map(office.p, body)) + section, header=header, footer=footer)


def odt(head: list[str], foot: list[str], body: list[str]) -> bytes:
    header, footer, text = ("".join(f"<text:p>{line}</text:p>" for line in lines) for lines in (head, foot, body))
    inner = f"<style:header>{header}</style:header><style:footer>{footer}</style:footer>"
    return office.odt(text, styles=f'<style:master-page style:name="Standard">{inner}</style:master-page>')


def flat_odt(head: list[str], foot: list[str], body: list[str]) -> bytes:
    header, footer, text = ("".join(f"<text:p>{line}</text:p>" for line in lines) for lines in (head, foot, body))
    names = " ".join(f'xmlns:{name}="{office.ODF}:{name}:1.0"' for name in ("office", "text", "style"))
    return (
        f'<?xml version="1.0" encoding="UTF-8"?><office:document {names} office:mimetype="application/vnd.oasis.open'
        'document.text"><office:master-styles><style:master-page style:name="Standard">'
        f"<style:header>{header}</style:header><style:footer>{footer}</style:footer></style:master-page>"
        f"</office:master-styles><office:body><office:text>{text}</office:text></office:body></office:document>"
    ).encode()


def rtf(head: list[str], foot: list[str], body: list[str]) -> bytes:
    header, footer, text = ("".join(f"{line}\\par " for line in lines) for lines in (head, foot, body))
    source = f"{{\\rtf1\\ansi\\ansicpg1252{{\\header {header}}}{{\\footer {footer}}}\\pard {text}}}"
    return source.encode("cp1252")


FORMATS = pytest.mark.parametrize(
    ("name", "write"), [("a.docx", docx), ("a.odt", odt), ("a.fodt", flat_odt), ("a.rtf", rtf)]
)


def lines(found: Document) -> list[str]:
    return found.text.split("\n\n")


@FORMATS
@pytest.mark.parametrize(
    ("head", "foot"),
    [
        ("FISCALÍA GENERAL — Expediente AJI-77/2026 — URGENTE", "Plazo de respuesta: 15 de enero de 2027"),
        ("PROCURADORIA-GERAL DA REPÚBLICA — Processo 114/26.0TELSB", "Prazo de resposta: 10 dias"),
        ("Central Authority of Guyana — Our ref: MLA 12/2026 — SECRET", "Reply within 14 days, 5 High Street"),
        ("Tribunal judiciaire de Nanterre — n° parquet 26 045 000 12", "Réponse attendue le 3 mai 2027"),
        ("Juzgado Central n.º 6", "C. Fuencarral, 81 · 28071 Madrid"),
        ("Ref.: 77/26", "Telefone 11 2222 3333"),
    ],
)
def test_header_and_footer_of_the_first_page_are_text(tmp_path: Path, name: str, write, head: str, foot: str) -> None:  # type: ignore[no-untyped-def]
    found = document(tmp_path, name, write([head], [foot], BODY))
    assert lines(found) == [head, *BODY, foot]
    assert [kind for kind, _, _ in outline(found)] == ["page_head", *["paragraph"] * 3, "page_foot"]
    assert [item.text for item in found.pages[0].furniture] == [head, foot]


@FORMATS
@pytest.mark.parametrize(
    "number",
    ["1", "- 1 -", "1/3", "3 / 3", "Página 1 de 3", "Página  de ", "Pág. 1/3", "Page 1 of 3", "Page 1 sur 3", "Folha 2",
     "Fls. 12", "Hoja 1 de 4", "p. 7", "ii", "Page ii"],
)  # fmt: skip
def test_a_page_number_is_no_text(tmp_path: Path, name: str, write, number: str) -> None:  # type: ignore[no-untyped-def]
    assert lines(document(tmp_path, name, write([number], [number], BODY))) == BODY


@FORMATS
@pytest.mark.parametrize(
    ("head", "left"),
    [
        ("SEÑOR JUEZ:", []),
        ("Se pide oír — texto consolidado", ["texto consolidado"]),
        ("DIARIO OFICIAL DE LA UNIÓN EUROPEA", []),
        ("Código seguro de verificación: AB12-CD34", []),
        ("Expediente — 77/26", ["Expediente — 77/26"]),
        ("Se pide oír a un perito", ["Se pide oír a un perito"]),
    ],
)
def test_what_the_body_states_too_is_not_repeated(tmp_path: Path, name: str, write, head: str, left: list[str]) -> None:  # type: ignore[no-untyped-def]
    assert lines(document(tmp_path, name, write([head], [], BODY))) == [*left, *BODY]


def test_headers_that_docx_shows_on_the_first_page(tmp_path: Path) -> None:
    first, later = ("header", "first", "header1"), ("header", "default", "header2")
    header1, header2 = office.p("Membrete, oficio 12/2026"), office.p("Sigue el oficio")
    text = office.p("Señor juez:")
    for section, expected in (
        (office.section(first, later, first_page=True), ["Membrete, oficio 12/2026", "Señor juez:"]),
        (office.section(first, later), ["Sigue el oficio", "Señor juez:"]),
        (office.section(later, first_page=True), ["Señor juez:"]),
        ("", ["Señor juez:"]),
    ):
        found = document(tmp_path, "a.docx", office.docx(text + section, header1=header1, header2=header2))
        assert lines(found) == expected
        assert len(found.pages[0].furniture) == 2
    two = office.p("Señor juez:", properties=office.section(first, first_page=True)) + office.section(later)
    found = document(tmp_path, "a.docx", office.docx(two, header1=header1, header2=header2))
    assert lines(found)[0] == "Membrete, oficio 12/2026"


def test_tables_and_boxes_in_a_header_of_docx(tmp_path: Path) -> None:
    row = "".join(f"<w:tc>{office.p(text)}</w:tc>" for text in ("Ministerio", "Oficio n.º 12/26", "Página 1 de 2"))
    inner = f"<w:txbxContent>{office.p('RESERVADO')}</w:txbxContent>"
    names = 'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"'
    box = f"<w:r><mc:AlternateContent {names}><mc:Choice>{inner}</mc:Choice><mc:Fallback>{inner}</mc:Fallback>"
    head = f"<w:tbl><w:tr>{row}</w:tr></w:tbl>" + office.p(f"{box}</mc:AlternateContent></w:r>")
    head += office.p("Lima", "<w:r><w:ptab/></w:r>", "Exp. 7", "<w:r><w:tab/></w:r>", "1")
    section = office.section(("header", "default", "header"))
    found = document(tmp_path, "a.docx", office.docx(office.p("Señor juez:") + section, header=head))
    assert lines(found) == ["Ministerio", "Oficio n.º 12/26", "RESERVADO", "Lima\tExp. 7", "Señor juez:"]


def test_headers_that_odt_shows_on_the_first_page(tmp_path: Path) -> None:
    def master(name: str, inner: str) -> str:
        return f'<style:master-page style:name="{name}">{inner}</style:master-page>'

    def header(text: str, suffix: str = "", more: str = "") -> str:
        return f"<style:header{suffix}{more}><text:p>{text}</text:p></style:header{suffix}>"

    own = (
        '<style:style style:name="P1" style:master-page-name="Cover"/>'
        '<style:style style:name="P2" style:parent-style-name="P1"/>'
    )
    styles = (
        master("Other", header("Otro")) + master("Standard", header("Corriente")) + master("Cover", header("Oficio 9"))
    )
    for style, expected in (("P1", "Oficio 9"), ("P2", "Oficio 9"), ("P3", "Corriente")):
        body = "<text:tracked-changes><text:p>x</text:p></text:tracked-changes>"
        body += f'<text:p text:style-name="{style}">A</text:p>'
        found = document(tmp_path, "a.odt", office.odt(body, automatic=own, styles=styles))
        assert lines(found) == [expected, "A"]
        assert [item.text for item in found.pages[0].furniture] == ["Otro", "Corriente", "Oficio 9"]
    hidden = ' style:display="false"'
    for inner, expected in (
        (header("Corriente") + header("Primera", "-first"), "Primera"),
        (header("Corriente") + header("Primera", "-first", hidden), "Corriente"),
        (header("Corriente") + header("Izquierda", "-left"), "Corriente"),
    ):
        found = document(tmp_path, "a.odt", office.odt("<text:p>A</text:p>", styles=master("Standard", inner)))
        assert lines(found) == [expected, "A"]


def test_tables_boxes_and_fields_in_a_header_of_odt(tmp_path: Path) -> None:
    cells = "".join(f"<table:table-cell><text:p>{text}</text:p></table:table-cell>" for text in ("PGR", "Of. 12/26"))
    box = "<draw:frame><draw:text-box><text:p>URGENTE</text:p></draw:text-box></draw:frame>"
    head = (
        f"<table:table><table:table-row>{cells}</table:table-row></table:table><text:p>Lisboa{box}</text:p>"
        "<text:p>Página <text:page-number>1</text:page-number> de <text:page-count>2</text:page-count></text:p>"
    )
    styles = f'<style:master-page style:name="Standard"><style:header>{head}</style:header></style:master-page>'
    found = document(tmp_path, "a.odt", office.odt("<text:p>A</text:p>", styles=styles))
    assert lines(found) == ["PGR", "Of. 12/26", "Lisboa", "URGENTE", "A"]


@pytest.mark.parametrize(
    ("source", "expected"),
    [
        (r"\titlepg{\headerf Primera\par}{\header Resto\par}\pard A\par", ["Primera", "A"]),
        (r"{\headerf Primera\par}{\header Resto\par}\pard A\par", ["Resto", "A"]),
        (r"\facingp{\headerl Izquierda\par}{\headerr Derecha\par}\pard A\par", ["Derecha", "A"]),
        (r"{\header Uno\par}\pard A\par\sect\sectd\titlepg{\headerf Dos\par}B\par", ["Uno", "A", "B"]),
        (r"\pard A\par\sect{\header Dos\par}B\par", ["A", "B"]),
        (r"{\header\trowd\intbl PGR\cell Of. 1\cell\row\pard Lima\par}A\par B\par", ["PGR", "Of. 1", "Lima", "A", "B"]),
        (r"{\header Uno{\shp{\*\shpinst{\shptxt \pard Recuadro\par}}}\par}\pard A\par", ["Uno", "Recuadro", "A"]),
        (r"{\header Exp. 7\tab {\field{\*\fldinst PAGE}{\fldrslt 1}}\par Page \chpgn\par}\pard A\par", ["Exp. 7", "A"]),
        (r"{\*\pgdsctbl{\pgdsc0{\header Estilo\par}}}\pard A\par", ["A"]),
    ],
)  # fmt: skip
def test_headers_of_rtf(tmp_path: Path, source: str, expected: list[str]) -> None:
    assert lines(document(tmp_path, "a.rtf", f"{{\\rtf1\\ansi {source}}}")) == expected


def test_a_tracked_insertion_of_rtf_leaves_no_digit_of_its_date(tmp_path: Path) -> None:
    source = r"{\rtf1\ansi\pard {\revised\revauth1\revdttm-2074015744 Cuenta 123-456.}\par}"
    assert document(tmp_path, "a.rtf", source).text == "Cuenta 123-456."


def test_pages_and_tables_behind_a_header(tmp_path: Path) -> None:
    cells = "".join(f"<w:tc>{office.p(text)}</w:tc>" for text in ("Cuenta", "Importe"))
    table = f"<w:tbl><w:tr>{cells}</w:tr><w:tr>{cells}</w:tr></w:tbl>"
    rendered = office.p("<w:r><w:lastRenderedPageBreak/></w:r>", "Fin")
    section = office.section(("header", "default", "header"))
    found = document(tmp_path, "a.docx", office.docx(table + rendered + section, header=office.p("Oficio 7/2026")))
    assert [found.text[cell.start : cell.end] for cell in found.tables[0].cells] == ["Cuenta", "Importe"] * 2
    assert [found.page_at(found.text.index(word)) for word in ("Oficio", "Cuenta", "Fin")] == [1, 1, 2]


@pytest.mark.parametrize("head", ["CONGRESO DE LA REPÚBLICA", "Ministère de la Justice — Bureau du droit pénal"])
@pytest.mark.parametrize(
    "title", ["Reglas del cuerpo de peritos", "LEY 599 DE 2000", "Loi du 14 mai 2020 sur l’entraide"]
)
def test_a_header_is_no_title(tmp_path: Path, head: str, title: str) -> None:
    def found(heads: list[str]) -> tuple[str, str]:
        read = document(
            tmp_path, "a.docx", docx(heads, [], [title, "Artículo 1. Objeto. Se dictan normas.", "Artículo 2. Fin."])
        )
        blocks: tuple[Block, ...] = read.blocks
        kind = find_document_type(read.text)
        return find_title(read.text, blocks, kind), kind.label

    assert found([head]) == found([])
    assert found([head])[0] == title
