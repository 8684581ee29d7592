"""Malicious and damaged files end in an error with a remedy, or are read with a warning; nothing hangs."""

import io
import random
import re
import zipfile
from pathlib import Path

import hostile_files as hostile
import msoffcrypto
import office_files as office
import openpyxl
import pytest
from msoffcrypto.format.ooxml import OOXMLFile

from extraction.errors import LANGUAGES, RogatioError
from extraction.read import Reading, read
from extraction.resource import load

DEEP = 1_000_000


def reading(tmp_path: Path, name: str, content: bytes, password: str = "") -> Reading:
    path = tmp_path / name
    path.write_bytes(content)
    return read(path, tmp_path / "members", password=password)


def failure(tmp_path: Path, name: str, content: bytes, password: str = "") -> str:
    with pytest.raises(RogatioError) as caught:
        reading(tmp_path, name, content, password)
    assert all(caught.value.sentence(language) for language in LANGUAGES)
    return caught.value.code.removeprefix("extraction.")


def xlsx(sheet: str = "", strings: str = "") -> bytes:
    """Return a workbook whose first sheet's XML begins with ``sheet``."""
    workbook, buffer, changed = openpyxl.Workbook(), io.BytesIO(), io.BytesIO()
    workbook.active["A1"] = "Cuenta"
    workbook.save(buffer)
    with zipfile.ZipFile(buffer) as source, zipfile.ZipFile(changed, "w", zipfile.ZIP_DEFLATED) as target:
        for name in source.namelist():
            data = source.read(name)
            data = (sheet.encode() or data) if name == "xl/worksheets/sheet1.xml" else data
            target.writestr(name, data)
    return changed.getvalue()


SHEET = '<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main">'
WIDE = (
    f'{SHEET}<dimension ref="A1:XFD1048576"/><sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData></worksheet>'
)
LAUGH = hostile.BILLION_LAUGHS

DTD = '<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a "b">]><r>&a;</r>'
UTF7 = DTD[:19] + ' encoding="UTF-7"?>' + DTD[21:].replace("<", "+ADw-").replace("&", "+ACY-")

EMPTY = [("a.pdf", b""), ("a.docx", b""), ("a.txt", b" \n\t"), ("a.html", b"\0\0\0"), ("a", b"")]
BOMBS = [
    ("a.xml", f"{LAUGH}<akomaNtoso>&a9;</akomaNtoso>".encode()),
    ("a.svg", f"{LAUGH}<svg><text>&a9;</text></svg>".encode()),
    ("a.xml", f"{LAUGH}<r>&a9;</r>".encode("utf-16")),
    ("a.xml", f"{hostile.EXTERNAL_ENTITY}<akomaNtoso>&x;</akomaNtoso>".encode()),
    ("a.docx", office.docx(office.p("&a9;"), prolog=LAUGH)),
    ("a.odt", office.odt("<text:p/>", manifest=DTD.encode("utf-32"))),
    ("a.odt", office.odt("<text:p/>", manifest=UTF7)),
    ("a.docx", office.docx(office.p("&x;"), prolog=hostile.EXTERNAL_ENTITY)),
    ("a.odt", office.odt("<text:p/>", manifest=f"{LAUGH}<r>&a9;</r>")),
    ("a.xlsx", xlsx(f"{LAUGH}{SHEET}&a9;</worksheet>")),
]
DEEP_FILES = [
    ("a.html", b"<div>" * DEEP + b"x"),
    ("a.json", b"[" * DEEP + b"]" * DEEP),
    ("a.xml", b"<?xml version='1.0'?>" + b"<a>" * DEEP + b"x" + b"</a>" * DEEP),
    ("a.xml", b"<akomaNtoso><act>" + b"<part>" * DEEP + b"</part>" * DEEP + b"</act></akomaNtoso>"),
    ("a.docx", office.docx("<w:sdt>" * 100_000 + "</w:sdt>" * 100_000)),
    ("a.odt", office.odt("<text:section>" * 100_000 + "</text:section>" * 100_000)),
]
BINARY = [
    ("a.exe", b"MZ\x90\0\x03" + bytes(range(32)) * 100),
    ("raro.exe", b"MZ\x90\0 This program cannot be run in DOS mode."),
    ("raro.exe", b"MZ only letters"),
    ("factura.txt", b"\x7fELF\x02\0 text"),
    ("a.pdf", bytes(range(256)) * 50),
    ("a.pptx", office.package({"[Content_Types].xml": "<x/>", "ppt/presentation.xml": "<x/>"})),
]
BROKEN = [
    ("a.docx", office.docx(office.p("x" * 9999))[:-40], "truncated"),
    ("a.docx", office.package({"[Content_Types].xml": "<T/>", "word/document.xml": "<a><b>"}), "malformed"),
    (
        "a.docx",
        office.package({"[Content_Types].xml": "<T/>", "word/document.xml": "<w:document xmlns:w='x'/>"}),
        "malformed",
    ),
    ("a.odt", office.package({"mimetype": "application/vnd.oasis.opendocument.text"}), "malformed"),
    ("a.xlsx", office.package({"[Content_Types].xml": "<T/>", "xl/workbook.xml": "<a/>"}), "malformed"),
    ("a.xml", b"<akomaNtoso><act><body><p>texto", "truncated"),
    ("a.xml", b"<akomaNtoso><act><p>x</q></act></akomaNtoso>\n", "malformed"),
    ("a.json", b'{"a": "b', "malformed"),
    ("a.rtf", b"{\\rtf1\\ansi texto " + b"x" * 3000, "truncated"),
    ("a.doc", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(100), "truncated"),
    ("a.csv", b"a;b\n1;" + b"9" * (2 << 20), "malformed"),
]


def named(files: list[tuple[str, bytes]]) -> list[str]:
    return [f"{number} {row[0]}" for number, row in enumerate(files)]


@pytest.mark.parametrize(("name", "content"), EMPTY, ids=named(EMPTY))
def test_empty(tmp_path: Path, name: str, content: bytes) -> None:
    assert failure(tmp_path, name, content) == "empty"


@pytest.mark.parametrize(("name", "content"), BOMBS, ids=named(BOMBS))
def test_entities(tmp_path: Path, name: str, content: bytes) -> None:
    assert failure(tmp_path, name, content) == "xml_bomb"


@pytest.mark.parametrize(("name", "content"), DEEP_FILES, ids=named(DEEP_FILES))
def test_depth(tmp_path: Path, name: str, content: bytes) -> None:
    assert failure(tmp_path, name, content) == "nested_too_deep"


@pytest.mark.parametrize(("name", "content"), BINARY, ids=named(BINARY))
def test_unknown_binary(tmp_path: Path, name: str, content: bytes) -> None:
    assert failure(tmp_path, name, content) == "unsupported_format"


def test_an_archive_of_another_kind(tmp_path: Path) -> None:
    assert failure(tmp_path, "a.7z", b"7z\xbc\xaf\x27\x1c\0\4" + bytes(range(32)) * 10) == "truncated"


def test_every_code_has_its_sentence() -> None:
    """What the readers raise and warn of can be told in four languages."""
    sources = "".join(path.read_text(encoding="utf-8") for path in Path(read.__code__.co_filename).parent.rglob("*.py"))
    codes = set(re.findall(r'RogatioError\(\s*"(extraction\.\w+)"', sources))
    warnings = set(re.findall(r'\.warn\("(\w+)"\)', sources)) | {"wrong_extension", "converted", "encoding_guessed"}
    assert len(codes) > 20
    assert len(warnings) > 10
    known = load("extraction.messages")
    assert codes - {f"extraction.{code}" for code in known} == set()
    assert {f"warning_{code}" for code in warnings} - set(known) == set()


@pytest.mark.parametrize(("name", "content", "code"), BROKEN, ids=named([row[:2] for row in BROKEN]))
def test_broken(tmp_path: Path, name: str, content: bytes, code: str) -> None:
    assert failure(tmp_path, name, content) == code


@pytest.mark.parametrize(
    ("name", "content", "kind"),
    [
        ("a.pdf", b"<html><body><p>texto</p></body></html>", "text/html"),
        ("a.docx", b"{\\rtf1\\ansi texto\\par}", "application/rtf"),
        ("a.txt", office.docx(office.p("texto")), "docx"),
        ("a.jpg", b"texto", "text/plain"),
        ("a.exe", b"texto", "text/plain"),
        ("a.zip", office.odt("<text:p>texto</text:p>"), "opendocument"),
    ],
)
def test_wrong_extension(tmp_path: Path, name: str, content: bytes, kind: str) -> None:
    found = reading(tmp_path, name, content).document
    assert found is not None
    assert kind in found.media_type or found.reader.startswith(kind)
    assert found.warnings[0] == "wrong_extension"
    assert found.text == "texto"


@pytest.mark.parametrize("name", ["a", "carta.20200301", "a.html", "a.HTM"])
def test_right_or_unknown_extension(tmp_path: Path, name: str) -> None:
    found = reading(tmp_path, name, b"<html><p>texto")
    assert found.document is not None
    assert found.document.warnings == ()


@pytest.mark.parametrize(("password", "code"), [("", "encrypted"), ("falsa", "wrong_password"), ("contraseña", "")])
def test_encrypted_docx(tmp_path: Path, password: str, code: str) -> None:
    picture = {"word/media/image1.png": random.Random(5).randbytes(20_000)}
    plain, locked = io.BytesIO(office.docx(office.p("texto"), media=picture)), io.BytesIO()
    OOXMLFile(plain).encrypt("contraseña", locked)
    assert msoffcrypto.OfficeFile(locked).is_encrypted()
    if code:
        assert failure(tmp_path, "a.docx", locked.getvalue(), password) == code
        return
    found = reading(tmp_path, "a.docx", locked.getvalue(), password).document
    assert found is not None
    assert (found.text, found.warnings) == ("texto", ())


def test_encrypted_odt(tmp_path: Path) -> None:
    names = 'xmlns:m="urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"'
    manifest = f"<m:manifest {names}><m:file-entry><m:encryption-data/></m:file-entry></m:manifest>"
    assert failure(tmp_path, "a.odt", office.odt("x", manifest=manifest)) == "encryption_unsupported"


def test_a_bomb_in_office_clothes(tmp_path: Path) -> None:
    parts = {"[Content_Types].xml": "<T/>", "word/document.xml": b" " * (60 << 20)}
    assert failure(tmp_path, "a.docx", office.package(parts)) == "zip_bomb"


def test_a_sheet_that_claims_all_columns(tmp_path: Path) -> None:
    found = reading(tmp_path, "a.xlsx", xlsx(WIDE)).document
    assert found is not None
    assert len(found.tables[0].cells) == 1


def test_a_row_that_claims_to_be_the_trillionth(tmp_path: Path) -> None:
    row = '<row r="999999999999"><c r="A999999999999"><v>1</v></c></row>'
    assert failure(tmp_path, "a.xlsx", xlsx(f"{SHEET}<sheetData>{row}</sheetData></worksheet>")) == "too_large"


def test_a_line_of_fifty_megabytes(tmp_path: Path) -> None:
    line = b"0049;" * (10 << 20)
    assert failure(tmp_path, "a.csv", line) in ("too_large", "malformed")
    found = reading(tmp_path, "a.txt", line).document
    assert found is not None
    assert len(found.text) == len(line)


def test_characters_that_are_none(tmp_path: Path) -> None:
    content = "Señor \0juez\x1b[31m \u202eatad\u202c co\u00adoperación\u200b".encode() + b" \xed\xa0\x80 \xff fin"
    found = reading(tmp_path, "a.txt", content + "á".encode() * 100).document
    assert found is not None
    assert found.text.startswith("Señor juez[31m atad cooperación")
    assert found.warnings == ("invalid_bytes",)
    found = reading(tmp_path, "a.json", b'["lone \\ud800 surrogate"]').document
    assert found is not None
    assert found.text == "lone \ufffd surrogate"


@pytest.mark.parametrize("content", [b"<!-- --> " * 7000, b"<?a?>" * 10_000 + b"x", b"<!DOCTYPE a [" * 5000])
def test_openings_that_never_end(tmp_path: Path, content: bytes) -> None:
    """What tells a file's type looks at each character a bounded number of times."""
    found = reading(tmp_path, "a.txt", content).document
    assert found is not None
    assert found.media_type == "text/plain"


def test_rtf_of_many_groups(tmp_path: Path) -> None:
    content = b"{\\rtf1\\ansi " + b"{" * 200_000 + b"texto" + b"}" * 200_000 + b"}"
    found = reading(tmp_path, "a.rtf", content).document
    assert found is not None
    assert found.text == "texto"


def test_mail_of_nested_parts(tmp_path: Path) -> None:
    found = reading(tmp_path, "a.eml", hostile.deep_mail(50)).document
    assert found is not None
    assert found.text.endswith("texto")
    assert failure(tmp_path, "b.eml", hostile.deep_mail(5000)) == "nested_too_deep"


def test_mail_in_mail_in_mail(tmp_path: Path) -> None:
    message = hostile.mail("fondo", "texto")
    for level in range(20):
        outer = hostile.mail(f"nivel {level}", "x")
        outer.add_attachment(message)
        message = outer
    found = reading(tmp_path, "a.eml", message.as_bytes())
    assert [member.name for member in found.members] == ["nivel 18.eml"]


def test_a_package_that_holds_itself(tmp_path: Path) -> None:
    data = hostile.zipped(("a.zip", hostile.nested(9)))
    codes = [member.error and member.error.code for member in reading(tmp_path, "a.zip", data).members]
    assert codes == ["extraction.nested_too_deep"]


def test_front_matter_that_multiplies(tmp_path: Path) -> None:
    lines = ["a0: &a0 [x, x]"] + [f"a{n}: &a{n} [{', '.join([f'*a{n - 1}'] * 9)}]" for n in range(1, 9)]
    found = reading(tmp_path, "a.md", ("---\n" + "\n".join(lines) + "\n---\ntexto").encode()).document
    assert found is not None
    assert found.text == "texto"
    assert found.warnings == ("front_matter_malformed",)


@pytest.mark.parametrize("content", [b">" * 100_000 + b" texto", b"- " * 20_000 + b"texto"])
def test_markdown_of_deep_quotes_and_lists(tmp_path: Path, content: bytes) -> None:
    assert failure(tmp_path, "a.md", content) == "nested_too_deep"


@pytest.mark.parametrize("content", [b"[" * 50_000 + b"texto", b"*a " * 50_000, b"`a " * 50_000, b"|" * 50_000])
def test_markdown_of_open_marks(tmp_path: Path, content: bytes) -> None:
    found = reading(tmp_path, "a.md", content).document
    assert found is not None
    assert found.text
