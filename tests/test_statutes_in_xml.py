"""Statutes in the XML of Chile, Ireland, the United States and the United Kingdom, as their publishers write it."""

from __future__ import annotations

from pathlib import Path

from format_checks import document, outline


def norm(tmp_path: Path, *texts: str) -> list[str]:
    """Return the paragraphs of a law of the Biblioteca del Congreso Nacional with parts of these ``texts``."""
    parts = "".join(f"<EstructuraFuncional><Texto>{text}</Texto></EstructuraFuncional>" for text in texts)
    found = document(tmp_path, "norma.xml", f"<Norma><EstructurasFuncionales>{parts}</EstructurasFuncionales></Norma>")
    return [text for _, _, text in outline(found)]


def test_lines_as_typed_are_joined_by_their_indentation(tmp_path: Path) -> None:
    assert norm(
        tmp_path,
        "    TITULO PRELIMINAR\n    Párrafo 1°.",
        "    Artículo 1.- Las disposiciones de este Código se\n"
        "aplicarán a las materias de tributación\nfiscal interna.\n"
        "     La ley que modifique la tasa entrará en\nvigencia.\n\n    Decreto:\n",
        "Artículo 2º.- Son emblemas nacionales la bandera y el himno.\nUna ley los regula.",
    ) == [
        "TITULO PRELIMINAR",
        "Párrafo 1°.",
        "Artículo 1.- Las disposiciones de este Código se aplicarán a las materias de tributación fiscal interna.",
        "La ley que modifique la tasa entrará en vigencia.",
        "Decreto:",
        "Artículo 2º.- Son emblemas nacionales la bandera y el himno.",
        "Una ley los regula.",
    ]


def test_notes_in_the_margin_of_typed_lines_are_not_read(tmp_path: Path) -> None:
    assert norm(
        tmp_path,
        "     La familia es el núcleo                  CPR Art. 1° D.O.\n"
        "fundamental de la sociedad.                                         24.10.1980\n"
        "     El Estado reconoce a los grupos intermedios a                  LEY N° 19.611 Art.\n"
        "través de los cuales se organiza la sociedad.                       único\n"
        "                                                                    Nº1 D.O. 16.06.1999\n"
        "     Tramo 1      13,5 por ciento",
    ) == [
        "La familia es el núcleo fundamental de la sociedad.",
        "El Estado reconoce a los grupos intermedios a través de los cuales se organiza la sociedad.",
        "Tramo 1 13,5 por ciento",
    ]


def test_days_of_a_law_of_chile(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        "norma.xml",
        '<Norma fechaVersion="2025-07-11">'
        '<Identificador fechaPromulgacion="1974-12-27" fechaPublicacion="1974-12-31"/>'
        "<Metadatos><TituloNorma>CODIGO TRIBUTARIO</TituloNorma><FechaDerogacion>2026-01-01</FechaDerogacion>"
        "</Metadatos>"
        "<EstructurasFuncionales><EstructuraFuncional><Texto>Artículo 1.- Texto.</Texto></EstructuraFuncional>"
        "</EstructurasFuncionales></Norma>",
    )
    assert found.metadata == {
        "root": "Norma",
        "country": "CL",
        "title": "CODIGO TRIBUTARIO",
        "date": "1974-12-27",
        "publication_date": "1974-12-31",
        "version_date": "2025-07-11",
        "date_no_longer_in_force": "2026-01-01",
    }


def test_an_act_of_ireland(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        "act.xml",
        "<act><metadata><title>Policing Act 2024</title><number>1</number><year>2024</year>"
        "<dateofenactment>20240207</dateofenactment></metadata><frontmatter><acttoc><p>CONTENTS</p></acttoc>"
        "<p><i>Number</i> 1 <i>of</i> 2024</p></frontmatter><body><part><title><p>"
        '<font size="large">PART 1</font></p><p>Garda S<ifada/>'
        "och<afada/>na</p></title><sect><number>1.</number><title><p><b>Meaning of <i>Part 2</i></b></p></title>"
        '<p><b>1.</b> (1) <odq/>Regulation<cdq/> means<emdash/>the <xref href="#a">Act</xref><fn><marker><su>1</su>'
        '</marker><p><su>1</su> OJ No. L119</p></fn> of <euro/>5 <unicode ch="00D7"/> 2.</p></sect>'
        "</part></body></act>",
    )
    assert found.warnings == ()
    assert found.metadata == {
        "root": "act",
        "country": "IE",
        "title": "Policing Act 2024",
        "date": "2024-02-07",
        "official_number": "1",
        "year": "2024",
    }
    assert [(kind, text) for kind, _, text in outline(found)] == [
        ("paragraph", "Number 1 of 2024"),
        ("heading", "PART 1 Garda Síochána"),
        ("heading", "Meaning of Part 2"),
        ("paragraph", "1. (1) “Regulation” means—the Act[1] of €5 × 2."),
        ("footnote", "[1] OJ No. L119"),
    ]


def test_the_united_states_code(tmp_path: Path) -> None:
    found = document(
        tmp_path,
        "usc.xml",
        '<uscDoc xmlns="http://xml.house.gov/schemas/uslm/1.0" xmlns:dc="http://purl.org/dc/elements/1.1/"><meta>'
        "<dc:title>Title 9</dc:title><docNumber>9</docNumber></meta><main><title><num>Title 9—"
        "</num><heading>ARBITRATION"
        "</heading><section><num>§ 2.</num><heading>Validity</heading><subsection><num>(a)</num>"
        "<content>A <ref>provision</ref>"
        " is valid.</content></subsection><sourceCredit>(July 30, 1947, <ref>ch. 392</ref>)"
        "</sourceCredit><notes><note>"
        "<p>Amended.</p></note></notes></section></title></main></uscDoc>",
    )
    assert (found.warnings, found.metadata["country"], found.metadata["title"]) == ((), "US", "Title 9")
    assert [text for _, _, text in outline(found)] == [
        "Title 9— ARBITRATION",
        "§ 2. Validity",
        "(a) A provision is valid.",
        "(July 30, 1947, ch. 392)",
    ]


def test_the_day_of_an_act_or_instrument_of_the_united_kingdom(tmp_path: Path) -> None:
    for day in (
        "<PrimaryMetadata><EnactmentDate Date='2022-02-02'/></PrimaryMetadata>",
        "<SecondaryMetadata><Made Date='2022-02-02'/></SecondaryMetadata>",
    ):
        found = document(
            tmp_path,
            "act.xml",
            f"<Legislation><Metadata>{day}</Metadata><Primary><Body><P1><Pnumber>1</Pnumber><Text>Text.</Text></P1></Body>"
            "</Primary></Legislation>",
        )
        assert (found.text, found.metadata["date"]) == ("1. Text.", "2022-02-02")
