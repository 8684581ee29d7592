"""Each format reads as a person would read it: text in order, blocks that cover it, tables as cells."""

from pathlib import Path

import office_files as office
import pytest

from extraction.document import BlockKind, Document
from extraction.read import read

SHARED = Path(__file__).parent.parent.parent / "shared" / "data"


def document(tmp_path: Path, name: str, content: str | bytes) -> Document:
    path = tmp_path / name
    path.write_bytes(content if isinstance(content, bytes) else content.encode())
    found = read(path, tmp_path / "members").document
    assert found is not None
    check(found)
    return found


def check(found: Document) -> None:
    """Blocks follow one another, cover all but the blanks, and cells lie in their tables."""
    end = 0
    for block in found.blocks:
        assert block.end > block.start >= end
        assert found.text[end : block.start].strip() == ""
        end = block.end
    assert found.text[end:].strip() == ""
    assert found.pages[0].start == 0
    assert found.pages[-1].end == len(found.text)
    for table in found.tables:
        assert all(table.start <= cell.start <= cell.end <= table.end for cell in table.cells)


def outline(found: Document) -> list[tuple[str, int, str]]:
    return [(block.kind.value, block.level, found.text[block.start : block.end]) for block in found.blocks]


LETTER = "Señor juez: La petición del exhorto n.º 324-1 fue enviada según el artículo 400 bis; ¿qué dirá él?"


@pytest.mark.parametrize(
    "encoding",
    ["utf-8", "utf-8-sig", "utf-16", "utf-16-le", "utf-16-be", "utf-32", "utf-32-le", "cp1252", "cp850", "mac-roman"],
)
def test_plain_text_in_any_encoding(tmp_path: Path, encoding: str) -> None:
    assert document(tmp_path, "a.txt", LETTER.encode(encoding)).text == LETTER


def test_hard_wrapped_lines_are_rejoined_and_others_kept(tmp_path: Path) -> None:
    wrapped = (
        "El Poder Ejecutivo establecerá en el decreto reglamentario respectivo\n"
        "la fecha de entrada en vigencia de las disposiciones contenidas en el\n"
        "artículo 68 incorporado por la presente ley, que se publicará luego\n"
        "en el diario oficial.\n"
        "\n"
        "Juzgado n.º 1\nCalle Mayor, 2\nMadrid\n"
    )
    found = document(tmp_path, "a.txt", wrapped)
    assert [text.count("\n") for _, _, text in outline(found)] == [0, 2]


def test_markdown_front_matter_headings_lists_and_tables(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        "ley.md",
        "---\ntitle: \"Ley 17016\"\npublication_date: '1998-10-28'\ncountry: no\n---\n# Ley\n\n##### Artículo 1\n\n"
        "(*a*) **Texto** ~~derogado~~.\n\n2. dos\n3. tres\n\n| a | b |\n|---|---|\n| 007 | 1,5 |\n",
    )
    assert found.metadata == {"title": "Ley 17016", "publication_date": "1998-10-28", "country": "no"}
    assert outline(found) == [
        ("heading", 1, "Ley"),
        ("heading", 5, "Artículo 1"),
        ("paragraph", 0, "(a) Texto ."),
        ("list_item", 0, "2. dos"),
        ("list_item", 0, "3. tres"),
        ("table", 0, "a\tb\n007\t1,5"),
    ]
    assert [(c.row, c.column, found.text[c.start : c.end], c.header) for c in found.tables[0].cells] == [
        (0, 0, "a", True),
        (0, 1, "b", True),
        (1, 0, "007", False),
        (1, 1, "1,5", False),
    ]
    assert found.warnings == ("struck_wording",)


def test_html_reads_as_it_is_shown(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        "lei.html",
        "<html lang=pt><head><title>Lei</title><style>p{}</style></head><body><nav>Menu</nav><h2>CAPÍTULO&nbsp;I</h2>"
        "<p><font><a name='art1'></a>Art. 1<u><sup>o</sup></u>&#160; Ocultar\n ou <b>dissimular</b>:<br>Pena</p>"
        "<strike><p>texto revogado</p></strike><font><p>vigente<p style='display:none'>oculto</p>"
        "<ol type=a start=2><li>um<li>dois<ul><li>x</ul></ol><script>var x</script>"
        "<table><tr><th>Conta<th>Valor<tr><td rowspan=2>0012<td>1<tr><td>2</table>"
        "<table><tr><td><p>Presidência</p><td>da República</table></font>",
    )
    assert outline(found) == [
        ("heading", 2, "CAPÍTULO I"),
        ("paragraph", 0, "Art. 1º Ocultar ou dissimular:\nPena"),
        ("paragraph", 0, "vigente"),
        ("list_item", 0, "b. um"),
        ("list_item", 0, "c. dois"),
        ("list_item", 0, "x"),
        ("table", 0, "Conta\tValor\n0012\t1\n2"),
        ("paragraph", 0, "Presidência"),
        ("paragraph", 0, "da República"),
    ]
    assert found.tables[0].cells[-1].column == 1
    assert set(found.warnings) == {"struck_wording", "hidden_text"}
    assert found.metadata == {"language": "pt", "title": "Lei"}
    assert [item.text for item in found.pages[0].furniture] == ["Menu"]


def test_html_in_its_declared_encoding(tmp_path: Path) -> None:
    page = "<html><meta charset=iso-8859-1><p>ação “penal” €</p>"
    assert document(tmp_path, "a.html", page.encode("cp1252")).text == "ação “penal” €"


@pytest.mark.shared
@pytest.mark.parametrize("country", ["br", "fr", "ie", "mx", "pe", "uy"])
def test_statutes_of_each_country(tmp_path: Path, country: str) -> None:
    if not SHARED.is_dir():
        pytest.skip("the reference data folder is not beside the repository")
    paths = [path for path in (SHARED / "statutes" / country).rglob("*") if path.suffix in (".md", ".html")]
    assert paths
    for path in paths:
        found = read(path, tmp_path).document
        assert found is not None
        check(found)
        assert any(block.kind is BlockKind.HEADING for block in found.blocks), path.name
        assert not any(mark in found.text for mark in ("<p", "</", "&nbsp", "\xa0", "\xad")), path.name


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
