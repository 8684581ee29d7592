"""Akoma Ntoso as its publishers write it: components, notes of the metadata, lists, signatures and foreign metadata."""

from __future__ import annotations

from pathlib import Path

import pytest
from format_checks import document, outline

from extraction.markup.akoma_ntoso import read_akoma_ntoso
from nlp.jurisdiction_metadata import country_code

NAMESPACE = 'xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0" xmlns:scl="http://www.scl.lu"'


def act(tmp_path: Path, body: str, meta: str = "") -> list[tuple[str, str]]:
    """Return kind and text of the blocks of an act."""
    found = document(
        tmp_path, "act.xml", f"<akomaNtoso {NAMESPACE}><act><meta>{meta}</meta><body>{body}</body></act></akomaNtoso>"
    )
    return [(kind, text) for kind, _, text in outline(found)]


def test_the_components_of_a_collection_are_read(tmp_path: Path) -> None:
    parts = "".join(
        f"<component><{tag}><meta/><{place}><p>{text}</p></{place}></{tag}></component>"
        for tag, place, text in (("doc", "mainBody", "Exposición."), ("bill", "body", "Declárase vigente."))
    )
    found = document(
        tmp_path,
        "proyecto.xml",
        f"<akomaNtoso {NAMESPACE}><documentCollection><meta/><preface><p>Repartido 379</p></preface><collectionBody>"
        '<component><documentRef href="#c1"/></component></collectionBody></documentCollection>'
        f"<components>{parts}</components></akomaNtoso>",
    )
    assert found.text == "Repartido 379\n\nExposición.\n\nDeclárase vigente."


def test_notes_of_the_metadata_stand_behind_the_text_that_refers_to_them(tmp_path: Path) -> None:
    notes = (
        '<notes><note eId="n1"><p>2015 asp 9.</p></note><note eId="n2"><p>S.I. 2001/3500.</p></note>'
        '<note eId="c1"><p>S. 1 in force.</p></note></notes>'
    )
    assert act(
        tmp_path,
        '<p>Section 61<noteRef href="#n1" marker="a"/> applies<noteRef class="commentary C" href="#c1"/>.</p>'
        '<p>See above<noteRef href="#n1" marker="a"/>, and below<noteRef href="#none"/>.</p>'
        '<table><tr><td>Act</td><td>Day</td></tr><tr><td>1998<noteRef href="#n2"/></td><td>1 May</td></tr></table>',
        notes,
    ) == [
        ("paragraph", "Section 61[a] applies."),
        ("footnote", "[a] 2015 asp 9."),
        ("paragraph", "See above[a], and below."),
        ("table", "Act\tDay\n1998[1]\t1 May"),
        ("footnote", "[1] S.I. 2001/3500."),
    ]


def test_notes_without_a_mark_are_numbered(tmp_path: Path) -> None:
    note = "<authorialNote><p>{}</p></authorialNote>"
    assert act(tmp_path, f"<p>Loi{note.format('RO 1')} et code{note.format('RO 2')}.</p>") == [
        ("paragraph", "Loi[1] et code[2]."),
        ("footnote", "[1] RO 1"),
        ("footnote", "[2] RO 2"),
    ]


@pytest.mark.parametrize(
    ("opening", "items", "marks"),
    [
        ("ol", ("", ""), ("1. ", "2. ")),
        ('ol scl:symbol="1°" scl:start="3"', ("", ""), ("3° ", "4° ")),
        ('ol scl:symbol="a)"', ("", ""), ("a) ", "b) ")),
        ('ol type="I"', ("", ""), ("I. ", "II. ")),
        ('ol scl:symbol="custom"', (' scl:symbol="7bis."', ""), ("7bis. ", "")),
        ('ul scl:symbol="dash"', ("", ""), ("– ", "– ")),
        ("ul", ("", ""), ("", "")),
    ],
)
def test_lists_have_their_numbers(tmp_path: Path, opening: str, items: tuple[str, str], marks: tuple[str, str]) -> None:
    listed = "".join(f"<li{given}>{text};</li>" for given, text in zip(items, ("ministre", "école"), strict=True))
    found = act(
        tmp_path, f"<article><content><p>On entend par:</p><{opening}>{listed}</{opening[:2]}></content></article>"
    )
    assert [text for _, text in found] == ["On entend par:", f"{marks[0]}ministre;", f"{marks[1]}école;"]


def test_signatures_stand_on_lines_of_their_own(tmp_path: Path) -> None:
    signed = (
        "<signature><role>La Ministre des Finances,</role><person>Yuriko Backes</person></signature>"
        "<signature><docDate>Paris, le 27 mai 2022.</docDate><person>Henri</person></signature>"
    )
    assert act(tmp_path, f"<p>{signed}</p>") == [
        ("paragraph", "La Ministre des Finances,\nYuriko Backes\nParis, le 27 mai 2022.\nHenri")
    ]


def test_metadata_of_publishers_in_the_text_are_not_read(tmp_path: Path) -> None:
    legal = "<scl:JOLUXWork><scl:jolux>http://data.legilux.public.lu/eli/art_1er</scl:jolux></scl:JOLUXWork>"
    assert act(tmp_path, f"<article>{legal}<num>Art. 1er.</num><content><p>Texte.</p></content></article>") == [
        ("heading", "Art. 1er."),
        ("paragraph", "Texte."),
    ]


def test_text_in_a_vocabulary_of_the_publisher_is_read(tmp_path: Path) -> None:
    text = "Toda persona tiene derecho a ser reconocida e identificada conforme a su identidad, una vez realizada la "
    text += "rectificación que regula esta ley."
    path = tmp_path / "a.akn"
    path.write_text(
        '<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0" xmlns:x="urn:x"><amendment><meta>'
        f"<proprietary><x:note>{text}</x:note></proprietary></meta><amendmentBody><p>Cambios.</p></amendmentBody>"
        f"<x:changes><x:change><x:old>Artículo 2</x:old><x:new>{text}</x:new></x:change></x:changes>"
        "<x:state>draft</x:state></amendment></akomaNtoso>",
        encoding="utf-8",
    )
    found = read_akoma_ntoso(path)
    assert found.text == f"Cambios.\n\nArtículo 2\n\n{text}"
    assert found.warnings == ("unknown_xml",)


def test_addresses_as_values_and_years_that_stand_for_no_date(tmp_path: Path) -> None:
    authority = "http://publications.europa.eu/resource/authority"
    found = document(
        tmp_path,
        "loi.xml",
        f'<akomaNtoso {NAMESPACE}><act><meta><identification><FRBRWork><FRBRdate date="2999-01-01" name="document"/>'
        f'<FRBRcountry value="{authority}/country/LUX"/></FRBRWork><FRBRExpression><FRBRdate date="2999-01-01"/>'
        f'<FRBRlanguage language="{authority}/language/FRA"/></FRBRExpression></identification></meta><body><p>Texte.'
        "</p></body></act></akomaNtoso>",
    )
    assert found.metadata == {"type": "act", "country": "LUX", "language": "fr"}


@pytest.mark.parametrize(("value", "code"), [("UK", "GB"), ("uk", "GB"), ("LUX", "LU"), ("GB-SCT", "GB"), ("uy", "UY")])
def test_country_of_the_metadata(value: str, code: str) -> None:
    assert country_code(value) == code
