"""Verdicts on cells: set by people, based on passages, confirmed by a second person, never overwritten."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from desk import Desk
from matrix_laws import PERU, bring_laws

from app.gap_matrix.matrix import PASSAGE_REMOVED, REPLACED, matrix
from app.gap_matrix.verdict_writing import record_second_reading, set_verdict
from app.gap_matrix.verdicts import VERDICTS, CellKey, Passage, current_verdicts, history
from extraction.errors import RogatioError
from indexing.access import LOCAL_USER, Principal
from indexing.ingest.corrections import delete
from indexing.installation import Installation
from indexing.records.validity import today
from nlp.elements.instruments import instrument

ANA = Principal("ana", frozenset({"public"}))
BRUNO = Principal("bruno", frozenset({"public"}))
LIMA = Principal("lima", frozenset({"lima"}))
CELL = CellKey("public", "UNTOC_6", "conversion", "PE")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    desk = Desk(tmp_path_factory.mktemp("verdicts"))
    bring_laws(desk)
    yield desk.installation
    desk.installation.close()


def place(installation: Installation, words: str, source: str = "ley-40001.md") -> Passage:
    store = installation.store
    access = store.access(LOCAL_USER)
    document = next(one.id for one in store.every_document(access) if one.source == source)
    start = store.reading(access, document).text.index(words)
    return Passage(document, start, start + len(words))


def judge(installation: Installation, who: Principal, verdict: str, **said: Any) -> Any:
    store = installation.store
    return set_verdict(store, store.access(who), who, said.pop("cell", CELL), verdict, **said)


def refusal(installation: Installation, who: Principal, verdict: str, **said: Any) -> str:
    with pytest.raises(RogatioError) as reported:
        judge(installation, who, verdict, **said)
    return reported.value.code


def test_a_verdict_has_author_day_passage_and_note(filled: Installation) -> None:
    verdict = judge(
        filled, ANA, "implemented", note=" Whole. ", law_date="2031-02-01", evidence=[place(filled, "El que convierte")]
    )
    assert (verdict.author, verdict.note, verdict.law_date, verdict.rested_on) == ("ana", "Whole.", "2031-02-01", 1)
    assert verdict.evidence[0].pinpoint == "art. 1"
    assert verdict.made.tzinfo is not None
    assert verdict.confirmed is None


def test_a_place_without_length_is_the_clause_at_that_place(filled: Installation) -> None:
    at = place(filled, "convierte o transfiere")
    verdict = judge(
        filled, ANA, "partially", note="Only two verbs.", evidence=[Passage(at.document, at.start, at.start)]
    )
    passage = verdict.evidence[0]
    text = filled.store.reading(filled.store.access(ANA), passage.document).text
    assert text[passage.start : passage.end].startswith("El que convierte")


def test_a_place_at_a_heading_is_the_whole_provision(filled: Installation) -> None:
    at = place(filled, "Artículo 4. Registro")
    verdict = judge(filled, ANA, "functional_equivalent", evidence=[Passage(at.document, at.start, at.start)])
    text = filled.store.reading(filled.store.access(ANA), at.document).text
    (passage,) = verdict.evidence
    assert passage.pinpoint == "art. 4"
    assert "Las notarías llevan un registro" in text[passage.start : passage.end]


@pytest.mark.parametrize(
    ("verdict", "said", "code"),
    [
        ("fine", {}, "indexing.no_such_element_verdict"),
        ("implemented", {}, "indexing.verdict_needs_evidence"),
        ("functional_equivalent", {}, "indexing.verdict_needs_evidence"),
        ("reserved", {}, "indexing.verdict_needs_note"),
        ("unknown", {"law_date": "tomorrow"}, "indexing.no_such_day"),
        ("unknown", {"note": "x" * 4_001}, "indexing.note_too_long"),
        ("unknown", {"cell": CellKey("lima", "UNTOC_6", "conversion", "PE")}, "indexing.no_such_collection"),
        ("unknown", {"cell": CellKey("public", "UNTOC_6", "nothing", "PE")}, "nlp.no_such_element"),
        ("implemented", {"evidence": [Passage("nowhere", 0, 5)]}, "indexing.no_such_document"),
    ],
)
def test_what_is_no_verdict_is_refused(filled: Installation, verdict: str, said: dict[str, Any], code: str) -> None:
    assert refusal(filled, ANA, verdict, **said) == code


def test_a_passage_outside_the_text_is_refused(filled: Installation) -> None:
    at = place(filled, "El que convierte")
    assert refusal(filled, ANA, "implemented", evidence=[Passage(at.document, 0, 10**6)]) == "indexing.no_such_place"


def test_a_passage_that_the_author_may_not_see_is_refused(filled: Installation) -> None:
    hidden = place(filled, "El que convierte", "oficio.txt")
    assert refusal(filled, ANA, "implemented", evidence=[hidden]) == "indexing.no_such_document"


def test_every_line_is_kept_and_the_newest_counts(filled: Installation) -> None:
    cell = CellKey("public", "UNTOC_6", "self_laundering", "PE")
    for verdict in ("unknown", "not_implemented", "not_applicable"):
        judge(filled, ANA, verdict, cell=cell)
    store = filled.store
    access = store.access(ANA)
    assert [line.verdict for line in history(store, access, cell)] == ["unknown", "not_implemented", "not_applicable"]
    current = current_verdicts(store, access, "public", "UNTOC_6", ["PE"], today())
    assert current["self_laundering", "PE"].verdict == "not_applicable"


@pytest.mark.parametrize(
    ("day", "counts"),
    [
        ("2009-12-31", None),
        ("2010-01-01", "unknown"),
        ("2014-06-30", "unknown"),
        ("2015-06-01", "not_applicable"),
        ("2040-01-01", "not_applicable"),
    ],
)
def test_a_verdict_holds_from_the_day_of_its_law_until_a_later_one(
    filled: Installation, day: str, counts: str | None
) -> None:
    cell = CellKey("public", "UNTOC_6", "autonomous", "PE")
    store, access = filled.store, filled.store.access(ANA)
    if not history(store, access, cell):
        for verdict, law_date in (
            ("not_implemented", "2015-01-01"),
            ("not_applicable", "2015-01-01"),
            ("unknown", "2010-01-01"),
        ):
            judge(filled, ANA, verdict, cell=cell, law_date=law_date)
    reported = matrix(store, access, instrument("UNTOC_6"), ["PE"], "public", day).cells["autonomous", "PE"].verdict
    assert (reported.verdict if reported else None) == counts


def test_the_verdict_of_an_earlier_law_is_read_again_though_a_later_one_is_judged(filled: Installation) -> None:
    cell = CellKey("public", "UNTOC_6", "acquisition", "PE")
    earlier = judge(filled, ANA, "unknown", cell=cell, law_date="2010-01-01")
    judge(filled, ANA, "not_implemented", cell=cell, law_date="2015-01-01")
    record_second_reading(filled.store, filled.store.access(BRUNO), BRUNO, cell, earlier.id, agrees=True)
    assert history(filled.store, filled.store.access(ANA), cell)[0].confirmed is True


def test_a_second_person_confirms_or_disagrees_and_nobody_reads_his_own(filled: Installation) -> None:
    cell = CellKey("public", "UNTOC_6", "negligent", "PE")
    verdict = judge(filled, ANA, "not_implemented", cell=cell)
    store = filled.store
    with pytest.raises(RogatioError, match="own_verdict"):
        record_second_reading(store, store.access(ANA), ANA, cell, verdict.id, agrees=True)
    with pytest.raises(RogatioError, match="verdict_needs_note"):
        record_second_reading(store, store.access(BRUNO), BRUNO, cell, verdict.id, agrees=False)
    with pytest.raises(RogatioError, match="no_such_line"):
        record_second_reading(store, store.access(LIMA), LIMA, cell, verdict.id, agrees=True)
    record_second_reading(store, store.access(BRUNO), BRUNO, cell, verdict.id, agrees=False, note="Article 3 says it.")
    record_second_reading(store, store.access(BRUNO), BRUNO, cell, verdict.id, agrees=True)
    line = history(store, store.access(ANA), cell)[-1]
    assert [one.agrees for one in line.readings] == [False, True]
    assert line.confirmed is True
    found = matrix(store, store.access(ANA), instrument("UNTOC_6"), ["PE"], "public")
    assert (found.judged("PE") >= 1, found.confirmed("PE")) == (True, 1)


def test_who_disagrees_is_not_outvoted(filled: Installation) -> None:
    cell = CellKey("public", "UNTOC_6", "acquisition", "PE")
    verdict, store = judge(filled, ANA, "not_implemented", cell=cell), filled.store
    carla = Principal("carla", frozenset({"public"}))

    def confirmed(who: Principal, agrees: bool) -> bool | None:
        return record_second_reading(
            store, store.access(who), who, cell, verdict.id, agrees=agrees, note="Read."
        ).confirmed

    assert verdict.confirmed is None
    assert (confirmed(BRUNO, False), confirmed(carla, True), confirmed(BRUNO, True)) == (False, False, True)
    line = history(store, store.access(ANA), cell)[-1]
    assert [(one.author, one.agrees) for one in line.last_words] == [("bruno", True), ("carla", True)]


def test_a_verdict_that_was_replaced_is_not_read_again(filled: Installation) -> None:
    cell = CellKey("public", "UNTOC_6", "inference", "PE")
    first = judge(filled, ANA, "unknown", cell=cell)
    judge(filled, ANA, "not_implemented", cell=cell)
    store = filled.store
    with pytest.raises(RogatioError, match="verdict_replaced"):
        record_second_reading(store, store.access(BRUNO), BRUNO, cell, first.id, agrees=True)


def test_nobody_sees_the_verdicts_of_a_collection_that_is_not_his(filled: Installation) -> None:
    judge(filled, ANA, "unknown", cell=CellKey("public", "UNTOC_6", "predicates", "PE"))
    store = filled.store
    assert history(store, store.access(LIMA), CellKey("public", "UNTOC_6", "predicates", "PE")) == ()
    assert current_verdicts(store, store.access(LIMA), "public", "UNTOC_6", ["PE"], today()) == {}


def test_a_matrix_of_an_authority_may_rest_on_public_law_and_is_its_own(filled: Installation) -> None:
    cell = CellKey("lima", "UNTOC_6", "concealment", "PE")
    store = filled.store
    both = Principal("both", frozenset({"lima", "public"}))
    judge(filled, both, "implemented", cell=cell, evidence=[place(filled, "El que oculta")])
    seen = history(store, store.access(LIMA), cell)[-1]
    assert (seen.verdict, seen.evidence, seen.rested_on) == ("implemented", (), 1)
    assert (
        matrix(store, store.access(LIMA), instrument("UNTOC_6"), ["PE"], "lima").cells["concealment", "PE"].stale
        == PASSAGE_REMOVED
    )


def test_a_verdict_shows_when_the_law_has_another_version_and_when_its_passage_is_gone(tmp_path: Path) -> None:
    desk = Desk(tmp_path)
    store, model = desk.store, instrument("UNTOC_6")

    def bring(name: str, start: str) -> str:
        numbered = f'official_type: "Ley"\nofficial_number: "40001"\nyear: "2011"\nin_force_from: "{start}"'
        return desk.bring(name, PERU.format(days=numbered), document_type="statute")

    def stale(day: str = "") -> str:
        return matrix(store, store.access(LOCAL_USER), model, ["PE"], "public", day).cells["conversion", "PE"].stale

    old = bring("old.md", "2011-01-01")
    verdict = judge(
        desk.installation,
        LOCAL_USER,
        "implemented",
        law_date="2014-01-01",
        evidence=[place(desk.installation, "El que convierte", "old.md")],
    )
    assert stale() == ""
    bring("new.md", "2015-01-01")
    assert (stale(), stale("2014-12-31")) == (REPLACED, "")
    delete(desk.installation, old)
    assert stale() == PASSAGE_REMOVED
    assert history(store, store.access(LOCAL_USER), CELL)[-1] == replace(verdict, evidence=())
    desk.installation.close()


def test_the_scale_is_that_of_the_brief() -> None:
    assert VERDICTS == (
        "implemented",
        "implemented_more_broadly",
        "partially",
        "functional_equivalent",
        "not_implemented",
        "reserved",
        "not_applicable",
        "unknown",
    )
