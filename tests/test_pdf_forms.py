"""PDF forms: typed values, tick boxes, lists, typed text, comments and stamps; hostile forms."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

import pytest
from form_files import FIRST_FREE, PAGE, form, raw_pdf, stream, tick_box, typed
from pdf_files import furniture

from extraction.document import FurnitureKind
from extraction.errors import RogatioError
from extraction.members import Budget
from extraction.pdf.pdf import read_pdf
from extraction.pdf.printed_numbers import printed_number
from extraction.read import read
from nlp.requests.boxes import unticked_ranges


def test_values_stand_beside_their_labels(tmp_path: Path) -> None:
    fields = [
        typed("name", "Camila Quispe Rojas"),
        typed("account", "GT82 TRAJ 0102 0000 0012 1002 9690", "200 660 500 680"),
        typed("facts", "Primera linea del relato\nSegunda linea", "60 560 500 640", "/Ff 4096"),
    ]
    printed = [(60, 696, "Nombre y apellidos:"), (60, 666, "Cuenta:"), (60, 520, "Fin del formulario.")]
    document = read_pdf(form(tmp_path / "form.pdf", fields, printed))
    assert "Nombre y apellidos: Camila Quispe Rojas" in document.text
    assert "Cuenta: GT82 TRAJ 0102 0000 0012 1002 9690" in document.text
    assert "Primera linea del relato" in document.text
    assert document.text.index("Segunda") < document.text.index("Fin del")
    start = document.text.index("Camila")
    for placed in document.words.boxes(start, start + len("Camila Quispe Rojas")):
        assert 200 <= placed.box.x0 <= placed.box.x1 <= 500
        assert 842 - 710 <= placed.box.top <= placed.box.bottom <= 842 - 690


def test_the_lines_of_a_value_beside_others_are_read_one_after_the_other(tmp_path: Path) -> None:
    fields = [
        typed("one", "Zoë Müller\nCalle Mayor 12", "140 650 290 690", "/Ff 4096"),
        typed("two", "Ana Lima\nRua Augusta 45", "400 650 550 690", "/Ff 4096"),
        typed("three", "persona investigada por cohecho", "140 560 240 640", "/Ff 4096"),
    ]
    printed = [(60, 680, "Remitente:"), (320, 680, "Destinatario:"), (60, 666, "(con domicilio)")]
    document = read_pdf(form(tmp_path / "form.pdf", fields, [*printed, (300, 612, "No escriba aquí")]))
    text = " ".join(document.text.split())
    for value in ("Zoë Müller Calle Mayor 12", "Ana Lima Rua Augusta 45", "persona investigada por cohecho"):
        assert value in text
    assert text.index("Remitente:") < text.index("Zoë") < text.index("Destinatario:") < text.index("Ana")
    start = document.text.index("Mayor")
    (placed,) = document.words.boxes(start, start + 5)
    assert placed.box.top > 842 - 680  # shown in the second line of its field


def test_boxes_are_visible_as_ticked_and_not_ticked(tmp_path: Path) -> None:
    fields = [
        tick_box("a", True, "60 694 70 704"),
        tick_box("b", False, "60 674 70 684"),
        tick_box("c", False, "60 654 70 664", "/Ff 49152"),
        tick_box("d", True, "200 654 210 664", "/Ff 49152"),
    ]
    labels = ["Audición de testigos", "Interceptación de comunicaciones", "Sí"]
    printed = [(80, 696 - 20 * index, text) for index, text in enumerate(labels)] + [(220, 656, "No")]
    text = read_pdf(form(tmp_path / "form.pdf", fields, [(60, 720, "Medidas:"), *printed])).text
    assert "☒ Audición de testigos" in text
    assert "☐ Interceptación de comunicaciones" in text
    assert "☐ Sí ☒ No" in " ".join(text.split())
    empty = [text[start:end] for start, end in unticked_ranges(text)]
    assert any("Interceptación" in part for part in empty)
    assert not any("Audición" in part for part in empty)


def test_a_question_below_an_empty_box_is_not_part_of_its_option(tmp_path: Path) -> None:
    fields = [tick_box("a", False, "60 694 70 704"), typed("b", "Rojo", "200 660 300 674")]
    text = read_pdf(form(tmp_path / "form.pdf", fields, [(80, 696, "Latín"), (60, 664, "Color preferido:")])).text
    assert [text[start:end] for start, end in unticked_ranges(text)] == ["☐ Latín"]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        ("/FT /Ch /Ff 131072 /Opt [[(ES) (Spain)] [(PE) (Peru)]] /V (PE) /Rect [60 690 200 710] /F 4", "Peru"),
        ("/FT /Ch /Ff 2097152 /Opt [(Uno) (Dos) (Tres)] /V [(Uno) (Tres)] /Rect [60 600 200 710] /F 4", "Uno Tres"),
        ("/FT /Tx /Ff 8192 /V (secreto) /Rect [60 690 200 710] /F 4", ""),
        ("/FT /Tx /V (oculto) /Rect [60 690 200 710] /F 2", ""),
        ("/FT /Btn /Ff 65536 /MK << /CA (Enviar) >> /Rect [60 690 200 710] /F 4", ""),
        ("/FT /Tx /V <FEFF004300E1006D006100720061> /Rect [60 690 200 710] /F 4", "Cámara"),
        ("/FT /Tx /V 6 0 R /Rect [60 690 200 710] /F 4", ""),
        ("/FT /Tx /V (fuera) /Rect [9000 9000 9100 9100] /F 4", ""),
    ],
)
def test_kinds_of_fields(tmp_path: Path, field: str, expected: str) -> None:
    document = read_pdf(form(tmp_path / "form.pdf", [f"/Subtype /Widget /T (f) {field}"]))
    assert " ".join(document.text.split()) == expected


def lines(path: Path) -> list[str]:
    return [line for line in read_pdf(path).text.split("\n") if line]


@pytest.mark.parametrize(
    ("field", "expected"),
    [
        (typed("Apellidos", "Salgado Prieto"), "Apellidos: Salgado Prieto"),
        (typed("form[0].page1[0].numeroProceso[0]", "12/2026"), "numero Proceso: 12/2026"),
        (typed("txtDate_of_birth", "3 May 1980"), "Date of birth: 3 May 1980"),
        (typed("f1_02[0]", "Rocha", more="/TU (Nom de famille :)"), "Nom de famille: Rocha"),
        (typed("DNI", "12345678Z"), "DNI: 12345678Z"),
        (typed("Text1", "Rocha"), "Rocha"),
        (typed("topmostSubform[0].Page1[0].f1_02[0]", "Rocha"), "Rocha"),
        (typed("Campo de texto 3", "Rocha"), "Rocha"),
        (typed("undefined_2", "Rocha", more="/TU (Text1)"), "Rocha"),
        (typed("a", "Rocha", more=f"/TU ({'Write here in capitals what you want to say. ' * 3})"), "Rocha"),
        (tick_box("Urgente", True, "300 690 310 700"), "Urgente: ☒"),
        (tick_box("Pedido urgente", False, "300 690 310 700"), "Pedido urgente: ☐"),
        (tick_box("Check Box3", True, "300 690 310 700"), "☒"),
        (tick_box("Group1", True, "300 690 310 700", "/Ff 49152 /TU (Sexe)"), "Sexe, Yes: ☒"),
    ],
)
def test_a_field_without_a_printed_label_has_its_name(tmp_path: Path, field: str, expected: str) -> None:
    title = [(60, 780, "Solicitud")]
    assert lines(form(tmp_path / "form.pdf", [field], title)) == ["Solicitud", expected]


def test_the_option_of_a_radio_button(tmp_path: Path) -> None:
    fields = [
        f"/Subtype /Widget /FT /Btn /Ff 49152 /T (Estado) /V /{chosen} /AS /{state} /Rect [300 {y} 310 {y + 10}] "
        f"/AP << /N << /{option} 4 0 R /Off 4 0 R >> >> /F 4"
        for option, state, chosen, y in (("Vigente", "Vigente", "Vigente", 690), ("Cerrado", "Off", "Off", 640))
    ]
    assert lines(form(tmp_path / "form.pdf", fields)) == ["Estado, Vigente: ☒", "Estado, Cerrado: ☐"]


@pytest.mark.parametrize(
    ("field", "printed", "expected"),
    [
        (typed("Surname", "Rocha"), (140, 696, "Family name"), "Family name Rocha"),
        (typed("Surname", "Rocha"), (60, 696, "Name"), "Name Rocha"),
        (typed("Surname", "Rocha"), (202, 714, "Family name"), "Family name Rocha"),
        (typed("Surname", "Rocha"), (202, 680, "family name"), "Rocha family name"),
        (typed("Apellidos", "Rocha"), (202, 732, "Apellidos:"), "Apellidos: Rocha"),
        (tick_box("Urgente", True, "300 690 310 700"), (316, 692, "prioritario"), "☒ prioritario"),
        (tick_box("Urgente", False, "300 690 310 700"), (230, 692, "prioritario"), "prioritario ☐"),
    ],
)
def test_a_printed_label_is_not_doubled(
    tmp_path: Path, field: str, printed: tuple[int, int, str], expected: str
) -> None:
    assert " ".join(lines(form(tmp_path / "form.pdf", [field], [printed]))) == expected


def test_the_cells_of_a_column_have_one_heading(tmp_path: Path) -> None:
    fields = [typed(f"Room {row}", f"B{row}", f"200 {700 - 20 * row} 300 {718 - 20 * row}") for row in range(4)]
    assert " ".join(lines(form(tmp_path / "form.pdf", fields, [(200, 722, "Cell")]))) == "Cell B0 B1 B2 B3"


def test_the_label_of_another_field_is_none(tmp_path: Path) -> None:
    fields = [typed("one", "Rocha", "120 690 220 710"), typed("Passport", "AB 12", "300 690 400 710")]
    text = " ".join(lines(form(tmp_path / "form.pdf", fields, [(60, 696, "Surname:")])))
    assert text == "Surname: Rocha Passport: AB 12"


def test_a_value_that_the_page_prints_too_is_read_once(tmp_path: Path) -> None:
    path = form(tmp_path / "form.pdf", [typed("name", "Camila Rojas")], [(202, 696, "Camila Rojas")])
    assert read_pdf(path).text == "Camila Rojas"


def test_the_rule_to_write_on_gives_way_to_the_value(tmp_path: Path) -> None:
    path = form(tmp_path / "form.pdf", [typed("name", "Camila")], [(60, 696, "Nombre:"), (202, 694, "____________")])
    assert read_pdf(path).text == "Nombre: Camila"


def test_marks_to_write_between_give_way_to_the_value(tmp_path: Path) -> None:
    printed = [(60, 695, "Phone:"), (205, 695, "\\("), (240, 695, "\\)"), (270, 695, "-"), (300, 695, "\\$ 5")]
    path = form(tmp_path / "phone.pdf", [typed("phone", "301 555 0100", "200 690 290 710")], printed)
    assert read_pdf(path).text == "Phone: 301 555 0100 $ 5"


def test_typed_text_is_text_and_comments_and_stamps_are_not(tmp_path: Path) -> None:
    notes = [
        "/Subtype /FreeText /Contents (Cuenta 0049-1500) /DA (/F 12 Tf) /Rect [60 640 300 660] /F 4",
        "/Subtype /Text /T (Perito) /Contents (Revisar este importe) /Rect [400 640 420 660] /F 4",
        "/Subtype /Stamp /Contents (CONFIDENCIAL) /Rect [400 740 500 780] /F 4",
        "/Subtype /StrikeOut /Rect [60 690 100 700] /QuadPoints [60 700 100 700 60 690 100 690] /F 4",
        "/Subtype /Text /Contents (invisible) /Rect [400 640 420 660] /F 2",
    ]
    document = read_pdf(form(tmp_path / "notes.pdf", notes, [(60, 696, "Importe: 1.200,00")]))
    assert "Cuenta 0049-1500" in document.text
    assert furniture(document, FurnitureKind.COMMENT) == ["Perito: Revisar este importe"]
    assert furniture(document, FurnitureKind.STAMP) == ["CONFIDENCIAL"]
    assert "Revisar" not in document.text
    assert "CONFIDENCIAL" not in document.text
    assert document.warnings == ("struck_out", "comments")


@pytest.mark.parametrize(
    ("name", "drawn", "expected"),
    [
        ("Approved", False, ["Approved"]),
        ("Approved", True, ["Approved"]),
        ("PAGESTAMP.COURT", False, ["PAGESTAMP.COURT"]),
        ("PAGESTAMP.COURT", True, []),
    ],
)
def test_a_stamp_is_read_by_its_name_unless_it_is_drawn_otherwise(
    tmp_path: Path, name: str, drawn: bool, expected: list[str]
) -> None:
    appearance = f"/AP << /N {FIRST_FREE + 1} 0 R >>" if drawn else ""
    objects: dict[int, str | bytes] = {
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"{PAGE} /Annots [{FIRST_FREE} 0 R] >>",
        4: stream("BT /F 10 Tf 60 700 Td (Texto) Tj ET"),
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        FIRST_FREE: f"<< /Type /Annot /Subtype /Stamp /Name /{name} /Rect [400 740 500 780] /F 4 {appearance} >>",
        FIRST_FREE + 1: stream(
            "BT /F 10 Tf 10 10 Td (33) Tj ET",
            "/Type /XObject /Subtype /Form /BBox [0 0 100 40] /Resources << /Font << /F 5 0 R >> >>",
        ),
    }
    document = read_pdf(raw_pdf(tmp_path / "stamp.pdf", objects))
    assert furniture(document, FurnitureKind.STAMP) == expected


def test_fields_in_circles_end(tmp_path: Path) -> None:
    one, two = FIRST_FREE, FIRST_FREE + 1
    objects: dict[int, str | bytes] = {
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"{PAGE} /Annots [{one} 0 R {two} 0 R {one} 0 R] >>",
        4: stream("BT /F 10 Tf 60 700 Td (Texto) Tj ET"),
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        6: f"<< /Fields [{one} 0 R {two} 0 R 6 0 R] >>",
        one: f"<< {typed('a', 'uno')} /Parent {two} 0 R /Kids [{two} 0 R] >>",
        two: f"<< {typed('b', 'dos', '200 600 300 620')} /Parent {one} 0 R /Kids [{one} 0 R] >>",
    }
    document = read_pdf(raw_pdf(tmp_path / "circle.pdf", objects, "/Type /Catalog /Pages 2 0 R /AcroForm 6 0 R"))
    assert "Texto" in document.text


def test_deep_and_many_fields_end(tmp_path: Path) -> None:
    depth = 3000
    objects: dict[int, str | bytes] = {
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"{PAGE} /Annots [{FIRST_FREE + depth} 0 R] >>",
        4: stream("BT /F 10 Tf 60 700 Td (Texto) Tj ET"),
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        6: f"<< /Fields [{FIRST_FREE} 0 R] >>",
        **{
            number: f"<< /T (t) /Kids [{number + 1} 0 R] /Parent {number - 1} 0 R >>"
            for number in range(FIRST_FREE, FIRST_FREE + depth)
        },
        FIRST_FREE + depth: f"<< {typed('a', 'hondo')} /Parent {FIRST_FREE + depth - 1} 0 R >>",
    }
    deep = raw_pdf(tmp_path / "deep.pdf", objects, "/Type /Catalog /Pages 2 0 R /AcroForm 6 0 R")
    assert "Texto" in read_pdf(deep).text
    many = [
        typed(f"f{index}", f"v{index}", f"{60 + index % 40 * 12} 60 {70 + index % 40 * 12} 70") for index in range(5000)
    ]
    assert "v4999" in read_pdf(form(tmp_path / "many.pdf", many)).text


TEMPLATE = """<template xmlns="http://www.xfa.org/schema/xfa-template/3.3/"><subform name="form">
<field name="Name"><caption><value><text>Nombre completo:</text></value></caption><ui><textEdit/></ui></field>
<field name="Urgent"><caption><value><text>Urgente</text></value></caption><ui><checkButton/></ui>
<items><text>1</text><text>0</text></items></field>
<field name="Secret"><caption><value><text>Reservado</text></value></caption><ui><checkButton/></ui>
<items><text>1</text><text>0</text></items></field>
<exclGroup name="Kind">
<field><caption><value><text>Testigo</text></value></caption><ui><checkButton/></ui><items><text>T</text></items></field>
<field><caption><value><text>Perito</text></value></caption><ui><checkButton/></ui><items><text>P</text></items></field>
</exclGroup>
<field name="Country"><caption><value><text>Pa&#237;s:</text></value></caption><ui><choiceList/></ui>
<items><text>Espa&#241;a</text><text>Portugal</text></items>
<items save="1" presence="hidden"><text>ES</text><text>PT</text></items>
</field></subform></template>"""
DATA = """<xfa:datasets xmlns:xfa="http://www.xfa.org/schema/xfa-data/1.0/"><xfa:data><form>
<Name>Camila Quispe</Name><Urgent>1</Urgent><Secret>0</Secret><Kind>P</Kind><Case_number>12/2026</Case_number>
<Facts><body xmlns="http://www.w3.org/1999/xhtml"><p>Hechos del <b>caso</b></p></body></Facts><Empty/>
<Photo contentType="image/png">AAAA</Photo><Country>PT</Country><Copies>2.00000000</Copies><Rate>0.12500000</Rate>
<Firm>Paz & Hijos</Firm></form></xfa:data></xfa:datasets>"""
XFA_LINES = [
    "Nombre completo: Camila Quispe",
    "☒ Urgente",
    "☐ Reservado",
    "☐ Testigo",
    "☒ Perito",
    "Case number: 12/2026",
    "Facts: Hechos del caso",
    "País: Portugal",
    "Copies: 2",
    "Rate: 0.125",
    "Firm: Paz Hijos",
]


def xfa_form(path: Path, packets: Sequence[tuple[str, str]]) -> Path:
    """Write a form that a viewer draws from its XFA; without names the packets are one stream."""
    xfa: dict[int, str | bytes] = {FIRST_FREE + index: stream(xml) for index, (_, xml) in enumerate(packets)}
    named = " ".join(f"({name}) {FIRST_FREE + index} 0 R" for index, (name, _) in enumerate(packets))
    objects: dict[int, str | bytes] = {
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"{PAGE} >>",
        4: stream("BT /F 10 Tf 60 700 Td (Please wait...) Tj ET"),
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        6: f"<< /Fields [] /XFA {f'[{named}]' if packets[0][0] else f'{FIRST_FREE} 0 R'} >>",
        **xfa,
    }
    return raw_pdf(path, objects, "/Type /Catalog /Pages 2 0 R /AcroForm 6 0 R /NeedsRendering true")


@pytest.mark.parametrize(
    "packets",
    [
        [("template", TEMPLATE), ("datasets", DATA)],
        [("", f'<xdp:xdp xmlns:xdp="http://ns.adobe.com/xdp/">{TEMPLATE}{DATA}</xdp:xdp>')],
    ],
)
def test_values_of_a_form_in_xfa(tmp_path: Path, packets: list[tuple[str, str]]) -> None:
    document = read_pdf(xfa_form(tmp_path / "xfa.pdf", packets))
    assert [document.text[block.start : block.end] for block in document.blocks] == ["Please wait...", *XFA_LINES]
    assert document.pages[-1].end == len(document.text)
    assert document.warnings == ("form_drawn_by_viewer",)


@pytest.mark.parametrize(
    "datasets",
    [
        '<!DOCTYPE a [<!ENTITY x "y">]><datasets><data><Name>&x;</Name></data></datasets>',
        "<datasets><data>" + "<a>" * 100_000,
        "<datasets>",
        "",
    ],
)
def test_hostile_data_of_a_form_in_xfa(tmp_path: Path, datasets: str) -> None:
    packets = [("template", TEMPLATE), ("datasets", datasets)]
    document = read_pdf(xfa_form(tmp_path / "xfa.pdf", packets))
    assert (document.text, document.warnings) == ("Please wait...", ("form_drawn_by_viewer",))


@pytest.mark.parametrize(
    ("value", "appearance", "expected"),
    [
        ("1234.5", "q BT /F 12 Tf 2 6 Td (1.234,50 ) Tj 37 0 Td (\\240) Tj ET Q", "1.234,50 €"),
        ("1234.5", "q BT (R$ 1.234,50) Tj ET Q", "R$ 1.234,50"),
        ("-55", "q BT (\\05055.00 EUR\\051) Tj ET Q", "(55.00 EUR)"),
        ("-55", "q BT 1 0 0 rg (55.00) Tj ET Q", "-55.00"),
        ("0.25", "q BT (25.00 %) Tj ET Q", "25.00 %"),
        ("1000000", "q BT (S/ 1,000,000.00) Tj ET Q", "S/ 1,000,000.00"),
        ("7", "q BT (8) Tj ET Q", "7"),  # of an older value
        ("12", "q BT (XII) Tj ET Q", "12"),
        ("12", "", "12"),
        ("12", "BT " + "(\\(" * 50_000, "12"),
        ("0", "q BT (0.00) Tj ET Q", "0.00"),
    ],
)
def test_a_number_is_read_as_the_form_prints_it(value: str, appearance: str, expected: str) -> None:
    assert printed_number(value, appearance) == expected


def test_an_amount_with_its_currency(tmp_path: Path) -> None:
    shown = stream(
        "/Tx BMC q BT /F 10 Tf 2 4 Td (1.250,00 ) Tj (\\240) Tj ET Q EMC",
        "/Type /XObject /Subtype /Form /BBox [0 0 90 15]",
    )
    objects: dict[int, str | bytes] = {
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"{PAGE} /Annots [10 0 R] >>",
        4: stream("BT /F 10 Tf 60 700 Td (Importe) Tj ET"),
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        6: "<< /Fields [10 0 R] >>",
        10: "<< /Type /Annot /Subtype /Widget /FT /Tx /T (a) /V (1250) /F 4 /Rect [110 695 200 710]"
        " /AP << /N 11 0 R >> >>",
        11: shown,
    }
    document = read_pdf(raw_pdf(tmp_path / "a.pdf", objects, "/Type /Catalog /Pages 2 0 R /AcroForm 6 0 R"))
    assert document.text == "Importe 1.250,00 €"


def test_embedded_files_are_members(tmp_path: Path) -> None:
    names = "/Names << /EmbeddedFiles << /Names [(a) 20 0 R (b) 22 0 R] >> >>"
    objects: dict[int, str | bytes] = {
        2: "<< /Type /Pages /Kids [3 0 R] /Count 1 >>",
        3: f"{PAGE} /Annots [24 0 R] >>",
        4: stream("BT /F 10 Tf 60 700 Td (Se adjunta el auto.) Tj ET"),
        5: "<< /Type /Font /Subtype /Type1 /BaseFont /Helvetica >>",
        20: "<< /Type /Filespec /F (auto.txt) /UF (auto.txt) /EF << /F 21 0 R >> >>",
        21: stream("Auto de 3 de marzo", "/Type /EmbeddedFile"),
        22: "<< /Type /Filespec /F (../../etc/x.txt) /EF << /F 23 0 R >> >>",
        23: stream("fuera", "/Type /EmbeddedFile"),
        24: "<< /Type /Annot /Subtype /FileAttachment /Rect [10 10 20 20] /FS 25 0 R /Contents (nota) >>",
        25: "<< /Type /Filespec /F (nota.txt) /EF << /F 26 0 R >> >>",
        26: stream("Nota al margen", "/Type /EmbeddedFile"),
    }
    path = raw_pdf(tmp_path / "a.pdf", objects, f"/Type /Catalog /Pages 2 0 R {names}")
    found = read(path, tmp_path / "scratch", name="a.pdf")
    assert found.document is not None
    assert found.document.text == "Se adjunta el auto."
    contents = {member.name: member.path.read_text() for member in found.members if member.path}
    assert contents == {"auto.txt": "Auto de 3 de marzo", "nota.txt": "Nota al margen"}
    assert [member.error.code for member in found.members if member.error] == ["extraction.path_traversal"]
    nothing = read(path, tmp_path / "none", name="a.pdf", budget=Budget(levels=0))
    assert {member.error.code for member in nothing.members if member.error} == {"extraction.nested_too_deep"}
    with pytest.raises(RogatioError, match="too_many_files"):
        read(path, tmp_path / "few", name="a.pdf", budget=Budget(files=1))


def test_a_tick_on_the_blank_before_its_label(tmp_path: Path) -> None:
    printed = [(60, 696, "_____Demandante"), (200, 696, "_____Demandado"), (210, 697, "X"), (60, 660, "Nombre_____")]
    document = read_pdf(form(tmp_path / "form.pdf", [], printed))
    assert document.text.split() == ["_____", "Demandante", "X", "Demandado", "Nombre", "_____"]


def test_a_blank_alone_stays(tmp_path: Path) -> None:
    printed = [
        (60, 696, "Fecha:"),
        (300, 696, "__________"),
        (60, 660, "Firma:"),
        (300, 660, "__________"),
        (310, 661, "JP"),
    ]
    assert read_pdf(form(tmp_path / "form.pdf", [], printed)).text.split() == ["Fecha:", "__________", "Firma:", "JP"]
