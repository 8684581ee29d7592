"""Export of a gap matrix: verdicts with their evidence; for other cells only where to look."""

from __future__ import annotations

import csv
import io
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime

import docx
import pytest
from desk import Desk
from room_records import SPANISH
from web_site import site

from app.comparison.export import Setting
from app.exports.csv_file import csv_report
from app.exports.report import Kind, Report
from app.exports.words import words
from app.gap_matrix.element_evidence import Proposal
from app.gap_matrix.export import matrix_report
from app.gap_matrix.matrix import COMPUTED, REPLACED, matrix
from app.gap_matrix.verdict_writing import record_second_reading, set_verdict
from app.gap_matrix.verdicts import CellKey, Passage, history
from app.labels import label_in
from app.treaty_citations import element_place
from extraction.errors import LANGUAGES
from indexing.access import LOCAL_USER, Principal
from nlp.elements.instruments import instrument

QUOTED = "sabiendo que éstos tienen su origen en una actividad delictiva"
MODEL = instrument("UNTOC_6")
KEY = CellKey("public", "UNTOC_6", "acquisition", "ES")
SECOND = Principal("second", frozenset({"public"}))
THIRD = Principal("third", frozenset({"public"}))


@pytest.fixture(scope="module")
def desk(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Desk]:
    made = Desk(tmp_path_factory.mktemp("matrix"))
    document = made.bring("spanish.md", SPANISH)
    access = made.store.access(LOCAL_USER)
    start = made.store.reading(access, document).text.index(QUOTED)
    evidence = [Passage(document, start, start + len(QUOTED))]
    set_verdict(
        made.store,
        access,
        LOCAL_USER,
        KEY,
        "partially",
        note="=falta la posesión",
        law_date="2026-01-01",
        evidence=evidence,
    )
    (line,) = history(made.store, access, KEY)
    for who, agrees, note in ((SECOND, True, ""), (THIRD, False, "Art. 301.2.")):
        record_second_reading(made.store, access, who, KEY, line.id, agrees=agrees, note=note)
    yield made
    made.installation.close()


def report(desk: Desk, language: str) -> Report:
    access = desk.store.access(LOCAL_USER)
    found = matrix(desk.store, access, MODEL, ["ES", "FR"], "public")
    return matrix_report(desk.store, access, found, language, Setting("local", datetime.now(UTC)))


@pytest.mark.parametrize("language", LANGUAGES)
def test_a_verdict_with_its_author_reader_and_evidence(desk: Desk, language: str) -> None:
    made = report(desk, language)
    place = [element.id for element in MODEL.elements].index("acquisition")
    stated, note, second, third, why, quoted = made.rows[place].cells[0].paragraphs
    assert stated.kind is Kind.VERDICT
    assert "local" in stated.text
    assert second.text == words("second_reader", language, who="second")
    assert (third.text, why.text) == (words("second_reader_not", language, who="third"), "Art. 301.2.")
    assert note.text == "=falta la posesión"
    assert (quoted.text, quoted.lead, quoted.language) == (QUOTED, "art. 301", "es")
    assert quoted.notes[0].address == "https://www.boe.es/eli/es/lo/1995/11/23/10"
    assert "Código Penal" in made.sources[0].title
    empty = made.rows[place].cells[1].paragraphs
    assert {one.kind for one in empty} == {Kind.NOTHING}
    assert len(made.rows) == len(MODEL.elements)
    assert element_place(MODEL.elements[0], MODEL, language) in made.rows[0].heading
    assert date.today().strftime("%Y") in dict(made.facts)[words("law_on", language)]
    assert "vol. 2225, p. 209" in dict(made.facts)[words("checked", language)]
    assert [words("unchecked", language) in row.heading for row in made.rows].count(True) == 1


@pytest.mark.parametrize("language", LANGUAGES)
def test_what_was_found_what_is_owed_and_what_has_changed_since_are_reported(desk: Desk, language: str) -> None:
    access = desk.store.access(LOCAL_USER)
    found = matrix(desk.store, access, MODEL, ["ES", "FR"], "public")
    own = {
        ("acquisition", "ES"): replace(found.cells["acquisition", "ES"], stale=REPLACED),
        ("conversion", "FR"): replace(found.cells["conversion", "FR"], state=COMPUTED),
    }
    reported = replace(found, cells={**found.cells, **own})
    made = matrix_report(desk.store, access, reported, language, Setting("local", datetime.now(UTC)))
    rows = dict(zip((one.id for one in MODEL.elements), made.rows, strict=True))
    assert rows["acquisition"].cells[0].paragraphs[1].text == words("stale_replaced", language)
    assert rows["conversion"].cells[1].paragraphs[-1].text == words("found_nothing", language)
    assert label_in(language, "obligation_level", "mandatory") in rows["conversion"].heading
    assert label_in(language, "obligation_level", "qualified") in rows["acquisition"].heading


def test_every_proposal_is_named_with_its_law(desk: Desk) -> None:
    access = desk.store.access(LOCAL_USER)
    found = matrix(desk.store, access, MODEL, ["ES", "FR"], "public")
    (document,) = (one.id for one in desk.store.every_document(access))
    proposed = tuple(
        Proposal(document, "", f"art. {number}", "es", 1, *(0 for _ in range(6)), 0.9, ()) for number in (5, 6, 6)
    )
    own = replace(found.cells["conversion", "ES"], state=COMPUTED, proposals=proposed)
    reported = replace(found, cells={**found.cells, ("conversion", "ES"): own})
    made = matrix_report(desk.store, access, reported, "en", Setting("local", datetime.now(UTC)))
    rows = dict(zip((one.id for one in MODEL.elements), made.rows, strict=True))
    law = "Ley Orgánica 10/1995, de 23 de noviembre, del Código Penal"
    named = [one.text for one in rows["conversion"].cells[0].paragraphs if one.kind is Kind.REMARK]
    assert named == [f"The program proposes art. 5, {law}", f"The program proposes art. 6, {law}"]


def test_a_note_of_a_person_is_no_formula(desk: Desk) -> None:
    lines = list(csv.reader(io.StringIO(csv_report(report(desk, "es")).decode("utf-8-sig"), newline="")))
    assert [line[4] for line in lines if "posesión" in line[4] and line[2] == "observación"] == ["'=falta la posesión"]


def test_the_page_exports_it(desk: Desk) -> None:
    client = site(desk.installation.settings).test_client()
    assert "/matrix/UNTOC_6/export" in client.get("/matrix/UNTOC_6?country=ES").text
    for name in ("export_language", "language"):
        answer = client.get(f"/matrix/UNTOC_6/export?country=ES&country=FR&format=docx&{name}=fr")
        table = docx.Document(io.BytesIO(answer.data)).tables[0]
        assert [one.text for one in table.rows[0].cells] == ["Élément", "Espagne", "France"]
    assert QUOTED in "".join(one.text for row in table.rows for one in row.cells)
    nobody = site(desk.installation.settings, Principal("nobody")).test_client()
    assert nobody.get("/api/v1/matrix/UNTOC_6/export?country=ES").status_code == 404
