"""Each format reads as a person would read it: text in order, blocks that cover it, tables as cells."""

from pathlib import Path

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
