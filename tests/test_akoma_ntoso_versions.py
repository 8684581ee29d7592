"""Expressions of a law in Akoma Ntoso are assigned to their work by IRI."""

from pathlib import Path

from desk import Desk

from indexing.access import LOCAL_USER
from indexing.works.provision_history import law_of

ACT = """<?xml version="1.0" encoding="UTF-8"?>
<akomaNtoso xmlns="http://docs.oasis-open.org/legaldocml/ns/akn/3.0"><act name="act"><meta><identification source="#x">
<FRBRWork><FRBRuri value="/akn/uy/act/ley/2001/17777"/><FRBRdate date="2001-05-05" name="document"/>
<FRBRcountry value="uy"/></FRBRWork>
<FRBRExpression><FRBRdate date="{day}" name="validFrom"/><FRBRlanguage language="spa"/></FRBRExpression>
</identification></meta><body><article eId="art_1"><num>Artículo 1</num>
<content><p>La extradición se concederá por {why}.</p></content></article></body></act></akomaNtoso>"""


def test_versions_of_one_work_are_together(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    old = desk.bring("old.xml", ACT.format(day="2001-06-01", why="tratado"))
    new = desk.bring("new.xml", ACT.format(day="2015-02-02", why="tratado o reciprocidad"))
    work = law_of(desk.store, desk.store.access(LOCAL_USER), new)
    assert work.canonical == "ref:uy:ley:17777"
    assert [(one.document, one.validity.start, one.validity.end) for one in work.expressions] == [
        (old, "2001-06-01", "2015-02-02"),
        (new, "2015-02-02", ""),
    ]
