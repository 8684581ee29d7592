"""Office files: the text displayed by the original program, without deleted or hidden text."""

import shutil
from datetime import datetime
from pathlib import Path

import docx
import office_files as office
import openpyxl
import pytest
from compound_files import compound_file
from format_checks import SHARED, check, document, outline

from extraction.errors import RogatioError
from extraction.office.office_conversion import converted
from extraction.read import read

NUMBERING = (
    '<w:abstractNum w:abstractNumId="0">'
    '<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="decimal"/><w:lvlText w:val="Artículo %1.-"/></w:lvl>'
    '<w:lvl w:ilvl="1"><w:start w:val="1"/><w:numFmt w:val="lowerLetter"/><w:lvlText w:val="%2)"/></w:lvl>'
    "</w:abstractNum>"
    '<w:num w:numId="7"><w:abstractNumId w:val="0"/></w:num>'
    '<w:num w:numId="8"><w:abstractNumId w:val="0"/><w:lvlOverride w:ilvl="0"><w:startOverride w:val="324"/>'
    "</w:lvlOverride></w:num>"
)
STYLES = (
    '<w:style w:styleId="Ttulo1"><w:name w:val="heading 1"/></w:style>'
    '<w:style w:styleId="Mio"><w:name w:val="Mío"/><w:basedOn w:val="Ttulo1"/></w:style>'
    '<w:style w:styleId="Bucle"><w:name w:val="x"/><w:basedOn w:val="Bucle"/></w:style>'
)


def numbered(text: str, number: int, level: int = 0) -> str:
    properties = f'<w:numPr><w:ilvl w:val="{level}"/><w:numId w:val="{number}"/></w:numPr>'
    return office.p(text, properties=properties)


@pytest.mark.parametrize(
    ("inner", "warnings"),
    [(f'<w:comment w:id="1">{office.p("¿Es la fecha?")}</w:comment>', ("comments",)), ("", ())],
)
def test_comments_of_docx_are_told(tmp_path: Path, inner: str, warnings: tuple[str, ...]) -> None:
    found = document(tmp_path, "a.docx", office.docx(office.p("Oficio n.º 7."), comments=inner))
    assert (found.text, found.warnings) == ("Oficio n.º 7.", warnings)


def test_comments_of_odt_are_told(tmp_path: Path) -> None:
    note = "<office:annotation><text:p>¿Es la fecha?</text:p></office:annotation>"
    found = document(tmp_path, "a.odt", office.odt(f"<text:p>Oficio {note}n.º 7.</text:p>"))
    assert (found.text, found.warnings) == ("Oficio n.º 7.", ("comments",))


def test_docx_headings_lists_notes_and_furniture(tmp_path: Path) -> None:
    body = (
        office.p("Ley de prueba", properties='<w:pStyle w:val="Mio"/>')
        + numbered("Uno.", 7)
        + numbered("primera", 7, 1)
        + numbered("segunda", 7, 1)
        + numbered("Dos.", 7)
        + numbered("otra", 7, 1)
        + numbered("Blanqueo.", 8)
        + office.p("Véase el art. 32", '<w:r><w:footnoteReference w:id="2"/></w:r>', ".")
        + office.p("Bucle", properties='<w:pStyle w:val="Bucle"/>')
    )
    notes = f'<w:footnote w:id="2">{office.p("Nota al pie.")}</w:footnote>'
    found = document(
        tmp_path,
        "a.docx",
        office.docx(body, styles=STYLES, numbering=NUMBERING, footnotes=notes, header=office.p("Juzgado n.º 6")),
    )
    assert outline(found) == [
        ("heading", 1, "Ley de prueba"),
        ("list_item", 0, "Artículo 1.- Uno."),
        ("list_item", 0, "a) primera"),
        ("list_item", 0, "b) segunda"),
        ("list_item", 0, "Artículo 2.- Dos."),
        ("list_item", 0, "a) otra"),
        ("list_item", 0, "Artículo 324.- Blanqueo."),
        ("paragraph", 0, "Véase el art. 32[1]."),
        ("footnote", 0, "[1] Nota al pie."),
        ("paragraph", 0, "Bucle"),
    ]
    assert [(item.kind.value, item.text) for item in found.pages[0].furniture] == [("running_head", "Juzgado n.º 6")]


def test_docx_changes_boxes_and_hidden_wording(tmp_path: Path) -> None:
    box = (
        '<w:r><mc:AlternateContent xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><mc:Choice>'
        f"<w:txbxContent>{office.p('En un recuadro')}</w:txbxContent></mc:Choice><mc:Fallback><w:txbxContent>"
        f"{office.p('En un recuadro')}</w:txbxContent></mc:Fallback></mc:AlternateContent></w:r>"
    )
    body = office.p(
        "Pena de ",
        f"<w:del>{office.r('dos')}</w:del>",
        f"<w:ins>{office.r('tres')}</w:ins>",
        " años",
        office.r(" secreto", "<w:vanish/>"),
        office.r(" derogado", "<w:strike/>"),
        office.r(" visible", '<w:strike w:val="0"/>'),
        ", artículo 1",
        office.r("o", '<w:vertAlign w:val="superscript"/>'),
        box,
    )
    found = document(tmp_path, "a.docx", office.docx(body))
    assert outline(found) == [
        ("paragraph", 0, "Pena de tres años visible, artículo 1º"),
        ("paragraph", 0, "En un recuadro"),
    ]
    assert set(found.warnings) == {"tracked_deletions", "tracked_insertions", "hidden_text", "struck_wording"}


def test_docx_pages_as_last_laid_out(tmp_path: Path) -> None:
    rendered = '<w:r><w:lastRenderedPageBreak/><w:t xml:space="preserve"> segunda página</w:t></w:r>'
    body = office.p("Una frase que sigue en la", rendered) + office.p("<w:r><w:lastRenderedPageBreak/></w:r>", "Fin")
    found = document(tmp_path, "a.docx", office.docx(body))
    assert [text for _, _, text in outline(found)] == ["Una frase que sigue en la segunda página", "Fin"]
    assert [found.page_at(found.text.index(word)) for word in ("Una", "segunda", "Fin")] == [1, 2, 3]


def cell(text: str, properties: str = "") -> str:
    return f"<w:tc><w:tcPr>{properties}</w:tcPr>{office.p(text)}</w:tc>"


def test_docx_tables(tmp_path: Path) -> None:
    restart, wide = '<w:vMerge w:val="restart"/>', '<w:gridSpan w:val="2"/>'
    table = (
        f"<w:tbl><w:tr>{cell('Cuenta')}{cell('Importe')}{cell('Fecha')}</w:tr>"
        f"<w:tr>{cell('0012', restart)}{cell('1', wide)}</w:tr>"
        f"<w:tr>{cell('', '<w:vMerge/>')}{cell('2')}{cell('hoy')}</w:tr></w:tbl>"
    )
    bilingual = f"<w:tbl><w:tr>{cell('Señor juez. ' * 50)}{cell('Monsieur le juge. ' * 50)}</w:tr></w:tbl>"
    found = document(tmp_path, "a.docx", office.docx(table + bilingual))
    assert [
        (c.row, c.column, c.row_span, c.column_span, c.header, found.text[c.start : c.end])
        for c in found.tables[0].cells
    ] == [
        (0, 0, 1, 1, True, "Cuenta"),
        (0, 1, 1, 1, True, "Importe"),
        (0, 2, 1, 1, True, "Fecha"),
        (1, 0, 2, 1, False, "0012"),
        (1, 1, 1, 2, False, "1"),
        (2, 1, 1, 1, False, "2"),
        (2, 2, 1, 1, False, "hoy"),
    ]
    assert [kind for kind, _, _ in outline(found)] == ["table", "paragraph", "paragraph"]


@pytest.mark.shared
def test_real_docx(tmp_path: Path) -> None:
    if not SHARED.is_dir():
        pytest.skip("the reference data folder is not beside the repository")
    texts = {path.stem: read(path, tmp_path).document for path in (SHARED / "pdf" / "docx").glob("*.docx")}
    assert len(texts) >= 7
    for found in texts.values():
        assert found is not None
        check(found)
    assert sum(bool(found and found.text) for found in texts.values()) >= 5


def test_odt_with_a_document_type_that_only_names_its_dtd(tmp_path: Path) -> None:
    manifest = (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        '<!DOCTYPE m:manifest PUBLIC "-//OpenOffice.org//DTD Manifest 1.0//EN" "Manifest.dtd">\n'
        '<m:manifest xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"/>'
    )
    path = tmp_path / "a.odt"
    path.write_bytes(office.odt("<text:p>Señor juez</text:p>", manifest=manifest))
    found = read(path, tmp_path / "scratch").document
    assert found is not None
    assert found.text == "Señor juez"


def test_flat_odt(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        "a.fodt",
        b'<?xml version="1.0"?><office:document xmlns:office="urn:oasis:names:tc:opendocument:xmlns:office:1.0" '
        b'xmlns:text="urn:oasis:names:tc:opendocument:xmlns:text:1.0" office:mimetype="application/vnd.oasis.open'
        b'document.text"><office:settings><x>true</x></office:settings><office:body><office:text><text:h>Exhorto</text:h><text:p>'
        b"Texto.</text:p></office:text></office:body></office:document>",
    )
    assert [text for _, _, text in outline(found)] == ["Exhorto", "Texto."]
    assert (found.media_type, found.warnings) == ("application/vnd.oasis.opendocument.text-flat-xml", ())


def test_values_of_the_forms_of_an_odt(tmp_path: Path) -> None:
    names = 'xmlns:form="urn:oasis:names:tc:opendocument:xmlns:form:1.0" '
    names += 'xmlns:draw="urn:oasis:names:tc:opendocument:xmlns:drawing:1.0"'
    body = (
        f'<office:forms {names}><form:form><form:text form:id="a" form:current-value="0012"/><form:checkbox '
        'form:id="b" form:label="Urgente" form:current-state="checked"/><form:radio form:id="c" form:label="No"/>'
        f'</form:form></office:forms><text:p>Cuenta:<draw:control {names} draw:control="a"/></text:p><text:p>'
        f'<draw:control {names} draw:control="b"/><draw:control {names} draw:control="c"/></text:p>'
    )
    found = document(tmp_path, "a.odt", office.odt(body))
    assert [" ".join(text.split()) for _, _, text in outline(found)] == ["Cuenta: 0012", "☒ Urgente ☐ No"]


def test_odt(tmp_path: Path) -> None:
    automatic = (
        '<text:list-style style:name="L"><text:list-level-style-number text:level="1" style:num-format="1" '
        'style:num-suffix=".º"/>'
        '<text:list-level-style-number text:level="2" style:num-format="a" style:num-suffix=")"/>'
        '</text:list-style><style:style style:name="S"><style:text-properties text:display="none"/></style:style>'
    )
    item = "<text:list-item><text:p>{}</text:p>{}</text:list-item>".format
    inner = f"<text:list>{item('aa', '')}{item('bb', '')}</text:list>"
    body = (
        "<text:tracked-changes><text:changed-region><text:deletion><text:p>borrado</text:p></text:deletion>"
        "</text:changed-region></text:tracked-changes>"
        '<text:h text:outline-level="2">Capítulo<text:s/>I</text:h>'
        "<text:p>Una <text:span>frase</text:span><text:note><text:note-citation>1</text:note-citation><text:note-body>"
        "<text:p>Nota.</text:p></text:note-body></text:note> que <text:soft-page-break/>sigue"
        '<text:span text:style-name="S"> oculta</text:span>.</text:p>'
        f'<text:list text:style-name="L">{item("uno", inner)}{item("dos", "")}</text:list>'
        f'<text:list text:style-name="L" text:continue-numbering="true">{item("tres", "")}</text:list>'
        "<table:table><table:table-row><table:table-cell><text:p>Cuenta</text:p></table:table-cell><table:table-cell>"
        "<text:p>Valor</text:p></table:table-cell></table:table-row><table:table-row><table:table-cell><text:p>0012"
        "</text:p></table:table-cell><table:table-cell><text:p>1</text:p></table:table-cell></table:table-row>"
        "</table:table>"
    )
    header = "<style:header><text:p>Juzgado</text:p></style:header>"
    found = document(tmp_path, "a.odt", office.odt(body, automatic=automatic, styles=header))
    assert outline(found) == [
        ("heading", 2, "Capítulo I"),
        ("paragraph", 0, "Una frase[1] que sigue."),
        ("footnote", 0, "[1] Nota."),
        ("list_item", 0, "1.º uno"),
        ("list_item", 0, "a) aa"),
        ("list_item", 0, "b) bb"),
        ("list_item", 0, "2.º dos"),
        ("list_item", 0, "3.º tres"),
        ("table", 0, "Cuenta\tValor\n0012\t1"),
    ]
    assert found.page_at(found.text.index("sigue")) == 2
    assert found.metadata["title"] == "Título"
    assert set(found.warnings) == {"tracked_deletions", "hidden_text"}
    assert [item.text for item in found.pages[0].furniture] == ["Juzgado"]


def test_rtf(tmp_path: Path) -> None:
    source = (
        r"{\rtf1\ansi\ansicpg1252\deff0{\fonttbl{\f0\fcharset0 Arial;}}{\info{\title Exhorto}}"
        r"{\header Juzgado}\pard Se\'f1or juez: \u8220?petici\'f3n\u8221?\par "
        r"\trowd\cellx1000\cellx2000\intbl Cuenta\cell Valor\cell\row"
        r"\trowd\cellx1000\cellx2000\intbl 0012\cell 1\cell\row\pard Fin\par}"
    )
    found = document(tmp_path, "a.rtf", source)
    assert outline(found) == [
        ("page_head", 0, "Juzgado"),
        ("paragraph", 0, "Señor juez: “petición”"),
        ("table", 0, "Cuenta\tValor\n0012\t1"),
        ("paragraph", 0, "Fin"),
    ]
    assert found.metadata == {"title": "Exhorto"}


def test_xlsx_keeps_every_digit(tmp_path: Path) -> None:
    workbook = openpyxl.Workbook()
    sheet = workbook.active
    sheet.title = "Movimientos"
    sheet.append(["Cuenta", "Importe", "Fecha", "Ref", "Tasa", "Saldo", "Largo"])
    sheet.append(["0049 1500", 123456789012, datetime(2020, 3, 1), 42, 0.055, 1500.5, 1234567890123456])
    for column, number_format in (("D2", "00000"), ("E2", "0.0%"), ("F2", '#,##0.00\\ "€"')):
        sheet[column].number_format = number_format
    hidden = workbook.create_sheet("Oculta")
    hidden["C5"], hidden.sheet_state = 1e-7, "hidden"
    workbook.save(tmp_path / "b.xlsx")
    found = document(tmp_path, "a.xlsx", (tmp_path / "b.xlsx").read_bytes())
    assert outline(found) == [
        ("heading", 1, "Movimientos"),
        (
            "table",
            0,
            "Cuenta\tImporte\tFecha\tRef\tTasa\tSaldo\tLargo\n"
            "0049 1500\t123456789012\t2020-03-01\t00042\t5.5%\t1500.50\t1234567890123456",
        ),
        ("heading", 1, "Oculta"),
        ("table", 0, "0.0000001"),
    ]
    assert [table.name for table in found.tables] == ["Movimientos", "Oculta"]
    assert (found.tables[1].cells[0].row, found.tables[1].cells[0].column) == (4, 2)
    assert [cell.header for cell in found.tables[0].cells] == [True] * 7 + [False] * 7
    assert set(found.warnings) == {"hidden_sheet", "long_number_rounded"}


def test_rtf_of_a_word_processor(tmp_path: Path) -> None:
    source = (
        r"{\rtf1\ansi\ansicpg1252\uc1\deff0{\fonttbl{\f0\fcharset0 Arial;}{\f1\fcharset204 Arial Cyr;}}"
        r"{\stylesheet{\s1\outlinelevel0 Primera;}{\s2 t\'edtulo 2;}{\s3 Normal;}}{\info{\author Juez}}"
        r"{\header\pard Juzgado \'a7 6\par}{\*\generator x;}"
        r"\pard\s1 Ley\par\pard\s2 Cap\'edtulo\par\pard\s3{\listtext\pard a)\tab}primera\par"
        r"{\listtext\'b7\tab}punto\par\pard V\'e9ase{\super\chftn{\footnote\pard{\super\chftn} Nota.}} esto."
        r"{\v oculto}{\strike derogado}{\deleted borrado}\page Otra \u8364\'80 \u-10179?\u-8704? {\f1\'c4} \~fin\par"
        r"{\shp{\*\shpinst{\sp{\sn a}{\sv b}}{\shptxt \pard En un recuadro\par}}}{\pict\bin4 }}}}}\pard Fin\par}"
    )
    found = document(tmp_path, "a.rtf", source)
    assert outline(found) == [
        ("page_head", 0, "Juzgado § 6"),
        ("heading", 1, "Ley"),
        ("heading", 2, "Capítulo"),
        ("list_item", 0, "a) primera"),
        ("list_item", 0, "punto"),
        ("paragraph", 0, "Véase[1] esto. Otra € 😀 Д fin"),
        ("footnote", 0, "[1] Nota."),
        ("paragraph", 0, "En un recuadro"),
        ("paragraph", 0, "Fin"),
    ]
    assert found.page_at(found.text.index("Otra")) == 2
    assert set(found.warnings) == {"hidden_text", "struck_wording", "tracked_deletions"}
    assert found.metadata == {"author": "Juez"}
    assert [item.text for item in found.pages[0].furniture] == ["Juzgado § 6"]


@pytest.mark.skipif(not shutil.which("soffice"), reason="LibreOffice is not installed")
@pytest.mark.parametrize("extension", ["doc", "odt", "rtf"])
def test_what_libreoffice_writes(tmp_path: Path, extension: str) -> None:
    """One letter, saved by a real word processor in its old and new formats, reads alike in each."""
    letter = docx.Document()
    letter.add_heading("Comisión rogatoria n.º 324-1", 2)
    letter.add_paragraph("Según el artículo 400 bis del Código Penal, «blanqueo» — petición.")
    for text in ("primera", "segunda"):
        letter.add_paragraph(text, style="List Number")
    table = letter.add_table(2, 2)
    for cell, text in zip(table._cells, ("Cuenta", "Importe", "0012", "1.234,50"), strict=True):
        cell.text = text
    letter.sections[0].header.paragraphs[0].text = "Juzgado Central"
    letter.save(str(tmp_path / "a.docx"))
    made = converted(tmp_path / "a.docx", tmp_path, extension)
    found = document(tmp_path, f"b.{extension}", made.read_bytes())
    assert outline(found) == [
        ("page_head", 0, "Juzgado Central"),
        ("heading", 2, "Comisión rogatoria n.º 324-1"),
        ("paragraph", 0, "Según el artículo 400 bis del Código Penal, «blanqueo» — petición."),
        ("list_item", 0, "1. primera"),
        ("list_item", 0, "2. segunda"),
        ("table", 0, "Cuenta\tImporte\n0012\t1.234,50"),
    ]
    assert [item.text for item in found.pages[0].furniture] == ["Juzgado Central"]
    assert ("converted" in found.warnings) is (extension == "doc")


def test_an_old_file_without_libreoffice(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    (tmp_path / "a.doc").write_bytes(compound_file({"WordDocument": bytes(5000)}))
    with pytest.raises(RogatioError, match=r"extraction\.libreoffice_missing"):
        read(tmp_path / "a.doc", tmp_path)
